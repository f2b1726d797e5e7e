"""Spelling findings that count: not names, brands, places, ids, trade words, other dialects."""

from __future__ import annotations

import re

from appeal_lint.letter import Letter
from appeal_lint.spelling import likely_typo, same_word

_LOWER_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_ENDINGS = ("s", "es", "'s", "ed", "ing")


def known_words(letter: Letter, vocabulary: frozenset[str]) -> frozenset[str]:
    """Words that are right in this letter: the domain's, the user's, and names it capitalises."""
    names = {
        part.lower()
        for sentence in letter.sentences
        for word in re.findall(r"\b[A-Z][\w'-]*", sentence.text)
        for part in (word, word.removesuffix("'s"))
    }
    domain = letter.bundle.words("domain")
    return frozenset(names | domain | {word.lower() for word in vocabulary} | letter.names)


def meant(
    text: str, start: int, end: int, suggestions: tuple[str, ...], known: frozenset[str]
) -> tuple[str, ...]:
    """What the word at `start` to `end`, unknown to an engine, was meant to be.

    Nothing when it is a name, a term, part of an address, or right in another dialect.
    """
    word = text[start:end]
    if _in_an_address(text, start, end) or not _LOWER_WORD.fullmatch(word) or "-" in word:
        return ()
    if {word, *(word.removesuffix(ending) for ending in _ENDINGS)} & known:
        return ()
    if any(same_word(word, better.lower()) for better in suggestions):
        return ()
    return tuple(better for better in suggestions if likely_typo(word, better.lower()))


def _in_an_address(text: str, start: int, end: int) -> bool:
    """Whether a word is part of a user name, file name or address."""
    return (
        text[max(0, start - 1) : start] in ("_", "@", ".", "/")
        or text[end : end + 1] in ("_", "@", "/")
        or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum())
    )
