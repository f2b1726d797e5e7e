"""The words of the interface in the user's language; rules carry their own."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "locale"


@lru_cache(maxsize=4)
def catalogue(lang: str) -> dict[str, str]:
    """All texts of a language by key."""
    texts: dict[str, str] = json.loads((_FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    return texts


def text(key: str, lang: str, **values: object) -> str:
    """One text with its values filled in."""
    return catalogue(lang)[key].format(**values)


def counted(key: str, lang: str, count: int) -> str:
    """The singular or plural form of a text that counts something."""
    return text(f"{key}.{'one' if count == 1 else 'many'}", lang, count=count)
