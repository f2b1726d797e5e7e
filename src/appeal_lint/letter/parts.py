"""Which part of the letter each sentence plays, and which parts are there.

Headings, lead-ins, the place in the letter, tense and cue words are added up; so a letter
without headings, or with wrong ones, is still read by what its sentences say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appeal_lint.document.build import HeadingTest
from appeal_lint.document.types import Block, BlockKind, CleanText, Document, Sentence
from appeal_lint.letter.tense import tenses
from appeal_lint.model import PartState
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules.types import PartData

STATES = ("problem", "actions", "prevention", "responsibility", "request", "outlook")
_FIXED = {
    BlockKind.SALUTATION: "greeting",
    BlockKind.SUBJECT: "greeting",
    BlockKind.HEADING: "heading",
    BlockKind.SIGN_OFF: "closing",
    BlockKind.SIGNATURE: "closing",
    BlockKind.ATTACHMENT: "evidence",
}
_HEADING_WEIGHT = 2.5
_LEAD_WEIGHT = 3.0
_NEIGHBOUR_WEIGHT = 0.6
_ITEM_WEIGHT = 0.6
_FLOOR = 1.0


@dataclass(frozen=True)
class PartReader:
    """The phrases of all parts, ready to be looked for."""

    headings: PhraseIndex[str]
    cues: PhraseIndex[tuple[str, float]]
    proof: PhraseIndex[str]
    tense: Mapping[str, Mapping[str, float]]
    proved: frozenset[str]

    @classmethod
    def of(cls, parts: Sequence[PartData]) -> PartReader:
        """Built from the files under rules/parts."""
        headings: PhraseIndex[str] = PhraseIndex()
        cues: PhraseIndex[tuple[str, float]] = PhraseIndex()
        proof: PhraseIndex[str] = PhraseIndex()
        for data in parts:
            for patterns in data.headings:
                headings.add(data.part, patterns)
            for weight, phrases in data.cues:
                for patterns in phrases:
                    cues.add((data.part, weight), patterns)
            for patterns in data.proof:
                proof.add(data.part, patterns)
        return cls(
            headings,
            cues,
            proof,
            {data.part: data.tense for data in parts},
            frozenset(data.part for data in parts if data.proof),
        )

    def heading_part(self, text: str) -> str | None:
        """The part that a heading announces; the longest phrase decides, then the first."""
        line = Sentence(0, CleanText(text, tuple(range(len(text)))), 0)
        found = [
            (match.last - match.first, -match.first, match.key)
            for match in self.headings.find(line)
        ]
        return max(found)[2] if found else None

    @property
    def known_heading(self) -> HeadingTest:
        """Test for the block builder: is a line worded like a heading?"""
        return lambda text: self.heading_part(text) is not None and len(text.split()) <= 12

    # -- sentences ------------------------------------------------------------------------

    def assign(self, document: Document) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
        """The part of every sentence, and the part that the heading above it announces."""
        parts: list[str] = []
        sections: list[str | None] = []
        section: str | None = None
        lead: str | None = None
        greeted = not any(block.kind is BlockKind.SALUTATION for block in document.blocks)
        for block in document.blocks:
            if block.kind is BlockKind.HEADING:
                section, lead = self.heading_part(block.text), None
            if block.kind is BlockKind.SALUTATION:
                greeted = True
            for sentence in block.sentences:
                sections.append(section)
                fixed = _FIXED.get(block.kind)
                if fixed:
                    parts.append(fixed)
                    continue
                lead = self._lead(sentence, block) or (
                    lead if block.kind is BlockKind.LIST_ITEM else None
                )
                parts.append(self._best(document, block, sentence, section, lead, parts, greeted))
        return tuple(parts), tuple(sections)

    @staticmethod
    def fixed(document: Document, sentence: Sentence) -> bool:
        """Whether the layout alone tells the part of a sentence."""
        return document.blocks[sentence.block].kind in _FIXED

    def _lead(self, sentence: Sentence, block: Block) -> str | None:
        """The part named by words before a colon: "Root cause: we had no …"."""
        if sentence is not block.sentences[0]:
            return None
        head, colon, _ = sentence.text.partition(":")
        if not colon or len(head.split()) > 12 or head.lower() in ("re", "asin", "asins"):
            return None
        return self.heading_part(head)

    def _best(
        self,
        document: Document,
        block: Block,
        sentence: Sentence,
        section: str | None,
        lead: str | None,
        before: Sequence[str],
        greeted: bool,
    ) -> str:
        scores: dict[str, float] = {}

        def add(part: str, weight: float) -> None:
            scores[part] = scores.get(part, 0.0) + weight

        seen: set[tuple[str, float, int]] = set()
        for match in self.cues.find(sentence):
            part, weight = match.key
            if (part, weight, match.first) not in seen:
                seen.add((part, weight, match.first))
                add(part, weight)
        if section:
            add(section, _HEADING_WEIGHT)
        if lead:
            add(lead, _LEAD_WEIGHT)
        spoken = tenses(sentence.words)
        for part, weights in self.tense.items():
            for tense in spoken:
                if tense in weights:
                    add(part, weights[tense])
        earlier = next(
            (part for part in reversed(before) if part not in ("heading", "greeting")), None
        )
        if earlier and earlier not in ("closing", "request", "responsibility"):
            same = before and before[-1] == earlier
            near = _NEIGHBOUR_WEIGHT + (_ITEM_WEIGHT if block.kind is BlockKind.LIST_ITEM else 0)
            add(earlier, near if same else 0.3)
        if not before or all(part == "greeting" for part in before):
            add("problem", 0.5)
        best = max(scores, key=lambda part: (scores[part], part), default="other")
        return best if scores.get(best, 0.0) >= _FLOOR else "other"

    # -- the letter -----------------------------------------------------------------------

    def states(self, document: Document, parts: Sequence[str]) -> dict[str, PartState]:
        """Presence of the six parts in the sense of the annotation guideline, by the phrases."""
        found: dict[str, list[Sentence]] = {part: [] for part in STATES}
        for sentence, part in zip(document.sentences, parts):
            if part in found and self._does_the_job(sentence, part):
                found[part].append(sentence)
            for match in self.proof.find(sentence):
                if match.key in ("request", "responsibility") and sentence not in found[match.key]:
                    found[match.key].append(sentence)
        return {
            part: PartState(bool(sentences), tuple(sentence.span for sentence in sentences))
            for part, sentences in found.items()
        }

    def _does_the_job(self, sentence: Sentence, part: str) -> bool:
        if part not in self.proved:
            return sentence.word_count >= 3
        return any(match.key == part for match in self.proof.find(sentence))
