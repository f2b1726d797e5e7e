"""Facts about platforms that grow old: thresholds and document rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from appeal_lint.case.handbook import Handbook, Words

MONTHS = 18
"""Months after which a fact must be looked up again."""


@dataclass(frozen=True)
class DatedFact:
    """A fact of a case type; `checked` is the month (YYYY-MM) in which it was last looked up."""

    case: str
    name: Words
    source: str
    checked: str

    def age(self, today: date) -> int:
        """Whole months since it was checked."""
        year, month = (int(part) for part in self.checked.split("-"))
        return 12 * (today.year - year) + today.month - month


def dated_facts(handbook: Handbook) -> Iterator[DatedFact]:
    """Every threshold and document rule."""
    for case in handbook.cases.values():
        for metric in case.metrics:
            yield DatedFact(case.id, metric.name, metric.source, metric.checked)
        for need in case.documents:
            yield DatedFact(case.id, need.name, need.source, need.checked)


def stale_facts(handbook: Handbook, today: date) -> tuple[DatedFact, ...]:
    """Those that were last checked more than MONTHS ago."""
    return tuple(fact for fact in dated_facts(handbook) if fact.age(today) > MONTHS)
