"""Annotated drafts and notices as the networks learn from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from appeal_lint.case import Handbook
from appeal_lint.case.notice import notice_document
from appeal_lint.document import build
from appeal_lint.document.types import Document
from appeal_lint.evaluation.drafts import LABELS, Draft, Segment
from appeal_lint.judgement.windows import Line, lines_of
from appeal_lint.language import Pipeline
from appeal_lint.letter.parts import STATES, PartReader
from appeal_lint.rules import load_bundle
from appeal_lint.rules.schema import PARTS
from errors import Spans, variants
from texts import Texts, damaged, differences, examples, pairs, treebank

ROOT = Path(__file__).resolve().parents[1]
PARTS_AT, STATES_AT = len(LABELS), len(LABELS) + len(PARTS)
"""Where the scores of a sentence begin: labels, its part, the parts that it does the work of."""
COLUMNS = STATES_AT + len(STATES)
ENGLISH, IRRELEVANT = LABELS.index("english"), LABELS.index("irrelevant")
UNKNOWN = (-1,) * len(LABELS)
CASES = tuple(sorted(Handbook.of(load_bundle()).cases))


@dataclass(frozen=True)
class Sentence:
    """A line, its part, its labels (1, 0, or -1 where not known), and the places marked in it.

    Marked are errors of English in a letter and documents asked for in a notice; `marked` is None
    where there are some whose place is not known. `better` is the sentence without its errors,
    `variants` are wordings of a faultless one with errors.
    """

    line: Line
    part: int = -1
    labels: tuple[int, ...] = UNKNOWN
    marked: Spans | None = None
    variants: tuple[tuple[str, Spans | None], ...] = ()
    better: str | None = None


@dataclass(frozen=True)
class Letter:
    """The sentences of a draft or a notice, its type of case, and the truth about its parts.

    `phrases` is what the program's phrases say of the parts; `case` is -1 where not known.
    """

    group: str
    sentences: tuple[Sentence, ...]
    case: int = -1
    phrases: Mapping[str, bool] | None = None
    truth: Mapping[str, bool] | None = None


class Reader:
    """Reads drafts as the program does and lines their sentences up with the annotation."""

    def __init__(self) -> None:
        self._parts = PartReader.of(load_bundle().parts)
        self._pipeline = Pipeline()

    def letter(self, draft: Draft) -> Letter:
        """A draft; sentences that the annotation does not know are passed over."""
        document = self.document(draft)
        cues, _ = self._parts.assign(document)
        sentences = []
        for sentence, line in zip(document.sentences, lines_of(document)):
            near = [s for s in draft.segments if s.span.overlaps(sentence.span)]
            if not near:
                continue
            given = frozenset().union(*(s.labels for s in near))
            doubted = frozenset().union(*(s.unsure for s in near)) - given
            labels = tuple(1 if x in given else -1 if x in doubted else 0 for x in LABELS)
            part = PARTS.index(near[0].part)
            if labels[ENGLISH] == 0:
                made = self._variants(line.text, draft.id)
                sentences.append(Sentence(line, part, labels, (), made))
                continue
            better = _better(line.text, near) if labels[ENGLISH] == 1 else None
            marked = differences(line.text, better) if better else None
            sentences.append(Sentence(line, part, labels, marked, better=better))
        states = self._parts.states(document, cues)
        return Letter(
            str(draft.more.get("writer", draft.id)),
            tuple(sentences),
            case_number(draft.case_type),
            {name: state.present for name, state in states.items()},
            draft.parts,
        )

    def document(self, draft: Draft) -> Document:
        """The blocks and sentences of a draft."""
        return build(draft.text, known_heading=self._parts.known_heading)

    def texts(self, folder: Path) -> Texts:
        """Sentences of the treebank in `folder`, of the corpus and of the rules."""
        both, one = examples()
        own = pairs(ROOT / "corpus/sentences/train.jsonl")
        return Texts(damaged(treebank(folder), self._pipeline.nlp), [*own, *both], one)

    def _variants(self, text: str, name: str) -> tuple[tuple[str, Spans], ...]:
        return variants(self._pipeline.nlp(text), Random(f"{name} {text}"))


def case_number(name: str | None) -> int:
    """The number of a type of case; -1 for none or one that the handbook does not have."""
    return CASES.index(name) if name in CASES else -1


def notices(path: Path) -> Iterator[Letter]:
    """The notices of a JSONL file, with the documents that they ask for as marked places."""
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines()):
        data = json.loads(row)
        document = notice_document(data["notice"])
        yield Letter(
            f"{path.stem} {number}",
            tuple(_asked(document, data["documents"])),
            case_number(data["case_type"]),
        )


def _asked(document: Document, quotes: Sequence[str]) -> Iterator[Sentence]:
    for line in lines_of(document):
        folded = line.text.lower()
        spans = []
        for quote in quotes:
            at = folded.find(" ".join(quote.lower().split()))
            while at >= 0:
                spans.append((at, at + len(quote)))
                at = folded.find(quote.lower(), at + 1)
        yield Sentence(line, marked=tuple(spans))


def unmarked(letters: Sequence[Letter]) -> list[Letter]:
    """The letters without places of errors, for a network that marks something else."""
    return [
        replace(
            letter,
            sentences=tuple(
                replace(each, marked=None, variants=tuple((t, None) for t, _ in each.variants))
                for each in letter.sentences
            ),
        )
        for letter in letters
    ]


def only_english(letters: Sequence[Letter]) -> list[Letter]:
    """The letters with nothing known of them but their English."""
    return [
        replace(
            letter,
            case=-1,
            sentences=tuple(
                replace(each, labels=with_value(UNKNOWN, ENGLISH, each.labels[ENGLISH]))
                for each in letter.sentences
            ),
        )
        for letter in letters
    ]


def with_value(labels: tuple[int, ...], at: int, value: int) -> tuple[int, ...]:
    """The labels with one of them changed."""
    return (*labels[:at], value, *labels[at + 1 :])


def _better(text: str, segments: Sequence[Segment]) -> str | None:
    """The correct wording of a sentence that is one segment, without the mark of its list."""
    if len(segments) != 1 or not segments[0].better:
        return None
    mark, found, rest = segments[0].text.partition(text)
    better = segments[0].better
    if not found or rest.strip() or not better.startswith(mark) or better == segments[0].text:
        return None
    return better[len(mark) :]
