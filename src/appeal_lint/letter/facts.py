"""Checkable facts in a sentence: dates, counts, ids, documents, roles, frequencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appeal_lint.document.types import Sentence
from appeal_lint.model import Span


@dataclass(frozen=True)
class Fact:
    """One checkable detail; `start` and `end` are offsets into the sentence's clean text."""

    kind: str
    text: str
    start: int
    end: int
    sentence: int
    span: Span


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# "may" and "march" are also words; alone they count as months only after a preposition.
_LONE_MONTH = (
    r"\b(?:january|february|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:in|since|during|of|by|from|until) (?:march|may)\b"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"fifty)"
)
_UNIT = r"(?:minutes?|hours?|hrs?|(?:working |business |calendar )?days?|weeks?|months?|years?)"
_CURRENCY = r"(?:USD|EUR|GBP|CNY|RMB|INR|TRY|dollars|euros|pounds|yuan)"
_OCCASION = (
    r"(?:morning|evening|afternoon|night|noon|shift|quarter|order|batch|lot|carton|unit|parcel|"
    r"package|shipment|delivery|return|listing|label|new \w+|incoming \w+|inbound \w+)"
)
_NUMBERED = (
    r"(?:invoice|case|complaint|contract|registration|trade ?mark|patent|licen[cs]e|report|"
    r"certificate|removal order|order|ticket|shipment|serial|id|no\.?|number|lot|batch|"
    r"purchase order|po|ref(?:erence)?)"
)
_BEFORE_NOUN = (
    r"(?:(?:of )?(?:our|the|these|those|its|open|late|old|new|other|affected|remaining|all|more|"
    r"full-time|own)? ?)*"
)
_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("email", (r"[\w.+-]+@[\w-]+\.[\w.-]+\w",)),
    ("url", (r"https?://\S+", r"www\.\S+")),
    (
        "order_id",
        (r"\b\d{3}-\d{7}-\d{7}\b", r"\b\d{2}-\d{5}-\d{5}\b", r"\b\d{12,18}\b", r"\b20\d{11,13}\b"),
    ),
    ("asin", (r"\bB0[A-Z0-9]{8}\b",)),
    ("shipment_id", (r"\bFBA[A-Z0-9]{6,}\b",)),
    (
        "date",
        (
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b\.?(?:,? \d{{4}})?",
            rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?",
            rf"\b{_MONTH},? \d{{4}}\b",
            r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b",
            r"\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b",
            _LONE_MONTH,
            rf"\b(?:last|on) {_DAY}\b",
        ),
    ),
    ("percent", (r"\d+(?:[.,]\d+)? ?(?:%|percent\b|per cent\b)",)),
    ("money", (rf"(?:[$€£¥]|\b{_CURRENCY} ?)\s?\d[\d,.]*", rf"\b\d[\d,.]* ?{_CURRENCY}\b")),
    (
        "frequency",
        (
            rf"\b(?:every|each) (?:(?:other|single|second|working|business|\d+|{_SMALL}) )?"
            rf"(?:{_UNIT}|{_DAY}|{_OCCASION})s?\b",
            r"\b(?:daily|weekly|monthly|quarterly|hourly|nightly|fortnightly)\b",
            r"\b(?:once|twice) a (?:day|week|month|quarter)\b",
            r"\bper (?:day|week|month|shift)\b",
            rf"\b(?:on )?{_DAY}s\b",
        ),
    ),
    ("duration", (rf"\b(?:\d+(?:[.,-]\d+)?|{_SMALL}|an?|half an?)[ -]{_UNIT}\b",)),
    (
        "reference",
        (
            rf"\b{_NUMBERED}\b[ #:.]*(?:(?:no|number|nr|id)\b[ .:#]*)?"
            r"(?=[\w/-]*\d)[\w][\w/-]{2,}",
        ),
    ),
    (
        "count",
        (
            rf"\b(?:\d[\d,.]*|{_SMALL}|both|a dozen|hundred|thousand)\b"
            rf"(?= {_BEFORE_NOUN}[a-z-]{{3,}})",
            r"\b\d[\d,]*\b(?! ?(?:%|percent))",
        ),
    ),
)
_COMPILED = tuple(
    (kind, re.compile("|".join(patterns), re.IGNORECASE)) for kind, patterns in _PATTERNS
)
_NAME = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr)\.? [A-Z][\w'-]+|(?<=[a-z,:(] )(?:[A-Z][a-z'-]+ ){1,2}[A-Z][a-z'-]+\b"
    r"|(?<=[a-z] )[A-Z][\w&'-]+ (?:Ltd|LLC|Inc|GmbH|Co|Corp|Limited|BV|SARL|SpA|Pvt|S\.A)\b"
)


def facts_of(sentence: Sentence, roles: frozenset[str], tools: frozenset[str],
             documents: frozenset[str]) -> Iterator[Fact]:  # fmt: skip
    """Facts of one sentence from left to right; a stretch of text counts once."""
    text = sentence.text
    taken: list[tuple[int, int]] = []

    def fact(kind: str, start: int, end: int) -> Iterator[Fact]:
        if any(start < b and a < end for a, b in taken):
            return
        taken.append((start, end))
        span = sentence.clean.span(start, end)
        yield Fact(kind, text[start:end], start, end, sentence.index, span)

    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            yield from fact(kind, *match.span())
    lower = text.lower()
    for kind, words in (("role", roles), ("tool", tools), ("document", documents)):
        for word in words:
            at = lower.find(word)
            while at >= 0:
                end = at + len(word)
                if not lower[at - 1 : at].isalnum() and not lower[end : end + 1].isalpha():
                    yield from fact(kind, at, end)
                elif not lower[at - 1 : at].isalnum() and lower[end : end + 2] in ("s", "s "):
                    yield from fact(kind, at, end + 1)
                at = lower.find(word, end)
    for match in _NAME.finditer(text):
        yield from fact("name", *match.span())
