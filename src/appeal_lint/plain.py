"""Text that cannot break out of a report: no control characters, no marks of another format."""

from __future__ import annotations

import re
from pathlib import Path

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text without characters that steer a terminal, reorder a line or are illegal in XML."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Printable text with its line breaks and runs of space made single spaces."""
    return " ".join(printable(text).split())


def relative(path: str, root: str | None) -> str:
    """A path below `root` as seen from there, with forward slashes; others stay as they are."""
    if root and path not in ("", "<stdin>", "<text>"):
        try:
            return Path(path).resolve().relative_to(Path(root).resolve()).as_posix()
        except ValueError:
            pass
    return path.replace("\\", "/")
