"""The letter: a document read as an appeal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from appeal_lint.case import Handbook, Notice, Playbook
from appeal_lint.document.types import Block, Document, Sentence
from appeal_lint.judgement import Judgement, Reading
from appeal_lint.letter.facts import Fact, facts_of
from appeal_lint.letter.parts import PartReader
from appeal_lint.letter.track import track_of
from appeal_lint.model import CaseResult, PartState
from appeal_lint.rules.bundle import Bundle


@dataclass(frozen=True, eq=False)
class Letter:
    """A document, the part of each of its sentences, and which parts are present.

    `parts` and `sections` run parallel to `document.sentences`. `track` is plan, dispute, or
    None where neither the notice nor the letter tells.
    """

    document: Document
    parts: tuple[str, ...]
    sections: tuple[str | None, ...]
    facts: tuple[tuple[Fact, ...], ...]
    states: Mapping[str, PartState]
    bundle: Bundle
    handbook: Handbook
    case: CaseResult = CaseResult()
    notice: Notice | None = None
    track: str | None = None
    judgements: tuple[Judgement, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that the notice writes with a capital, in lower case: names, not misspellings."""
        text = self.notice.document.text if self.notice else ""
        return frozenset(word.lower() for word in re.findall(r"\b[A-Z][\w'-]+", text))

    @property
    def playbook(self) -> Playbook | None:
        """What is known of the letter's type of case."""
        return self.handbook.cases.get(self.case.id or "")

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The seller's sentences in order."""
        return self.document.sentences

    def block_of(self, sentence: Sentence) -> Block:
        """The block that holds a sentence."""
        return self.document.blocks[sentence.block]

    def suspected(self, sentence: Sentence, label: str, least: float) -> bool:
        """Whether the model gives a flaw of a sentence this chance; without a model, always."""
        return not self.judgements or self.judgements[sentence.index].labels[label] >= least

    def around(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentence and the one after it, within neighbouring blocks."""
        return self.sentences[sentence.index : sentence.index + 2]

    def in_block(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """All sentences of the same block."""
        return self.block_of(sentence).sentences


def read_letter(
    document: Document,
    bundle: Bundle,
    reader: PartReader,
    handbook: Handbook,
    case: CaseResult,
    notice: Notice | None = None,
    reading: Reading | None = None,
) -> Letter:
    """Assign parts and collect what the rules ask about a letter.

    Phrases tell the parts first; the model's `reading`, when there is one, decides on top of that.
    """
    parts, sections = reader.assign(document)
    words = [bundle.words(name) for name in ("roles", "tools", "documents")]
    facts = tuple(tuple(facts_of(sentence, *words)) for sentence in document.sentences)
    states = reader.states(document, parts)
    judgements: tuple[Judgement, ...] = ()
    if reading is not None:
        judgements = reading.sentences
        parts = tuple(
            part if reader.fixed(document, sentence) else judgement.part
            for sentence, part, judgement in zip(document.sentences, parts, judgements)
        )
        states = reading.states(document.sentences, parts, states)
    track = track_of(document.sentences, states, handbook, case, notice)
    return Letter(
        document, parts, sections, facts, states, bundle, handbook, case, notice, track, judgements
    )
