"""Output formats, one module each, found by name.

A module offers `render(result, style) -> str` and `LEVEL`, the lowest severity that it shows
when the user does not say. `LISTS_RULES = True` asks for the rules of the run.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from appeal_lint.model import Report, Severity

if TYPE_CHECKING:
    from appeal_lint.rules.types import Rule


@dataclass(frozen=True)
class Problem:
    """A file that could not be linted."""

    path: str
    message: str


@dataclass(frozen=True)
class Result:
    """A whole run: the reports, already limited to the severity that is shown, and its rules."""

    reports: Sequence[Report]
    problems: Sequence[Problem] = ()
    hidden: int = 0
    rules: Sequence[Rule] = ()

    def count(self, severity: Severity) -> int:
        """Number of shown findings of exactly this severity."""
        return sum(report.count(severity) for report in self.reports)


@dataclass(frozen=True)
class Style:
    """How the output is made: `width` in columns; paths are shown as seen from `root`."""

    color: bool = False
    width: int = 80
    lang: str = "en"
    root: str | None = None


@lru_cache(maxsize=1)
def format_names() -> tuple[str, ...]:
    """Names of all output formats, as on the command line."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))


def format_module(name: str) -> Any:
    """The module of a format."""
    return import_module(f"{__name__}.{name.replace('-', '_')}")
