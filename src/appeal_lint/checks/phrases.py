"""`check: phrases`: any of a list of phrases stands in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules.bundle import parse_phrases
from appeal_lint.rules.schema import TEXTS
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {"phrases": TEXTS}
REQUIRED = ("phrases",)
NEEDS: frozenset[str] = frozenset()


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Parse the phrases."""
    return {"phrases": parse_phrases(("phrases",), options["phrases"])}


def program(rules: Sequence[Rule]) -> Run:
    """File the phrases of all rules in one index."""
    index: PhraseIndex[Rule] = PhraseIndex()
    for rule in rules:
        for patterns in rule.options["phrases"]:
            index.add(rule, patterns)

    def run(context: Context) -> Iterator[Match]:
        for sentence in context.letter.sentences:
            for match in index.find(sentence):
                yield Match.within(match.key, sentence, match.start, match.end)

    return run
