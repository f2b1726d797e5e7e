"""Sentences in which only the English counts: a treebank, pairs, examples of rules.

They teach the network to tell a wrong sentence from a right one wherever it stands. Each becomes
part of a passage that is made anew in every epoch, so that good and bad English are neighbours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

from spacy.language import Language

from appeal_lint.model import Category
from appeal_lint.rules import load_bundle
from errors import Spans, variants
from train_pipeline import treebank_lines

Wording = tuple[str, bool, Spans | None]
"""A sentence, whether its English is wrong, and where (None: not known)."""

PASSAGE = 14
"""Sentences of a passage."""
_WORD = re.compile(r"\w+|[^\w\s]")


class Texts:
    """Wordings to draw passages from.

    `clean` are correct sentences with damaged variants, `pairs` wrong and right wordings of one
    sentence, `single` sentences of which only one wording is known.
    """

    def __init__(
        self,
        clean: Sequence[tuple[str, Sequence[tuple[str, Spans]]]],
        pairs: Sequence[tuple[str, str]],
        single: Sequence[tuple[str, bool]],
    ) -> None:
        self.clean = clean
        self.pairs = [(wrong, differences(wrong, right), right) for wrong, right in pairs]
        self.single = single

    def passages(self, random: Random, share: float) -> Iterator[list[Wording]]:
        """All wordings once, each passage with its own share of errors; `share` of the clean."""
        clean = random.sample(list(self.clean), round(share * len(self.clean)))
        others: list[Wording] = [
            (text, wrong, None if wrong else ()) for text, wrong in self.single
        ]
        for wrong, spans, right in self.pairs:
            others += [(wrong, True, spans), (right, False, ())]
        random.shuffle(others)
        count = max(1, (len(clean) + len(others)) // PASSAGE)
        for number in range(count):
            rate = random.choice((0.0, 0.1, 0.25, 0.5))
            passage: list[Wording] = list(others[number::count])
            for text, made in clean[number::count]:
                if made and random.random() < rate:
                    damaged, spans = random.choice(made)
                    passage.append((damaged, True, spans))
                else:
                    passage.append((text, False, ()))
            random.shuffle(passage)
            yield passage


def differences(wrong: str, right: str) -> Spans:
    """The places of a wrong wording (code points) that the right one has otherwise."""
    ours = list(_WORD.finditer(wrong))
    theirs = [found[0] for found in _WORD.finditer(right)]
    spans = []
    matcher = SequenceMatcher(a=[found[0] for found in ours], b=theirs, autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind == "equal" or not ours:
            continue
        if kind == "insert":  # Something is missing: its neighbours are the place.
            start, end = max(start - 1, 0), min(start + 1, len(ours))
        spans.append((ours[start].start(), ours[end - 1].end()))
    return tuple(spans)


def treebank(folder: Path) -> list[str]:
    """Sentences of the train split of UD English EWT that hold no error its annotators marked."""
    text = "\n".join(treebank_lines(folder, "train"))
    found = []
    for block in text.split("\n\n"):
        if re.search(r"Typo=Yes|goeswith|CorrectForm|Style=|Abbr=Yes", block):
            continue
        sentence = re.search(r"^# text = (.+)$", block, re.M)
        if sentence and _plain(sentence[1]):
            found.append(sentence[1])
    return found


def _plain(sentence: str) -> bool:
    """Whether it is a sentence such as letters have, as far as its outside tells."""
    return (
        6 <= len(sentence.split()) <= 45
        and sentence[0].isupper()
        and sentence.rstrip("\"')")[-1:] in ".?"
        and not re.search(r"https?:|[<>|{}_*~]|\.\.|!!|[A-Z]{5}| [.,;:?!]", sentence)
    )


def examples() -> tuple[list[tuple[str, str]], list[tuple[str, bool]]]:
    """The examples of the rules for English: pairs where the correction is told, and the rest."""
    both: list[tuple[str, str]] = []
    one: list[tuple[str, bool]] = []
    for rule in load_bundle().rules:
        if rule.category is not Category.ENGLISH or rule.check == "classifier":
            continue
        for each in rule.bad:
            if each.match and each.fix is not None and each.match in each.text:
                both.append((each.text, each.text.replace(each.match, each.fix, 1)))
            else:
                one.append((each.text, True))
        one += [(each.text, False) for each in rule.good]
    return both, [(text, wrong) for text, wrong in one if len(text) < 400 and "\n" not in text]


def pairs(path: Path) -> list[tuple[str, str]]:
    """Wrong and right wordings of a JSONL file."""
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    return [(row["wrong"], row["right"]) for row in rows]


def damaged(
    sentences: Sequence[str], nlp: Language
) -> list[tuple[str, Sequence[tuple[str, Spans]]]]:
    """Each sentence with variants of it that hold errors."""
    return [(doc.text, variants(doc, Random(doc.text))) for doc in nlp.pipe(sentences)]
