"""The trained model: loading it and asking it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from appeal_lint.document.types import Document, Sentence
from appeal_lint.judgement.features import SentenceView, features
from appeal_lint.letter.tense import tenses
from appeal_lint.model import PartState

_SURE_ENOUGH = 0.38
_OF_ITS_OWN = frozenset({"problem", "actions", "prevention"})
FILE = Path(__file__).resolve().parent / "model.npz"


@dataclass(frozen=True)
class Judgement:
    """Probabilities for one sentence: of being each part, and of having each flaw."""

    parts: Mapping[str, float]
    labels: Mapping[str, float]

    @property
    def part(self) -> str:
        """The most probable part; `other` when nothing is probable enough."""
        best = max(self.parts, key=lambda name: self.parts[name])
        return best if self.parts[best] >= _SURE_ENOUGH else "other"


class Judge:
    """The model's weights; one row per bucket, one column per part or label."""

    def __init__(self, path: Path = FILE) -> None:
        import numpy

        with numpy.load(path, allow_pickle=False) as data:
            self.parts = [str(name) for name in data["parts"]]
            self.labels = [str(name) for name in data["labels"]]
            self._rows = {int(at): row for row, at in enumerate(data["buckets"])}
            self._weights: Any = data["weights"].astype("float32") * data["scale"]
            self._bias: Any = data["bias"].astype("float32")
            self._idf = dict(zip(map(int, data["buckets"]), map(float, data["idf"])))
            self._calibration: Any = data["calibration"].astype("float32")
            self._states = {
                str(name): [float(value) for value in row]
                for name, row in zip(data["states"], data["state_weights"])
            }
        self._numpy = numpy

    def judge(self, views: Sequence[SentenceView]) -> list[Judgement]:
        """One judgement per sentence."""
        return [self._one(view) for view in views]

    def states(
        self,
        sentences: Sequence[Sentence],
        judgements: Sequence[Judgement],
        parts: Sequence[str],
        first: Mapping[str, PartState],
    ) -> dict[str, PartState]:
        """Which parts are there, from the sentences' chances and the phrases' first reading."""
        found: dict[str, PartState] = {}
        for name, (bias, *weights) in self._states.items():
            evidence = state_evidence(
                name, [j.parts[name] for j in judgements], first[name].present
            )
            present = bias + sum(w * e for w, e in zip(weights, evidence)) > 0
            own = [s.span for s, part in zip(sentences, parts) if part == name]
            own = own or list(first[name].spans)
            if name in _OF_ITS_OWN:
                present = present and bool(own)
            elif present and not own and judgements:
                # An apology or a request may stand in a sentence whose main work is another.
                best = max(range(len(judgements)), key=lambda at: judgements[at].parts[name])
                own = [sentences[best].span]
            found[name] = PartState(present, tuple(own) if present else ())
        return found

    def _one(self, view: SentenceView) -> Judgement:
        vector = features(view, self._idf)
        rows = [(self._rows[at], value) for at, value in vector.items() if at in self._rows]
        scores = self._bias.copy()
        if rows:
            index = [row for row, _ in rows]
            values = self._numpy.array([value for _, value in rows], dtype="float32")
            scores = scores + values @ self._weights[index]
        slope, shift = self._calibration
        chances = [1 / (1 + exp(-float(s))) for s in scores * slope + shift]
        count = len(self.parts)
        total = sum(chances[:count]) or 1.0
        return Judgement(
            {name: chance / total for name, chance in zip(self.parts, chances)},
            dict(zip(self.labels, chances[count:])),
        )


def state_evidence(name: str, chances: Sequence[float], phrases: bool) -> list[float]:
    """What decides whether a part is there: its likeliest sentences and the phrases' reading."""
    ordered = sorted(chances, reverse=True)
    top = [*ordered[:3], 0.0, 0.0, 0.0]
    return [top[0], top[1], top[2], min(sum(chances), 5.0) / 5, float(phrases)]


def views_of(
    document: Document,
    sections: Sequence[str | None],
    cues: Sequence[str],
    facts: Sequence[int],
) -> list[SentenceView]:
    """How the model sees the sentences of a document."""
    sentences = document.sentences
    last = max(1, len(sentences) - 1)
    return [
        SentenceView(
            text=sentence.text,
            before=sentences[at - 1].text if at else "",
            after=sentences[at + 1].text if at + 1 < len(sentences) else "",
            position=at / last,
            section=sections[at],
            block=document.blocks[sentence.block].kind.value,
            cue=cues[at],
            tenses=tenses(sentence.words),
            facts=facts[at],
            words=sentence.word_count,
        )
        for at, sentence in enumerate(sentences)
    ]


@lru_cache(maxsize=1)
def load_judge() -> Judge | None:
    """The shipped model, loaded once; None when the package has none."""
    return Judge() if FILE.is_file() else None
