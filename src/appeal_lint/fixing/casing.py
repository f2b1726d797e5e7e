"""A replacement keeps the capitals of what it replaces."""

from __future__ import annotations


def keep_case(replacement: str, replaced: str, *, first: bool) -> str:
    """`replacement` with the capitals of `replaced`; `first` when that begins a sentence.

    Inside a sentence a capital stays only on the same word: "Plan of Actions" gives "Plan of
    Action", but "ASAP" gives "as soon as possible" and "Amazon team" gives "the Amazon team".
    """
    old, new = replaced.split(), replacement.split(" ")
    if not old or not replacement:
        return replacement
    if len(replaced) > 1 and replaced.isupper():
        if len(old) > 1 or len(new) == 1:
            return replacement.upper()
        old = []
    elif len(old) != len(new):
        old = old[:1]
    for index, word in enumerate(old):
        same = word[0].lower() == new[index][:1].lower() and word != "I"
        if word[0].isupper() and (same or (first and index == 0)):
            new[index] = _capital(new[index])
    if first and replaced[0].isupper():
        new[0] = _capital(new[0])
    return " ".join(new)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
