"""`check: reuse`: a sentence that stands in another client's letter, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {}
REQUIRED: tuple[str, ...] = ()
NEEDS: frozenset[str] = frozenset()


def program(rules: Sequence[Rule]) -> Run:
    """Mark the sentences that the comparison of the letters of a run has found."""

    def run(context: Context) -> Iterator[Match]:
        for span, path in context.shared:
            for sentence in context.letter.sentences:
                if sentence.span.overlaps(span):
                    for rule in rules:
                        yield Match.whole(rule, sentence, fields={"path": path})
                    break

    return run
