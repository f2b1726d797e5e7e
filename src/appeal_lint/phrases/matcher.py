"""Find thousands of phrases in one walk over the words of a letter.

Every pattern is filed under its rarest-looking word. The walk looks each word up and tries
only the patterns filed there, forwards and backwards from that word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from appeal_lint.document.types import Sentence, Word
from appeal_lint.phrases.syntax import Element, Pattern

Key = TypeVar("Key")

_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "but",
        "we",
        "i",
        "you",
        "our",
        "my",
        "your",
        "they",
        "it",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "have",
        "has",
        "had",
        "do",
        "does",
        "did",
        "not",
        "no",
        "will",
        "would",
        "can",
        "could",
        "may",
        "this",
        "that",
        "these",
        "those",
        "with",
        "by",
        "from",
        "as",
        "so",
        "all",
        "any",
        "if",
        "us",
        "me",
        "he",
        "she",
        "his",
        "her",
        "their",
        "them",
        "its",
    ]
)


@dataclass(frozen=True)
class PhraseMatch(Generic[Key]):
    """A phrase found: offsets into the clean text of its sentence, and the words' indices."""

    key: Key
    start: int
    end: int
    first: int
    last: int


def _cost(element: Element) -> tuple[int, int]:
    options: list[str] = element[1]
    common = sum(word in _COMMON for word in options)
    return common, len(options)


def _anchor(pattern: Pattern) -> int:
    fixed = [i for i, e in enumerate(pattern) if e[0] == "w" and not e[2]]
    return min(fixed, key=lambda i: _cost(pattern[i]))


def _fits(element: Element, word: Word) -> bool:
    kind = element[0]
    if kind == "w":
        return word.norm in element[1]
    if kind == "n":
        return word.norm[0].isdigit()
    return word.norm[0].isalnum()


def _forward(pattern: Sequence[Element], words: Sequence[Word], at: int) -> int:
    """Index after the last word when the elements match from `at` on, else -1."""
    for position, element in enumerate(pattern):
        kind = element[0]
        if kind == "$":
            return -1 if any(word.norm[0].isalnum() for word in words[at:]) else at
        if kind == "g":
            rest = pattern[position + 1 :]
            for skip in range(element[1] + 1):
                if at + skip > len(words):
                    break
                if skip and words[at + skip - 1].norm in ";:.!?":
                    break
                end = _forward(rest, words, at + skip)
                if end >= 0:
                    return end
            return -1
        if kind == "w" and element[2]:
            if at < len(words) and _fits(element, words[at]):
                end = _forward(pattern[position + 1 :], words, at + 1)
                if end >= 0:
                    return end
            continue
        if at >= len(words) or not _fits(element, words[at]):
            return -1
        at += 1
    return at


def _backward(pattern: Sequence[Element], words: Sequence[Word], at: int) -> int:
    """Index of the first word when the elements match up to before `at`, else -1."""
    for position in range(len(pattern) - 1, -1, -1):
        element = pattern[position]
        kind = element[0]
        if kind == "^":
            return -1 if any(word.norm[0].isalnum() for word in words[:at]) else at
        if kind == "g":
            rest = pattern[:position]
            for skip in range(element[1] + 1):
                if at - skip < 0:
                    break
                if skip and words[at - skip].norm in ";:.!?":
                    break
                first = _backward(rest, words, at - skip)
                if first >= 0:
                    return first
            return -1
        if kind == "w" and element[2]:
            if at > 0 and _fits(element, words[at - 1]):
                first = _backward(pattern[:position], words, at - 1)
                if first >= 0:
                    return first
            continue
        if at <= 0 or not _fits(element, words[at - 1]):
            return -1
        at -= 1
    return at


class PhraseIndex(Generic[Key]):
    """All phrases of all rules, each under a key of the caller's."""

    def __init__(self, phrases: Iterable[tuple[Key, Sequence[Pattern]]] = ()) -> None:
        self._filed: dict[str, list[tuple[Key, Pattern, int]]] = {}
        for key, patterns in phrases:
            self.add(key, patterns)

    def add(self, key: Key, patterns: Sequence[Pattern]) -> None:
        """File the flat patterns of one phrase under `key`."""
        for pattern in patterns:
            anchor = _anchor(pattern)
            for word in pattern[anchor][1]:
                self._filed.setdefault(word, []).append((key, pattern, anchor))

    def find(self, sentence: Sentence) -> Iterator[PhraseMatch[Key]]:
        """Every match in a sentence, in the order of its key word; overlaps are kept."""
        words = sentence.words
        for at, word in enumerate(words):
            for key, pattern, anchor in self._filed.get(word.norm, ()):
                end = _forward(pattern[anchor + 1 :], words, at + 1)
                if end < 0:
                    continue
                first = _backward(pattern[:anchor], words, at)
                if first < 0:
                    continue
                yield PhraseMatch(key, words[first].start, words[end - 1].end, first, end - 1)
