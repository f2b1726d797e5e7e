"""Lines and columns of a text."""

from __future__ import annotations

import re
from bisect import bisect_right

from appeal_lint.model import Position, Span

_BREAK = re.compile(r"\r\n?|\n")


class Source:
    """A decoded text whose code points can be told as lines and columns."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def position(self, offset: int) -> Position:
        """The 1-based line and column of a code point."""
        line = bisect_right(self._starts, offset) - 1
        return Position(line + 1, offset - self._starts[line] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line without its line break."""
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        start = self._starts[line - 1]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)
