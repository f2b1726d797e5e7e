"""Calendar dates as sellers write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_NAMES})\b\.?(?:,? (\d{{4}}))?", re.I
)
_MONTH_DAY = re.compile(rf"\b({_NAMES})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?", re.I)
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")


def parse_date(text: str) -> date | None:
    """The day that a full, unambiguous date names; None for others and for impossible ones."""
    for (start, end), day in dates_in(text):
        if (start, end) == (0, len(text)):
            return day
    return None


def dates_in(text: str, year: int | None = None) -> Iterator[tuple[tuple[int, int], date | None]]:
    """The unambiguous dates in a text: their offsets, and the day or None for an impossible one.

    A date without a year is of `year`; without that it is passed over.
    """
    taken: list[tuple[int, int]] = []
    for pattern, order in (
        (_YEAR_FIRST, (1, 2, 3)),
        (_DAY_MONTH, (3, 2, 1)),
        (_MONTH_DAY, (3, 1, 2)),
    ):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            when = match[order[0]]
            if when is None and year is None:
                continue
            taken.append(match.span())
            month = match[order[1]]
            yield (
                match.span(),
                _day(
                    int(when) if when else year or 0,
                    int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1,
                    int(match[order[2]]),
                ),
            )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
