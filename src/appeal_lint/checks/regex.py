r"""`check: regex`: a regular expression matches, in the clean sentence or in the raw source.

A rule may give several patterns; with `replace` the match gets a suggestion (\1 names a group).
With `words`, a pattern stands for one for each pair: `$old` in `find` is the pair's first word,
`$new` in `replace` its second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import NOT_THE_SELLERS_WORDS, Sentence
from appeal_lint.model import Span
from appeal_lint.rules.bundle import OptionError
from appeal_lint.rules.schema import TEXT, closed
from appeal_lint.rules.types import Rule

_WORDS = {"type": "object", "additionalProperties": TEXT, "minProperties": 1}
_ENTRY = {
    "anyOf": [
        TEXT,
        closed({"find": TEXT, "replace": {"type": "string"}, "words": _WORDS}, ("find",)),
    ]
}
OPTIONS: dict[str, Any] = {
    "patterns": {"type": "array", "items": _ENTRY, "minItems": 1},
    "case-sensitive": {"type": "boolean"},
    "in": {"enum": ["sentence", "source"]},
}
REQUIRED = ("patterns",)
NEEDS: frozenset[str] = frozenset()


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Compile each pattern once to see that it is valid and cannot run away."""
    entries = []
    for index, entry in enumerate(options["patterns"]):
        for find, replace in _expanded({"find": entry} if isinstance(entry, str) else entry):
            try:
                re.compile(find)
            except re.error as problem:
                message = f"not a regular expression: {problem}"
                raise OptionError(message, ("patterns", index)) from None
            if runs_away(find):
                raise OptionError(
                    f"{find!r} can take exponential time: a repeat inside a repeat",
                    ("patterns", index),
                    "give the inner repeat a bound, such as {1,40}",
                )
            entries.append([find, replace, needles(find)])
    return {
        "patterns": entries,
        "case-sensitive": options.get("case-sensitive", False),
        "in": options.get("in", "sentence"),
    }


def _expanded(entry: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """What to find and to put in its place, once for each pair of words."""
    find, replace = entry["find"], entry.get("replace")
    if "words" not in entry:
        yield find, replace
    for old, new in entry.get("words", {}).items():
        better = None if replace is None else replace.replace("$new", new.replace("\\", r"\\"))
        yield find.replace("$old", re.escape(old)), better


@lru_cache(maxsize=1)
def _tree(pattern: str) -> Any:
    """The parsed pattern; the standard library's parser moved in Python 3.11."""
    from importlib import import_module

    try:
        parser = import_module("re._parser")
    except ModuleNotFoundError:
        parser = import_module("sre_parse")
    return parser.parse(pattern)


def needles(pattern: str) -> list[list[str]]:
    """Groups of lower-case texts: every match stands in a text that holds one of each group.

    A pattern that lacks one in a sentence is not run there, and not compiled before it is run.
    """
    return [sorted(group) for group in _needles(_tree(pattern))]


def _needles(node: Any) -> list[set[str]]:
    groups: list[set[str]] = []
    run = ""

    def end_run() -> None:
        nonlocal run
        if len(run) > 1:
            groups.append({run})
        run = ""

    for name, value in node:
        kind = str(name)
        # Upper and lower case of a few letters beyond ASCII differ in number.
        if kind == "LITERAL" and value < 128:
            run += chr(value).lower()
            continue
        end_run()
        if kind == "SUBPATTERN":
            groups += _needles(value[3])
        elif kind == "ASSERT":
            groups += _needles(value[1])
        elif kind == "BRANCH":
            branches = [_needles(branch) for branch in value[1]]
            if all(branches):
                groups.append(set().union(*(max(branch, key=_worth) for branch in branches)))
        elif kind in _REPEATS and int(value[0]) > 0:
            groups += _needles(value[2])
    end_run()
    return groups


def _worth(group: set[str]) -> tuple[int, int]:
    return min(map(len, group)), -len(group)


def runs_away(pattern: str) -> bool:
    """Whether an unbounded repeat directly holds another one that can match the same text."""
    unbounded = 4294967295

    def deep(node: Any, inside: bool) -> bool:
        for name, value in node:
            kind = str(name)
            if kind in ("MAX_REPEAT", "MIN_REPEAT"):
                _, high, body = value
                endless = int(high) >= unbounded or int(high) > 1000
                if endless and inside:
                    return True
                alone = len(body) == 1 or all(str(n) in _REPEATS for n, _ in body)
                if deep(body, endless and (alone or _only_repeats(body))):
                    return True
            elif kind == "SUBPATTERN":
                if deep(value[3], inside and len(value[3]) == 1):
                    return True
            elif kind == "BRANCH" and any(
                deep(branch, inside and len(branch) == 1) for branch in value[1]
            ):
                return True
        return False

    return deep(_tree(pattern), False)


_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


def _only_repeats(body: Any) -> bool:
    return all(
        str(name) in _REPEATS or (str(name) == "SUBPATTERN" and _only_repeats(value[3]))
        for name, value in body
    )


@dataclass
class _Pattern:
    """A pattern that is compiled when a sentence holds its needles."""

    rule: Rule
    find: str
    replace: str | None
    needles: list[list[str]]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.find, 0 if self.rule.options["case-sensitive"] else re.IGNORECASE)

    def possible(self, lower: str) -> bool:
        return all(any(needle in lower for needle in group) for group in self.needles)


def program(rules: Sequence[Rule]) -> Run:
    """Patterns of the selected rules; only those that can match are compiled."""
    patterns = [_Pattern(rule, *entry) for rule in rules for entry in rule.options["patterns"]]

    def run(context: Context) -> Iterator[Match]:
        document = context.letter.document
        source = document.plain.lower()
        lowers = [sentence.text.lower() for sentence in document.sentences]
        clean = "\n".join(lowers)
        for pattern in patterns:
            if pattern.rule.options["in"] == "source":
                if pattern.possible(source):
                    yield from _in_source(pattern, context)
            elif pattern.possible(clean):
                yield from _in_sentences(pattern, lowers, context)

    return run


def _in_sentences(pattern: _Pattern, lowers: Sequence[str], context: Context) -> Iterator[Match]:
    for sentence, lower in zip(context.letter.sentences, lowers):
        if not pattern.possible(lower):
            continue
        for match in pattern.compiled.finditer(sentence.text):
            if match.end() > match.start():
                yield Match.within(
                    pattern.rule,
                    sentence,
                    *match.span(),
                    suggestions=_better(pattern, match),
                    fields=_groups(match),
                )


def _in_source(pattern: _Pattern, context: Context) -> Iterator[Match]:
    document = context.letter.document
    for block in document.blocks:
        if block.kind in NOT_THE_SELLERS_WORDS:
            continue
        for match in pattern.compiled.finditer(document.plain, block.span.start, block.span.end):
            if match.end() > match.start():
                span = Span(*match.span())
                sentence = _sentence_at(block.sentences, span)
                better = _better(pattern, match)
                yield Match(pattern.rule, span, sentence, suggestions=better, fields=_groups(match))


def _better(pattern: _Pattern, match: re.Match[str]) -> tuple[str, ...]:
    return () if pattern.replace is None else (match.expand(pattern.replace),)


def _sentence_at(sentences: Sequence[Sentence], span: Span) -> Sentence | None:
    return next(
        (s for s in sentences if s.span.overlaps(span)), sentences[0] if sentences else None
    )


def _groups(match: re.Match[str]) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if value is not None}
