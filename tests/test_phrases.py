"""The phrase language and its matcher."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appeal_lint.document import build
from appeal_lint.phrases import PhraseIndex, PhraseSyntaxError, parse


def found(phrase: str, text: str) -> list[str]:
    index: PhraseIndex[int] = PhraseIndex([(0, parse(phrase))])
    return [s.text[m.start : m.end] for s in build(text).sentences for m in index.find(s)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("last chance", "This is our LAST\nchance.", ["LAST chance"]),
        ("<forgive>", "He forgave us.", ["forgave"]),
        ("<stop> selling", "We stopped selling it.", ["stopped selling"]),
        ("<apologise>", "We apologized.", ["apologized"]),
        ("(one|two|a few) (buyer|<customer>)", "A few customers wrote.", ["A few customers"]),
        ("<ask for> help", "He asked for help.", ["asked for help"]),
        ("do not blame", "We don’t blame him.", ["don't blame"]),
        ("will never", "We'll never do it.", ["We'll never"]),
        ("very? sorry", "We are sorry, very sorry.", ["sorry", "very sorry"]),
        ("give .. chance", "Give us one chance.", ["Give us one chance"]),
        ("give .. chance", "Give us yet one more chance.", []),
        ("give ... chance", "Give us time; a chance is fair.", []),
        ("^ please", "Please look. We ask: please look.", ["Please"]),
        ("thank you $", "Thank you. Thank you for it.", ["Thank you"]),
        ("<number> % of", "About 98 % of buyers.", ["98 % of"]),
        ("<any> policy", "Our policy.", ["Our policy"]),
        ("(a (b|c)|d) e", "x a c e, d e", ["a c e", "d e"]),
        ("because , so", "It broke because , so we left.", ["because , so"]),
    ],
)
def test_phrases(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    "phrase", ["(a|", "a)", "a|b", "()", "(a|)", "...", "<any>", "x?", "< >", ""]
)
def test_malformed_phrases_are_refused(phrase: str) -> None:
    with pytest.raises(PhraseSyntaxError):
        parse(phrase)


def test_explosive_phrases_are_refused() -> None:
    with pytest.raises(PhraseSyntaxError, match="split it"):
        parse(" ".join(["(a b|c d|e f|g h)"] * 6))


WORDS = st.sampled_from(["we", "you", "a", "the", "chance", "last", "beg", "not", "sorry"])


@given(st.lists(WORDS, max_size=12), st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=6))
@settings(max_examples=300, deadline=None)
def test_the_index_finds_what_a_plain_search_finds(
    text: list[str], phrases: list[list[str]]
) -> None:
    index: PhraseIndex[int] = PhraseIndex(
        (number, parse(" ".join(phrase))) for number, phrase in enumerate(phrases)
    )
    line = " ".join(text)
    got = {(m.key, m.start) for s in build(line).sentences for m in index.find(s)}
    plain = {
        (number, match.start())
        for number, phrase in enumerate(phrases)
        for match in re.finditer(rf"(?=\b{' '.join(phrase)}\b)", line)
    }
    assert got == plain
