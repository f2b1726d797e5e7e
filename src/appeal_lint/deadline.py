"""End a run that takes too long."""

from __future__ import annotations

import os
import sys
from threading import Timer


class Deadline:
    """Ends the process with exit code 2 when the block takes longer than `seconds`."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._timer = Timer(seconds, self._end) if seconds else None

    def __enter__(self) -> Deadline:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _end(self) -> None:
        sys.stderr.write(f"error: not done after {self._seconds:g} seconds (--timeout)\n")
        sys.stderr.flush()
        if "multiprocessing" in sys.modules:
            from multiprocessing import active_children

            for child in active_children():
                child.terminate()
        # A call into a language engine cannot be interrupted; files are written in one step.
        os._exit(2)
