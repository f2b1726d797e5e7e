"""Sentence borders inside one block of clean text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BORDER = re.compile(r"[.!?]+[\"')\]]*(?=\s)|[.!?](?=[A-Z][a-z]+[\s,])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[/])(?:"
    r"inc|ltd|co|corp|llc|bros|gmbh|pty|pvt|mr|mrs|ms|dr|prof|jr|sr|st|messrs|attn|"
    r"e\.g|i\.e|eg|ie|cf|vs|viz|approx|est|dept|tel|ext|fig|figs|art|sec|para|pp?|vol|ed|"
    r"nos?|nr|qty|incl|excl|max|min|avg|ref|acct|inv|encl|appx|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|"
    r"[a-z]|(?:[a-z]\.)+[a-z]|a\.m|p\.m"
    r")\.$",
    re.IGNORECASE,
)
_MAY_END = re.compile(r"(?:^|\s)(?:inc|ltd|co|corp|llc|gmbh|a\.m|p\.m|(?:[a-z]\.)+[a-z])\.$", re.I)
_NEW_CLAUSE = re.compile(
    r"(?:We|Our|I|My|The|This|These|They|He|She|It|On|In|From|Since|After|All|Each|Every|As|"
    r"Please|If|When|There|That|Both|No|Not)\b"
)
_NUMBER_MARK = re.compile(r"(?:^|[.!?:;]\s)\(?\d{1,2}[.)]$")
_STARTS_SENTENCE = re.compile(r"[\"'(\[]*[^a-z\s]")


def _is_border(text: str, at: int, after: int) -> bool:
    head = text[:at]
    follow = text[after:].lstrip()
    if not follow or not _STARTS_SENTENCE.match(follow):
        return False
    if head.endswith("."):
        if _NUMBER_MARK.search(head[-6:]) or re.fullmatch(r"\(?[0-9A-Za-z]{1,2}\.", head.strip()):
            return False
        if re.search(r"(?:^|\s)nos?\.$", head[-5:], re.I) and follow[0].isdigit():
            return False
        if _ABBREVIATION.search(head[-12:]):
            return bool(_MAY_END.search(head[-12:]) and _NEW_CLAUSE.match(follow))
    # A sentence quoted in the middle of another one goes on after the quotation mark.
    return not (head[-1] in "\"'" and follow[0].islower())


def borders(text: str) -> Iterator[tuple[int, int]]:
    """Start and end offsets of the sentences of `text`, without the space between them."""
    start = 0
    for match in _BORDER.finditer(text):
        at = match.end()
        if _open_bracket(text[start:at]) or not _is_border(text, at, at):
            continue
        yield start, at
        start = at + (len(text[at:]) - len(text[at:].lstrip()))
    if text[start:].strip():
        yield start, len(text)


def _open_bracket(piece: str) -> bool:
    """Whether a short bracket is still open, so that the full stop belongs inside it."""
    opened = piece.rfind("(")
    return opened > piece.rfind(")") and len(piece) - opened < 200 and opened > 0
