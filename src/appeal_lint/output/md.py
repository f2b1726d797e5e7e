"""A summary in Markdown, short enough for a comment on a change or a mail to a client."""

from __future__ import annotations

from collections.abc import Iterator

from appeal_lint.casetext import case_text
from appeal_lint.model import Report, Severity
from appeal_lint.output import Result, Style
from appeal_lint.pages import escape
from appeal_lint.plain import printable, relative
from appeal_lint.texts import counted, text

LEVEL = Severity.WARNING
MOST = 25
"""Findings of one letter; the rest is counted."""
_MARKS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}


def render(result: Result, style: Style) -> str:
    """The whole summary."""
    lines = ["### appeal-lint", ""]
    for report in result.reports:
        lines.extend(_letter(report, style))
    lines.extend(f"- ⚠️ {_cell(p.path)}: {_cell(p.message)}" for p in result.problems)
    return "\n".join(lines).rstrip() + "\n"


def _letter(report: Report, style: Style) -> Iterator[str]:
    lang = style.lang
    yield f"**{_cell(relative(report.path, style.root))}** · {_cell(case_text(report.case, lang))}"
    yield ""
    marks = [
        ("✅" if state.present else "➖" if part == "outlook" else "❌")
        + f" {text(f'part.{part}', lang)}"
        for part, state in report.parts.items()
    ]
    if marks:
        yield " · ".join(marks)
        yield ""
    if not report.findings:
        yield text("footer.clean", lang)
        yield ""
        return
    yield f"| | {text('md.line', lang)} | {text('md.finding', lang)} | {text('md.advice', lang)} |"
    yield "| --- | --- | --- | --- |"
    ranked = sorted(report.findings, key=lambda finding: -finding.severity)[:MOST]
    for finding in sorted(ranked, key=lambda finding: finding.span):
        yield (
            f"| {_MARKS[finding.severity]} | {finding.start.line} "
            f"| {_cell(finding.message)} `{finding.rule}` | {_cell(finding.advice)} |"
        )
    yield ""
    if len(report.findings) > MOST:
        yield counted("md.more", lang, len(report.findings) - MOST)
        yield ""


def _cell(content: str) -> str:
    return escape(printable(content)).replace("@", "&#64;")
