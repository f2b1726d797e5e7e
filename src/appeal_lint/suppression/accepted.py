"""Findings that the settings and the baseline of a letter silence."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from appeal_lint.config import Config, IgnoredFinding
from appeal_lint.errors import ConfigError
from appeal_lint.model import Finding, Report, Suppressed
from appeal_lint.suppression.baseline import FILE_NAME, Baseline, Entry, load_baseline


class Accepted:
    """Sets accepted findings of reports apart; the same report always gives the same result."""

    def __init__(self, config: Config, today: date, *, baseline: bool = True) -> None:
        self._today = today
        self._ignored = config.ignore_findings
        self._patterns = [_compiled(each) for each in config.ignore_findings]
        self.file = baseline_file(config)
        self.baseline = Baseline(self.file)
        if baseline and (config.baseline is not None or self.file.is_file()):
            self.baseline = load_baseline(self.file)

    def __call__(self, report: Report) -> Report:
        """The report with accepted findings in `suppressed`."""
        if self._ignored:
            report = self._without_ignored(report)
        if self.baseline.entries:
            report, _ = self.baseline.applied(report, self._today)
        return report

    def stale(self, reports: Sequence[Report]) -> list[Entry]:
        """Entries for the letters of reports that no finding needs any more, or that are over.

        `reports` are as they came from this object.
        """
        needed: set[Entry] = set()
        for report in reports:
            silenced = tuple(each.finding for each in report.suppressed if each.by == "baseline")
            _, used = self.baseline.applied(replace(report, findings=silenced), self._today)
            needed |= used
        paths = {self.baseline.path_of(report.path) for report in reports}
        return [
            entry
            for entry in self.baseline.entries
            if entry not in needed and (entry.path in paths or entry.expired(self._today))
        ]

    def _without_ignored(self, report: Report) -> Report:
        kept: list[Finding] = []
        gone: list[Suppressed] = []
        for finding in report.findings:
            hit = next(
                (
                    each
                    for each, pattern in zip(self._ignored, self._patterns)
                    if _is_ignored(each, pattern, finding, report)
                ),
                None,
            )
            if hit is None:
                kept.append(finding)
            else:
                gone.append(Suppressed(finding, "config", hit.reason))
        return replace(report, findings=tuple(kept), suppressed=(*report.suppressed, *gone))


def baseline_file(config: Config) -> Path:
    """The baseline that is named, else the one beside the configuration or in this folder."""
    if config.baseline is not None:
        return config.baseline
    return (Path(config.source).parent if config.source else Path()) / FILE_NAME


def _compiled(ignored: IgnoredFinding) -> re.Pattern[str] | None:
    if ignored.pattern is None:
        return None
    try:
        return re.compile(ignored.pattern, re.IGNORECASE)
    except re.error as problem:
        raise ConfigError(
            f"ignore-findings: {ignored.pattern!r} is not a regular expression: {problem}"
        ) from None


def _is_ignored(
    each: IgnoredFinding, pattern: re.Pattern[str] | None, finding: Finding, report: Report
) -> bool:
    word = each.rule
    if not (
        finding.rule.startswith(word.upper()) or word in (finding.name, finding.category.value)
    ):
        return False
    if each.files:
        path = Path(os.path.relpath(report.path, each.root)).as_posix()
        name = Path(report.path).name
        if not any(fnmatch(path if "/" in glob else name, glob) for glob in each.files):
            return False
    if pattern is None:
        return True
    spans = [s.span for s in report.sentences if s.span.overlaps(finding.span)] or [finding.span]
    text = " ".join(report.text[spans[0].start : spans[-1].end].split())
    return bool(pattern.search(text))
