"""Until when a notice wants an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from appeal_lint.dates import dates_in
from appeal_lint.document.types import Document
from appeal_lint.model import Span


@dataclass(frozen=True)
class Deadline:
    """A time limit as the notice words it; `days` from the notice, or `day` itself, where known."""

    text: str
    span: Span
    days: float | None = None
    day: date | None = None


_WITHIN = re.compile(
    r"\b(?:within|in the next|you have|no later than|not later than|before the end of|"
    r"during the next)"
    r" (?:the next |the )?(\d{1,3}|\w+(?:-\w+)?) (?:\(\d+\) )?(?:(?:calendar|business|working) )?"
    r"(hours?|days?|weeks?|months?)(?: (?:of|from|after) (?:[\w ]{0,30}?(?:message|notice|e-?mail|"
    r"letter|notification|date|\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4})))?",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|until|no later than|not later than|on or before)\s+(?:the )?$", re.I
)
_ANSWER = re.compile(
    r"\b(?:respond|reply|replies|submit\w*|send|provide|appeal\w*|answer\w*|dispute\w*|plan|"
    r"contact|"
    r"hear from you|receive|information|documents?|response|upload|verify|do so|complete|act|"
    r"explanation|deadline|due)\b",
    re.IGNORECASE,
)
_NOT_THE_ANSWER = re.compile(
    r"\b(?:funds?|balance|inventory|withh\w+|disburs\w+|we (?:will|aim to|usually|"
    r"normally) (?:review|"
    r"reply|respond|answer|get back)|invoices? .{0,40}(?:last|past|dated)|ship(?:ped)? within|"
    r"messages? within|destroy\w*|dispos\w*|remov\w* .{0,20}inventory)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
    "fourteen": 14, "fifteen": 15, "seventeen": 17, "twenty": 20, "thirty": 30, "sixty": 60,
    "ninety": 90, "forty-eight": 48, "seventy-two": 72, "twenty-four": 24, "twenty-one": 21,
}  # fmt: skip
_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0}


def deadline_in(document: Document, sent: date | None) -> Deadline | None:
    """The first time limit for an answer; `sent` is the day of the notice, where known."""
    ranked = sorted(_limits(document, sent), key=lambda pair: -pair[0])
    return ranked[0][1] if ranked else None


def _limits(document: Document, sent: date | None) -> Iterator[tuple[int, Deadline]]:
    year = sent.year if sent else _year(document.text)
    for sentence in document.sentences:
        text = sentence.text
        if not _ANSWER.search(text):
            continue
        rank = 2 - 2 * bool(_NOT_THE_ANSWER.search(text))
        for match in _WITHIN.finditer(text):
            word = match[1].lower()
            number = int(word) if word.isdigit() else _NUMBERS.get(word)
            if number:
                days = number * _DAYS[match[2].lower().rstrip("s")]
                start = next((d for _, d in dates_in(match[0], year) if d), sent)
                day = start + timedelta(days=days) if start else None
                yield rank, Deadline(match[0], sentence.clean.span(*match.span()), days, day)
        for (begin, end), day in dates_in(text, year):
            before = _BY.search(text[:begin])
            if before and day:
                span = sentence.clean.span(before.start(), end)
                yield rank, Deadline(text[before.start() : end], span, None, day)


def _year(text: str) -> int | None:
    years = re.findall(r"\b20[2-4]\d\b", text)
    return int(max(years)) if years else None
