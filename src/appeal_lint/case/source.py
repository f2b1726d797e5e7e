"""Make plain text of what sellers paste as a notice: HTML mail, mail threads, scanned pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

from appeal_lint.dates import dates_in

_TAG = re.compile(r"<(?:!doctype|html|head|body|div|p|br|table|td|span|style)\b[^>]*>", re.I)
_BLOCKS = frozenset(
    ["p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr", "title"]
)
_SILENT = frozenset(["style", "script", "head"])
_HEADER = re.compile(
    r"^[\s>*]*(?:from|date|sent|to|subject|von|gesendet|datum|betreff|发件人|发送时间|主题)\s*[:：]",
    re.IGNORECASE,
)
_DATED = re.compile(r"^[\s>*]*(?:date|sent|gesendet|datum|发送时间|日期)\s*[:：]\s*(.+)$", re.I)
_CUT = re.compile(
    r"^[\s>]*(?:-{2,}\s*(?:original|forwarded) message\b.*|begin forwarded message\b.*"
    r"|on .{8,90} wrote\s*:|_{8,})\s*$",
    re.IGNORECASE,
)
_STOP_WORDS = {
    "en": "the of and to your you we have this is are for in that not please been will",
    "de": "der die das und ist wir sie ihr ihre nicht bitte wurde haben mit für auf den von",
    "es": "el la los las de que su sus por para con una ha hemos no se cuenta del",
    "fr": "le la les des vous votre nous est pour dans pas une avec que été sur du",
    "it": "il la gli che per con del della non abbiamo suo sua sono una di è stato",
    "pt": "o os as que para com não sua seu uma foi você da do em por conta",
    "tr": "ve bir bu için ile olarak hesabınız lütfen değil olan daha sizin",
}
_LEAST_MESSAGE = 60
"""Characters from which on a piece of a thread is a message of its own."""
_OCR_WORD = re.compile(r"\b(?=[a-z01]*[a-z])(?=[a-z01]*[01])[a-z01]{4,}\b")
_LIST_MARK = re.compile(
    r"^[ \t]*(?:--+|[–—·*•»→➔▸▪]|\[[ xX]?\]|☐|□)[ \t]*(?=\S)|^[ \t]*[a-h]\)[ \t]+", re.MULTILINE
)
_ARROWS = re.compile(r"(?:(?<=[:：]\n)|(?<=[:：]\n\n))(?:[ \t]*>[ \t]+[^\n]{3,110}(?:\n|$)){2,}")
_BROKEN_WORD = re.compile(r"(?<=[a-z])-[ \t]*\n[ \t]*(?=[a-z])")


@dataclass(frozen=True)
class Remark:
    """Something the reader of the notice should know; `key` names a text of the interface."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Plain:
    """The text to be read as the notice, and what was done to get it.

    `day` is the date in the message's header; `language` is a code such as en, zh, de.
    """

    text: str
    language: str
    day: date | None = None
    remarks: tuple[Remark, ...] = ()


def plain_notice(text: str) -> Plain:
    """The newest message in a pasted text, without markup and scanning faults."""
    remarks: list[Remark] = []
    if len(_TAG.findall(text)) >= 3:
        text = html_text(text)
        remarks.append(Remark("notice.html"))
    text = _ARROWS.sub(lambda found: re.sub(r"(?m)^[ \t]*>", "-", found[0]), text)
    messages = list(_messages(text)) or [(None, text)]
    day, text = _newest(messages)
    if len(messages) > 1:
        when = day.isoformat() if day else "?"
        remarks.append(Remark("notice.thread", (("count", str(len(messages))), ("day", when))))
    faults = len(_OCR_WORD.findall(text)) + len(_BROKEN_WORD.findall(text))
    if faults >= 3:
        text = mend_scan(text)
        remarks.append(Remark("notice.scan"))
    text = _LIST_MARK.sub("- ", text)
    language = language_of(text)
    if not text.strip():
        remarks.append(Remark("notice.empty"))
    elif language != "en":
        remarks.append(Remark("notice.language", (("language", language),)))
    return Plain(text, language, day, tuple(remarks))


def language_of(text: str) -> str:
    """The language a text seems to be written in; `en` when nothing speaks for another."""
    if len(re.findall(r"[\u3040-\u30ff]", text)) > 10:
        return "ja"
    if len(re.findall(r"[\uac00-\ud7af]", text)) > 10:
        return "ko"
    letters = sum(char.isalpha() for char in text)
    if letters and len(re.findall(r"[\u4e00-\u9fff]", text)) > 0.15 * letters:
        return "zh"
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {
        language: sum(word in set(common.split()) for word in words)
        for language, common in _STOP_WORDS.items()
    }
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 1.3 * counts["en"] + 2 else "en"


class _Text(HTMLParser):
    """Collects what a reader of the mail sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def html_text(text: str) -> str:
    """The visible words of an HTML mail, one block a line."""
    parser = _Text()
    parser.feed(text)
    parser.close()
    rows = [
        re.sub(r"[ \u00a0\u200b]+", " ", row).strip() for row in "".join(parser.pieces).split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip() + "\n"


def mend_scan(text: str) -> str:
    """Words cut at line ends joined, zeros and ones inside lower-case words read as letters."""
    text = _BROKEN_WORD.sub("", text)
    return _OCR_WORD.sub(lambda found: found[0].replace("0", "o").replace("1", "l"), text)


def _messages(text: str) -> Iterator[tuple[date | None, str]]:
    """The mails of a thread, newest or not, without quotation marks before their lines."""
    lines = text.splitlines()
    depths = [len(line) - len(line.lstrip("> ")) if line.startswith(">") else 0 for line in lines]
    marks = [line[:depth].count(">") for line, depth in zip(lines, depths)]
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or (_begins(lines, marks, at) and at > start):
            piece = [line[depth:] for line, depth in zip(lines[start:at], depths[start:at])]
            if sum(len(line) for line in piece if not _HEADER.match(line)) >= _LEAST_MESSAGE:
                yield (
                    _day_of(lines[start:at]),
                    "\n".join(line for line in piece if not _CUT.match(line)) + "\n",
                )
            start = at


def _begins(lines: Sequence[str], marks: Sequence[int], at: int) -> bool:
    if _CUT.match(lines[at]):
        return True
    if marks[at] > marks[at - 1] and lines[at].strip("> "):
        return not _CUT.match(lines[at - 1])
    head = _HEADER.match(lines[at]) and not _HEADER.match(lines[at - 1])
    return bool(head) and at + 1 < len(lines) and bool(_HEADER.match(lines[at + 1]))


def _day_of(lines: Sequence[str]) -> date | None:
    for line in lines[:12]:
        named = _DATED.match(line) or _CUT.match(line)
        if named:
            for _, day in dates_in(line):
                if day is not None:
                    return day
    return None


def _newest(messages: Sequence[tuple[date | None, str]]) -> tuple[date | None, str]:
    """The message of the latest date, else the first: mail programs put the newest on top."""
    dated = [message for message in messages if message[0] is not None]
    if not dated:
        return messages[0]
    return max(dated, key=lambda message: message[0] or date.min)
