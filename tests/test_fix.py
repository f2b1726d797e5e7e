"""Fixing letters: what is changed, what is left, and how it is written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.conftest import Run

ONLY = ("--select", "FMT010,FMT011", "--isolated")
DRAFT = "Dear team,\r\n\r\n1、The reason\r\nWe are sorry，we checked it。"
FIXED = "Dear team,\r\n\r\n1. The reason\r\nWe are sorry, we checked it."


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_bytes(DRAFT.encode())
    return path


def test_fix_changes_the_file_and_nothing_else(run: Run, draft: Path) -> None:
    draft.chmod(0o640)
    result = run("fix", draft, *ONLY)
    assert result.returncode == 0, result.stderr
    assert draft.read_bytes() == FIXED.encode()
    assert stat.S_IMODE(draft.stat().st_mode) == 0o640
    assert "places fixed" in result.stderr
    assert [path.name for path in draft.parent.iterdir()] == ["draft.txt"]
    again = run("check", "--fix", draft, *ONLY)
    assert draft.read_bytes() == FIXED.encode()
    assert again.stderr == ""


def test_diff_writes_nothing_and_fails_when_something_would_change(run: Run, draft: Path) -> None:
    result = run(draft, "--diff", *ONLY)
    assert result.returncode == 1
    assert draft.read_bytes() == DRAFT.encode()
    lines = result.stdout.split("\n")
    assert lines[0] == f"--- {draft}"
    assert "-1、The reason\r" in lines
    assert "+1. The reason\r" in lines
    assert "\\ No newline at end of file" in lines
    run("fix", draft, *ONLY)
    clean = run(draft, "--diff", *ONLY)
    assert (clean.returncode, clean.stdout) == (0, "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_the_encoding_stays(run: Run, draft: Path, encoding: str) -> None:
    text = DRAFT.replace("reason", "reason 原因") if encoding == "gb18030" else DRAFT
    draft.write_bytes(text.encode(encoding))
    assert run("fix", draft, *ONLY).returncode == 0
    assert draft.read_bytes() == (
        FIXED.replace("reason", "reason 原因") if encoding == "gb18030" else FIXED
    ).encode(encoding)


def test_front_matter_stays(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "draft.md"
    head = "---\nclient: 蓝海，深圳\n---\n"
    letter.write_text(head + "We are sorry，we checked it.\n", encoding="utf-8")
    run("fix", letter, *ONLY)
    assert letter.read_text(encoding="utf-8") == head + "We are sorry, we checked it.\n"


def test_links_are_followed(run: Run, draft: Path) -> None:
    link = draft.with_name("link.txt")
    link.symlink_to(draft)
    run("fix", link, *ONLY)
    assert link.is_symlink()
    assert draft.read_bytes() == FIXED.encode()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the mode does not bind root")
def test_a_protected_file_is_a_message(run: Run, draft: Path) -> None:
    draft.chmod(0o444)
    result = run("fix", draft, *ONLY)
    assert result.returncode == 2
    assert "write-protected" in result.stderr
    assert draft.read_bytes() == DRAFT.encode()


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run, draft: Path) -> None:
    broken = draft.with_name("broken.txt")
    broken.write_bytes(bytes(range(256)) * 20)
    result = run("fix", broken, draft, *ONLY)
    assert result.returncode == 2
    assert "not a text file" in result.stderr
    assert broken.read_bytes() == bytes(range(256)) * 20
    assert draft.read_bytes() == FIXED.encode()


def test_standard_input_is_fixed_onto_standard_output(run: Run) -> None:
    result = run("-", "--fix", *ONLY, stdin=DRAFT.replace("\r", ""))
    assert result.stdout == FIXED.replace("\r", "")
    assert "Nothing to change" in result.stderr


def test_only_certain_single_suggestions_unless_asked(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "draft.txt"
    text = "We discussed about the problem with Ana Ruiz on 3 May.\n"
    letter.write_text(text)
    only = ("--isolated", "--select", "ENG250", "--show-fixes")
    kept = run("fix", letter, *only)
    assert letter.read_text() == text
    assert "--unsafe-fixes" in kept.stderr
    done = run("fix", letter, *only, "--unsafe-fixes")
    assert letter.read_text() == "We discussed the problem with Ana Ruiz on 3 May.\n"
    assert '→ "' in done.stderr


def test_excluded_files_stay_out_even_when_named(run: Run, draft: Path) -> None:
    named = run(draft, "--exclude", "draft.*", "--show-files")
    assert named.stdout.splitlines() == [str(draft)]
    forced = run(draft, "--exclude", "draft.*", "--force-exclude", "--show-files")
    assert forced.stdout == ""
    assert forced.returncode == 0
