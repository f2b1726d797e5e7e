"""The document: a decoded text seen as blocks, sentences and words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from appeal_lint.model import Position, Span

if TYPE_CHECKING:
    from appeal_lint.document.directives import Directive
from appeal_lint.positions import Source


class BlockKind(str, Enum):
    """What a block is in the layout of the letter."""

    SUBJECT = "subject"
    SALUTATION = "salutation"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    SIGN_OFF = "sign_off"
    SIGNATURE = "signature"
    ATTACHMENT = "attachment"
    QUOTE = "quote"
    DIRECTIVE = "directive"


NOT_THE_SELLERS_WORDS = frozenset({BlockKind.QUOTE, BlockKind.DIRECTIVE})


@dataclass(frozen=True)
class CleanText:
    """Text with layout and markup removed, each character knowing where it came from.

    `origin[i]` is the 0-based code point of the source that `text[i]` stands for.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The source span of `text[start:end]` (0-based code points, end exclusive)."""
        if not self.origin:
            return Span(0, 0)
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else self.origin[-1] + 1
            return Span(at, at)
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def slice(self, start: int, end: int) -> CleanText:
        """The part between two offsets of this clean text."""
        return CleanText(self.text[start:end], self.origin[start:end])


@dataclass(frozen=True)
class Word:
    """A word, number or punctuation mark: `norm` is lower case, offsets are into the clean text.

    A contraction gives two words ("don't": do, not) that share one place.
    """

    norm: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence, heading or list entry; `index` counts from 0 over the document."""

    index: int
    clean: CleanText
    block: int

    @property
    def text(self) -> str:
        """The words without line breaks and markup."""
        return self.clean.text

    @cached_property
    def span(self) -> Span:
        """Where the sentence stands in the source."""
        return self.clean.span(0, len(self.clean.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Words and punctuation marks in order."""
        from appeal_lint.document.words import words

        return words(self.clean.text)

    @cached_property
    def word_count(self) -> int:
        """Number of words that hold a letter or digit; a contraction counts once."""
        return len({word.start for word in self.words if word.norm[0].isalnum()})


@dataclass(frozen=True, eq=False)
class Block:
    """A run of text with one role in the layout.

    `level` is the depth of a heading (1 is the highest) or of a list item (0 is the outermost).
    """

    index: int
    kind: BlockKind
    span: Span
    clean: CleanText
    sentences: tuple[Sentence, ...] = ()
    level: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        """The words without line breaks and markup."""
        return self.clean.text


@dataclass(frozen=True, eq=False)
class Document:
    """A decoded text and what it is made of."""

    text: str
    blocks: tuple[Block, ...]
    path: str = "<text>"
    directives: tuple[Directive, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The text with spaces in place of what speaks to the linter; positions are the same."""
        if not self.directives:
            return self.text
        from appeal_lint.document.directives import masked

        return masked(self.text, self.directives)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The seller's own sentences in order; quoted notices are not among them."""
        return tuple(sentence for block in self.blocks for sentence in block.sentences)

    @cached_property
    def word_count(self) -> int:
        """Words of the seller's own sentences."""
        return sum(sentence.word_count for sentence in self.sentences)

    @cached_property
    def _source(self) -> Source:
        return Source(self.text)

    def position(self, offset: int) -> Position:
        """The 1-based line and column of a code point."""
        return self._source.position(offset)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line without its line break."""
        return self._source.line_span(line)
