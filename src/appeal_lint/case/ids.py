"""Identifiers in notices and letters: ASINs, orders, listings, references.

Formats are those seen in the platforms' messages. A run of digits says little by itself, so the
words before it, on its line or at the head of its list, decide what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appeal_lint.document.types import Document
from appeal_lint.model import Span


@dataclass(frozen=True)
class Item:
    """An identifier: kind is asin, order, listing, shipment or reference."""

    kind: str
    text: str
    span: Span


_PLAIN = (
    ("asin", re.compile(r"\bB0[A-Z0-9]{8}\b")),
    ("order", re.compile(r"\b\d{3}-\d{7}-\d{7}\b|\b\d{2}-\d{5}-\d{5}\b")),
    ("shipment", re.compile(r"\bFBA[A-Z0-9]{6,12}\b")),
)
_RUN = re.compile(r"(?<![\w$€£.+@/-])\d[\dX]*(?:[,-]?\d{3,})*(?:[ -]?[A-Z]\d)?(?![\w@%])")
_LABELS = (
    ("asin", re.compile(r"\b(?:asins?|isbns?|isbn-10)\b", re.I)),
    (
        "order",
        re.compile(r"\b(?:purchase )?orders?\b(?! (?:defect|cancel))|\bpos?\b(?= ?#| \d|:)", re.I),
    ),
    (
        "listing",
        re.compile(
            r"\b(?:items?|listings?|products?|item id|item number|product id|skus?|gtin)\b",
            re.I,
        ),
    ),
    (
        "reference",
        re.compile(
            r"\b(?:complaints?|notices?|cases?|reports?|claims?|reference|ref|ticket|trade ?marks?|"
            r"patents?|copyright|registrations?|reg\. no|serial|violation|appeal|request|dispute) "
            r"?(?:ids?|no|nr|numbers?|#)?\b",
            re.I,
        ),
    ),
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:phone|tel|telephone|call|fax|invoice|account|seller id|merchant|version|section|zip|"
    r"postal|batch|lot|invoices|ean|upc|barcode|cas)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:US|EU|EP|UK|GB|WO|DE|CN|RCD|JP)[ -]?(?:patent |design |reg\.? )?(?:No\.? )?"
    r"D?\d[\d,./ -]{5,16}\d(?: ?[A-Z]\d)?\b"
    r"|\bD\d(?:,\d{3}){2}\b|\bD\d{6,7}\b|\bVAu? ?\d-\d{3}-\d{3}\b|\b\d{9}-\d{4}\b|\b\d-\d{8,14}\b"
)


def ids_in(document: Document, platform: str) -> Iterator[Item]:
    """Every identifier in a document, in reading order."""
    text = document.text
    taken: list[Span] = []
    found: list[Item] = []

    def take(kind: str, start: int, end: int) -> None:
        span = Span(start, end)
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            found.append(Item(kind, text[start:end], span))

    for kind, pattern in _PLAIN:
        for match in pattern.finditer(text):
            take(kind, *match.span())
    for match in _REFERENCE.finditer(text):
        take("reference", *match.span())
    for match in _RUN.finditer(text):
        digits = sum(char.isdigit() for char in match[0])
        if 8 <= digits <= 19:
            kind_found = _kind(text, match.start(), digits, match[0], platform)
            if kind_found:
                take(kind_found, *match.span())
    yield from sorted(found, key=lambda item: item.span)


def _kind(text: str, start: int, digits: int, run: str, platform: str) -> str | None:
    line_start = text.rfind("\n", 0, start) + 1
    before = text[max(line_start, start - 60) : start]
    label = _last_label(before)
    if label is None and not re.search(r"[A-Za-z]{3}", before):
        label = _last_label(_list_head(text, line_start))
    if label == "other":
        return None
    if label == "asin":
        return "asin" if re.fullmatch(r"\d{9}[\dX]", run) else None
    if label:
        return label
    if re.fullmatch(r"\d{9}[\dX]", run) and _is_isbn(run) and platform == "amazon":
        return "asin"
    if platform == "ebay" and digits == 12:
        return "listing"
    if platform == "walmart" and digits in (13, 14, 15) and run.startswith(("20", "10")):
        return "order"
    if platform == "tiktok" and digits >= 17:
        return "order" if run.startswith("5") else "listing"
    return None


def _last_label(before: str) -> str | None:
    """The kind named last in some words; `other` for a number that is no identifier of ours."""
    best: tuple[int, str] | None = None
    for kind, pattern in (*_LABELS, ("other", _OTHER)):
        for match in pattern.finditer(before):
            if best is None or match.start() >= best[0]:
                best = (match.start(), kind)
    return best[1] if best else None


def _list_head(text: str, line_start: int) -> str:
    """The nearest earlier line that introduces the line's list."""
    above = text[max(0, line_start - 1200) : line_start].split("\n")
    for line in reversed(above[:-1] if above and not above[-1] else above):
        bare = line.strip()
        if bare.endswith((":", "：", "?")) or (bare and not re.search(r"\d{7}", bare)):
            return bare if len(bare) < 240 else bare[-240:]
    return ""


def _is_isbn(run: str) -> bool:
    digits = [10 if char == "X" else int(char) for char in run]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits)) % 11 == 0
