"""Rules and the other data that a consultant can read and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appeal_lint.rules.bundle import Bundle, load_bundle
    from appeal_lint.rules.types import Example, PartData, Rule, Scope, Unless, Vocabulary

__all__ = [
    "Bundle",
    "Example",
    "PartData",
    "Rule",
    "Scope",
    "Unless",
    "Vocabulary",
    "load_bundle",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for: a run that needs no rules imports no rules."""
    if name in __all__:
        from importlib import import_module

        home = "bundle" if name in ("Bundle", "load_bundle") else "types"
        return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
