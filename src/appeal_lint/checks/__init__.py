"""Check kinds, one module each, found by name.

A module offers
    OPTIONS   JSON Schema properties of the rule keys that belong to the kind
    REQUIRED  the keys of them that a rule must have
    NEEDS     what must be there: "parse" (the language pipeline), "grammar" (an engine),
              "findings" (of all other kinds: the kind runs last)
    prepare(options) -> options   validate and compile to JSON-able data; raises OptionError;
                                  left out where there is nothing to do
    program(rules) -> Run         make one program that looks for all rules of the kind at once
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from appeal_lint.document.types import Sentence
from appeal_lint.model import Span
from appeal_lint.rules.types import Rule

if TYPE_CHECKING:
    from appeal_lint.context import Context


@dataclass(frozen=True)
class Match:
    """What a check found, before scope, exceptions and budget are applied.

    `start` and `end` are offsets into the clean text of `sentence`; a match without a sentence
    is about the letter and stands at `span`.
    """

    rule: Rule
    span: Span
    sentence: Sentence | None = None
    start: int = 0
    end: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    message: str | None = None
    confidence: float | None = None

    @classmethod
    def within(cls, rule: Rule, sentence: Sentence, start: int, end: int, **more: Any) -> Match:
        """A match at clean offsets `start` to `end` of a sentence."""
        return cls(rule, sentence.clean.span(start, end), sentence, start, end, **more)

    @classmethod
    def whole(cls, rule: Rule, sentence: Sentence, **more: Any) -> Match:
        """A match that covers a whole sentence."""
        return cls.within(rule, sentence, 0, len(sentence.text), **more)


Run = Callable[["Context"], Iterator[Match]]


def dispatch(
    rules: Sequence[Rule],
    option: str,
    tests: Mapping[str, Callable[[Rule, Context], Iterator[Match]]],
) -> Run:
    """Run for each rule the test that its option names."""

    def run(context: Context) -> Iterator[Match]:
        for rule in rules:
            yield from tests[rule.options[option]](rule, context)

    return run


class CheckModule(Protocol):
    """The shape of a module in this package."""

    OPTIONS: dict[str, Any]
    REQUIRED: tuple[str, ...]
    NEEDS: frozenset[str]

    def program(self, rules: Sequence[Rule]) -> Run:
        """One program for all rules of the kind."""


def prepared(module: CheckModule, options: dict[str, Any]) -> dict[str, Any]:
    """The options of one rule, validated and compiled; raises OptionError."""
    prepare = getattr(module, "prepare", None)
    compiled: dict[str, Any] = prepare(options) if prepare else options
    return compiled


@lru_cache(maxsize=1)
def check_names() -> tuple[str, ...]:
    """Names of all check kinds."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def check_module(name: str) -> CheckModule:
    """The module of a check kind; raises KeyError for an unknown one."""
    if name not in check_names():
        raise KeyError(name)
    module: Any = import_module(f"{__name__}.{name}")
    found: CheckModule = module
    return found
