"""Offsets in UTF-16 code units, as Java and JavaScript count them, to code points."""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Converts offsets into one text."""

    def __init__(self, text: str) -> None:
        # Unit offsets at which the second half of a surrogate pair stands.
        self._halves: list[int] = []
        unit = 0
        for char in text:
            unit += 1
            if ord(char) > 0xFFFF:
                self._halves.append(unit)
                unit += 1
        self.length = unit

    def code_point(self, unit: int) -> int:
        """The code point at a unit offset; inside a surrogate pair, the character it belongs to.

        Raises ValueError for an offset outside the text.
        """
        if not 0 <= unit <= self.length:
            raise ValueError(f"offset {unit} is outside a text of {self.length} units")
        index = bisect_left(self._halves, unit)
        inside = index < len(self._halves) and self._halves[index] == unit
        return unit - index - inside
