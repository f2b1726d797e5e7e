"""LanguageTool: the real server from jars, and servers that are down, slow, mad or elsewhere."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

import appeal_lint
from appeal_lint.config import Config, LanguageToolSettings
from appeal_lint.grammar.server import Server
from appeal_lint.grammar.utf16 import Utf16
from tests.conftest import Run

JARS = Path(
    os.environ.get("APPEAL_LINT_TEST_JARS")
    or Path.home() / ".cache" / "appeal-lint-languagetool-6.6"
)
needs_java = pytest.mark.skipif(
    shutil.which("java") is None or not JARS.is_dir(), reason="no Java or no LanguageTool jars"
)
if "languagetool" in os.environ.get("APPEAL_LINT_TEST_REQUIRES", ""):
    needs_java = pytest.mark.usefixtures()
ALONE = Config(engines=("languagetool",), select=("ENG005", "ENG006", "ENG007"))
LETTER = "Dear team,\n\n{}\n\nKind regards,\nEllen Marsh\n"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = Server(JARS)
    server.wait()
    yield server.url
    server.stop()


def found(url: str, sentence: str, config: Config = ALONE) -> list[tuple[str, str, list[str]]]:
    """Rule, excerpt and suggestions of what is found."""
    settings = LanguageToolSettings(url=url, timeout=60)
    report = appeal_lint.lint(
        LETTER.format(sentence), config=replace(config, languagetool=settings)
    )
    assert not [each for each in report.skipped if not each.off]
    return [(f.rule, f.excerpt, [s.text for s in f.suggestions]) for f in report.findings]


@needs_java
def test_places_are_right_after_characters_of_two_units(url: str) -> None:
    sentence = "We packed 40 lamps 😀😀. The packer 🙂 did not closed the box."
    assert found(url, sentence) == [("ENG006", "closed", ["close"])]


@needs_java
def test_names_and_trade_words_are_not_misspelt(url: str) -> None:
    sentence = "YunExpress scanned FNSKU X00ABCDEFG, and Xu Meiling of Lanyuan relabelled it."
    assert found(url, sentence) == []


@needs_java
def test_the_users_vocabulary_counts(url: str) -> None:
    sentence = "Our manager checks each shipement before noon."
    assert found(url, sentence)[0][1] == "shipement"
    assert found(url, sentence, replace(ALONE, vocabulary=("shipement",))) == []


@needs_java
def test_two_engines_make_one_finding_of_one_place(url: str) -> None:
    both = Config(engines=("harper", "languagetool"), select=("ENG",))
    spelling = [f for f in found(url, "We recieved it on 3 May 2026.", both) if f[1] == "recieved"]
    assert len(spelling) == 1


@needs_java
def test_one_server_serves_several_processes_and_ends_with_the_run(
    run: Run, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(4)]
    for path in paths:
        path.write_text(LETTER.format("The packer did not closed the box."), encoding="utf-8")
    before = _servers()
    seen: set[int] = set()
    done = False

    def watch() -> None:
        while not done:
            seen.update(_servers() - before)
            time.sleep(0.05)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        result = run(
            "check", *paths, "-j", "2", "--no-cache", "--select", "ENG006", "-f", "concise",
            "--engine", "languagetool", "--languagetool-jars", JARS,
        )  # fmt: skip
    finally:
        done = True
        watcher.join()
    assert result.stdout.count("ENG006") == 4, result.stdout + result.stderr
    assert len(seen) == 1
    assert not seen & _servers()


def _servers() -> set[int]:
    """Process ids of the Java servers that were started from the jars."""
    return {
        process.pid
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "java" and str(JARS / "*") in (process.info["cmdline"] or ())
    }


class _Handler(BaseHTTPRequestHandler):
    """Answers every request with the server's `body` after its `delay` in seconds."""

    def do_GET(self) -> None:
        time.sleep(self.server.delay)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()
        with suppress(BrokenPipeError):
            self.wfile.write(self.server.body)  # type: ignore[attr-defined]

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


def _serve(body: bytes, delay: float = 0) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.body, server.delay = body, delay  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.mark.parametrize(
    ("body", "delay"),
    [(b"hello", 0), (b'{"matches": 3}', 0), (b'[{"code": "en"}]', 0), (b"[]", 2)],
    ids=["no JSON", "no languages", "no English", "slow"],
)
def test_a_server_that_does_not_answer_well_is_told_and_harper_goes_on(
    body: bytes, delay: float
) -> None:
    server = _serve(body, delay)
    settings = {"url": f"http://127.0.0.1:{server.server_port}", "timeout": 0.5}
    report = appeal_lint.lint(
        LETTER.format("We recieved it."), config={"engines": {"languagetool": settings}}
    )
    server.shutdown()
    (skipped,) = report.skipped
    assert skipped.what == "languagetool" and not skipped.off
    assert "ENG006" in skipped.rules
    assert "ENG001" in {finding.rule for finding in report.findings}


def test_a_server_that_is_down_is_told(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER.format("We recieved it."), encoding="utf-8")
    result = run("check", letter, "--languagetool-url", "http://127.0.0.1:9")
    assert "rules skipped: languagetool does not answer at http://127.0.0.1:9" in result.stdout
    assert "ENG001" in result.stdout
    assert result.returncode == 0


def test_letters_go_to_no_other_machine_unasked(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER.format("We sold it."), encoding="utf-8")
    result = run("check", letter, "--languagetool-url", "http://192.0.2.1:8081")
    assert "192.0.2.1 is another machine" in result.stdout


def test_an_unknown_engine_is_told(run: Run) -> None:
    result = run("check", "-", "--engine", "gramerly", stdin="We sold it.")
    assert result.returncode == 2
    assert "no engine 'gramerly'; there are harper, languagetool" in result.stderr


@given(st.text())
def test_units_become_code_points(text: str) -> None:
    units = Utf16(text)
    for index in range(len(text) + 1):
        unit = len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
        assert units.code_point(unit) == index


def test_a_unit_outside_the_text_is_an_error() -> None:
    assert Utf16("😀").code_point(1) == 0
    with pytest.raises(ValueError, match="outside"):
        Utf16("😀").code_point(3)
