"""Regular expressions in rules: what is left out must not be able to match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appeal_lint.checks.regex import needles, runs_away
from appeal_lint.rules import load_bundle
from tests.conftest import EXAMPLES

PATTERNS = [
    (rule, find, found)
    for rule in load_bundle().rules
    if rule.check == "regex"
    for find, _, found in rule.options["patterns"]
]
TEXTS = [
    *(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.iterdir())),
    *(example.text for rule in load_bundle().rules for example in (*rule.bad, *rule.good)),
]


def holds(groups: list[list[str]], text: str) -> bool:
    return all(any(needle in text.lower() for needle in group) for group in groups)


def test_no_match_without_a_needle() -> None:
    for rule, find, found in PATTERNS:
        flags = 0 if rule.options["case-sensitive"] else re.IGNORECASE
        compiled = re.compile(find, flags)
        for text in TEXTS:
            for match in compiled.finditer(text):
                assert holds(found, text), match.group()


PIECES = st.sampled_from(
    [
        "ab",
        "cd",
        "(?:ab|cd)",
        "(ab|c)",
        "x?",
        "[ab]",
        "(?:ab)+",
        "(?:cd)*",
        r"\b",
        "e",
        "(?=cd)",
        "(?!ab)",
        "(?<=ab)",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=5), st.text(alphabet="abcdexAB ", max_size=30))
@settings(max_examples=400, deadline=None)
def test_needles_of_made_up_patterns(pieces: list[str], text: str) -> None:
    pattern = "".join(pieces)
    found = needles(pattern)
    if re.search(pattern, text, re.IGNORECASE):
        assert holds(found, text)


def test_needles_of_every_group_must_be_there() -> None:
    found = needles(r"\b(discuss(?:es|ed)?) (?:about|upon) (?=the\b)")
    assert found == [["discuss"], ["about", "upon"], ["the"]]


@pytest.mark.parametrize("pattern", ["(a+)+", "(?:a*)*b", "(a|b+)+", "(?:(?:x+))+y", "(a+){2,}"])
def test_runaway_patterns_are_seen(pattern: str) -> None:
    assert runs_away(pattern)


@pytest.mark.parametrize(
    "pattern", [r"\w+ \w+", r"(?:\d{3} )+", "(ab)+", r"(?:\w+ ){1,4}x", "a+b+"]
)
def test_ordinary_patterns_are_not(pattern: str) -> None:
    assert not runs_away(pattern)
