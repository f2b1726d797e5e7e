"""What the model sees of a sentence: its words, its letters, its neighbours, its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log1p, sqrt
from zlib import crc32

BUCKETS = 1 << 16
_WORD = re.compile(r"[a-z']+|\d+|[!?%€$£]|[^\x00-\x7f]")
_CONTEXT = 0.5
_GROUPS = ("w", "c", "p", "n")


@dataclass(frozen=True)
class SentenceView:
    """A sentence with what stands around it; `position` runs from 0 to 1 over the letter."""

    text: str
    before: str
    after: str
    position: float
    section: str | None
    block: str
    cue: str
    tenses: frozenset[str]
    facts: int
    words: int


def words_of(text: str) -> list[str]:
    """Lower-case words, single marks, and digits folded by their number."""
    return [
        f"#{min(len(word), 4)}" if word.isdigit() else word for word in _WORD.findall(text.lower())
    ]


def _grams(view: SentenceView) -> Iterator[tuple[str, str]]:
    """Pairs of feature group and feature."""
    words = words_of(view.text)
    for word in words:
        yield "w", word
    for one, two in pairwise(words):
        yield "w", f"{one} {two}"
    for word in words:
        padded = f" {word} "
        for size in (3, 4, 5):
            for at in range(max(1, len(padded) - size + 1)):
                yield "c", padded[at : at + size]
    for word in set(words_of(view.before)):
        yield "p", word
    for word in set(words_of(view.after)):
        yield "n", word


def _place(view: SentenceView) -> Iterator[tuple[str, float]]:
    yield f"section={view.section}", 1.0
    yield f"block={view.block}", 0.7
    yield f"cue={view.cue}", 1.0
    yield f"fifth={min(4, int(view.position * 5))}", 0.5
    yield "first", float(view.position == 0)
    yield "last", float(view.position == 1)
    yield "length", min(view.words, 40) / 40
    yield "facts", min(view.facts, 4) / 4
    yield "nofact", 0.5 * float(view.facts == 0)
    for tense in sorted(view.tenses):
        yield f"tense={tense}", 0.5


def bucket(group: str, name: str) -> int:
    """The place of a feature in the model, the same on every machine."""
    return crc32(f"{group}\x00{name}".encode()) % BUCKETS


def features(view: SentenceView, idf: dict[int, float] | None = None) -> dict[int, float]:
    """Weighted buckets of a sentence; each group of n-grams has length 1.

    `idf` weighs a bucket by its rarity; None counts plainly.
    """
    counts: dict[str, dict[int, int]] = {group: {} for group in _GROUPS}
    for group, name in _grams(view):
        at = bucket(group, name)
        counts[group][at] = counts[group].get(at, 0) + 1
    found: dict[int, float] = {}
    for group, table in counts.items():
        values = {
            at: log1p(count) * (idf.get(at, 0.0) if idf is not None else 1.0)
            for at, count in table.items()
        }
        norm = sqrt(sum(value * value for value in values.values())) or 1.0
        scale = (_CONTEXT if group in ("p", "n") else 1.0) / norm
        for at, value in values.items():
            if value:
                found[at] = found.get(at, 0.0) + value * scale
    for name, value in _place(view):
        if value:
            at = bucket("x", name)
            found[at] = found.get(at, 0.0) + value
    return found
