"""Input formats, one module each, found by the file's ending.

A module offers `read(content, encoding) -> str`, the decoded text that positions refer to.
With `EDITABLE = True` its text has the code points of the file, so that it can be fixed.
"""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module
from pathlib import PurePath
from typing import Any

from appeal_lint.errors import InputError


@lru_cache(maxsize=1)
def formats() -> tuple[str, ...]:
    """Endings (without the dot) of the formats that can be read."""
    return tuple(
        sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "decode")
    )


def read(content: bytes, path: str, encoding: str | None = None) -> str:
    """The text of a file's content; a file with an unknown ending is read as plain text.

    Raises InputError for what cannot be text.
    """
    try:
        text: str = _module(path).read(content, encoding)
    except InputError as problem:
        raise InputError(problem.message, path=path, hint=problem.hint) from None
    return text


def editable(path: str) -> bool:
    """Whether a fixed text can be written back to a file of this name."""
    return bool(getattr(_module(path), "EDITABLE", False))


def _module(path: str) -> Any:
    suffix = PurePath(path).suffix[1:].lower()
    return import_module(f"{__name__}.{suffix if suffix in formats() else 'txt'}")
