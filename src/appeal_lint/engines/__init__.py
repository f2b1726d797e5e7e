"""Grammar engines, one module each, found by name.

A module offers `create(settings) -> GrammarEngine`; it raises EngineError when the engine
cannot run here.
"""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module
from typing import Any

from appeal_lint.context import GrammarEngine


@lru_cache(maxsize=1)
def engine_names() -> tuple[str, ...]:
    """Names of all engines."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def create_engine(name: str, settings: Any) -> GrammarEngine:
    """An engine that is ready to check; raises EngineError."""
    engine: GrammarEngine = import_module(f"{__name__}.{name}").create(settings)
    return engine
