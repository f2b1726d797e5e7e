"""The letter: a document read as an appeal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from appeal_lint.document.types import Block, Document, Sentence
from appeal_lint.letter.facts import Fact, facts_of
from appeal_lint.letter.parts import PartReader
from appeal_lint.model import CaseResult, PartState
from appeal_lint.rules.bundle import Bundle


@dataclass(frozen=True, eq=False)
class Letter:
    """A document, the part of each of its sentences, and which parts are present.

    `parts` and `sections` run parallel to `document.sentences`.
    """

    document: Document
    parts: tuple[str, ...]
    sections: tuple[str | None, ...]
    states: Mapping[str, PartState]
    bundle: Bundle
    case: CaseResult = CaseResult()
    track: str | None = None
    names: frozenset[str] = field(default_factory=frozenset)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The seller's sentences in order."""
        return self.document.sentences

    def block_of(self, sentence: Sentence) -> Block:
        """The block that holds a sentence."""
        return self.document.blocks[sentence.block]

    @cached_property
    def facts(self) -> tuple[tuple[Fact, ...], ...]:
        """Checkable facts, per sentence."""
        roles, tools, documents = (
            self.bundle.words(name) for name in ("roles", "tools", "documents")
        )
        return tuple(
            tuple(facts_of(sentence, roles, tools, documents)) for sentence in self.sentences
        )

    def around(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentence and the one after it, within neighbouring blocks."""
        return self.sentences[sentence.index : sentence.index + 2]

    def in_block(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """All sentences of the same block."""
        return self.block_of(sentence).sentences


def read_letter(document: Document, bundle: Bundle, reader: PartReader, case: CaseResult) -> Letter:
    """Assign parts and collect what the rules ask about a letter."""
    parts, sections = reader.assign(document)
    states = reader.states(document, parts)
    return Letter(document, parts, sections, states, bundle, case)
