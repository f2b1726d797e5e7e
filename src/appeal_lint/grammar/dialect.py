"""British or American: what a letter is spelt in."""

from __future__ import annotations

from appeal_lint.document.types import Sentence
from appeal_lint.letter import Letter

DIALECTS = ("american", "british")
Place = tuple[Sentence, int, int, str]


def dialect_words(letter: Letter) -> dict[str, list[Place]]:
    """Words spelt in one dialect only: american and british, with their places and twins."""
    pairs = _pairs(letter)
    found: dict[str, list[Place]] = {name: [] for name in DIALECTS}
    for sentence in letter.sentences:
        for word in sentence.words:
            side = pairs.get(word.norm)
            if side and not sentence.text[word.start : word.start + 1].isupper():
                found[side[0]].append((sentence, word.start, word.end, side[1]))
    return found


def dialect_of(letter: Letter, chosen: str) -> str:
    """The dialect that is set, or with "auto" the one that most of the letter's words tell."""
    if chosen in DIALECTS:
        return chosen
    found = dialect_words(letter)
    return "british" if len(found["british"]) > len(found["american"]) else "american"


def _pairs(letter: Letter) -> dict[str, tuple[str, str]]:
    """Each word of the dialect list with its side and its twin."""
    table: dict[str, tuple[str, str]] = {}
    vocabulary = letter.bundle.vocabulary.get("dialect-pairs")
    for pair in vocabulary.words if vocabulary else ():
        american, british = pair.split("/")
        table[american] = ("american", british)
        table[british] = ("british", american)
    return table
