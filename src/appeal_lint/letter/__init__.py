"""What the letter says: the part of every sentence, its facts, what it quotes or denies."""

from appeal_lint.letter.facts import Fact
from appeal_lint.letter.letter import Letter, read_letter

__all__ = ["Fact", "Letter", "read_letter"]
