"""Take what points at people and deals out of a report, so that it can be shown to others.

Each hidden character becomes one block, so that every position in the report stays right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from appeal_lint.model import Finding, Report, Span

_BLOCK = "█"
_IDS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail addresses
    r"|\b(?:https?://|www\.)\S+"
    r"|(?<![\w-])(?!\d{4}-\d\d-\d\d\b)(?=[A-Z\d-]*\d)[A-Z\d](?:[A-Z\d-]{6,})(?![\w-])"  # ids, ASINs
    r"|(?<![\w-])(?!\d{4}-\d\d-\d\d\b)\+?\(?\d[\d ().-]{6,}\d(?![\w-])"  # telephone numbers
)
_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de][\w&'’-]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_SIGN_OFF = re.compile(
    r"(?im)^[ \t]*(?:(?:kind|best|warm|with (?:kind|best)) regards|regards|sincerely|yours\b.*|best"
    r"|respectfully|thank you|thanks)\b.{0,20}$"
)
_BEGINS = re.compile(r"(?:^|[.!?:;、。\n•*\-]|\d[.)）])[\s\"'(*]*\Z")
_PUBLIC_WORDS = """
    amazon ebay walmart etsy tiktok shop seller central performance support team plan action account
    health marketplace fba fbm asin asins poa sku skus odr lsr vtr order defect rate brand registry
    a-to-z transparency vero policy policies business solutions agreement prime vine rating
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday
    sunday i i'm i've i'll english usd eur gbp cny us uk eu usa china germany india spain turkey
    ceo ltd inc llc gmbh co id qc sop pdf root cause causes corrective preventive actions measures
    steps we our they this these that the it he she you your my dear sir madam sincerely regards
    subject re on in at of and to for with as by from or if when after before since during until
    all every each no not please thank thanks because our us me one two three first second third
"""
_PUBLIC = frozenset(_PUBLIC_WORDS.split())


def redact(report: Report, mode: str) -> Report:
    """The report without names, addresses and ids (`names`), or without any of the letter (`all`).

    `none` returns it as it is. Dates, amounts and the path stay.
    """
    if mode == "none":
        return report
    spans = _spans(report.text)
    secrets = {report.text[span.start : span.end] for span in spans}
    secrets |= {word for secret in secrets for word in secret.split() if len(word) > 2}
    text = _blank(report.text) if mode == "all" else _hide(report.text, spans)
    longest = sorted(secrets, key=len, reverse=True)
    hidden = (
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)") if longest else None
    )

    def mask(words: str) -> str:
        return _IDS.sub(_blocks, hidden.sub(_blocks, words) if hidden else words)

    findings = tuple(_finding(finding, text, mask, mode) for finding in report.findings)
    notice, points = _deep(report.notice, mask), _deep(report.points, mask)
    return replace(report, text=text, findings=findings, notice=notice, points=points)


def _finding(finding: Finding, text: str, mask: Any, mode: str) -> Finding:
    excerpt = text[finding.span.start : finding.span.end]
    words = " ".join(finding.excerpt.split())

    def hide(content: str) -> str:
        if mode == "all" and words:
            content = content.replace(words, _blank(words))
        return str(mask(content))

    better = tuple(
        replace(each, text=_blank(each.text) if mode == "all" else mask(each.text))
        for each in finding.suggestions
    )
    return replace(
        finding,
        excerpt=excerpt,
        message=hide(finding.message),
        why=hide(finding.why),
        advice=hide(finding.advice),
        suggestions=better,
    )


def _spans(text: str) -> list[Span]:
    """Where ids and names stand. Hiding a word too many does no harm, showing a name does."""
    ids = [Span(*match.span()) for match in _IDS.finditer(text)]
    signed = max((match.end() for match in _SIGN_OFF.finditer(text)), default=len(text))
    words = [m for m in _CAPITAL.finditer(text) if _bare(m.group()) not in _PUBLIC]
    names = {
        _bare(match.group())
        for match in words
        if match.start() >= signed or not _BEGINS.search(text[: match.start()][-12:])
    }
    found = [Span(*match.span()) for match in words if _bare(match.group()) in names]
    found += [Span(*match.span()) for match in _CHINESE.finditer(text)]
    return sorted({*ids, *found})


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word).lower()


def _hide(text: str, spans: list[Span]) -> str:
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = _blank(text[span.start : span.end])
    return "".join(characters)


def _blank(text: str) -> str:
    return re.sub(r"\S", _BLOCK, text)


def _blocks(match: re.Match[str]) -> str:
    return _blank(match.group())


def _deep(value: Any, mask: Any) -> Any:
    """The same model object with every text in it masked; fixed words survive masking."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, tuple):
        return tuple(_deep(item, mask) for item in value)
    if isinstance(value, Mapping):
        return {key: _deep(item, mask) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, (type, Enum, Span)):
        changed = {field.name: _deep(getattr(value, field.name), mask) for field in fields(value)}
        return type(value)(**changed)
    return value
