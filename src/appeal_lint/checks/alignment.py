"""`check: alignment`: cause, actions and prevention do not answer each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run, dispatch
from appeal_lint.context import Context
from appeal_lint.document.types import BlockKind, Sentence
from appeal_lint.letter import Letter
from appeal_lint.letter.answers import stems
from appeal_lint.letter.topics import main_topics, topics_together
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules.bundle import OptionError, parse_phrases
from appeal_lint.rules.schema import TEXTS
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "test": {"enum": ["repeats-actions", "beside-cause", "symptom"]},
    "phrases": TEXTS,
    "share": {"type": "number", "minimum": 0, "maximum": 1},
}
REQUIRED = ("test",)
NEEDS: frozenset[str] = frozenset()
_LEAST = 5
_SHARE = 0.7
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Parse the phrases by which a cause is owned."""
    if options["test"] == "symptom" and "phrases" not in options:
        raise OptionError("test 'symptom' needs 'phrases'", ("test",))
    if "phrases" in options:
        options["phrases"] = parse_phrases(("phrases",), options["phrases"])
    return options


def program(rules: Sequence[Rule]) -> Run:
    """Dispatch each rule to its test."""
    return dispatch(
        rules,
        "test",
        {
            "repeats-actions": _repeats,
            "beside-cause": _beside,
            "symptom": _symptom,
        },
    )


def _part(letter: Letter, part: str) -> list[Sentence]:
    return [
        sentence
        for sentence, each in zip(letter.sentences, letter.parts)
        if each == part and letter.block_of(sentence).kind is not BlockKind.HEADING
    ]


def _measures(letter: Letter) -> list[Sentence]:
    """What stands under a heading of prevention; without one, what reads as prevention."""
    under = [
        sentence
        for sentence, section in zip(letter.sentences, letter.sections)
        if section == "prevention" and letter.block_of(sentence).kind in _PROSE
    ]
    return under or _part(letter, "prevention")


def _repeats(rule: Rule, context: Context) -> Iterator[Match]:
    """Most sentences of the prevention say what the actions said already."""
    letter = context.letter
    under = _measures(letter)
    actions = [stems(s.text) for s in _part(letter, "actions") if s not in under]
    measures = [
        (sentence, words) for sentence in under if len(words := stems(sentence.text)) >= _LEAST
    ]
    least = rule.options.get("share", _SHARE)
    again = [
        sentence
        for sentence, words in measures
        if any(len(words & done) >= least * len(words) for done in actions)
    ]
    if again and 2 * len(again) >= len(measures):
        yield Match.whole(rule, again[0])


def _beside(rule: Rule, context: Context) -> Iterator[Match]:
    """What was done and what will be done share no topic and hardly a word with the cause."""
    letter = context.letter
    cause, cure = _part(letter, "problem"), _part(letter, "actions") + _part(letter, "prevention")
    if len(cause) < 2 or len(cure) < 2:
        return
    topics = main_topics(topics_together(cause, letter.handbook))
    others = main_topics(topics_together(cure, letter.handbook), 1.0)
    if not topics or not others or topics & others:
        return
    words = stems(" ".join(sentence.text for sentence in cause))
    same = words & stems(" ".join(sentence.text for sentence in cure))
    if len(same) <= rule.options.get("share", 0.1) * len(words):
        fields = {"topic": letter.handbook.topics[min(topics)].en}
        yield Match.whole(rule, cure[0], fields=fields)


def _symptom(rule: Rule, context: Context) -> Iterator[Match]:
    """The problem part tells what happened, and nowhere what in the seller's work led to it."""
    letter = context.letter
    told = _part(letter, "problem")
    if not told or not letter.states["problem"].present or len(letter.sentences) < 6:
        return
    index: PhraseIndex[bool] = PhraseIndex((True, each) for each in rule.options["phrases"])
    near = [*told, *_part(letter, "responsibility"), *_part(letter, "other")]
    if not any(next(index.find(sentence), None) for sentence in near):
        yield Match.whole(rule, told[-1])
