"""LanguageTool (LGPL, a Java server) through language-tool-python, the extra `languagetool`.

The server is one that runs already, or one that is started from jars for all letters of a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from appeal_lint.config import Config
from appeal_lint.context import EngineFinding
from appeal_lint.errors import EngineError
from appeal_lint.grammar.dialect import dialect_of
from appeal_lint.grammar.names import known_words, meant
from appeal_lint.grammar.passage import Passage
from appeal_lint.grammar.server import Server
from appeal_lint.grammar.utf16 import Utf16
from appeal_lint.letter import Letter

_LANGUAGES = {"american": "en-US", "british": "en-GB"}
_SPELLING = "TYPOS"


class LanguageTool:
    """A client of one server; the letter is sent in a thread and the parse goes on meanwhile.

    Once the server has failed it is not asked again, so that a dead one costs one wait a run.
    """

    name = "languagetool"

    def __init__(self, config: Config) -> None:
        try:
            import language_tool_python  # noqa: F401
        except ImportError:
            raise EngineError(
                "is not installed", hint="pip install 'appeal-lint[languagetool]'"
            ) from None
        settings = config.languagetool
        self._vocabulary = frozenset(config.vocabulary)
        self._dialect = config.dialect
        self._timeout = settings.timeout
        self._server: Server | None = None
        if settings.url is not None:
            self._url = _checked(settings.url, allow_remote=settings.allow_remote)
        elif settings.jars is not None:
            self._server = Server(settings.jars)
            self._url = self._server.url
        else:
            raise EngineError(
                "has no server", hint="give --languagetool-url, or the folder of its jars"
            )
        self._clients: dict[str, Any] = {}
        self._turn = Lock()
        self._failure: EngineError | None = None
        self._pending: tuple[Letter, _Task] | None = None

    def start(self, letter: Letter) -> None:
        """Send the letter, unless the server has failed before."""
        if self._failure is None:
            self._pending = (letter, _Task(self, letter))

    def check(self, letter: Letter) -> list[EngineFinding]:
        """All findings but the spelling of names and trade words; raises EngineError."""
        if self._failure is not None:
            raise self._failure
        task = self._pending[1] if self._pending else None
        if task is None or self._pending is None or self._pending[0] is not letter:
            task = _Task(self, letter)
        try:
            return task.result()
        except EngineError as problem:
            self._failure = problem
            raise

    def read(self, letter: Letter) -> list[EngineFinding]:
        """Ask the server and wait; raises EngineError."""
        passage = Passage(letter)
        if not passage.text:
            return []
        with self._turn:
            return self._ask(letter, passage)

    def _ask(self, letter: Letter, passage: Passage) -> list[EngineFinding]:
        if self._server is not None and not self._clients:
            self._server.wait()
        try:
            client = self._client(_LANGUAGES[dialect_of(letter, self._dialect)])
            answer = client.answer(passage.text)
            return list(self._findings(answer, letter, passage))
        except EngineError:
            raise
        except Exception as problem:
            # The binding lets through what a broken server makes of it, of any type.
            raise EngineError(self._told(problem)) from problem

    def _told(self, problem: Exception) -> str:
        import requests

        if isinstance(problem.__cause__, requests.Timeout):
            return f"at {self._url} did not answer within {self._timeout:g} seconds"
        if isinstance(problem.__cause__, requests.ConnectionError):
            return f"does not answer at {self._url}"
        return f"at {self._url} gave no usable answer: {_brief(problem)}"

    def _client(self, language: str) -> Any:
        if language not in self._clients:
            self._clients[language] = _connect(self._url, language, self._timeout)
        return self._clients[language]

    def _findings(self, answer: Any, letter: Letter, passage: Passage) -> Iterator[EngineFinding]:
        units = Utf16(passage.text)
        known = known_words(letter, self._vocabulary)
        for match in answer["matches"]:
            first, length = int(match["offset"]), int(match["length"])
            place = passage.place(units.code_point(first), units.code_point(first + length))
            if place is None:
                continue
            sentence, start, end = place
            rule, kind = str(match["rule"]["id"]), str(match["rule"]["category"]["id"])
            better = tuple(str(each["value"]) for each in match["replacements"][:8])
            if kind == _SPELLING:
                better = meant(sentence.text, start, end, better, known)
                if not better:
                    continue
            message = " ".join(str(match["message"]).split())
            yield EngineFinding(sentence, start, end, rule, kind, message, better)


class _Task:
    """One letter being read in a thread that does not keep the process alive."""

    def __init__(self, engine: LanguageTool, letter: Letter) -> None:
        self._found: list[EngineFinding] = []
        self._problem: EngineError | None = None
        self._thread = Thread(target=self._run, args=(engine, letter), daemon=True)
        self._thread.start()

    def _run(self, engine: LanguageTool, letter: Letter) -> None:
        try:
            self._found = engine.read(letter)
        except EngineError as problem:
            self._problem = problem

    def result(self) -> list[EngineFinding]:
        self._thread.join()
        if self._problem is not None:
            raise self._problem
        return self._found


def create(config: Config) -> LanguageTool:
    """The engine with the server that the settings name."""
    return LanguageTool(config)


@contextmanager
def shared(config: Config) -> Iterator[Config]:
    """Settings with which several processes use one server; it is stopped at the end."""
    settings = config.languagetool
    if settings.url is not None or settings.jars is None:
        yield config
        return
    try:
        server = Server(settings.jars)
    except EngineError:
        # Each process tells the same when it makes its engine.
        yield config
        return
    try:
        server.wait()
        yield replace(config, languagetool=replace(settings, url=server.url))
    finally:
        server.stop()


def _connect(url: str, language: str, timeout: float) -> Any:
    import language_tool_python

    class Client(language_tool_python.LanguageTool):  # type: ignore[misc]
        """The binding with our patience, and with the answer as the server gave it.

        Its own matches count starts in code points but lengths in UTF-16 units.
        """

        _TIMEOUT = timeout

        def answer(self, text: str) -> Any:
            return self._query_server(
                f"{self.url}check", self._create_params(text), num_tries=1, method="post"
            )

    # A proxy of the environment is for the internet, not for this machine.
    host = urlsplit(url).hostname or ""
    proxies = {"no_proxy": host} if _is_loopback(host) else None
    return Client(language, remote_server=url, proxies=proxies)


def _checked(url: str, *, allow_remote: bool) -> str:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise EngineError(f"cannot be asked at {url!r}", hint="for example http://localhost:8081")
    if not allow_remote and not _is_loopback(parts.hostname):
        raise EngineError(
            f"is not asked: {parts.hostname} is another machine",
            hint="--allow-remote sends the letters there",
        )
    return parts.geturl()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _brief(problem: Exception) -> str:
    """The first line of an error, cut."""
    line = next(iter(str(problem).splitlines()), "") or type(problem).__name__
    return line if len(line) <= 100 else line[:99] + "…"
