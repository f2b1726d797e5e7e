"""Tell the encodings apart in which sellers' drafts come: UTF-8, UTF-16, GB18030, Windows-1252."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from appeal_lint.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Decoded:
    """A text and how it was written: the codec's name and the byte order mark."""

    text: str
    encoding: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Another text, written the same way; raises UnicodeEncodeError."""
        return self.mark + text.encode(self.encoding)


def decode(content: bytes, encoding: str | None = None) -> str:
    """Decode a draft, in the named encoding or in the one that fits.

    Raises InputError when it is no text, or not in the named encoding.
    """
    return decoded(content, encoding).text


def decoded(content: bytes, encoding: str | None = None) -> Decoded:
    """The same with the encoding, so that a text can be written back."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return Decoded(_strict(content[len(mark) :], name), name, mark)
    if encoding is not None:
        return Decoded(_strict(content, encoding), encoding)
    name = guess(content)
    text = _strict(content, name)
    if len(_CONTROL.findall(text[:4000])) > max(2, len(text[:4000]) // 50):
        raise InputError("not a text file", hint="save the letter as .txt or .md and try again")
    return Decoded(text, name)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError:
        raise InputError(
            f"unknown encoding {encoding!r}", hint="for example utf-8 or gb18030"
        ) from None
    except UnicodeDecodeError as problem:
        raise InputError(
            f"not valid {encoding} at byte {problem.start}",
            hint="name the right one with --encoding, or save the file as UTF-8",
        ) from None


def guess(content: bytes) -> str:
    """The encoding of text without a byte order mark."""
    zeros = content[:2000].count(0)
    if zeros:
        sample = content[:2000]
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > len(sample) // 5 and even < odd // 4:
            return "utf-16-le"
        if even > len(sample) // 5 and odd < even // 4:
            return "utf-16-be"
        raise InputError("not a text file", hint="save the letter as .txt or .md and try again")
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    # In GB2312 both bytes of a character are 0xA1 or higher; the typographic marks of
    # Windows-1252 lie below that, and its accented letters stand alone between ASCII letters.
    runs = _HIGH_RUN.findall(content)
    paired = all(len(run) % 2 == 0 and min(run) >= 0xA1 for run in runs)
    if paired:
        try:
            content.decode("gb18030")
            return "gb18030"
        except UnicodeDecodeError:
            pass
    return "cp1252" if _fits(content, "cp1252") else "latin-1"


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
        return True
    except UnicodeDecodeError:
        return False
