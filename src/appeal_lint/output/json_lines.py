"""One JSON object a line and finding, for streams; the fields are those of `json`."""

from __future__ import annotations

import json

from appeal_lint.model import Severity
from appeal_lint.output import Result, Style
from appeal_lint.output.json import finding_entry

LEVEL = Severity.INFO


def render(result: Result, style: Style) -> str:
    """Findings of all letters in reading order."""
    return "".join(
        json.dumps({"path": report.path, **finding_entry(finding)}, ensure_ascii=False) + "\n"
        for report in result.reports
        for finding in report.findings
    )
