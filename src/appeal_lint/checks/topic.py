"""`check: topic`: a sentence speaks of what does not bear on this type of case.

`test: cause` looks at causes in the problem part, `test: sentence` at any sentence. With
`least` the weight that a topic must have, with `about` only some topics are looked for;
`judged` is the chance that the learned model, where there is one, must see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.case import Playbook
from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import Sentence
from appeal_lint.letter import Letter
from appeal_lint.letter.topics import topics_of, topics_of_notice
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules.bundle import parse_phrases
from appeal_lint.rules.schema import TEXTS
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "test": {"enum": ["cause", "sentence"]},
    "phrases": TEXTS,
    "least": {"type": "number"},
    "about": TEXTS,
    "sure": {"type": "number", "minimum": 0, "maximum": 1},
    "judged": {"type": "number", "minimum": 0, "maximum": 1},
}
REQUIRED = ("test",)
NEEDS: frozenset[str] = frozenset()
_SURE = 0.45


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Parse the phrases that announce a cause."""
    if "phrases" in options:
        options["phrases"] = parse_phrases(("phrases",), options["phrases"])
    return options


def program(rules: Sequence[Rule]) -> Run:
    """Weigh the topics of every sentence once for all rules."""

    def run(context: Context) -> Iterator[Match]:
        letter = context.letter
        playbook = letter.playbook
        if playbook is None:
            return
        allowed = _allowed(letter, playbook)
        for rule in rules:
            if letter.case.source != "setting" and letter.case.confidence < rule.options.get(
                "sure", _SURE
            ):
                continue
            index: PhraseIndex[bool] = PhraseIndex(
                (True, each) for each in rule.options.get("phrases", ())
            )
            for sentence in letter.sentences:
                if rule.options["test"] == "cause" and not _is_cause(letter, sentence, index):
                    continue
                if not letter.suspected(sentence, "irrelevant", rule.options.get("judged", 0.0)):
                    continue
                topic = _foreign(rule, letter, sentence, playbook, allowed)
                if topic:
                    fields = {
                        "topic": letter.handbook.topics[topic].get(context.lang),
                        "case": playbook.title.get(context.lang),
                    }
                    yield Match.whole(rule, sentence, fields=fields)

    return run


def _allowed(letter: Letter, playbook: Playbook) -> frozenset[str]:
    """Topics that bear on the case, on another one of the same notice, or stand in the notice."""
    relevant = set(playbook.relevant)
    for other in letter.case.also:
        relevant |= letter.handbook.cases[other].relevant
    return frozenset(relevant) | topics_of_notice(letter.notice, letter.handbook)


def _is_cause(letter: Letter, sentence: Sentence, index: PhraseIndex[bool]) -> bool:
    return (
        letter.parts[sentence.index] == "problem" and next(index.find(sentence), None) is not None
    )


def _foreign(
    rule: Rule,
    letter: Letter,
    sentence: Sentence,
    playbook: Playbook,
    allowed: frozenset[str],
) -> str | None:
    """The topic of a sentence that is about nothing else; None when it bears on the case."""
    weights = topics_of(sentence, letter.handbook)
    if any(topic in allowed for topic in weights):
        return None
    foreign = {topic: weight for topic, weight in weights.items() if topic in playbook.irrelevant}
    about = rule.options.get("about")
    if about:
        foreign = {topic: weight for topic, weight in foreign.items() if topic in about}
    best = max(sorted(foreign), key=lambda topic: foreign[topic], default=None)
    if best is None or foreign[best] < rule.options.get("least", 2.0):
        return None
    return best
