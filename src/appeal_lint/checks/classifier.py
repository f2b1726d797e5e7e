"""`check: classifier`: the learned model finds a flaw likely in a sentence.

`threshold` is the least probability, `below` the first that is left to another rule. The report
says how sure the model is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import BlockKind
from appeal_lint.evaluation.drafts import LABELS
from appeal_lint.rules.types import Rule

_CHANCE = {"type": "number", "minimum": 0, "maximum": 1}
OPTIONS: dict[str, Any] = {
    "label": {"enum": list(LABELS)},
    "threshold": _CHANCE,
    "below": _CHANCE,
    "min-words": {"type": "integer", "minimum": 1},
}
REQUIRED = ("label", "threshold")
NEEDS: frozenset[str] = frozenset()
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_MIN_WORDS = 5


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Nothing to compile."""
    return options


def program(rules: Sequence[Rule]) -> Run:
    """Compare every sentence's chances with the thresholds."""

    def run(context: Context) -> Iterator[Match]:
        letter = context.letter
        if letter.case.id is None and not letter.states["request"].present:
            return  # Not the kind of text that the model has learned to judge.
        for sentence, judgement in zip(letter.sentences, letter.judgements):
            if letter.block_of(sentence).kind not in _PROSE:
                continue
            for rule in rules:
                chance = judgement.labels[rule.options["label"]]
                enough = sentence.word_count >= rule.options.get("min-words", _MIN_WORDS)
                if enough and rule.options["threshold"] <= chance < rule.options.get("below", 2):
                    yield Match.whole(rule, sentence, confidence=chance)

    return run
