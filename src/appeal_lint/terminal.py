"""Text on a terminal: width of characters, wrapping and colour."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_CODES = {
    "bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36",
}  # fmt: skip
_STDOUT = 1


def width_of_terminal() -> int:
    """Columns to write in: the terminal's, between 40 and 100."""
    # As shutil has it, whose import takes longer than everything else here.
    try:
        columns = int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size(_STDOUT).columns
    except (ValueError, OSError):
        columns = 0
    return max(40, min(columns or 80, 100))


def width_of(text: str) -> int:
    """Columns that a text takes; wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(maxsize=2048)
def _columns(char: str) -> int:
    """Columns of one character."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """As much of the beginning of a text as fits into a width in columns."""
    if text.isascii():
        return text[:width]
    taken = 0
    for at, char in enumerate(text):
        taken += _columns(char)
        if taken > width:
            return text[:at]
    return text


def paint(text: str, *styles: str, on: bool) -> str:
    """The text in a style, or plain when colour is off."""
    if not on or not styles or not text:
        return text
    return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"


@lru_cache(maxsize=1024)
def wrap(text: str, width: int, indent: str = "", first: str | None = None) -> tuple[str, ...]:
    """Lines of at most `width` columns; text in scripts without spaces is cut anywhere.

    Remembered, since the findings of a rule say the same in every letter.
    """
    lines: list[str] = []
    line = indent if first is None else first
    taken = width_of(line)
    empty = True
    for word in _words(text):
        gap = (
            ""
            if empty or (width_of(word[:1]) == 2 and line[-1:] and width_of(line[-1]) == 2)
            else " "
        )
        if word.startswith("\x00"):
            gap, word = "", word[1:]
        more = width_of(gap + word)
        if not empty and taken + more > width:
            lines.append(line)
            line, gap, taken, more = indent, "", width_of(indent), width_of(word)
        line += gap + word
        taken += more
        empty = False
    lines.append(line)
    return tuple(lines)


def _words(text: str) -> list[str]:
    """Words; a wide character is a word of its own that needs no space before it."""
    if text.isascii():
        return text.split()
    found: list[str] = []
    for piece in text.split():
        if piece.isascii():
            found.append(piece)
            continue
        buffer = ""
        glued = False
        for char in piece:
            if _columns(char) == 2:
                if buffer:
                    found.append(("\x00" if glued else "") + buffer)
                    buffer = ""
                    glued = True
                closing = unicodedata.category(char) in ("Po", "Pe", "Pf")
                if closing and found and glued:
                    found[-1] += char
                else:
                    found.append(("\x00" if glued else "") + char)
                glued = True
            else:
                buffer += char
        if buffer:
            found.append(("\x00" if glued else "") + buffer)
    return found


def wants_color(choice: str, is_terminal: bool, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour: the flag first, then NO_COLOR, FORCE_COLOR, CLICOLOR, the terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR") or environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    if environ.get("CLICOLOR") == "0" or environ.get("TERM") == "dumb":
        return False
    return is_terminal
