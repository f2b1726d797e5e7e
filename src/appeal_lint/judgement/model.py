"""The trained model: loading it and asking it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from appeal_lint.document.types import Document
from appeal_lint.judgement.windows import Window, lines_of, windows
from appeal_lint.model import PartState

_SURE_ENOUGH = 0.38
_LEAST_OWN = 0.1
_OF_ITS_OWN = frozenset({"problem", "actions", "prevention"})
FOLDER = Path(__file__).resolve().parent / "data"
LETTER, ENGLISH = "letter.onnx", "english.onnx"


@dataclass(frozen=True)
class Judgement:
    """Probabilities for one sentence: of being each part, and of having each flaw.

    `doubts` are the places whose English is doubted, as offsets in the sentence (code points) with
    their probability.
    """

    parts: Mapping[str, float]
    labels: Mapping[str, float]
    doubts: tuple[tuple[int, int, float], ...] = ()

    @property
    def part(self) -> str:
        """The most probable part; `other` when nothing is probable enough."""
        best = max(self.parts, key=lambda name: self.parts[name])
        return best if self.parts[best] >= _SURE_ENOUGH else "other"


class Judge:
    """The encoders and what turns their scores into probabilities."""

    def __init__(self, folder: Path = FOLDER) -> None:
        # Loading takes a third of a second, which only a letter to be judged is worth.
        import numpy
        import onnxruntime
        from tokenizers import Tokenizer

        facts = json.loads((folder / "judgement.json").read_text(encoding="utf-8"))
        self.labels: list[str] = facts["labels"]
        self.parts: list[str] = facts["parts"]
        self._calibration: list[tuple[float, float]] = facts["calibration"]
        self._states: dict[str, list[float]] = facts["states"]
        self._numpy: Any = numpy
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 2
        self._letter, self._english = (
            onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"]
            )
            for name in (LETTER, ENGLISH)
        )

    def judge(self, document: Document) -> list[Judgement]:
        """One judgement per sentence."""
        lines = lines_of(document)
        found: dict[int, Judgement] = {}
        for window in windows(lines, self.tokenizer):
            found.update(self._window(window))
        return [found[at] for at in range(len(lines))]

    def states(
        self,
        document: Document,
        judgements: Sequence[Judgement],
        parts: Sequence[str],
        first: Mapping[str, PartState],
    ) -> dict[str, PartState]:
        """Which parts are there, from the sentences' chances and the phrases' first reading."""
        sentences = document.sentences
        found: dict[str, PartState] = {}
        for name, (bias, *weights) in self._states.items():
            chances = [_part_chance(judgement, name) for judgement in judgements]
            evidence = state_evidence(chances, first[name].present)
            present = bias + sum(w * e for w, e in zip(weights, evidence)) > 0
            own = [
                sentence.span
                for sentence, part, chance in zip(sentences, parts, chances)
                if part == name and chance >= _LEAST_OWN
            ]
            own = own or list(first[name].spans)
            if name in _OF_ITS_OWN:
                present = present and bool(own)
            elif present and not own and judgements:
                # An apology or a request may stand in a sentence whose main work is another.
                best = max(range(len(judgements)), key=lambda at: chances[at])
                own = [sentences[best].span]
            found[name] = PartState(present, tuple(own) if present else ())
        return found

    def _window(self, window: Window) -> dict[int, Judgement]:
        count, length = len(window.spans), len(window.ids)
        mean = self._numpy.zeros((count, length), dtype="float32")
        last = self._numpy.zeros((count, length), dtype="float32")
        for row, (start, end) in enumerate(window.spans):
            mean[row, start:end] = 1 / (end - start)
            last[row, end - 1] = 1
        ids = self._numpy.array([window.ids], dtype="int64")
        read = {"ids": ids, "mean": mean, "last": last}
        scores, _ = self._letter.run(None, read)
        english, pieces = self._english.run(None, read)
        column = self.labels.index("english")
        scores[:, column] = english[:, column]
        return {
            at: self._judgement(
                [float(x) for x in scores[row]],
                [float(x) for x in pieces[start:end]],
                window.offsets[row],
            )
            for row, (at, (start, end)) in enumerate(zip(window.sentences, window.spans))
        }

    def _judgement(
        self, scores: Sequence[float], pieces: Sequence[float], offsets: Sequence[tuple[int, int]]
    ) -> Judgement:
        count = len(self.labels)
        labels = [
            _chance(score * slope + shift)
            for score, (slope, shift) in zip(scores, self._calibration)
        ]
        raised = [exp(score - max(scores[count:])) for score in scores[count:]]
        total = sum(raised)
        doubts = [
            (start, end, _chance(score))
            for score, (start, end) in zip(pieces, offsets)
            if end > start and score > 0
        ]
        return Judgement(
            {name: each / total for name, each in zip(self.parts, raised)},
            dict(zip(self.labels, labels)),
            tuple(doubts),
        )


def _part_chance(judgement: Judgement, name: str) -> float:
    """How likely a sentence does the work of a part; who blames others takes no responsibility."""
    chance = judgement.parts[name]
    return chance * (1 - judgement.labels["blame"]) if name == "responsibility" else chance


def _chance(score: float) -> float:
    # Rounded, so that the last bits of a machine's arithmetic decide nothing.
    return round(1 / (1 + exp(-max(-30.0, min(score, 30.0)))), 4)


def state_evidence(chances: Sequence[float], phrases: bool) -> list[float]:
    """What decides whether a part is there: its likeliest sentences and the phrases' reading."""
    ordered = sorted(chances, reverse=True)
    top = [*ordered[:3], 0.0, 0.0, 0.0]
    return [top[0], top[1], top[2], min(sum(chances), 5.0) / 5, float(phrases)]


@lru_cache(maxsize=1)
def load_judge() -> Judge | None:
    """The shipped model, loaded once; None when the package has none."""
    return Judge() if (FOLDER / LETTER).is_file() else None
