"""One JSON document; its form is fixed by schemas/report.schema.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from appeal_lint.model import Finding, NoticeResult, PointResult, Report, Severity
from appeal_lint.output import Result, Style

LEVEL = Severity.INFO
SCHEMA_VERSION = 1


def render(result: Result, style: Style) -> str:
    """The document with two-space indentation; letters of any script stay readable."""
    return json.dumps(document(result), ensure_ascii=False, indent=2) + "\n"


def document(result: Result) -> dict[str, Any]:
    """The run as JSON-able data."""
    return {
        "schema_version": SCHEMA_VERSION,
        "files": [file_entry(report) for report in result.reports],
        "errors": [{"path": p.path, "message": p.message} for p in result.problems],
        "summary": {
            "files": len(result.reports),
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "infos": result.count(Severity.INFO),
        },
    }


def file_entry(report: Report) -> dict[str, Any]:
    """One letter."""
    return {
        "path": report.path,
        "words": report.words,
        "case": {
            "id": report.case.id,
            "title": report.case.title,
            "platform": report.case.platform,
            "confidence": round(report.case.confidence, 3),
            "source": report.case.source,
            "also": list(report.case.also),
        },
        "track": report.track,
        "notice": _notice(report.notice),
        "parts": {
            part: {
                "present": state.present,
                "spans": [{"start": span.start, "end": span.end} for span in state.spans],
            }
            for part, state in report.parts.items()
        },
        "sentences": [
            {"start": sentence.span.start, "end": sentence.span.end, "part": sentence.part}
            for sentence in report.sentences
        ],
        "findings": [finding_entry(finding) for finding in report.findings],
        "suppressed": [
            {"by": each.by, "reason": each.reason, "finding": finding_entry(each.finding)}
            for each in report.suppressed
        ],
        **({} if report.points is None else {"points": _points(report.points)}),
        "skipped": [
            {"what": skipped.what, "reason": skipped.reason, "rules": list(skipped.rules)}
            for skipped in report.skipped
        ],
    }


def _points(points: Sequence[PointResult]) -> list[dict[str, Any]]:
    return [
        {
            "kind": point.kind,
            "text": point.text,
            "state": point.state,
            "optional": point.optional,
            "span": {"start": point.span.start, "end": point.span.end} if point.span else None,
        }
        for point in points
    ]


def _notice(notice: NoticeResult | None) -> dict[str, Any] | None:
    if notice is None:
        return None
    return {
        "source": notice.source,
        "answer": notice.answer,
        "dispute": notice.dispute,
        "ids": {kind: list(ids) for kind, ids in notice.ids.items()},
        "documents": list(notice.documents),
        "statements": list(notice.statements),
        "deadline": notice.deadline,
        "day": notice.day,
        "remarks": [key for key, _ in notice.remarks],
    }


def finding_entry(finding: Finding) -> dict[str, Any]:
    """One finding."""
    entry: dict[str, Any] = {
        "rule": finding.rule,
        "name": finding.name,
        "category": finding.category.value,
        "severity": finding.severity.label,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": finding.start.line,
        "column": finding.start.column,
        "end_line": finding.end.line,
        "end_column": finding.end.column,
        "message": finding.message,
        "why": finding.why,
        "advice": finding.advice,
        "suggestions": [{"text": s.text, "safe": s.safe} for s in finding.suggestions],
        "excerpt": finding.excerpt,
    }
    if finding.confidence is not None:
        entry["confidence"] = round(finding.confidence, 3)
    return entry
