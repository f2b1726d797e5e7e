"""The trained model: loading it and asking it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from pathlib import Path
from typing import Any

from appeal_lint.document.types import Document, Sentence
from appeal_lint.judgement.windows import Window, lines_of, windows
from appeal_lint.model import PartState

_SURE_ENOUGH = 0.38
_OWN = 0.35
"""Least chance of being the part, for a sentence that does its work where others cannot."""
_FAINT = 0.02
FOLDER = Path(__file__).resolve().parent / "data"
OUTPUTS = ["sentences", "pieces", "case"]


@dataclass(frozen=True)
class Judgement:
    """Probabilities for one sentence: of being each part, and of having each flaw.

    `does` scores whether the sentence does the work of each part of a letter.
    `doubts` are the places whose English is doubted, as offsets in the sentence (code points) with
    their probability.
    """

    parts: Mapping[str, float]
    labels: Mapping[str, float]
    does: Mapping[str, float]
    doubts: tuple[tuple[int, int, float], ...] = ()

    def work(self, name: str) -> float:
        """How surely the sentence does the work of a part of the letter; it does above 0."""
        chance = self.parts[name]
        if name == "problem":  # Nearly every letter has one, which teaches the score nothing.
            return chance - _OWN
        if name in ("actions", "prevention"):
            return min(self.does[name], chance - _OWN)
        return self.does[name]

    @property
    def part(self) -> str:
        """The most probable part; `other` when nothing is probable enough."""
        best = max(self.parts, key=lambda name: self.parts[name])
        return best if self.parts[best] >= _SURE_ENOUGH else "other"


@dataclass(frozen=True)
class Reading:
    """A letter as the model reads it: a judgement per sentence, and each case type's chance."""

    sentences: tuple[Judgement, ...]
    cases: Mapping[str, float]

    def states(
        self, sentences: Sequence[Sentence], parts: Sequence[str], first: Mapping[str, PartState]
    ) -> dict[str, PartState]:
        """Which parts are there: those whose work some sentence does.

        `parts` are the sentences' own; `first` is the phrases' reading, which helps to say where.
        """
        found: dict[str, PartState] = {}
        for name, known in first.items():
            best = max(self.sentences, key=lambda judgement: judgement.work(name))
            present = best.work(name) > 0
            own = [
                sentence.span
                for sentence, part, judgement in zip(sentences, parts, self.sentences)
                if part == name and judgement.work(name) > 0
            ]
            # An apology or a request may stand in a sentence whose main work is another.
            spans = tuple(own) or known.spans or (sentences[self.sentences.index(best)].span,)
            found[name] = PartState(present, spans if present else ())
        return found


@dataclass(frozen=True)
class NoticeReading:
    """A notice as the model reads it.

    `asked` are, per sentence, the places that name a document asked for, as offsets in the
    sentence (code points) with their probability; `cases` the chance of each case type.
    """

    asked: tuple[tuple[tuple[int, int, float], ...], ...]
    cases: Mapping[str, float]


class Judge:
    """The encoders and what turns their scores into probabilities."""

    def __init__(self, folder: Path = FOLDER) -> None:
        # Loading takes time, which only a letter to be judged is worth.
        import numpy
        from tokenizers import Tokenizer

        facts = json.loads((folder / "judgement.json").read_text(encoding="utf-8"))
        self.labels: list[str] = facts["labels"]
        self.parts: list[str] = facts["parts"]
        self.cases: list[str] = facts["cases"]
        self._calibration: list[tuple[float, float]] = [
            tuple(facts["calibration"][name]) for name in self.labels
        ]
        self._states: list[str] = facts["states"]
        self._numpy: Any = numpy
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._folder = folder
        self._networks: dict[str, Any] = {}

    def judge(self, document: Document) -> Reading:
        """One judgement per sentence, and what kind of case the letter is about."""
        lines = lines_of(document)
        found: dict[int, Judgement] = {}
        whole = []
        for window in windows(lines, self.tokenizer):
            scores, pieces, case = self.scores(window)
            whole.append(case)
            for row, (at, (start, end)) in enumerate(zip(window.sentences, window.spans)):
                found[at] = self._judgement(
                    [float(x) for x in scores[row]],
                    [float(x) for x in pieces[start:end]],
                    window.offsets[row],
                )
        return Reading(tuple(found[at] for at in range(len(lines))), self._cases(whole))

    def notice(self, document: Document) -> NoticeReading:
        """Where a notice asks for documents, and what kind of case it is about."""
        lines = lines_of(document)
        found: dict[int, tuple[tuple[int, int, float], ...]] = {}
        whole = []
        for window in windows(lines, self.tokenizer):
            pieces, case = self.asked(window)
            whole.append(case)
            for at, (start, end), offsets in zip(window.sentences, window.spans, window.offsets):
                found[at] = tuple(_marked(pieces[start:end], offsets, _FAINT))
        return NoticeReading(tuple(found[at] for at in range(len(lines))), self._cases(whole))

    def scores(self, window: Window) -> tuple[Any, Any, Any]:
        """Scores of a window's sentences (labels, parts, states), of the English of its pieces,
        and of the types of case.

        Two readers of different origin err differently, so the mean of their scores counts.
        """
        read = self._laid_out(window)
        (first,) = self._network("letter").run(OUTPUTS[:1], read)
        second, _, case = self._network("case").run(OUTPUTS, read)
        english, pieces = self._network("english").run(OUTPUTS[:2], read)
        found = (first + second) / 2
        column = self.labels.index("english")
        found[:, column] = english[:, column]
        return found, pieces, case[0]

    def asked(self, window: Window) -> tuple[Any, Any]:
        """Scores of the pieces of a notice's window for documents asked for, and of the cases."""
        pieces, case = self._network("case").run(OUTPUTS[1:], self._laid_out(window))
        return pieces, case[0]

    def _network(self, name: str) -> Any:
        """A network, loaded when it is first asked; a notice alone needs one of them."""
        if name not in self._networks:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3
            options.intra_op_num_threads = 2
            self._networks[name] = onnxruntime.InferenceSession(
                str(self._folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
            )
        return self._networks[name]

    def _laid_out(self, window: Window) -> dict[str, Any]:
        count, length = len(window.spans), len(window.ids)
        mean = self._numpy.zeros((count, length), dtype="float32")
        last = self._numpy.zeros((count, length), dtype="float32")
        for row, (start, end) in enumerate(window.spans):
            mean[row, start:end] = 1 / (end - start)
            last[row, end - 1] = 1
        return {
            "ids": self._numpy.array([window.ids], dtype="int64"),
            "mean": mean,
            "last": last,
        }

    def _cases(self, windows: Sequence[Any]) -> dict[str, float]:
        """Chances of the types of case; the windows of a long text count alike."""
        if not windows:
            return {}
        told = [_shares([float(x) for x in scores]) for scores in windows]
        mean = [exp(sum(log(max(each, 1e-9)) for each in row) / len(row)) for row in zip(*told)]
        return {name: round(each / sum(mean), 4) for name, each in zip(self.cases, mean)}

    def _judgement(
        self, scores: Sequence[float], pieces: Sequence[float], offsets: Sequence[tuple[int, int]]
    ) -> Judgement:
        count = len(self.labels)
        last = count + len(self.parts)
        labels = [
            _chance(score * slope + shift)
            for score, (slope, shift) in zip(scores, self._calibration)
        ]
        return Judgement(
            dict(zip(self.parts, _shares(scores[count:last]))),
            dict(zip(self.labels, labels)),
            {name: round(score, 4) for name, score in zip(self._states, scores[last:])},
            tuple(_marked(pieces, offsets)),
        )


def _marked(
    scores: Sequence[float], offsets: Sequence[tuple[int, int]], least: float = 0.5
) -> Iterator[tuple[int, int, float]]:
    """The word pieces that are likely marked, with how likely."""
    for score, (start, end) in zip(scores, offsets):
        chance = _chance(float(score))
        if end > start and chance > least:
            yield start, end, chance


def _shares(scores: Sequence[float]) -> list[float]:
    raised = [exp(score - max(scores)) for score in scores]
    return [each / sum(raised) for each in raised]


def _chance(score: float) -> float:
    # Rounded, so that the last bits of a machine's arithmetic decide nothing.
    return round(1 / (1 + exp(-max(-30.0, min(score, 30.0)))), 4)


@lru_cache(maxsize=1)
def load_judge() -> Judge | None:
    """The shipped model, loaded once; None when the package has none."""
    return Judge() if (FOLDER / "judgement.json").is_file() else None
