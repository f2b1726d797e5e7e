"""Workflow commands of GitHub Actions, worst first, with a line for the log before them."""

from __future__ import annotations

from collections.abc import Iterator

from appeal_lint.model import Finding, Report, Severity
from appeal_lint.output import Result, Style
from appeal_lint.output.concise import line_of
from appeal_lint.plain import one_line, printable, relative

LEVEL = Severity.WARNING
MOST = 50
"""Annotations in one run; a step shows no more, so the worst come first."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(result: Result, style: Style) -> str:
    """Log lines in reading order, then the commands."""
    found = [(report, finding) for report in result.reports for finding in report.findings]
    lines = [_harmless(line_of(report, finding)) for report, finding in found]
    ranked = sorted(found, key=lambda pair: -pair[1].severity)
    lines.extend(_command(report, finding, style) for report, finding in ranked[:MOST])
    lines.extend(
        f"::error file={_property(relative(p.path, style.root))}::{_data(p.message)}"
        for p in result.problems
    )
    if len(ranked) > MOST:
        lines.append(f"::notice::{len(ranked) - MOST} more findings are in the log.")
    return "".join(line + "\n" for line in lines)


def _command(report: Report, finding: Finding, style: Style) -> str:
    place = ",".join(_place(report, finding, style))
    body = f"{finding.message}\n{finding.advice}"
    return f"::{_COMMANDS[finding.severity]} {place}::{_data(body)}"


def _place(report: Report, finding: Finding, style: Style) -> Iterator[str]:
    yield f"file={_property(relative(report.path, style.root))}"
    yield f"line={finding.start.line}"
    yield f"endLine={finding.end.line}"
    if finding.start.line == finding.end.line:
        yield f"col={finding.start.column}"
        yield f"endColumn={finding.end.column}"
    yield f"title={_property(f'{finding.rule} {finding.name}')}"


def _data(text: str) -> str:
    text = printable(text).replace("%", "%25")
    return text.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _harmless(line: str) -> str:
    """A log line that the runner does not take for a command."""
    gap = "\N{ZERO WIDTH NON-JOINER}"
    return one_line(line).replace("::", f":{gap}:").replace("##[", f"##{gap}[")
