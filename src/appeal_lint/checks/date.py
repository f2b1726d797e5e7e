"""`check: date`: a date that cannot be, or a document that is too old."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from appeal_lint.case.asks import documents_named
from appeal_lint.checks import Match, Run, dispatch
from appeal_lint.context import Context
from appeal_lint.dates import dates_in
from appeal_lint.letter import Letter
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {"test": {"enum": ["impossible", "old-document"]}}
REQUIRED = ("test",)
NEEDS: frozenset[str] = frozenset()


def program(rules: Sequence[Rule]) -> Run:
    """Dispatch each rule to its test."""
    return dispatch(
        rules,
        "test",
        {
            "impossible": _impossible,
            "old-document": _old_document,
        },
    )


def _impossible(rule: Rule, context: Context) -> Iterator[Match]:
    for sentence in context.letter.sentences:
        if not any(map(str.isdigit, sentence.text)):
            continue
        for (start, end), day in dates_in(sentence.text, context.today.year):
            named = re.search(r"\d{4}", sentence.text[start:end])
            number = re.match(r"\d{1,2}\b", sentence.text[start:end])
            if day is None and (named or not number or int(number[0]) <= 31):
                yield Match.within(rule, sentence, start, end)


def written_on(letter: Letter, today: date) -> date:
    """The day of the letter: the latest date it names that has come."""
    days = [
        day
        for sentence in letter.sentences
        for _, day in dates_in(sentence.text)
        if day is not None and day <= today
    ]
    return max(days, default=today)


def _limits(context: Context) -> dict[str, int]:
    """The greatest age in days by document kind, as the notice or the platform has it."""
    letter = context.letter
    found: dict[str, int] = {}
    playbook = letter.playbook
    for need in playbook.documents_on(letter.case.platform) if playbook else ():
        if need.max_age_days and "invoice" in need.name.en:
            found["invoice"] = need.max_age_days
        elif need.max_age_days and need.name.en in ("utility bill", "bank statement"):
            found[need.name.en.replace(" ", "-")] = need.max_age_days
    for ask in letter.notice.documents if letter.notice else ():
        if ask.days:
            found[ask.topic] = ask.days
    return found


def _old_document(rule: Rule, context: Context) -> Iterator[Match]:
    letter = context.letter
    limits = _limits(context)
    if not limits:
        return
    named = documents_named(letter.sentences, letter.handbook)
    day_of_letter = written_on(letter, context.today)
    for kind, limit in limits.items():
        for sentence in named.get(kind, ()):
            days = [(place, day) for place, day in dates_in(sentence.text) if day is not None]
            old = [(place, day) for place, day in days if (day_of_letter - day).days > limit + 1]
            if days and len(old) == len(days):
                start, end = old[0][0]
                fields = {
                    "document": letter.handbook.kinds[kind].title.get(context.lang),
                    "date": sentence.text[start:end],
                    "days": str(limit),
                }
                yield Match.within(rule, sentence, start, end, fields=fields)
