"""The sentences of a letter as MinHash signatures, from which no word can be read."""

from __future__ import annotations

import marshal
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from appeal_lint.model import Span

BANDS, ROWS = 16, 4
"""64 hash values in 16 bands: sentences that share 70 % of their shingles meet with 99 %."""
LEAST_WORDS = 8
"""Words of the shortest sentence that counts; shorter ones are alike by chance."""
_VERSION = b"passages-1"
_WORD = re.compile(r"[^\W\d_]+")
_SEED = 4711


@dataclass(frozen=True)
class Passage:
    """One sentence: its place in the letter, its number of words, and a key for each band."""

    span: Span
    words: int
    bands: tuple[int, ...]


def fold(text: str) -> str:
    """Words in lower case without numbers and marks, so that changed ids do not hide a copy."""
    return " ".join(_WORD.findall(text.lower()))


def passages(text: str) -> tuple[Passage, ...]:
    """The sentences of a letter that are long enough to be somebody's wording."""
    from rensa import RMinHash

    from appeal_lint.document import BlockKind, build

    kinds = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    found = []
    document = build(text)
    for block in document.blocks:
        if block.kind not in kinds:
            continue
        for sentence in block.sentences:
            words = fold(sentence.text).split()
            if len(words) < LEAST_WORDS:
                continue
            signature = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
            signature.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
            digest = signature.digest()
            bands = tuple(
                hash((band, *digest[band * ROWS : (band + 1) * ROWS])) for band in range(BANDS)
            )
            found.append(Passage(sentence.span, len(words), bands))
    return tuple(found)


def known_passages(texts: Sequence[str], cache: Path | None) -> list[tuple[Passage, ...]]:
    """The passages of letters, in the same order; `cache` is a folder that remembers them."""
    if cache is None:
        return [passages(text) for text in texts]
    from appeal_lint.caching.folder import keep

    result = []
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        name = blake2b(_VERSION + content, digest_size=16).hexdigest()
        place = f"findings/{name[:2]}/{name}.passages"
        try:
            data = marshal.loads((cache / place).read_bytes())
            found = tuple(Passage(Span(a, b), words, bands) for a, b, words, bands in data)
        except (OSError, EOFError, ValueError, TypeError):
            found = passages(text)
            data = [(p.span.start, p.span.end, p.words, p.bands) for p in found]
            keep(cache, place, marshal.dumps(data))
        result.append(found)
    return result
