"""How a letter is laid out for the encoder: all its sentences in one sequence of word pieces.

Each sentence is read with everything around it. A letter that is longer than the encoder takes is
read in windows that begin with some sentences of the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from appeal_lint.document.types import BlockKind, Document

LONGEST = 448
"""Word pieces of a window at most."""
_LONGEST_SENTENCE = 160
_BEFORE = 64
START, END, PARAGRAPH, ITEM, HEADING = "[CLS]", "[SEP]", "[unused1]", "[unused2]", "[unused3]"


class Encoding(Protocol):
    """Word pieces of a text: numbers and offsets in code points."""

    @property
    def ids(self) -> Sequence[int]:
        """The number of each piece."""

    @property
    def offsets(self) -> Sequence[tuple[int, int]]:
        """Where each piece stands in the text."""


class Tokenizer(Protocol):
    """What is used of `tokenizers.Tokenizer`."""

    def encode(self, sequence: str, *, add_special_tokens: bool) -> Encoding:
        """Cut a text into word pieces."""

    def token_to_id(self, token: str) -> int | None:
        """The number of a piece."""


@dataclass(frozen=True)
class Line:
    """A sentence and the mark that tells what kind of block begins with it, if one does."""

    text: str
    mark: str | None = None


@dataclass(frozen=True)
class Window:
    """Word pieces of neighbouring sentences, and where those stand that are judged in it.

    `sentences` are their numbers in the letter, `spans` their first piece and the end,
    `offsets` where each of their pieces stands in the sentence (0, 0 for a mark).
    """

    ids: tuple[int, ...]
    sentences: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    offsets: tuple[tuple[tuple[int, int], ...], ...]


def lines_of(document: Document) -> list[Line]:
    """The sentences of a document, the first of each block with its mark."""
    marks = {BlockKind.HEADING: HEADING, BlockKind.LIST_ITEM: ITEM}
    lines: list[Line] = []
    block = -1
    for sentence in document.sentences:
        first = sentence.block != block
        block = sentence.block
        kind = document.blocks[block].kind
        lines.append(Line(sentence.text, marks.get(kind, PARAGRAPH) if first else None))
    return lines


def windows(lines: Sequence[Line], tokenizer: Tokenizer) -> list[Window]:
    """The windows that judge every line once."""
    number = {
        each: tokenizer.token_to_id(each) or 0 for each in (START, END, PARAGRAPH, ITEM, HEADING)
    }
    pieces: list[tuple[list[int], list[tuple[int, int]]]] = []
    for line in lines:
        found = tokenizer.encode(line.text, add_special_tokens=False)
        mark = [number[line.mark]] if line.mark else []
        pieces.append(
            (
                [*mark, *found.ids[:_LONGEST_SENTENCE], number[END]],
                [*((0, 0) for _ in mark), *found.offsets[:_LONGEST_SENTENCE], (0, 0)],
            )
        )
    made: list[Window] = []
    first = 0
    while first < len(pieces):
        begin, taken = first, 0
        while begin > 0 and taken + len(pieces[begin - 1][0]) <= _BEFORE:
            begin -= 1
            taken += len(pieces[begin][0])
        ids = [number[START]]
        own: list[tuple[int, tuple[int, int]]] = []
        at = begin
        while at < len(pieces) and len(ids) + len(pieces[at][0]) <= LONGEST:
            if at >= first:
                own.append((at, (len(ids), len(ids) + len(pieces[at][0]))))
            ids += pieces[at][0]
            at += 1
        if at < len(pieces) and len(own) > 3:
            own.pop()  # What follows is unseen here; the next window sees both sides of it.
        made.append(
            Window(
                tuple(ids),
                tuple(number for number, _ in own),
                tuple(span for _, span in own),
                tuple(tuple(pieces[number][1]) for number, _ in own),
            )
        )
        first = own[-1][0] + 1
    return made
