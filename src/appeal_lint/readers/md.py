"""Markdown: front matter is blanked, everything else stays in its place."""

from __future__ import annotations

import re

from appeal_lint.readers.decode import decode

EDITABLE = True
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def read(content: bytes, encoding: str | None) -> str:
    """The decoded text; front matter becomes blanks, so that positions do not move."""
    text = decode(content, encoding)
    return _FRONT_MATTER.sub(lambda match: re.sub(r"[^\r\n]", " ", match.group()), text, count=1)
