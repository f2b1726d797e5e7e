"""Whether a stretch of a sentence is quoted, denied or told as somebody else's words."""

from __future__ import annotations

import re
from itertools import pairwise

from appeal_lint.document.types import Sentence
from appeal_lint.phrases.inflect import forms

_QUOTED = re.compile(r"\"[^\"]{3,400}\"|(?<![\w])'[^'\n]{8,300}'(?!\w)|«[^»]+»|「[^」]+」")
_NEGATORS = frozenset(
    ["not", "no", "never", "without", "nor", "neither", "nobody", "none", "cannot", "hardly"]
)
_STOP = frozenset(
    [
        ",",
        ";",
        ":",
        ".",
        "!",
        "?",
        "but",
        "because",
        "although",
        "though",
        "while",
        "whereas",
        "however",
        "and",
    ]
)
_INSTEAD = (("rather", "than"), ("instead", "of"), ("other", "than"), ("nothing", "to"))
_SAY = frozenset().union(
    *(forms(verb) for verb in (
        "write", "say", "claim", "complain", "report", "state", "describe", "call", "tell", "note",
        "comment", "allege", "message", "feel", "think", "believe", "mention", "name", "mean",
    ))
)  # fmt: skip
_OTHERS = frozenset().union(
    *(forms(noun) for noun in (
        "buyer", "customer", "shopper", "reviewer", "purchaser", "recipient", "client", "parent",
        "owner", "notice", "complaint", "message", "complainant", "user",
    ))
) | {"he", "she", "they", "who", "policy", "clause"}  # fmt: skip
_WINDOW = 5


def quoted_spans(sentence: Sentence) -> list[tuple[int, int]]:
    """Offsets of quoted stretches in the clean text, marks included."""
    return [match.span() for match in _QUOTED.finditer(sentence.text)]


def is_quoted(sentence: Sentence, start: int, end: int) -> bool:
    """Whether clean offsets `start` to `end` lie inside quotation marks."""
    return any(a < start and end < b for a, b in quoted_spans(sentence))


def is_negated(sentence: Sentence, start: int) -> bool:
    """Whether a negation shortly before clean offset `start` covers what begins there."""
    before = [word.norm for word in sentence.words if word.end <= start]
    window: list[str] = []
    for norm in reversed(before):
        if norm in _STOP or len(window) == _WINDOW:
            break
        window.insert(0, norm)
    if any(norm in _NEGATORS for norm in window):
        return True
    return any(pair in _INSTEAD for pair in pairwise(window))


def is_reported(sentence: Sentence, start: int) -> bool:
    """Whether the words from `start` on are told as another person's: "the buyer wrote that …"."""
    before = [word.norm for word in sentence.words if word.end <= start]
    for at, norm in enumerate(before):
        if norm in _SAY and any(word in _OTHERS for word in before[max(0, at - 6) : at]):
            return ";" not in before[at:]
    return False
