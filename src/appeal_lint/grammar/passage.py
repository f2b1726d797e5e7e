"""The seller's sentences as one text for an engine, and the way back from its offsets."""

from __future__ import annotations

from bisect import bisect_right

from appeal_lint.document.types import BlockKind, Sentence
from appeal_lint.letter import Letter

_UNCHECKED = frozenset(
    {BlockKind.SIGNATURE, BlockKind.SALUTATION, BlockKind.SUBJECT, BlockKind.TABLE_ROW,
     BlockKind.SIGN_OFF, BlockKind.ATTACHMENT}
)  # fmt: skip


class Passage:
    """The clean text of the sentences that hold prose; blocks are parted by an empty line."""

    def __init__(self, letter: Letter) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._sentences: list[Sentence] = []
        at = 0
        block = -1
        for sentence in letter.sentences:
            if letter.block_of(sentence).kind in _UNCHECKED:
                continue
            if pieces:
                joint = " " if sentence.block == block else "\n\n"
                pieces.append(joint)
                at += len(joint)
            self._starts.append(at)
            self._sentences.append(sentence)
            pieces.append(sentence.text)
            at += len(sentence.text)
            block = sentence.block
        self.text = "".join(pieces)

    def place(self, start: int, end: int) -> tuple[Sentence, int, int] | None:
        """The sentence that holds code points `start` to `end`, and their offsets in it.

        None when they do not lie within one sentence.
        """
        index = bisect_right(self._starts, start) - 1
        if index < 0 or end < start:
            return None
        sentence, first = self._sentences[index], self._starts[index]
        if end - first > len(sentence.text):
            return None
        return sentence, start - first, end - first
