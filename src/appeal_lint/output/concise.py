"""One line per finding: path:line:column: level ID[name] message."""

from __future__ import annotations

from appeal_lint.model import Severity
from appeal_lint.output import Result, Style

LEVEL = Severity.WARNING


def render(result: Result, style: Style) -> str:
    """Findings of all letters in reading order."""
    lines = [
        f"{report.path}:{f.start.line}:{f.start.column}: "
        f"{f.severity.label} {f.rule}[{f.name}] {f.message}"
        for report in result.reports
        for f in report.findings
    ]
    return "".join(line + "\n" for line in lines)
