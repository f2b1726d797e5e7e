"""What scores are worth: figures, probabilities, thresholds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve
from tokenizers import Tokenizer

from appeal_lint.evaluation.drafts import LABELS
from appeal_lint.judgement import Judgement
from appeal_lint.judgement.windows import Window, windows
from appeal_lint.letter.parts import STATES
from appeal_lint.rules.schema import PARTS
from reading import COLUMNS, PARTS_AT, STATES_AT, Letter

PRECISION_FLOOR = 0.85


def scores_of(
    read: Callable[[Window], tuple[Any, Any, Any]], letter: Letter, tokenizer: Tokenizer
) -> tuple[Any, Any]:
    """Scores of a letter's sentences (in the order of COLUMNS), chances of the types of case."""
    found = np.zeros((len(letter.sentences), COLUMNS))
    whole: list[Any] = []
    for window in windows([s.line for s in letter.sentences], tokenizer):
        sentences, _, cases = read(window)
        found[list(window.sentences)] = sentences
        whole.append(log_softmax(cases))
    return found, softmax(np.mean(whole, axis=0))


def marks_of(
    read: Callable[[Window], tuple[Any, Any]], notice: Letter, tokenizer: Tokenizer
) -> tuple[Any, Any]:
    """Scores of a notice's pieces with what is marked (rows of score and truth), and chances of the
    types of case.
    """
    pieces: list[Any] = []
    whole: list[Any] = []
    for window in windows([s.line for s in notice.sentences], tokenizer):
        marks, cases = read(window)
        pieces.append(_with_truth(window, notice, marks))
        whole.append(log_softmax(cases))
    return np.concatenate(pieces), softmax(np.mean(whole, axis=0))


def _with_truth(window: Window, letter: Letter, scores: Any) -> Any:
    """The score of each piece that stands for letters, and whether it is marked."""
    found: list[tuple[float, bool]] = []
    for number, (first, _), offsets in zip(window.sentences, window.spans, window.offsets):
        marked = letter.sentences[number].marked or ()
        for at, (start, end) in enumerate(offsets, first):
            if end > start:
                found.append((scores[at], any(start < e and s < end for s, e in marked)))
    return np.array(found, dtype=float).reshape(-1, 2)


def best_f1(pieces: Any) -> float:
    """The best F1 of scores, given as rows of score and truth."""
    precision, recall, _ = precision_recall_curve(pieces[:, 1], pieces[:, 0])
    return round(float((2 * precision * recall / np.maximum(precision + recall, 1e-9)).max()), 3)


def figures_of(
    letters: Sequence[Letter], scores: Any, names: Sequence[str] = LABELS
) -> dict[str, Any]:
    """How well scores tell parts and the labels named."""
    parts = np.array([s.part for letter in letters for s in letter.sentences])
    told = scores[:, PARTS_AT:STATES_AT].argmax(axis=1)
    found: dict[str, Any] = {"part accuracy": round(float((told == parts).mean()), 3)}
    for name in names:
        y, s = _known(letters, scores, name)
        precision, recall, _ = precision_recall_curve(y, s)
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        found[name] = {
            "F1": round(float(f1_score(y, s > 0)), 3),
            "best F1": round(float(f1.max()), 3),
            "average precision": round(float(average_precision_score(y, s)), 3),
            "recall at the floor": round(float(recall[precision >= PRECISION_FLOOR].max()), 3),
        }
    found["macro best F1"] = round(float(np.mean([found[name]["best F1"] for name in names])), 3)
    return found


def states_right(letters: Sequence[Letter], scores: Sequence[Any]) -> float:
    """Share of the parts of which it is rightly told whether the letter has them."""
    right = []
    for letter, each in zip(letters, scores):
        raised = np.exp(each[:, PARTS_AT:STATES_AT])
        chances = raised / raised.sum(axis=1, keepdims=True)
        judged = [
            Judgement(dict(zip(PARTS, chance)), {}, dict(zip(STATES, row[STATES_AT:])))
            for chance, row in zip(chances, each)
        ]
        for name, there in (letter.truth or {}).items():
            right.append(any(judgement.work(name) > 0 for judgement in judged) == there)
    return round(float(np.mean(right)), 3)


def cases_right(letters: Sequence[Letter], cases: Sequence[Any]) -> tuple[int, int]:
    """Of how many letters the likeliest type of case is right, and of how many it is known."""
    known = [(letter, told) for letter, told in zip(letters, cases) if letter.case >= 0]
    return sum(int(told.argmax()) == letter.case for letter, told in known), len(known)


def calibrate(letters: Sequence[Letter], scores: Any, names: Sequence[str]) -> dict[str, Any]:
    """Slope and shift that turn the score of each label named into a probability (Platt)."""
    fitted = {}
    for name in names:
        y, s = _known(letters, scores, name)
        model = LogisticRegression(C=1e3).fit(s[:, None], y)
        fitted[name] = (float(model.coef_[0, 0]), float(model.intercept_[0]))
    return fitted


def thresholds(
    letters: Sequence[Letter], scores: Any, calibration: dict[str, Any]
) -> dict[str, Any]:
    """Per label: the chance with the best F1, the one that reaches the precision floor, and how
    true the chances are (mean said, true share, number) by tenths.
    """
    found: dict[str, Any] = {}
    for name, (slope, shift) in calibration.items():
        y, s = _known(letters, scores, name)
        chance = 1 / (1 + np.exp(-(s * slope + shift)))
        precision, recall, at = precision_recall_curve(y, chance)
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        sure = [i for i in range(len(at)) if precision[i] >= PRECISION_FLOOR and recall[i] > 0.02]
        bins = np.clip((chance * 10).astype(int), 0, 9)
        found[name] = {
            "best F1 at": round(float(at[min(int(f1.argmax()), len(at) - 1)]), 3),
            "floor at": round(float(at[min(sure)]), 3) if sure else None,
            "reliability": [
                [round(float(chance[bins == b].mean()), 2),
                 round(float(y[bins == b].mean()), 2), int((bins == b).sum())]
                for b in range(10) if (bins == b).any()
            ],
        }  # fmt: skip
    return found


def _known(letters: Sequence[Letter], scores: Any, name: str) -> tuple[Any, Any]:
    """Truth and scores of a label, where the truth is known."""
    column = LABELS.index(name)
    labels = np.array([s.labels[column] for letter in letters for s in letter.sentences])
    return labels[labels >= 0], scores[labels >= 0, column]
