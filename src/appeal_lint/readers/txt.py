"""Plain text."""

from __future__ import annotations

from appeal_lint.readers.decode import decode

EDITABLE = True


def read(content: bytes, encoding: str | None) -> str:
    """The decoded text without a byte order mark; line breaks stay as they are."""
    return decode(content, encoding)
