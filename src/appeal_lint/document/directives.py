"""Lines and comments that speak to the linter and not to the reader of the letter.

# appeal-lint: ignore[EMO001] -- quoted from the notice        a line of its own
<!-- appeal-lint: disable[BLA, TPL001] -->                      the same in Markdown
... in May. <!-- appeal-lint: ignore[begging] -->               about its own line
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from appeal_lint.document.lines import Line, lines
from appeal_lint.model import Span

VERBS = ("ignore", "ignore-next-line", "ignore-file", "disable", "enable")
_MARK = "appeal-lint:"
_COMMENT = re.compile(r"<!--[ \t]*appeal-lint:(?P<body>[^\r\n]*?)-->")
_LINE = re.compile(r"#[ \t]*appeal-lint:(?P<body>.*)")
_BODY = re.compile(
    r"\s*(?P<verb>[\w-]+)\s*(?:\[(?P<rules>[^\]]*)\])?\s*(?:--\s*(?P<reason>.*\S))?\s*"
)


@dataclass(frozen=True)
class Directive:
    """One such line or comment.

    `span` is its text without the line break, `whole` says that nothing else stands in the line.
    `verb` is None for one that cannot be understood; `said` is what stands there instead.
    """

    span: Span
    whole: bool
    verb: str | None
    said: str
    rules: tuple[str, ...] = ()
    reason: str | None = None


def directives(text: str) -> tuple[Directive, ...]:
    """All directives of a text in order."""
    if _MARK not in text:
        return ()
    return tuple(found for line in lines(text) for found in _of_line(line))


def _of_line(line: Line) -> list[Directive]:
    if _MARK not in line.raw:
        return []
    alone = _LINE.fullmatch(line.text) or _COMMENT.fullmatch(line.text)
    if alone:
        return [_directive(Span(line.content_start, line.content_end), alone["body"], whole=True)]
    return [
        _directive(
            Span(line.start + match.start(), line.start + match.end()), match["body"], whole=False
        )
        for match in _COMMENT.finditer(line.raw)
    ]


def _directive(span: Span, body: str, *, whole: bool) -> Directive:
    match = _BODY.fullmatch(body)
    if match is None or match["verb"] not in VERBS:
        said = match["verb"] if match else body.strip()
        return Directive(span, whole, None, said)
    names = tuple(name.strip() for name in (match["rules"] or "").split(",") if name.strip())
    return Directive(span, whole, match["verb"], match["verb"], names, match["reason"])


def masked(text: str, found: tuple[Directive, ...]) -> str:
    """The text with spaces in place of directives; no position moves."""
    for each in found:
        blank = " " * (each.span.end - each.span.start)
        text = text[: each.span.start] + blank + text[each.span.end :]
    return text


def strip(text: str) -> str:
    """The text without directives; a line that held nothing else goes with its line break."""
    while found := directives(text):
        for each in reversed(found):
            start, end = each.span.start, each.span.end
            while start > 0 and text[start - 1] in " \t":
                start -= 1
            if each.whole:
                while end < len(text) and text[end] in " \t":
                    end += 1
                end += 2 if text.startswith("\r\n", end) else 1
            text = text[:start] + text[end:]
    return text
