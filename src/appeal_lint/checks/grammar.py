"""`check: grammar`: findings of a grammar engine, chosen by rule or kind and filtered.

`rules` and `kinds` choose what is taken, `not-rules` leaves some out. `{detail}` in the message
is the engine's own. Spelling of names, brands, ids and domain words is never taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.errors import EngineError
from appeal_lint.model import Skipped
from appeal_lint.rules.schema import TEXT, TEXTS
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "engine": TEXT,
    "rules": TEXTS,
    "kinds": TEXTS,
    "not-rules": TEXTS,
}
REQUIRED = ("engine",)
NEEDS = frozenset({"grammar"})


def program(rules: Sequence[Rule]) -> Run:
    """Give each finding of an engine to the first rule that wants it."""

    def run(context: Context) -> Iterator[Match]:
        for name in sorted({rule.options["engine"] for rule in rules}):
            engine = context.engines.get(name)
            if engine is None:
                continue
            mine = [rule for rule in rules if rule.options["engine"] == name]
            try:
                findings = engine.check(context.letter)
            except EngineError as problem:
                context.failed.append(Skipped(name, str(problem), tuple(rule.id for rule in mine)))
                continue
            for finding in findings:
                rule = next((r for r in mine if _wants(r, finding.rule, finding.kind)), None)
                if rule is not None:
                    yield Match.within(
                        rule,
                        finding.sentence,
                        finding.start,
                        finding.end,
                        fields={"detail": finding.message, "engine_rule": finding.rule},
                        suggestions=finding.suggestions,
                    )

    return run


def _wants(rule: Rule, name: str, kind: str) -> bool:
    options = rule.options
    if name in options.get("not-rules", ()):
        return False
    if "rules" in options or "kinds" in options:
        return name in options.get("rules", ()) or kind in options.get("kinds", ())
    return True
