"""Harper, the embedded grammar engine (Apache-2.0), through harper-py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import Any

from appeal_lint.context import EngineFinding
from appeal_lint.document.types import BlockKind, Sentence
from appeal_lint.errors import EngineError
from appeal_lint.letter import Letter
from appeal_lint.spelling import american_of, british_of, likely_typo

_UNCHECKED = frozenset(
    {BlockKind.SIGNATURE, BlockKind.SALUTATION, BlockKind.SUBJECT, BlockKind.TABLE_ROW,
     BlockKind.SIGN_OFF, BlockKind.ATTACHMENT}
)  # fmt: skip
_LOWER_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")


class Harper:
    """One Harper linter; building it takes half a second and goes on in a thread meanwhile."""

    name = "harper"

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self._vocabulary = vocabulary
        self._linter: Any = None
        self._error: BaseException | None = None
        self._pending: tuple[Letter, Future[list[EngineFinding]]] | None = None
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._thread = Thread(target=self._build, daemon=True)
        self._thread.start()

    def _build(self) -> None:
        try:
            import harper

            # Harper releases the GIL here, so spaCy can load at the same time.
            self._linter = harper.Linter(harper.Dialect.AMERICAN)
        except BaseException as problem:
            self._error = problem

    def _ready(self) -> Any:
        self._thread.join()
        if self._linter is None:
            raise EngineError(f"harper cannot run: {self._error}", hint="reinstall harper-py")
        return self._linter

    def start(self, letter: Letter) -> None:
        """Check in a thread: Harper releases the GIL, so the parse goes on meanwhile."""
        self._pending = (letter, self._worker.submit(self._work, letter))

    def check(self, letter: Letter) -> list[EngineFinding]:
        """All findings except the spelling of names, ids, domain words and British words."""
        if self._pending is not None and self._pending[0] is letter:
            return self._pending[1].result()
        return self._work(letter)

    def _work(self, letter: Letter) -> list[EngineFinding]:
        text, places = _flat(letter)
        if not text:
            return []
        found: list[EngineFinding] = []
        known = _known_words(letter, self._vocabulary)
        results: Mapping[str, list[Any]] = self._ready().organized_lints(text, language="plaintext")
        for rule, lints in results.items():
            for lint in lints:
                sentence, start = _locate(places, lint.span.start)
                end = start + lint.span.end - lint.span.start
                if sentence is None or end > len(sentence.text):
                    continue
                better = tuple(_suggestion(lint.problem_text, s) for s in lint.suggestions)
                if lint.lint_kind == "Spelling":
                    if _in_an_address(sentence.text, start, end):
                        continue
                    better = _meant(lint.problem_text, better, known)
                    if not better:
                        continue
                found.append(
                    EngineFinding(sentence, start, end, rule, lint.lint_kind, lint.message, better)
                )
        return found


def create(settings: Any) -> Harper:
    """The engine with the user's vocabulary."""
    return Harper(frozenset(settings.vocabulary))


def _flat(letter: Letter) -> tuple[str, list[tuple[int, Sentence]]]:
    """The checked sentences as one text, and where each begins in it."""
    pieces: list[str] = []
    places: list[tuple[int, Sentence]] = []
    at = 0
    block = -1
    for sentence in letter.sentences:
        if letter.block_of(sentence).kind in _UNCHECKED:
            continue
        if pieces:
            joint = " " if sentence.block == block else "\n\n"
            pieces.append(joint)
            at += len(joint)
        places.append((at, sentence))
        pieces.append(sentence.text)
        at += len(sentence.text)
        block = sentence.block
    return "".join(pieces), places


def _locate(places: list[tuple[int, Sentence]], offset: int) -> tuple[Sentence | None, int]:
    from bisect import bisect_right

    index = bisect_right(places, offset, key=lambda place: place[0]) - 1
    if index < 0:
        return None, 0
    start, sentence = places[index]
    return sentence, offset - start


def _suggestion(problem: str, suggestion: Any) -> str:
    kind = suggestion.kind.name
    if kind == "REMOVE":
        return ""
    if kind == "INSERT_AFTER":
        return problem + str(suggestion.replacement_text)
    return str(suggestion.replacement_text)


def _known_words(letter: Letter, vocabulary: frozenset[str]) -> frozenset[str]:
    """Words that are right in this letter: the domain's, the user's, and names it capitalises."""
    names = {
        part.lower()
        for sentence in letter.sentences
        for word in re.findall(r"\b[A-Z][\w'-]*", sentence.text)
        for part in (word, word.removesuffix("'s"))
    }
    domain = letter.bundle.words("domain")
    return frozenset(names | domain | {word.lower() for word in vocabulary} | letter.names)


def _in_an_address(text: str, start: int, end: int) -> bool:
    """Whether a word is part of a user name, file name or address."""
    return (
        text[start - 1 : start] in ("_", "@", ".", "/")
        or text[end : end + 1] in ("_", "@", "/")
        or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum())
    )


def _meant(word: str, suggestions: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    """What a word unknown to the engine was meant to be; nothing for a name, term or dialect."""
    if not _LOWER_WORD.fullmatch(word) or "-" in word:
        return ()
    stems = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("'s")}
    if stems & known:
        return ()
    if any(
        british_of(better.lower()) == word or better.lower() in american_of(word)
        for better in suggestions
    ):
        return ()
    return tuple(better for better in suggestions if likely_typo(word, better.lower()))
