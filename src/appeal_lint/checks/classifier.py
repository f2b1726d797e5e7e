"""`check: classifier`: the learned model finds a flaw likely in a sentence.

`threshold` is the least probability, `below` the first that is left to another rule. The report
says how sure the model is. Of a sentence whose English is doubted the doubtful words are marked,
where the model points at some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import BlockKind, Sentence
from appeal_lint.evaluation.drafts import LABELS
from appeal_lint.judgement import Judgement
from appeal_lint.letter import Letter
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
_MIN_ENCLOSED = 12
"""Words from which on an entry among the enclosures is prose, too."""
_BLOCKED = re.compile(
    r"\b(?:reinstat|reactivat|deactivat|suspen(?:d|s)|selling privileges|delisted|account "
    r"health)\w*|\b(?:account|listing|store|shop|offer|item|seller)s?\b.{0,40}"
    r"\b(?:blocked|closed|removed|locked|banned)",
    re.IGNORECASE,
)


def _is_appeal(letter: Letter) -> bool:
    """Whether a text answers a notice, or names a platform's case or asks for reinstatement."""
    if letter.notice is not None or letter.case.source == "setting":
        return True
    ids = {"asin", "order_id", "shipment_id"}
    named = any(
        next(letter.handbook.name_index.find(sentence), None) is not None
        or any(fact.kind in ids for fact in letter.facts[sentence.index])
        for sentence in letter.sentences
    )
    if named:
        return letter.case.id is not None or letter.states["request"].present
    return letter.states["request"].present and bool(_BLOCKED.search(letter.document.text))


def _place(rule: Rule, sentence: Sentence, judgement: Judgement) -> tuple[int, int]:
    """Offsets in the sentence of the words that are doubted most, or of all of it."""
    text = sentence.text
    if rule.options["label"] != "english" or not judgement.doubts:
        return 0, len(text)
    start, end, _ = max(judgement.doubts, key=lambda doubt: doubt[2])
    near = [doubt for doubt in judgement.doubts if doubt[0] <= end + 1 and start <= doubt[1] + 1]
    start, end = min(doubt[0] for doubt in near), max(doubt[1] for doubt in near)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def program(rules: Sequence[Rule]) -> Run:
    """Compare every sentence's chances with the thresholds."""

    def run(context: Context) -> Iterator[Match]:
        letter = context.letter
        if not _is_appeal(letter):
            return  # Not the kind of text that the model has learned to judge.
        for sentence, judgement in zip(letter.sentences, letter.judgements):
            kind = letter.block_of(sentence).kind
            enclosed = kind is BlockKind.ATTACHMENT and sentence.word_count >= _MIN_ENCLOSED
            if kind not in _PROSE and not enclosed:
                continue
            for rule in rules:
                chance = judgement.labels[rule.options["label"]]
                enough = sentence.word_count >= rule.options.get("min-words", _MIN_WORDS)
                if enough and rule.options["threshold"] <= chance < rule.options.get("below", 2):
                    start, end = _place(rule, sentence, judgement)
                    yield Match.within(rule, sentence, start, end, confidence=chance)

    return run
