"""Train the sentence model that ships with appeal-lint.

    python training/train_judgement.py [DRAFTS] [--output FILE] [--clean FOLDER]

DRAFTS is a JSONL file of annotated drafts (default: corpus/drafts/train.jsonl). Needs
scikit-learn. Texts in the folder `--clean` are learned as faultless sentences.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_score

from appeal_lint.document import build
from appeal_lint.evaluation.drafts import LABELS, Draft, load_drafts
from appeal_lint.judgement.features import BUCKETS, SentenceView, features
from appeal_lint.judgement.model import FILE, state_evidence, views_of
from appeal_lint.letter.facts import facts_of
from appeal_lint.letter.parts import STATES, PartReader
from appeal_lint.rules import load_bundle
from appeal_lint.rules.schema import PARTS

ROOT = Path(__file__).resolve().parents[1]
LEARNED_PARTS = tuple(part for part in PARTS if part != "heading")
STRENGTH = {"part": 3.0, "label": 2.0}
FOLDS = 6
MIN_SENTENCES = 2
MIN_HITS = 8
PRECISION_FLOOR = 0.85


@dataclass(frozen=True)
class Letter:
    """The rows of a letter's sentences, the phrases' reading of its parts, and the truth."""

    rows: range
    phrases: Mapping[str, bool]
    truth: Mapping[str, bool]


class Data:
    """Sentences of drafts with their views, parts, labels and groups."""

    def __init__(self) -> None:
        self.views: list[SentenceView] = []
        self.parts: list[str] = []
        self.labels: list[frozenset[str]] = []
        self.groups: list[str] = []
        self.letters: list[Letter] = []
        self._bundle = load_bundle()
        self._reader = PartReader.of(self._bundle.parts)

    def add(self, text: str, group: str, draft: Draft | None) -> None:
        """Read a text as the program does and line its sentences up with the annotation."""
        document = build(text, known_heading=self._reader.known_heading)
        cues, sections = self._reader.assign(document)
        words = [self._bundle.words(name) for name in ("roles", "tools", "documents")]
        facts = [sum(1 for _ in facts_of(s, *words)) for s in document.sentences]
        views = views_of(document, sections, cues, facts)
        first = len(self.views)
        for sentence, view in zip(document.sentences, views):
            if draft is None:
                self._append(view, "other", frozenset(), group)
                continue
            near = [s for s in draft.segments if s.span.overlaps(sentence.span)]
            if near:
                labels = frozenset().union(*(s.labels for s in near))
                self._append(view, near[0].part, labels, group)

        if draft is not None:
            states = self._reader.states(document, cues)
            phrases = {name: state.present for name, state in states.items()}
            self.letters.append(Letter(range(first, len(self.views)), phrases, draft.parts))

    def _append(self, view: SentenceView, part: str, labels: frozenset[str], group: str) -> None:
        self.views.append(view)
        self.parts.append(part)
        self.labels.append(labels)
        self.groups.append(group)


def rarity(views: Sequence[SentenceView]) -> dict[int, float]:
    """Inverse document frequency of every bucket seen in at least two sentences."""
    seen = np.zeros(BUCKETS)
    for view in views:
        for at in features(view):
            seen[at] += 1
    kept = np.flatnonzero(seen >= MIN_SENTENCES)
    return {int(at): float(np.log((1 + len(views)) / (1 + seen[at])) + 1) for at in kept}


def matrix(views: Sequence[SentenceView], idf: dict[int, float]) -> Any:
    """Feature rows of sentences; a bucket that was never learned is left out."""
    data, rows, columns = [], [], []
    for row, view in enumerate(views):
        for at, value in features(view, idf).items():
            if at in idf:
                data.append(value)
                rows.append(row)
                columns.append(at)
    return csr_matrix((data, (rows, columns)), shape=(len(views), BUCKETS))


def fit(x: Any, y: Any, strength: float, *, balanced: bool) -> LogisticRegression:
    """A regularised logistic regression, the same on every run."""
    weight = "balanced" if balanced else None
    model = LogisticRegression(
        C=strength, class_weight=weight, solver="liblinear", max_iter=400, random_state=0
    )
    return model.fit(x, y)


def targets(data: Data) -> list[tuple[str, str, Any]]:
    """Every yes-or-no question the model answers: kind, name, truth per sentence."""
    parts = np.array(data.parts)
    asked = [("part", part, parts == part) for part in LEARNED_PARTS]
    asked += [
        ("label", label, np.array([label in each for each in data.labels])) for label in LABELS
    ]
    return asked


def crossvalidate(data: Data) -> tuple[Any, dict[str, float]]:
    """Scores of every sentence by a model that has not seen its writer, and figures."""
    asked = targets(data)
    scores = np.zeros((len(data.views), len(asked)))
    for learn, test in GroupKFold(FOLDS).split(data.views, groups=data.groups):
        idf = rarity([data.views[i] for i in learn])
        x = matrix(data.views, idf)
        for column, (kind, _, truth) in enumerate(asked):
            model = fit(x[learn], truth[learn], STRENGTH[kind], balanced=kind == "label")
            scores[test, column] = model.decision_function(x[test])
    figures: dict[str, float] = {}
    told = np.array(LEARNED_PARTS)[scores[:, : len(LEARNED_PARTS)].argmax(axis=1)]
    rest = np.array(data.parts) != "heading"
    figures["part accuracy"] = float((told == np.array(data.parts))[rest].mean())
    for column, (kind, name, truth) in enumerate(asked):
        if kind == "label":
            figures[f"F1 {name}"] = float(f1_score(truth, scores[:, column] > 0))
    return scores, figures


def calibrate(scores: Any, asked: list[tuple[str, str, Any]]) -> Any:
    """Slope and shift that turn a score into a probability (Platt), per question."""
    fitted = []
    for column, (_, _, truth) in enumerate(asked):
        model = LogisticRegression(C=1e3).fit(scores[:, [column]], truth)
        fitted.append((model.coef_[0, 0], model.intercept_[0]))
    return np.array(fitted).T


def learn_states(data: Data, scores: Any, calibration: Any) -> tuple[Any, float]:
    """Weights that decide from sentence chances whether a part is there, and their accuracy."""
    slope, shift = calibration
    chances = 1 / (1 + np.exp(-(scores * slope + shift)))
    chances = chances[:, : len(LEARNED_PARTS)]
    chances /= chances.sum(axis=1, keepdims=True)
    rows, right = [], 0.0
    for name in STATES:
        column = LEARNED_PARTS.index(name)
        x = np.array(
            [
                state_evidence(name, list(chances[letter.rows, column]), letter.phrases[name])
                for letter in data.letters
            ]
        )
        y = np.array([letter.truth[name] for letter in data.letters])
        model = LogisticRegression(C=3.0, random_state=0).fit(x, y)
        right += float(cross_val_score(model, x, y, cv=5).mean())
        rows.append([model.intercept_[0], *model.coef_[0]])
    return np.array(rows), right / len(STATES)


def thresholds(scores: Any, asked: list[tuple[str, str, Any]], calibration: Any) -> dict[str, Any]:
    """Per label: the chance with the best F1, and the one that reaches the precision floor."""
    slope, shift = calibration
    found: dict[str, Any] = {}
    for column, (kind, name, truth) in enumerate(asked):
        if kind != "label":
            continue
        chances = 1 / (1 + np.exp(-(scores[:, column] * slope[column] + shift[column])))
        order = np.argsort(-chances)
        hits = np.cumsum(truth[order])
        precision = hits / np.arange(1, len(order) + 1)
        recall = hits / max(1, truth.sum())
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        best = int(f1.argmax())
        sure = [i for i in range(MIN_HITS, len(order)) if precision[i] >= PRECISION_FLOOR]
        at = max(sure) if sure else None
        found[name] = {
            "best F1": [round(float(v), 3) for v in (f1[best], chances[order[best]])],
            "floor": None
            if at is None
            else [round(float(v), 3) for v in (recall[at], chances[order[at]])],
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("drafts", type=Path, nargs="?", default=ROOT / "corpus/drafts/train.jsonl")
    parser.add_argument("--output", type=Path, default=FILE)
    parser.add_argument("--clean", type=Path)
    arguments = parser.parse_args()
    data = Data()
    for draft in load_drafts(arguments.drafts):
        data.add(draft.text, str(draft.more.get("writer", draft.id)), draft)
    texts = sorted(arguments.clean.glob("*.txt")) if arguments.clean else []
    for number, path in enumerate(texts):
        data.add(path.read_text(encoding="utf-8"), f"clean-{number % FOLDS}", None)
    asked = targets(data)
    scores, figures = crossvalidate(data)
    calibration = calibrate(scores, asked)
    states, figures["parts of the letter"] = learn_states(data, scores, calibration)
    idf = rarity(data.views)
    x = matrix(data.views, idf)
    models = [fit(x, truth, STRENGTH[kind], balanced=kind == "label") for kind, _, truth in asked]
    buckets = np.array(sorted(idf), dtype=np.uint32)
    weights = np.stack([model.coef_[0][buckets] for model in models], axis=1)
    scale = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(
        arguments.output,
        parts=np.array(LEARNED_PARTS),
        labels=np.array(LABELS),
        buckets=buckets,
        idf=np.array([idf[int(at)] for at in buckets], dtype=np.float16),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=np.array([model.intercept_[0] for model in models], dtype=np.float32),
        calibration=calibration.astype(np.float32),
        states=np.array(STATES),
        state_weights=states.astype(np.float32),
    )
    figures["sentences"] = len(data.views)
    report = {**figures, "thresholds": thresholds(scores, asked, calibration)}
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
