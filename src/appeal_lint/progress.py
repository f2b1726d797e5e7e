"""How far a long run is, on one line of the terminal that is wiped at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

_PATIENCE = 1.0
"""Seconds before the line appears; a shorter run stays silent."""
_BAR = 24


class Progress:
    """Draws on `stream` when that is a terminal and `wanted`."""

    def __init__(
        self, stream: TextIO, *, wanted: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._on = wanted and stream.isatty()
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._drawn = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def show(self, count: int, total: int) -> None:
        """Tell that `count` of `total` letters are done; drawn ten times a second at most."""
        now = self._clock() if self._on else 0.0
        if not self._on or now < self._next:
            return
        self._next = now + 0.1
        self._drawn = True
        full = _BAR * count // total
        bar = "█" * full + "░" * (_BAR - full)
        self._stream.write(f"\r\x1b[K{bar} {count}/{total}")
        self._stream.flush()
