"""Put a fixed text back into the bytes of its file, and write it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from pathlib import Path

from appeal_lint.errors import InputError
from appeal_lint.files import write_atomic
from appeal_lint.readers import editable
from appeal_lint.readers.decode import decoded


def rewritten(
    content: bytes, path: str, linted: str, fixed: str, encoding: str | None = None
) -> bytes:
    """The file's content with `fixed` in place of `linted`, the text that was read from it.

    Encoding, byte order mark and everything that the reader blanked stay. Raises InputError when
    the file is of a kind that cannot be written, or cannot hold the new text.
    """
    if not editable(path):
        raise InputError(
            "only plain text and Markdown can be fixed",
            path=path,
            hint="make the changes by hand, or save the letter as .txt",
        )
    original = decoded(content, encoding)
    blanked = _blanked(original.text, linted)
    if original.encode(original.text) != content or fixed[:blanked] != linted[:blanked]:
        raise InputError("cannot be written back exactly; nothing was changed", path=path)
    try:
        return original.encode(original.text[:blanked] + fixed[blanked:])
    except UnicodeEncodeError as problem:
        character = fixed[problem.start : problem.start + 1]
        raise InputError(
            f"{original.encoding} has no {character!r}; nothing was changed",
            path=path,
            hint="save the letter as UTF-8",
        ) from None


def _blanked(original: str, linted: str) -> int:
    """How many code points at the start the reader has blanked."""
    places = zip(original, linted)
    return 1 + max((at for at, (old, new) in enumerate(places) if old != new), default=-1)


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Write `new` in one step if the file still holds `old`; links are followed, the mode is kept.

    Raises InputError when it does not, or cannot be written.
    """
    target = path.resolve()
    try:
        if target.read_bytes() != old:
            raise InputError("changed while it was read; nothing was written", path=str(path))
        if not os.access(target, os.W_OK):
            raise InputError("is write-protected; nothing was changed", path=str(path))
        write_atomic(target, new)
    except OSError as problem:
        raise InputError(f"cannot be written: {problem.strerror}", path=str(path)) from None


def unified_diff(path: str, old: str, new: str) -> Iterator[str]:
    """The lines of a unified diff, with their ends as in the texts."""
    for line in difflib.unified_diff(_lines(old), _lines(new), path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines as other tools count them: only a line feed ends one."""
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]
