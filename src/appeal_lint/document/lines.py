"""Source lines and what their outward form says about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_LINE = re.compile(r"[^\r\n\u2028\u2029\f\v]*")
_ATX = re.compile(r"#{1,6}(?=\s)")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|_{3,}|\*{3,}|(?:[-*_] ){2,}[-*_])\s*$")
_BULLET = re.compile(
    r"(?:[-+*•·–—‣◦▪▫●○■□➢➤✓✔►»※⁃∙\uf0b7\uf0a7\uf076]|o(?=\s[A-Z]))\s+(?=\S)"
    r"|[•●■➢➤✓✔►\uf0b7\uf0a7\uf076](?=\S)"
)
_NUMBER = re.compile(
    r"(?:\(?\d{1,2}[.)](?=\s)|\(\d{1,2}\)|（\d{1,2}）|\d{1,2}[、．]|\d{1,2}[.)](?=[A-Z][a-z])|[①-⑳]"
    r"|\(?(?:[ivx]{1,5}|[IVX]{1,5})[.)](?=\s)|\(?[a-zA-Z][.)](?=\s)"
    r"|[（(]?[一二三四五六七八九十]{1,3}(?:[、.．]|[）)]))\s*(?=\S)"
)
_TABLE = re.compile(r"\s*\|.*\|\s*$|.*\S\s+\|\s+\S.*\s\|\s+\S|[^\t]*\S\t+\S[^\t]*\t+\S")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|+-]*-{2,}[\s:|+-]*\|?\s*$")
_BOLD = re.compile(r"(?:\*\*|__)(?=\S).+(?<=\S)(?:\*\*|__):?\s*$|<(?:b|strong)>.*</(?:b|strong)>$")


@dataclass(frozen=True)
class Line:
    """One source line: `start` and `end` are code points without the line break."""

    start: int
    end: int
    raw: str

    @cached_property
    def text(self) -> str:
        """The line without surrounding space."""
        return self.raw.strip()

    @cached_property
    def indent(self) -> int:
        """Columns of leading space; a tab counts as four."""
        lead = self.raw[: len(self.raw) - len(self.raw.lstrip())]
        return len(lead.expandtabs(4))

    @property
    def content_start(self) -> int:
        """Code point of the first visible character."""
        return self.start + len(self.raw) - len(self.raw.lstrip())

    @property
    def content_end(self) -> int:
        """Code point after the last visible character."""
        return self.start + len(self.raw.rstrip())

    @property
    def blank(self) -> bool:
        """Whether nothing visible stands in the line."""
        return not self.text.strip("\u200b\ufeff")

    @cached_property
    def marker(self) -> str:
        """The list or heading number and the space behind it, or an empty string."""
        match = _BULLET.match(self.text) or _NUMBER.match(self.text)
        return match.group() if match else ""

    @property
    def bullet(self) -> bool:
        """Whether the line begins with a list mark that is not a number."""
        return bool(_BULLET.match(self.text))

    @property
    def atx(self) -> int:
        """Depth of a Markdown heading, 0 for any other line."""
        match = _ATX.match(self.text)
        return len(match.group()) if match else 0

    @property
    def underline(self) -> bool:
        """Whether the line is only a rule: an underline or a separator."""
        return bool(_UNDERLINE.match(self.raw))

    @property
    def table(self) -> bool:
        """Whether the line looks like a row of a table."""
        return bool(_TABLE.match(self.raw))

    @property
    def table_rule(self) -> bool:
        """Whether the line only separates rows of a table."""
        return "|" in self.raw and bool(_TABLE_RULE.match(self.raw))

    @property
    def quoted(self) -> bool:
        """Whether the line is marked as a quotation."""
        return self.text.startswith(">")

    @property
    def bold(self) -> bool:
        """Whether the whole line is emphasised."""
        body = self.text[len(self.marker) :]
        if not _BOLD.match(body):
            return False
        inner = body.strip("*_: ")
        return "**" not in inner and "__" not in inner


def lines(text: str) -> Iterator[Line]:
    """The lines of `text`, whatever their line breaks."""
    at = 0
    while at <= len(text):
        match = _LINE.match(text, at)
        assert match is not None
        yield Line(match.start(), match.end(), match.group())
        at = match.end() + (2 if text.startswith("\r\n", match.end()) else 1)
