"""What checks may ask for while one letter is read; everything costly is made on demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from appeal_lint.letter import Letter
from appeal_lint.model import Skipped, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from appeal_lint.document.types import Sentence
    from appeal_lint.suppression.inline import Flaw


class Parser(Protocol):
    """Gives the parsed form of sentences."""

    def docs(self, letter: Letter) -> Mapping[int, Doc]:
        """The parsed sentences of a letter by index."""

    @property
    def vocab(self) -> Any:
        """The vocabulary that matchers must share."""


@dataclass(frozen=True)
class EngineFinding:
    """A grammar engine's finding; `start` and `end` are offsets into the sentence's clean text."""

    sentence: Sentence
    start: int
    end: int
    rule: str
    kind: str
    message: str
    suggestions: tuple[str, ...]


class GrammarEngine(Protocol):
    """A grammar checker for sentences."""

    name: str

    def start(self, letter: Letter) -> None:
        """Begin to work on a letter that `check` will be asked about."""

    def check(self, letter: Letter) -> list[EngineFinding]:
        """Everything the engine finds in the seller's sentences; raises EngineError."""


@dataclass
class Day:
    """The day that a letter is read on, and whether a check has asked for it."""

    date: date
    asked: bool = False


@dataclass(frozen=True)
class Context:
    """A letter and the tools to examine it with."""

    letter: Letter
    day: Day
    parser: Parser | None = None
    engines: Mapping[str, GrammarEngine] = field(default_factory=dict)
    vocabulary: frozenset[str] = frozenset()
    dialect: str = "auto"
    lang: str = "en"
    shared: tuple[tuple[Span, str], ...] = ()
    """Sentences that stand in letters of other clients, with the path of one of those."""
    failed: list[Skipped] = field(default_factory=list)
    """Engines that gave up on this letter; a check that finds out adds to it."""
    flaws: tuple[Flaw, ...] = ()

    def parsed(self) -> Iterator[tuple[Sentence, Doc]]:
        """The sentences that the pipeline has parsed, in order; none without a pipeline."""
        docs = self.parser.docs(self.letter) if self.parser is not None else {}
        for sentence in self.letter.sentences:
            if sentence.index in docs:
                yield sentence, docs[sentence.index]

    @property
    def today(self) -> date:
        """The day that the letter is read on; findings that ask for it hold for that day."""
        self.day.asked = True
        return self.day.date
