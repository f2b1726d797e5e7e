"""`check: playbook`: words that lose a case of this type, or that belong to another platform."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.case import Playbook
from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import BlockKind, Sentence
from appeal_lint.letter import Letter
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {"test": {"enum": ["never-say", "addressee", "foreign-term"]}}
REQUIRED = ("test",)
NEEDS: frozenset[str] = frozenset()


def program(rules: Sequence[Rule]) -> Run:
    """Dispatch each rule to its test."""
    tests = {"never-say": _never_say, "addressee": _addressee, "foreign-term": _foreign_term}

    def run(context: Context) -> Iterator[Match]:
        for rule in rules:
            yield from tests[rule.options["test"]](rule, context)

    return run


def _never_say(rule: Rule, context: Context) -> Iterator[Match]:
    letter = context.letter
    playbook: Playbook | None = letter.playbook
    if playbook is None:
        return
    index: PhraseIndex[int] = PhraseIndex(
        (number, patterns)
        for number, entry in enumerate(playbook.never_say)
        for patterns in entry.phrases
    )
    for sentence in letter.sentences:
        for match in index.find(sentence):
            why = playbook.never_say[match.key].why.get(context.lang)
            yield Match.within(rule, sentence, match.start, match.end, fields={"reason": why})


def _mentions(letter: Letter, sentence: Sentence, kind: str) -> Iterator[tuple[str, int, int]]:
    for match in letter.handbook.name_index.find(sentence):
        platform, what = match.key
        if what == kind:
            yield platform, match.start, match.end


def _own(letter: Letter) -> str | None:
    """The platform that the letter must speak to, when it is known from more than the letter."""
    known = letter.case.source in ("notice", "setting")
    if known and letter.notice is not None and letter.notice.platform:
        return letter.notice.platform
    return letter.case.platform if letter.case.source == "setting" else None


def _addressee(rule: Rule, context: Context) -> Iterator[Match]:
    """The greeting or a request names another platform than the notice comes from."""
    letter = context.letter
    own = _own(letter)
    if own is None:
        return
    for sentence in letter.sentences:
        kind = letter.block_of(sentence).kind
        if kind not in (BlockKind.SALUTATION, BlockKind.SUBJECT) and letter.parts[
            sentence.index
        ] not in ("greeting", "request"):
            continue
        named = list(_mentions(letter, sentence, "names"))
        if any(platform == own for platform, _, _ in named):
            continue
        for platform, start, end in named:
            fields = {
                "other": letter.handbook.platforms[platform].title,
                "own": letter.handbook.platforms[own].title,
            }
            yield Match.within(rule, sentence, start, end, fields=fields)
            break


def _foreign_term(rule: Rule, context: Context) -> Iterator[Match]:
    """A word that only another platform uses, in a letter that does not speak of that platform."""
    letter = context.letter
    own = _own(letter)
    if own is None:
        return
    names = {p for s in letter.sentences for p, _, _ in _mentions(letter, s, "names")}
    for sentence in letter.sentences:
        for platform, start, end in _mentions(letter, sentence, "own-terms"):
            if platform != own and platform not in names:
                fields = {
                    "other": letter.handbook.platforms[platform].title,
                    "own": letter.handbook.platforms[own].title,
                }
                yield Match.within(rule, sentence, start, end, fields=fields)
