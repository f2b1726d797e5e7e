"""Notice that letters have been saved, by looking at their times."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_PAUSE = 0.3
"""Seconds between two looks."""

Look = dict[Path, tuple[int, int]]


def rounds(
    files: Callable[[], Iterable[Path]], pause: Callable[[float], None] = time.sleep
) -> Iterator[set[Path]]:
    """The files that are new or changed: all of them first, then whenever some are saved.

    Waits for a look without a change, since an editor may write in several steps.
    """
    known: Look = {}
    pending: set[Path] = set()
    first = True
    while True:
        now = _look(files())
        changed = {path for path, stamp in now.items() if known.get(path) != stamp}
        pending |= changed
        known = now
        if first or (pending and not changed):
            yield {path for path in pending if path in now}
            pending.clear()
            first = False
        pause(_PAUSE)


def _look(paths: Iterable[Path]) -> Look:
    found: Look = {}
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        found[path] = (stat.st_mtime_ns, stat.st_size)
    return found
