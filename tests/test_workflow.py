"""Many drafts at once: cache, git, watching, statistics, redaction, limits."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, Run

QUICK = ("--isolated", "--select", "EMO001,FMT010,FMT011", "-f", "concise")
BEG = "We beg you to look at our case with kindness.\n"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(BEG)
    return path


# -- cache --------------------------------------------------------------------------------


def test_a_hit_gives_the_same_report_without_engines_or_rules(
    run: Run, kept: Path, cache: Path
) -> None:
    draft = kept.parent / "blame.txt"
    draft.write_bytes((EXAMPLES / "blame.txt").read_bytes())
    draft.with_name("appeal-lint.yml").write_text("vocabulary: [Lanhai]\nignore: [EMO001]\n")
    arguments = (draft, "--cache-dir", kept, "--severity", "info")
    first = run(*arguments)
    code = (
        "import sys\nfrom appeal_lint.__main__ import main\n"
        "try: main()\nexcept SystemExit as end: code = end.code\n"
        "heavy = {'spacy', 'harper', 'yaml', 'jsonschema', 'numpy', 'regex', 'textstat',\n"
        "         'appeal_lint.rules.bundle', 'appeal_lint.linter'} & set(sys.modules)\n"
        "print(sorted(heavy), code, file=sys.stderr)"
    )
    again = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=kept.parent,
        env={**os.environ, "COLUMNS": "80", "APPEAL_LINT_CACHE_DIR": str(cache)},
        check=False,
    )
    assert again.stderr == f"[] {first.returncode}\n"
    assert again.stdout == first.stdout


def test_what_is_kept_is_private_and_holds_no_words_of_the_letter(run: Run, kept: Path) -> None:
    draft = EXAMPLES / "begging.md"
    run(draft, "--cache-dir", kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert (kept / ".gitignore").read_text() == "*\n"
    assert (kept / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172")
    (entry,) = (kept / "findings").glob("*/*.bin")
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    content = entry.read_bytes().decode("latin-1")
    data = json.loads(run(draft, "--cache-dir", kept, "-f", "json").stdout)
    excerpts = [f["excerpt"] for f in data["files"][0]["findings"]]
    assert len(excerpts) > 3
    assert not [words for words in excerpts if len(words) > 12 and words in content]


def test_a_changed_configuration_is_noticed(run: Run, letter: Path) -> None:
    config = letter.with_name("appeal-lint.yml")
    base = (letter, "--select", "EMO001", "-f", "concise")
    for level in ("error", "info", "error"):
        config.write_text(f"rules: {{begging: {level}}}\nseverity: info\n")
        assert f"{level} EMO001" in run(*base).stdout
    config.write_text("rulez: {}\n")
    assert run(*base).returncode == run(*base).returncode == 2


def test_another_text_notice_or_setting_is_another_entry(
    run: Run, kept: Path, letter: Path
) -> None:
    def entries() -> int:
        return len(list((kept / "findings").glob("*/*.bin")))

    base = (letter, *QUICK, "--cache-dir", kept)
    run(*base)
    run(*base, "--severity", "error")
    assert entries() == 1
    run(*base, "--platform", "ebay")
    assert entries() == 2
    notice = letter.with_name("notice.txt")
    notice.write_text("Your account was deactivated.\n")
    run(*base, "--notice", notice)
    assert entries() == 3
    letter.write_text("Nothing.\n")
    assert run(*base).stdout == ""
    assert entries() == 4


def test_a_changed_rule_is_noticed(run: Run, kept: Path, letter: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rules" / "emotion"
    folder.mkdir(parents=True)
    source = next((Path(__file__).parents[1] / "rules" / "emotion").glob("EMO001-*.yml"))
    rule = folder / "EMO001.yml"
    rule.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    base = (letter, *QUICK, "--cache-dir", kept, "--rule-folder", folder.parent)
    assert "warning EMO001" in run(*base).stdout
    text = rule.read_text(encoding="utf-8").replace("severity: warning", "severity: error")
    rule.write_text(text, encoding="utf-8")
    assert "error EMO001" in run(*base).stdout


def test_findings_that_depend_on_the_day_hold_for_that_day(tmp_path: Path) -> None:
    from dataclasses import replace
    from datetime import date

    from appeal_lint.batch import Draft
    from appeal_lint.caching.store import Store
    from appeal_lint.config import Config
    from appeal_lint.model import Report

    draft, report = Draft("a.txt", "text"), Report("a.txt", "text", words=1)
    today, tomorrow = (Store(tmp_path, Config(), date(2026, 5, day)) for day in (1, 2))
    today.keep(draft, replace(report, lasts="never"))
    assert today.find(draft) is None
    today.keep(draft, replace(report, lasts="day"))
    assert today.find(draft) == replace(report, lasts="day")
    assert tomorrow.find(draft) is None
    today.keep(draft, report)
    assert tomorrow.find(replace(draft, path="b.txt")) == replace(report, path="b.txt")


def test_a_damaged_entry_is_only_slow(run: Run, kept: Path, letter: Path) -> None:
    base = (letter, *QUICK, "--cache-dir", kept)
    first = run(*base)
    for path in kept.rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00damaged")
    again = run(*base)
    assert (again.stdout, again.stderr) == (first.stdout, "")


def test_no_cache_keeps_no_findings_and_clear_cache_forgets(
    run: Run, kept: Path, letter: Path
) -> None:
    run(letter, *QUICK, "--cache-dir", kept, "--no-cache")
    assert not (kept / "findings").exists()
    run(letter, *QUICK, "--cache-dir", kept)
    other = kept / "mine.txt"
    other.write_text("not ours")
    assert run("check", "--clear-cache", "--cache-dir", kept).returncode == 0
    assert sorted(path.name for path in kept.iterdir()) == [
        ".gitignore", "CACHEDIR.TAG", "mine.txt",
    ]  # fmt: skip


# -- files --------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_what_git_ignores_is_passed_over_unless_named(run: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("/old/\n*.tmp.txt\n")
    for name in ("a.txt", "b.tmp.txt", "old/c.txt", "sub/d.txt", "sub/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BEG)
    (tmp_path / "sub" / ".gitignore").write_text("e.txt\n!b.tmp.txt\n")
    (tmp_path / "sub" / "b.tmp.txt").write_text(BEG)

    def shown(*arguments: str) -> list[str]:
        return run(*arguments, "--show-files", "--isolated").stdout.split()

    assert shown(".") == ["a.txt", "sub/b.tmp.txt", "sub/d.txt"]
    assert shown("old") == ["old/c.txt"]
    assert shown("b.tmp.txt") == ["b.tmp.txt"]
    assert shown("b.tmp.txt", "--force-exclude") == []
    assert shown(".", "--no-respect-gitignore", "--exclude", "sub/") == [
        "a.txt", "b.tmp.txt", "old/c.txt",
    ]  # fmt: skip


def test_only_changed_lines(run: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    old = tmp_path / "alt brief, ü.txt"
    old.write_text(BEG + "\nThe box was wet.\n\n" + BEG)
    (tmp_path / "same.txt").write_text(BEG)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    old.write_text(BEG + "\nThe box was wet.\n\n" + BEG + "\n" + BEG)
    (tmp_path / "new.txt").write_text(BEG)
    result = run(".", *QUICK, "--changed-lines", "HEAD")
    places = [line.split(": ")[0] for line in result.stdout.splitlines()]
    assert places == ["alt brief, ü.txt:7:4", "new.txt:1:4"]
    assert len(run(".", *QUICK).stdout.splitlines()) == 5
    wrong = run(".", *QUICK, "--changed-lines", "nowhere")
    assert wrong.returncode == 2
    assert wrong.stderr == "error: --changed-lines: no revision 'nowhere'\n"


def test_a_file_that_is_too_large_is_refused(run: Run, letter: Path) -> None:
    result = run(letter, *QUICK, "--max-file-size", "10")
    assert result.returncode == 2
    assert "larger than 10 bytes" in result.stderr


# -- reports ------------------------------------------------------------------------------


def test_statistics_count_each_rule(run: Run, letter: Path) -> None:
    letter.write_text(f"{BEG}\nWe checked it，and it was wet，too。\n\n{BEG}")
    lines = run(letter, *QUICK, "--statistics").stdout.splitlines()
    assert lines[0].startswith("3  FMT010 full-width-mark (")
    assert "--fix" in lines[0]
    assert lines[1] == "2  EMO001 begging (warning)"


SECRETS = (
    "Lanhai", "Ellen", "Marsh", "ellen@lanhai.example", "114-8233015-4471428", "B0BX4K7Q2M",
    "+86 755 8666 1234",
)  # fmt: skip


@pytest.mark.parametrize("name", ["full", "json", "concise", "sarif", "html", "md", "gitlab"])
def test_redacted_reports_name_nobody(run: Run, letter: Path, name: str) -> None:
    letter.write_text(
        "Dear team,\n\nWe beg you, says Ellen of Lanhai Trading，about 114-8233015-4471428 and\n"
        "B0BX4K7Q2M. We beg Amazon. Write to ellen@lanhai.example，+86 755 8666 1234.\n\n"
        "Kind regards，\nEllen Marsh\n",
        encoding="utf-8",
    )
    base = (letter, "--isolated", "--select", "EMO001,FMT010", "-f", name)
    plain = run(*base).stdout
    hidden = run(*base, "--redact=names").stdout
    assert plain.count("\n") == hidden.count("\n")
    assert [secret for secret in SECRETS if secret in hidden] == []
    if name == "full":
        assert "Ellen" in plain
        assert "beg Amazon" in hidden
    all_hidden = run(*base, "--redact", "all").stdout
    assert "beg Amazon" not in all_hidden
    assert "EMO001" in all_hidden


# -- time ---------------------------------------------------------------------------------


def test_a_run_that_takes_too_long_ends(run: Run, kept: Path) -> None:
    result = run(EXAMPLES / "blame.txt", "--timeout", "0.05", "--cache-dir", kept)
    assert result.returncode == 2
    assert result.stderr == "error: not done after 0.05 seconds (--timeout)\n"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_watching_lints_what_is_saved(letter: Path, cache: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "appeal_lint", letter.name, *QUICK, "--watch"],
        cwd=letter.parent,
        env={**os.environ, "APPEAL_LINT_CACHE_DIR": str(cache), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("letter.txt:1:4: warning EMO001")
        time.sleep(0.5)
        letter.write_text("\n" + BEG)
        assert process.stdout.readline().startswith("letter.txt:2:4: warning EMO001")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    finally:
        process.kill()


def test_progress_appears_after_a_second_and_only_on_a_terminal() -> None:
    from io import StringIO

    from appeal_lint.progress import Progress

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    clock = iter([0.0, 0.9, 1.2, 1.25])
    stream = Terminal()
    with Progress(stream, clock=lambda: next(clock)) as progress:
        progress.show(1, 10)
        assert stream.getvalue() == ""
        progress.show(5, 10)
        assert stream.getvalue().endswith("5/10")
        progress.show(6, 10)
        assert stream.getvalue().endswith("5/10")
    assert stream.getvalue().endswith("\r\x1b[K")
    silent = StringIO()
    with Progress(silent, clock=iter([0.0, 5.0]).__next__) as progress:
        progress.show(1, 2)
    assert silent.getvalue() == ""
