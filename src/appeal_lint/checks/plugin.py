"""`check: plugin`: a Python function that a package offers as an entry point.

The entry point stands in the group `appeal_lint.checks`; it is called with the rule and the
context and yields matches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.errors import RuleError, did_you_mean
from appeal_lint.rules.schema import TEXT
from appeal_lint.rules.types import Rule

GROUP = "appeal_lint.checks"
OPTIONS: dict[str, Any] = {"plugin": TEXT, "options": {"type": "object"}}
REQUIRED = ("plugin",)
NEEDS: frozenset[str] = frozenset()

Plugin = Callable[[Rule, Context], Iterator[Match]]


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """The function is looked up when it is needed: rules may be listed without it."""
    return options


def _load(rule: Rule) -> Plugin:
    from importlib.metadata import entry_points

    known = {point.name: point for point in entry_points(group=GROUP)}
    name = rule.options["plugin"]
    if name not in known:
        hint = did_you_mean(name, known) or "install the package that offers it"
        raise RuleError(
            f"rule {rule.id}: no plugin {name!r} is installed", path=rule.path, hint=hint
        )
    plugin: Plugin = known[name].load()
    return plugin


def program(rules: Sequence[Rule]) -> Run:
    """Load the functions and call each on the letter."""
    loaded = [(rule, _load(rule)) for rule in rules]

    def run(context: Context) -> Iterator[Match]:
        for rule, plugin in loaded:
            yield from plugin(rule, context)

    return run
