"""How often each rule is broken: count, rule, and how many of them --fix puts right."""

from __future__ import annotations

from collections import Counter

from appeal_lint.model import Severity
from appeal_lint.output import Result, Style
from appeal_lint.texts import counted

LEVEL = Severity.WARNING


def render(result: Result, style: Style) -> str:
    """One line per rule, the most frequent first."""
    found = [finding for report in result.reports for finding in report.findings]
    rules = Counter((f.rule, f.name, f.severity.label) for f in found)
    certain = Counter(f.rule for f in found if len(f.suggestions) == 1 and f.suggestions[0].safe)
    width = len(str(max(rules.values(), default=0)))
    lines = []
    for (rule, name, level), count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
        fixable = counted("footer.fixable", style.lang, certain[rule]) if certain[rule] else ""
        lines.append(f"{count:>{width}}  {rule} {name} ({level})  {fixable}".rstrip() + "\n")
    return "".join(lines)
