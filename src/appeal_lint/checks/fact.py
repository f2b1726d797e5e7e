"""`check: fact`: checkable facts are there or not, in a part of the letter or near a claim.

With `claims`, a claim is found fault with when fewer than `min` facts of the kinds `facts`
stand in the sentence (or `within` its block or the following sentence). With `part`, the whole
part is found fault with when it holds fewer than `min`; with `each`, every sentence of it
that does. `max` turns the test round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import Sentence
from appeal_lint.letter import Letter
from appeal_lint.letter.parts import STATES
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules.bundle import OptionError, parse_phrases
from appeal_lint.rules.schema import FACTS, TEXTS, words_of
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "facts": words_of(FACTS),
    "claims": TEXTS,
    "part": {"enum": list(STATES)},
    "within": {"enum": ["sentence", "around", "block"]},
    "min": {"type": "integer", "minimum": 1},
    "max": {"type": "integer", "minimum": 0},
    "each": {"type": "boolean"},
}
REQUIRED = ("facts",)
NEEDS: frozenset[str] = frozenset()
_LEAST = 4
"""Words from which on a sentence can be a measure of its own."""


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Parse the claims."""
    if ("claims" in options) == ("part" in options):
        raise OptionError("give either 'claims' or 'part'", ())
    if "claims" in options:
        options["claims"] = parse_phrases(("claims",), options["claims"])
    return options


def program(rules: Sequence[Rule]) -> Run:
    """File all claims in one index; parts are counted."""
    index: PhraseIndex[Rule] = PhraseIndex()
    for rule in rules:
        for patterns in rule.options.get("claims", ()):
            index.add(rule, patterns)
    by_part = [rule for rule in rules if "part" in rule.options]

    def run(context: Context) -> Iterator[Match]:
        letter = context.letter
        for sentence in letter.sentences:
            for match in index.find(sentence):
                near = nearby(letter, sentence, match.key.options.get("within", "sentence"))
                if _fails(match.key, letter, near):
                    yield Match.within(match.key, sentence, match.start, match.end)
        for rule in by_part:
            part = rule.options["part"]
            own = [s for s, each in zip(letter.sentences, letter.parts) if each == part]
            if not letter.states[part].present or not own:
                continue
            if rule.options.get("each"):
                within = rule.options.get("within", "sentence")
                yield from (
                    Match.whole(rule, sentence)
                    for sentence in own
                    if sentence.word_count >= _LEAST
                    and _fails(rule, letter, nearby(letter, sentence, within))
                )
            elif _fails(rule, letter, own):
                yield Match.whole(rule, own[0])

    return run


def nearby(letter: Letter, sentence: Sentence, within: str) -> Sequence[Sentence]:
    """The sentences that count as near."""
    if within == "around":
        return letter.around(sentence)
    if within == "block":
        return letter.in_block(sentence)
    return (sentence,)


def count_facts(letter: Letter, sentences: Sequence[Sentence], kinds: Sequence[str]) -> int:
    """Number of facts of some kinds in some sentences."""
    return sum(fact.kind in kinds for s in sentences for fact in letter.facts[s.index])


def _fails(rule: Rule, letter: Letter, sentences: Sequence[Sentence]) -> bool:
    count = count_facts(letter, sentences, rule.options["facts"])
    if "max" in rule.options:
        return count > int(rule.options["max"])
    return count < int(rule.options.get("min", 1))
