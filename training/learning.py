"""How a network learns from letters, notices and single sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from time import perf_counter
from typing import Any

import numpy as np
import torch

from appeal_lint.evaluation.drafts import LABELS
from appeal_lint.judgement.windows import PARAGRAPH, Line, Window, windows
from appeal_lint.letter.parts import STATES
from bases import Vocabulary
from encoder import Encoder
from reading import ENGLISH, IRRELEVANT, PARTS_AT, STATES_AT, UNKNOWN, Letter, Sentence, with_value
from texts import Texts

BATCH = 4
ALIKE = 12
"""Batches among whose windows those of like length go together, so that little is padding."""
CASE, STATE = 0.1, 0.2
"""What the type of case and the parts of the letter count beside the labels of the sentences."""
LEFT_OUT = 0.06
"""Share of the sentences that an epoch leaves out."""
DAMAGED, WRONG, BORROWED = 0.5, 0.3, 0.12
"""Share of the faultless letters that get errors, of their sentences that do, and of the sentences
of poor letters that are exchanged for faultless ones. Without them the network learns that English
is good or bad by the letter, and overlooks the one error in a good one."""
MENDED = (0.0, 0.0, 0.3, 0.7, 1.0)
"""Shares of the wrong sentences of a letter that stand there corrected, one for each epoch."""


@dataclass(frozen=True)
class Truth:
    """What is known of a window: labels and parts of its sentences, marks of its pieces, case.

    `states` tells for each part of a letter whether some sentence of the window does its work.
    """

    labels: Any
    parts: Any
    marked: Any
    states: Any
    case: int


def learn(
    network: Encoder,
    words: Vocabulary,
    letters: Sequence[Letter],
    beside: Callable[[Random], Iterable[Letter]],
    epochs: int,
    rate: float,
    random: Random,
) -> None:
    """Some epochs over letters and what is read beside them, the rate rising and falling once."""
    losses = _loss_of(_weight_of(letters))
    body = [p for p in network.bert.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": network.heads(), "lr": 10 * rate}],
        weight_decay=0.01,
    )
    pool = faultless(letters)

    def items() -> list[list[tuple[Window, Truth]]]:
        read = [replace(each, sentences=changed(each, pool, random)) for each in letters]
        made = []
        for letter in [*read, *beside(random)]:
            own = windows([s.line for s in letter.sentences], words.tokenizer)
            made += [(window, _truth(window, letter, len(own) == 1)) for window in own]
        return _batches(made, random)

    now = items()
    steps = epochs * len(now) + epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, 10 * rate], total_steps=steps, pct_start=0.1
    )
    taken = 0
    for epoch in range(epochs):
        network.train()
        started, total = perf_counter(), 0.0
        for some in now:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network.batch([window for window, _ in some])
            loss = losses([each.float() for each in scores], [truth for _, truth in some])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            taken += 1
            if taken < steps:  # Letters change with the epoch, and so does the number of windows.
                schedule.step()
            total += loss.item()
        print(
            f"epoch {epoch + 1}: loss {total / len(now):.3f}, {perf_counter() - started:.0f} s",
            flush=True,
        )
        now = items()


def changed(
    letter: Letter, pool: Mapping[int, Sequence[Sentence]], random: Random
) -> tuple[Sentence, ...]:
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
            text, marked = random.choice(sentence.variants)
            sentence = _reworded(sentence, text, 1, marked)
        elif sentence.better and random.random() < mended:
            marked = None if sentence.marked is None else ()
            sentence = _reworded(sentence, sentence.better, 0, marked)
        elif poor and pool.get(sentence.part) and random.random() < BORROWED:
            other = random.choice(pool[sentence.part])
            line = replace(sentence.line, text=other.line.text)
            # It belongs to another case, so whether it bears on this one is not known.
            sentence = replace(other, line=line, labels=with_value(other.labels, IRRELEVANT, -1))
        found.append(sentence)
    return tuple(found) or letter.sentences


def faultless(letters: Sequence[Letter]) -> dict[int, list[Sentence]]:
    """Sentences of letters in faultless English, by their part."""
    pool: dict[int, list[Sentence]] = {}
    for letter in letters:
        if all(sentence.labels[ENGLISH] == 0 for sentence in letter.sentences):
            for sentence in letter.sentences:
                pool.setdefault(sentence.part, []).append(sentence)
    return pool


def _reworded(sentence: Sentence, text: str, wrong: int, marked: Any) -> Sentence:
    line = replace(sentence.line, text=text)
    return replace(
        sentence, line=line, labels=with_value(sentence.labels, ENGLISH, wrong), marked=marked
    )


def passages(texts: Texts, share: float, random: Random) -> Iterator[Letter]:
    """Passages of which nothing but the English is known, each sentence a paragraph."""
    for wordings in texts.passages(random, share):
        yield Letter(
            "texts",
            tuple(
                Sentence(
                    Line(text, PARAGRAPH),
                    labels=with_value(UNKNOWN, ENGLISH, int(wrong)),
                    marked=spans,
                )
                for text, wrong, spans in wordings
            ),
        )


def _batches(made: list[tuple[Window, Truth]], random: Random) -> list[list[tuple[Window, Truth]]]:
    random.shuffle(made)
    batches = []
    for at in range(0, len(made), BATCH * ALIKE):
        some = sorted(made[at : at + BATCH * ALIKE], key=lambda item: len(item[0].ids))
        batches += [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
    random.shuffle(batches)
    return batches


def _truth(window: Window, letter: Letter, whole: bool) -> Truth:
    """The truth of a window; a part that is there may stand in another one, if there is another."""
    own = [letter.sentences[at] for at in window.sentences]
    told = letter.truth or {}
    states = [int(told[x]) if x in told and (whole or not told[x]) else -1 for x in STATES]
    pieces: list[int] = []
    for sentence, offsets in zip(own, window.offsets):
        for start, end in offsets:
            if sentence.marked is None:
                pieces.append(-1)
            else:
                pieces.append(int(any(start < e and s < end for s, e in sentence.marked)))
    return Truth(
        torch.tensor([s.labels for s in own], dtype=torch.float),
        torch.tensor([s.part for s in own]),
        torch.tensor(pieces, dtype=torch.float),
        torch.tensor(states, dtype=torch.float),
        letter.case,
    )


def _weight_of(letters: Sequence[Letter]) -> Any:
    """How much more a label counts than its absence: rare ones more."""
    rows = np.array([s.labels for letter in letters for s in letter.sentences])
    if not len(rows):
        return torch.ones(len(LABELS))
    share = (rows == 1).sum(0) / np.maximum((rows >= 0).sum(0), 1)
    weight = np.minimum(np.sqrt((1 - share) / np.maximum(share, 1e-3)), 5.0)
    return torch.tensor(weight, dtype=torch.float)


def _loss_of(weight: Any) -> Any:
    """The loss of a batch: labels, parts, marked pieces and types of case, where known."""
    binary = torch.nn.functional.binary_cross_entropy_with_logits

    def told(scores: Any, truth: Any) -> Any:
        known = truth >= 0
        total = torch.nn.functional.cross_entropy(scores[known], truth[known], reduction="sum")
        return total / known.sum().clamp(min=1)

    def loss(scores: Sequence[Any], truths: Sequence[Truth]) -> Any:
        sentences, pieces, whole = scores
        labels = torch.cat([truth.labels for truth in truths])
        marked = torch.cat([truth.marked for truth in truths])
        of_labels = binary(
            sentences[:, :PARTS_AT],
            labels.clamp(min=0),
            weight=(labels >= 0).float(),
            pos_weight=weight,
        )
        of_pieces = binary(
            pieces,
            marked.clamp(min=0),
            weight=(marked >= 0).float(),
            pos_weight=torch.tensor(8.0),
        )
        of_parts = told(
            sentences[:, PARTS_AT:STATES_AT], torch.cat([truth.parts for truth in truths])
        )
        of_case = told(whole, torch.tensor([truth.case for truth in truths]))
        states = torch.stack([truth.states for truth in truths])
        sizes = [len(truth.parts) for truth in truths]
        # Some sentence does the work of a part: the one that does it most.
        best = [own.amax(0) for own in sentences[:, STATES_AT:].split(sizes)]
        of_states = binary(torch.stack(best), states.clamp(min=0), weight=(states >= 0).float())
        return of_labels + 0.5 * of_parts + 0.5 * of_pieces + STATE * of_states + CASE * of_case

    return loss
