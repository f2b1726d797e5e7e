"""One line per finding: path:line:column: level ID[name] message."""

from __future__ import annotations

from appeal_lint.model import Finding, Report, Severity
from appeal_lint.output import Result, Style
from appeal_lint.plain import one_line

LEVEL = Severity.WARNING


def render(result: Result, style: Style) -> str:
    """Findings of all letters in reading order."""
    return "".join(
        one_line(line_of(report, finding)) + "\n"
        for report in result.reports
        for finding in report.findings
    )


def line_of(report: Report, finding: Finding) -> str:
    """The line of one finding."""
    return (
        f"{report.path}:{finding.start.line}:{finding.start.column}: "
        f"{finding.severity.label} {finding.rule}[{finding.name}] {finding.message}"
    )
