"""Sentences that letters of different clients share are found, near copies too, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appeal_lint.reuse.find import beside
from tests.conftest import Run

COPIED = "We sincerely regret that {count} customers received a lamp that had been used before."


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    letters = {
        "hu/draft.txt": f"Dear Team,\n\n{COPIED.format(count=3)}\n\nNobody opened the boxes.\n",
        "hu/older.txt": f"Dear Team,\n\n{COPIED.format(count=3)}\n",
        "marsh/draft.txt": f"Dear Team,\n\nOur clerk was ill.\n\n{COPIED.format(count=12)}\n",
        "yildiz/draft.txt": "Dear Team,\n\nThe title held a brand name that I had copied.\n",
    }
    for name, text in letters.items():
        path = tmp_path / "letters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "letters"


def test_copies_between_clients_are_ranked_with_their_places(run: Run, agency: Path) -> None:
    result = run("similar", agency, "-f", "json")
    assert result.returncode == 1
    data = json.loads(result.stdout)
    (only,) = data["shared"]
    assert only["letters"] == 3
    places = {(Path(p["path"]).parent.name, p["line"]) for p in only["places"]}
    assert places == {("hu", 3), ("marsh", 5)}
    assert {Path(name).parent.name for pair in data["pairs"] for name in pair["letters"]} == {
        "hu",
        "marsh",
    }


def test_text_for_people(run: Run, agency: Path) -> None:
    text = run("similar", agency).stdout
    assert "3 letters: " in text
    assert all(len(line) <= 80 or "/" in line for line in text.splitlines())
    chinese = run("similar", agency, "--lang", "zh").stdout
    assert "3 封信" in chinese


def test_letters_of_one_client_may_repeat_themselves(run: Run, agency: Path) -> None:
    assert run("similar", agency / "hu", "--by", "folder").returncode == 0
    assert run("similar", agency / "hu").returncode == 1


def test_a_folder_of_clients_is_linted_with_the_rule(run: Run, agency: Path) -> None:
    found = run(agency, "--select", "TPL016", "-f", "concise").stdout.splitlines()
    assert len(found) == 3
    assert not run(agency / "hu", "--select", "TPL016", "-f", "concise").stdout


def test_the_index_holds_no_words(run: Run, agency: Path, tmp_path: Path) -> None:
    first = run("similar", agency, "-f", "json", APPEAL_LINT_CACHE_DIR=str(tmp_path / "cache"))
    again = run("similar", agency, "-f", "json", APPEAL_LINT_CACHE_DIR=str(tmp_path / "cache"))
    assert again.stdout == first.stdout
    entries = list((tmp_path / "cache").rglob("*.passages"))
    assert len(entries) == 4
    for entry in entries:
        content = entry.read_bytes()
        assert b"lamp" not in content
        assert b"regret" not in content


ANIMALS = ["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibis", "jay"]
WORDS = st.lists(st.sampled_from(ANIMALS), min_size=8)


@settings(max_examples=60, deadline=None)
@given(WORDS.map(" ".join), st.integers(0, 10**6))
def test_a_sentence_is_found_again_whatever_its_numbers(words: str, number: int) -> None:
    assert beside(f"{words} {number}.", f"{words} 7.")
