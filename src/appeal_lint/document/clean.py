"""Remove layout and inline markup from a stretch of source, keeping every position."""

from __future__ import annotations

import re

from appeal_lint.document.types import CleanText

_QUOTES = {"‘": "'", "’": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"'}
_CJK_MARKS = {
    "。": ".",
    "、": ",",
    "【": "[",
    "】": "]",
    "《": '"',
    "》": '"',
    "￥": "¥",
    "～": "~",
}
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ONE_TO_ONE = str.maketrans({**_FULL_WIDTH, **_QUOTES, **_CJK_MARKS, "‑": "-", "−": "-"})
_INVISIBLE = re.compile("[\u200b-\u200f\u00ad\ufeff\u2060\u202a-\u202e]+")
_MARKUP = re.compile(
    r"\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*"
    r"|__(?=\S)(?P<under>.+?)(?<=\S)__"
    r"|(?<![\w*])\*(?=[^\s*])(?P<star>[^*\n]+?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<line>[^_\n]+?)(?<=[^\s_])_(?![\w_])"
    r"|`(?P<code>[^`\n]+)`"
    r"|!?\[(?P<link>[^\]\n]+)\]\([^)\s]+(?:\s+\"[^\"]*\")?\)"
    r"|<!--(?P<comment>.*?)-->",
    re.DOTALL,
)


def _hidden(source: str) -> list[tuple[int, int]]:
    """Spans of markup characters within `source`."""
    spans: list[tuple[int, int]] = []
    for match in _MARKUP.finditer(source):
        group = match.lastgroup or "comment"
        if group == "comment":
            spans.append(match.span())
            continue
        start, end = match.span(group)
        spans.extend([(match.start(), start), (end, match.end())])
        spans.extend((start + a, start + b) for a, b in _hidden(source[start:end]))
    return spans


def clean(text: str, start: int, end: int, *, skip: tuple[tuple[int, int], ...] = ()) -> CleanText:
    """The readable text of `text[start:end]` without markup, with single spaces.

    `skip` names further source spans to leave out (list markers, quote marks).
    """
    source = text[start:end]
    drop = bytearray(len(source))
    marks = [(a - start, b - start) for a, b in skip]
    if any(mark in source for mark in ("*", "_", "`", "](", "<!--")):
        marks.extend(_hidden(source))
    if not source.isascii():
        marks.extend(match.span() for match in _INVISIBLE.finditer(source))
    for a, b in marks:
        drop[max(a, 0) : b] = b"\x01" * (min(b, len(source)) - max(a, 0))
    chars: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(source.translate(_ONE_TO_ONE)):
        if drop[offset]:
            continue
        if char.isspace():
            if chars and chars[-1] != " ":
                chars.append(" ")
                origin.append(start + offset)
            continue
        chars.append(char)
        origin.append(start + offset)
    while chars and chars[-1] == " ":
        chars.pop()
        origin.pop()
    return CleanText("".join(chars), tuple(origin))
