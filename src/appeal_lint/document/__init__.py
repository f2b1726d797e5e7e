"""From decoded text to blocks and sentences with exact source positions."""

from appeal_lint.document.build import build
from appeal_lint.document.types import Block, BlockKind, Document, Sentence, Word

__all__ = ["Block", "BlockKind", "Document", "Sentence", "Word", "build"]
