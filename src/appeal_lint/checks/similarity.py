"""`check: similarity`: a sentence is nearly the same as a known one (rapidfuzz)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.rules.schema import TEXTS
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "sentences": TEXTS,
    "threshold": {"type": "number", "minimum": 50, "maximum": 100},
}
REQUIRED = ("sentences",)
NEEDS: frozenset[str] = frozenset()
_MIN_WORDS = 4


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Fold the known sentences once."""
    return {
        "known": [[fold(sentence), sentence] for sentence in options["sentences"]],
        "threshold": options.get("threshold", 88),
    }


def fold(text: str) -> str:
    """Lower case, letters and digits only, single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def program(rules: Sequence[Rule]) -> Run:
    """Compare every sentence with the known ones of every rule."""

    def run(context: Context) -> Iterator[Match]:
        from rapidfuzz import fuzz, process

        for rule in rules:
            known = [pair[0] for pair in rule.options["known"]]
            for sentence in context.letter.sentences:
                if sentence.word_count < _MIN_WORDS:
                    continue
                best = process.extractOne(
                    fold(sentence.text),
                    known,
                    scorer=fuzz.ratio,
                    score_cutoff=rule.options["threshold"],
                )
                if best is not None:
                    original = rule.options["known"][best[2]][1]
                    fields = {"known": original, "score": f"{best[1]:.0f}"}
                    yield Match.whole(rule, sentence, fields=fields)

    return run
