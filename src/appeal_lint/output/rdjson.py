"""Reviewdog's diagnostic format; its columns count bytes of UTF-8."""

from __future__ import annotations

import json
from typing import Any

from appeal_lint.model import Finding, Report, Severity
from appeal_lint.output import Result, Style
from appeal_lint.plain import printable, relative
from appeal_lint.positions import Source

LEVEL = Severity.WARNING


def render(result: Result, style: Style) -> str:
    """One JSON document."""
    diagnostics: list[dict[str, Any]] = []
    for report in result.reports:
        document = Source(report.text)
        path = relative(report.path, style.root)
        diagnostics.extend(_entry(report, finding, document, path) for finding in report.findings)
    data = {
        "source": {"name": "appeal-lint"},
        "severity": "WARNING",
        "diagnostics": diagnostics,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _entry(report: Report, finding: Finding, document: Source, path: str) -> dict[str, Any]:
    place = {
        "start": _position(document, finding.span.start),
        "end": _position(document, finding.span.end),
    }
    entry: dict[str, Any] = {
        "message": printable(f"{finding.message}\n{finding.advice}"),
        "location": {"path": path, "range": place},
        "severity": finding.severity.name,
        "code": {"value": finding.rule},
    }
    if finding.suggestions:
        entry["suggestions"] = [{"range": place, "text": s.text} for s in finding.suggestions]
    return entry


def _position(document: Source, offset: int) -> dict[str, int]:
    position = document.position(offset)
    start = document.line_span(position.line).start
    return {
        "line": position.line,
        "column": len(document.text[start:offset].encode("utf-8", "replace")) + 1,
    }
