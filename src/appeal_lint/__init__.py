"""Read a marketplace seller's appeal as the strictest reviewer would.

>>> import appeal_lint
>>> report = appeal_lint.lint("Dear Seller Performance Team, ...")
>>> for finding in report.findings:
...     print(finding.start.line, finding.rule, finding.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["AppealLintError", "Config", "Finding", "Report", "__version__", "lint"]

if TYPE_CHECKING:
    from appeal_lint.api import lint
    from appeal_lint.config import Config
    from appeal_lint.errors import AppealLintError
    from appeal_lint.model import Finding, Report

_HOME = {
    "lint": "api",
    "Config": "config",
    "AppealLintError": "errors",
    "Finding": "model",
    "Report": "model",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
