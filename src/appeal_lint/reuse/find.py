"""Which letters share sentences, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appeal_lint.model import Span
from appeal_lint.reuse.passages import Passage, fold, passages

_ALIKE = 82.0
"""Similarity in percent (rapidfuzz's ratio of folded words) from which two sentences are one."""


@dataclass(frozen=True)
class Source:
    """A letter to be compared; letters of one `client` may share what they like."""

    path: str
    text: str
    client: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Place:
    """A sentence of a letter, the letter given by its index."""

    letter: int
    span: Span


@dataclass(frozen=True)
class Shared:
    """One wording in letters of different clients; `words` is the length of its first use."""

    places: tuple[Place, ...]
    words: int
    letters: int

    @property
    def weight(self) -> int:
        """Words that are not anybody's own any more."""
        return self.words * (self.letters - 1)


def shared(sources: Sequence[Source]) -> list[Shared]:
    """The wordings that letters of different clients share, the heaviest first."""
    nodes = [(at, passage) for at, source in enumerate(sources) for passage in source.passages]
    folded = [fold(sources[at].text[p.span.start : p.span.end]) for at, p in nodes]
    parent = list(range(len(nodes)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    first: dict[int, int] = {}
    for node, (_, passage) in enumerate(nodes):
        for band in passage.bands:
            other = first.setdefault(band, node)
            if other != node and root(other) != root(node) and _alike(folded[other], folded[node]):
                parent[root(node)] = root(other)
    groups: dict[int, list[int]] = {}
    for node in range(len(nodes)):
        groups.setdefault(root(node), []).append(node)
    found = []
    for members in groups.values():
        letters = {nodes[node][0] for node in members}
        if len({sources[at].client for at in letters}) > 1:
            places = tuple(Place(nodes[node][0], nodes[node][1].span) for node in members)
            found.append(Shared(places, nodes[members[0]][1].words, len(letters)))
    return sorted(found, key=lambda e: (-e.weight, e.places[0].letter, e.places[0].span))


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=_ALIKE) > 0


@dataclass(frozen=True)
class Pair:
    """Two letters and how much of the shorter one stands in the other, in percent."""

    one: int
    other: int
    words: int
    percent: int


def pairs(sources: Sequence[Source], found: Sequence[Shared], most: int = 2000) -> list[Pair]:
    """Letters by what they share, the closest first; `most` bounds the letters of one wording."""
    counts: dict[tuple[int, int], int] = {}
    for each in found:
        letters = sorted({place.letter for place in each.places})[:most]
        for at, one in enumerate(letters):
            for other in letters[at + 1 : at + 1 + 50]:
                if sources[one].client != sources[other].client:
                    counts[one, other] = counts.get((one, other), 0) + each.words
    total = [sum(p.words for p in source.passages) or 1 for source in sources]
    result = [
        Pair(one, other, words, min(100, round(100 * words / min(total[one], total[other]))))
        for (one, other), words in counts.items()
    ]
    return sorted(result, key=lambda pair: (-pair.words, pair.one, pair.other))


def shared_spans(sources: Sequence[Source]) -> list[tuple[tuple[Span, str], ...]]:
    """For each letter its shared sentences, each with another client's letter that has it."""
    result: list[list[tuple[Span, str]]] = [[] for _ in sources]
    for each in shared(sources):
        for place in each.places:
            client = sources[place.letter].client
            other = next(p for p in each.places if sources[p.letter].client != client)
            result[place.letter].append((place.span, sources[other.letter].path))
    return [tuple(sorted(spans)) for spans in result]


def beside(text: str, other: str) -> tuple[tuple[Span, str], ...]:
    """The sentences that a text shares with another client's letter."""
    sources = [
        Source(name, each, name, passages(each)) for name, each in (("a", text), ("b", other))
    ]
    return shared_spans(sources)[0]
