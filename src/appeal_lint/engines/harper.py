"""Harper, the embedded grammar engine (Apache-2.0), through harper-py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import Any

from appeal_lint.context import EngineFinding
from appeal_lint.errors import EngineError
from appeal_lint.grammar.dialect import dialect_of
from appeal_lint.grammar.names import known_words, meant
from appeal_lint.grammar.passage import Passage
from appeal_lint.letter import Letter

_ID_BEFORE = re.compile(r"[-/_#\d]$")
_NOISY = ("LookingForwardTo",)
"""Rules of Harper that write to standard output, into the report; our own find the same."""


class Harper:
    """One Harper linter; building it takes half a second and goes on in a thread meanwhile."""

    name = "harper"

    def __init__(self, vocabulary: frozenset[str], dialect: str) -> None:
        self._vocabulary = vocabulary
        self._dialect = dialect
        self._linters: dict[str, Any] = {}
        self._error: BaseException | None = None
        self._pending: tuple[Letter, Future[list[EngineFinding]]] | None = None
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._thread = Thread(target=self._build, daemon=True)
        self._thread.start()

    def _build(self) -> None:
        try:
            # Harper releases the GIL here, so spaCy can load at the same time.
            self._make("british" if self._dialect == "british" else "american")
        except BaseException as problem:
            self._error = problem

    def _make(self, dialect: str) -> None:
        import harper

        linter = harper.Linter(getattr(harper.Dialect, dialect.upper()))
        linter.set_lint_config(dict.fromkeys(_NOISY, False))
        self._linters[dialect] = linter

    def _linter(self, dialect: str) -> Any:
        self._thread.join()
        if self._error is not None:
            raise EngineError(f"cannot run: {self._error}", hint="reinstall harper-py")
        if dialect not in self._linters:
            self._make(dialect)
        return self._linters[dialect]

    def start(self, letter: Letter) -> None:
        """Check in a thread: Harper releases the GIL, so the parse goes on meanwhile."""
        self._pending = (letter, self._worker.submit(self._work, letter))

    def check(self, letter: Letter) -> list[EngineFinding]:
        """All findings except the spelling of names, ids, domain words and British words."""
        if self._pending is not None and self._pending[0] is letter:
            return self._pending[1].result()
        return self._work(letter)

    def _work(self, letter: Letter) -> list[EngineFinding]:
        passage = Passage(letter)
        if not passage.text:
            return []
        found: list[EngineFinding] = []
        known = known_words(letter, self._vocabulary)
        linter = self._linter(dialect_of(letter, self._dialect))
        results: Mapping[str, list[Any]] = linter.organized_lints(
            passage.text, language="plaintext"
        )
        for rule, lints in results.items():
            for lint in lints:
                place = passage.place(lint.span.start, lint.span.end)
                if place is None:
                    continue
                sentence, start, end = place
                if _ID_BEFORE.search(sentence.text[:start]):
                    continue  # A part of an id or of a compound, judged as a word of its own.
                better = tuple(_suggestion(lint.problem_text, s) for s in lint.suggestions)
                if lint.lint_kind == "Spelling":
                    better = meant(sentence.text, start, end, better, known)
                    if not better:
                        continue
                found.append(
                    EngineFinding(sentence, start, end, rule, lint.lint_kind, lint.message, better)
                )
        return found


def create(settings: Any) -> Harper:
    """The engine with the user's vocabulary and dialect."""
    return Harper(frozenset(settings.vocabulary), settings.dialect)


def _suggestion(problem: str, suggestion: Any) -> str:
    kind = suggestion.kind.name
    if kind == "REMOVE":
        return ""
    if kind == "INSERT_AFTER":
        return problem + str(suggestion.replacement_text)
    return str(suggestion.replacement_text)
