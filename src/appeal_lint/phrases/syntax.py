"""Parse the phrase language into flat patterns that the matcher runs."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Any

from appeal_lint.document.words import words
from appeal_lint.phrases.inflect import forms

# An element is a JSON-able list: ["w", [words], optional], ["g", most words], ["a"], ["n"],
# ["^"] or ["$"]. A pattern is a list of elements.
Element = list[Any]
Pattern = list[Element]

_MOST_PATTERNS = 600
_PIECE = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))|(?P<bar>\|)|<(?P<word>[^<>()|\s][^<>()|]*)>"
    r"|(?P<gap>\.{2,3})(?=[\s|)]|$)|(?P<sign>[\^$])(?=[\s|)?]|$)|(?P<plain>[^\s()<>|?]+)"
    r"|(?P<bad>\S))"
)
_GAPS = {"..": 2, "...": 6}
_CLASSES: dict[str, Element] = {"any": ["a"], "number": ["n"]}


class PhraseSyntaxError(ValueError):
    """A phrase that the language does not allow; the message says where."""


class _Parser:
    """Recursive descent over the pieces of one phrase."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.at = 0

    def parse(self) -> list[Pattern]:
        patterns = self._sequence(0)
        if self.at < len(self.phrase.rstrip()):
            raise self._error(self.at)
        return patterns

    def _error(self, at: int) -> PhraseSyntaxError:
        return PhraseSyntaxError(
            f"{self.phrase[at : at + 1]!r} at character {at + 1} of {self.phrase!r}"
        )

    def _sequence(self, depth: int) -> list[Pattern]:
        """Pieces up to the end of the phrase, a bar or a closing bracket."""
        slots: list[list[Pattern]] = []
        while match := _PIECE.match(self.phrase, self.at):
            kind = match.lastgroup or "bad"
            if kind in ("bar", "close") and depth:
                break
            if kind in ("bar", "close", "bad"):
                raise self._error(match.start(kind))
            self.at = match.end()
            options = self._group(depth) if kind == "open" else _single(kind, match.group(kind))
            if self.phrase.startswith("?", self.at):
                self.at += 1
                options = _optional(options)
            slots.append(options)
            count = 1
            for slot in slots:
                count *= len(slot)
            if count > _MOST_PATTERNS:
                raise PhraseSyntaxError(f"{self.phrase!r} stands for {count} patterns; split it")
        return [[element for piece in combo for element in piece] for combo in product(*slots)]

    def _group(self, depth: int) -> list[Pattern]:
        branches: list[Pattern] = []
        opened = self.at - 1
        while True:
            found = self._sequence(depth + 1)
            if found == [[]]:
                raise PhraseSyntaxError(f"an empty alternative in {self.phrase!r}")
            branches.extend(found)
            match = _PIECE.match(self.phrase, self.at)
            if match is None:
                raise self._error(opened)
            self.at = match.end()
            if match.lastgroup == "close":
                return _merge(branches)


def _single(kind: str, text: str) -> list[Pattern]:
    if kind == "gap":
        return [[["g", _GAPS[text]]]]
    if kind == "sign":
        return [[[text]]]
    if kind == "word":
        if text in _CLASSES:
            return [[_CLASSES[text]]]
        first, *rest = text.lower().split()
        return [[["w", sorted(forms(first)), False], *(["w", [word], False] for word in rest)]]
    return [[["w", [word.norm], False] for word in words(text.replace("’", "'"))]]


def _is_word(pattern: Pattern) -> bool:
    return len(pattern) == 1 and pattern[0][0] == "w" and not pattern[0][2]


def _merge(branches: list[Pattern]) -> list[Pattern]:
    """Alternatives of one word each become one element, so that they cost one pattern."""
    single = sorted({word for branch in branches if _is_word(branch) for word in branch[0][1]})
    merged = [branch for branch in branches if not _is_word(branch)]
    return [[["w", single, False]], *merged] if single else merged


def _optional(options: list[Pattern]) -> list[Pattern]:
    if len(options) == 1 and _is_word(options[0]):
        return [[["w", options[0][0][1], True]]]
    return [*options, []]


@cache
def parse(phrase: str) -> tuple[Pattern, ...]:
    """All flat patterns that a phrase stands for.

    Raises PhraseSyntaxError when the phrase is malformed or matches nothing in particular.
    """
    patterns = tuple(_Parser(phrase).parse())
    for pattern in patterns:
        if not any(element[0] == "w" and not element[2] for element in pattern):
            raise PhraseSyntaxError(f"{phrase!r} needs at least one word that must be there")
    return patterns
