"""Grammar engines, one module each, found by name.

A module offers `create(config) -> GrammarEngine`; it raises EngineError when the engine
cannot run here. It may offer `shared(config)`, a context manager that gives settings with which
several processes use one server.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appeal_lint.context import GrammarEngine

from appeal_lint.config import Config


@lru_cache(maxsize=1)
def engine_names() -> tuple[str, ...]:
    """Names of all engines."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def create_engine(name: str, config: Config) -> GrammarEngine:
    """An engine that is ready to check; raises EngineError."""
    engine: GrammarEngine = _module(name).create(config)
    return engine


@contextmanager
def shared(config: Config) -> Iterator[Config]:
    """Settings with which several processes use the same servers; they stop at the end."""
    with ExitStack() as stack:
        for name in config.engines:
            share = getattr(_module(name), "shared", None)
            if share is not None:
                config = stack.enter_context(share(config))
        yield config


def _module(name: str) -> Any:
    return import_module(f"{__name__}.{name}")
