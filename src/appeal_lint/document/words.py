"""Words of a clean sentence."""

from __future__ import annotations

import re

from appeal_lint.document.types import Word

_TOKEN = re.compile(
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|https?://\S+|www\.\S+"
    r"|\d+(?:[.,:/-]\d+)*"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*|[^\W_]+|_+"
    r"|\.{2,}|[^\w\s]"
)
_CONTRACTION = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_NEGATED = {"can't": "can", "won't": "will", "shan't": "shall", "cannot": "can", "ain't": "is"}


def words(text: str) -> tuple[Word, ...]:
    """Split a clean sentence; contractions are opened, so that one phrase fits both forms."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        norm = match.group().lower()
        start, end = match.span()
        if norm in _NEGATED:
            pieces = [_NEGATED[norm], "not"]
        elif norm.endswith("n't") and len(norm) > 3:
            pieces = [norm[:-3], "not"]
        elif "'" in norm and (tail := norm[norm.rindex("'") :]) in _CONTRACTION:
            pieces = [norm[: -len(tail)], _CONTRACTION[tail]]
        else:
            pieces = [norm]
        found.extend(Word(piece, start, end) for piece in pieces)
    return tuple(found)
