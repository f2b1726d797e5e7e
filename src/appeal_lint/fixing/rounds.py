"""Fix a letter until nothing more changes, and prove each step by linting again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from appeal_lint.fixing.edits import Declined, Edit, apply_edits, edits_for, moved
from appeal_lint.model import Finding, Report, Severity, Span

_MOST_ROUNDS = 12


@dataclass(frozen=True)
class Fixed:
    """A letter after fixing: the report of its last text, what was done and what was not.

    `restless` names rules whose fixes undo each other; the letter is then as it was.
    """

    report: Report
    made: tuple[Edit, ...] = ()
    declined: tuple[Declined, ...] = ()
    restless: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text with all fixes in it."""
        return self.report.text


def fixing(report: Report, *, unsafe: bool = False) -> Generator[str, Report, Fixed]:
    """Ask for the report of each text to be tried (yield), and return the outcome.

    A round makes all edits that can be made at once. It counts only when the new report has no
    more findings of any rule at warning or above; else the edits beside the new findings are
    given up. Each round begins with all edits allowed, so a fixed text stays as it is.
    """
    first = report
    made: list[Edit] = []
    seen = {report.text}
    for _ in range(_MOST_ROUNDS):
        better, edits, declined = yield from _round(report, unsafe)
        if not edits:
            return Fixed(report, tuple(made), tuple(declined))
        made.extend(edits)
        if better.text in seen:
            break
        seen.add(better.text)
        report = better
    rules = tuple(sorted({edit.finding.rule for edit in made}))
    return Fixed(first, restless=rules)


def _round(
    report: Report, unsafe: bool
) -> Generator[str, Report, tuple[Report, list[Edit], list[Declined]]]:
    banned: dict[Edit, Declined] = {}
    while True:
        edits, declined = edits_for(
            report.text, report.findings, unsafe=unsafe, banned=banned.keys()
        )
        if not edits:
            return report, [], [*declined, *banned.values()]
        tried = yield apply_edits(report.text, edits)
        added = _added(report, tried, edits)
        if not added:
            return tried, edits, declined
        rules = ", ".join(sorted({finding.rule for finding in added}))
        for edit in _beside(added, tried, edits) or edits:
            banned[edit] = Declined(edit.finding, "adds", rules)


def _added(old: Report, new: Report, edits: Sequence[Edit]) -> list[Finding]:
    """Findings at warning or above of rules that find more than before.

    What the sentence model finds does not count: it is silent beside another rule's finding, and
    speaks when that one is gone.
    """
    before = Counter(finding.rule for finding in old.findings)
    after = Counter(
        f.rule for f in new.findings if f.severity >= Severity.WARNING and f.confidence is None
    )
    more = {rule for rule, count in after.items() if count > before[rule]}
    known: dict[str, list[Span]] = {}
    for finding in old.findings:
        if finding.rule in more:
            known.setdefault(finding.rule, []).append(moved(finding.span, edits))
    mine = [finding for finding in new.findings if finding.rule in more]
    fresh = [f for f in mine if not any(f.span.overlaps(span) for span in known.get(f.rule, ()))]
    return fresh or mine


def _beside(added: Sequence[Finding], report: Report, edits: Sequence[Edit]) -> list[Edit]:
    """Edits in the sentences where the added findings stand."""
    spans = [finding.span for finding in added]
    places = [
        sentence.span
        for sentence in report.sentences
        if any(sentence.span.overlaps(span) for span in spans)
    ] or spans
    found = []
    for edit in edits:
        span = moved(edit.span, edits)
        if any(place.start <= span.end and span.start <= place.end for place in places):
            found.append(edit)
    return found
