"""`check: suppression`: a comment that silences findings is itself in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "test": {"enum": ["unused", "unknown", "blanket", "reasonless", "open", "unclear", "present"]}
}
REQUIRED = ("test",)
NEEDS: frozenset[str] = frozenset({"findings"})


def program(rules: Sequence[Rule]) -> Run:
    """The flaws of a letter's directives that a rule asks for."""

    def run(context: Context) -> Iterator[Match]:
        for rule in rules:
            for flaw in context.flaws:
                if flaw.test == rule.options["test"]:
                    hint = f" ({flaw.hint})" if flaw.hint else ""
                    yield Match(rule, flaw.span, fields={"rule": flaw.said, "hint": hint})

    return run
