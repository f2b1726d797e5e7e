"""SARIF 2.1.0: one run with all rules, results with stable fingerprints, fixes and notices."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from appeal_lint import __version__
from appeal_lint.fingerprint import fingerprints
from appeal_lint.model import Finding, Report, Severity
from appeal_lint.output import Result, Style
from appeal_lint.plain import printable, relative

if TYPE_CHECKING:
    from appeal_lint.rules.types import Rule

LEVEL = Severity.WARNING
LISTS_RULES = True
MOST = 5000
"""Results of one run that GitHub takes; the worst are kept."""
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(result: Result, style: Style) -> str:
    """One JSON document, whole even when nothing was found."""
    places = {rule.id: index for index, rule in enumerate(result.rules)}
    results = [
        (finding.severity, _result(report, finding, fingerprint, places, style))
        for report in result.reports
        for finding, fingerprint in zip(
            report.findings, fingerprints(report, relative(report.path, style.root))
        )
    ]
    kept = sorted(range(len(results)), key=lambda at: -results[at][0])[:MOST]
    run = {
        "tool": {
            "driver": {
                "name": "appeal-lint",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in result.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not result.problems,
                "toolExecutionNotifications": _notifications(result, style),
            }
        ],
        "artifacts": [
            {"location": {"uri": _uri(relative(report.path, style.root))}}
            for report in result.reports
        ],
        "results": [results[at][1] for at in sorted(kept)],
    }
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.message.replace("{match}", "…")},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\n{rule.advice}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.category.value], "alias": rule.name},
    }


def _result(
    report: Report,
    finding: Finding,
    fingerprint: str,
    places: dict[str, int],
    style: Style,
) -> dict[str, Any]:
    uri = _uri(relative(report.path, style.root))
    region = {
        "startLine": finding.start.line,
        "startColumn": finding.start.column,
        "endLine": finding.end.line,
        "endColumn": finding.end.column,
        "charOffset": finding.span.start,
        "charLength": finding.span.end - finding.span.start,
    }
    entry: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": printable(f"{finding.message}\n{finding.advice}")},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
        "partialFingerprints": {"sentence/v1": fingerprint},
    }
    if finding.rule in places:
        entry["ruleIndex"] = places[finding.rule]
    if finding.suggestions:
        entry["fixes"] = [
            {
                "description": {"text": printable(suggestion.text) or "-"},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": uri},
                        "replacements": [
                            {
                                "deletedRegion": region,
                                "insertedContent": {"text": suggestion.text},
                            }
                        ],
                    }
                ],
            }
            for suggestion in finding.suggestions
        ]
    return entry


def _notifications(result: Result, style: Style) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "level": "error",
            "message": {"text": printable(problem.message)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(relative(problem.path, style.root))}
                    }
                }
            ],
        }
        for problem in result.problems
    ]
    skipped = {each for report in result.reports for each in report.skipped}
    found += [
        {
            "level": "note",
            "message": {"text": f"{len(each.rules)} rules skipped: {each.what} {each.reason}"},
        }
        for each in sorted(skipped, key=lambda each: each.what)
    ]
    return found


def _uri(path: str) -> str:
    return quote(path, safe="/-._~", errors="replace") or "stdin"
