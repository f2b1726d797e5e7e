"""Code Quality report of GitLab; fingerprints do not change when lines move."""

from __future__ import annotations

import json

from appeal_lint.fingerprint import fingerprints
from appeal_lint.model import Severity
from appeal_lint.output import Result, Style
from appeal_lint.plain import one_line, relative

LEVEL = Severity.WARNING
_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(result: Result, style: Style) -> str:
    """One JSON array."""
    entries = []
    for report in result.reports:
        path = relative(report.path, style.root)
        for finding, fingerprint in zip(report.findings, fingerprints(report, path)):
            entries.append(
                {
                    "description": one_line(f"{finding.message} {finding.advice}"),
                    "check_name": f"{finding.rule} {finding.name}",
                    "fingerprint": fingerprint,
                    "severity": _LEVELS[finding.severity],
                    "location": {
                        "path": path,
                        "lines": {"begin": finding.start.line, "end": finding.end.line},
                    },
                }
            )
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
