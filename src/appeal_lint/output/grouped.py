"""One line per finding below the name of its letter."""

from __future__ import annotations

from appeal_lint.model import Severity
from appeal_lint.output import Result, Style
from appeal_lint.plain import one_line
from appeal_lint.terminal import paint, width_of, wrap
from appeal_lint.texts import text

LEVEL = Severity.WARNING
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def render(result: Result, style: Style) -> str:
    """Letters with findings, in order; letters without any are passed over."""
    lines: list[str] = []
    names = {level: text(f"severity.{level.label}", style.lang) for level in Severity}
    column = max(width_of(name) for name in names.values())
    for report in result.reports:
        if not report.findings:
            continue
        lines.append(paint(one_line(report.path), "bold", on=style.color))
        for finding in report.findings:
            place = f"{finding.start.line}:{finding.start.column}"
            level = names[finding.severity]
            pad = " " * (column - width_of(level))
            head = f"  {place:>8}  {level}{pad}  {finding.rule}  "
            first, *rest = wrap(one_line(finding.message), style.width, " " * width_of(head), head)
            painted = paint(level, _COLORS[finding.severity], on=style.color)
            lines += [first.replace(level, painted, 1), *rest]
        lines.append("")
    return "".join(line + "\n" for line in lines)
