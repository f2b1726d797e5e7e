"""Sections of headings and entries as text for a terminal, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from appeal_lint.terminal import paint, wrap


class Page(Protocol):
    """A heading with its entries; an entry may have lines below it."""

    @property
    def title(self) -> str:
        """The heading."""

    @property
    def entries(self) -> Sequence[tuple[str, Sequence[str]]]:
        """Entries, each with the lines below it."""


def as_text(sections: Sequence[Page], width: int, *, color: bool = False) -> Iterator[str]:
    """Lines for a terminal of `width` columns."""
    for section in sections:
        yield paint(section.title, "bold", on=color)
        for entry, more in section.entries:
            yield from wrap(entry, width, "    ", "  - ")
            for line in more:
                dim = wrap(line, width, "    ", "    ")
                yield from (paint(each, "dim", on=color) for each in dim)
        yield ""


def as_markdown(title: str, sections: Sequence[Page]) -> Iterator[str]:
    """Lines of a Markdown page."""
    yield f"# {escape(title)}"
    yield ""
    for section in sections:
        yield f"## {escape(section.title)}"
        yield ""
        for entry, more in section.entries:
            yield f"- {escape(entry)}"
            yield from (f"  <br>{escape(line)}" for line in more)
        yield ""


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    text = text.replace("&", "&amp;")
    for mark in ("\\", "`", "*", "_", "[", "]", "<", ">", "|", "#"):
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())
