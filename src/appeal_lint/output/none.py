"""Nothing; only the exit code tells."""

from __future__ import annotations

from appeal_lint.model import Severity
from appeal_lint.output import Result, Style

LEVEL = Severity.WARNING


def render(result: Result, style: Style) -> str:
    """An empty text."""
    return ""
