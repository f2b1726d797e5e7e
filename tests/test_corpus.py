"""The corpus is whole, and the figures on its dev split hold."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from appeal_lint.evaluation.drafts import LABELS, SPLITS, load_drafts
from appeal_lint.rules import load_bundle
from appeal_lint.rules.schema import PARTS
from tests.conftest import ROOT, Run

CORPUS = ROOT / "corpus"
DAY = "2026-11-23"


def test_the_corpus_has_its_size_and_range() -> None:
    drafts = {split: load_drafts(CORPUS / "drafts", split) for split in SPLITS}
    every = [draft for split in SPLITS for draft in drafts[split]]
    assert len(every) >= 240
    assert len({draft.id for draft in every}) == len(every)
    assert sum(draft.notice is not None for draft in every) * 2 >= len(every)
    assert sum(draft.strong for draft in every) >= 70
    assert len({draft.platform for draft in every}) == 5
    assert len({draft.more["country"] for draft in every}) >= 10
    countries = Counter(draft.more["country"] for draft in every)
    assert countries.most_common(1)[0][0] == "China"


def test_writers_stay_within_one_split() -> None:
    seen: dict[str, str] = {}
    for split in (*SPLITS, "tune"):
        for draft in load_drafts(CORPUS / "drafts", split):
            assert seen.setdefault(draft.more["writer"], split) == split


@pytest.mark.parametrize("split", [*SPLITS, "tune"])
def test_every_line_follows_the_format(split: str) -> None:
    for line in (CORPUS / "drafts" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        draft = json.loads(line)
        assert all(
            segment["text"].strip() == segment["text"] != "" for segment in draft["segments"]
        )
        assert {s["part"] for s in draft["segments"]} <= set(PARTS)
        assert all(list(dict.fromkeys(s["labels"])) == s["labels"] for s in draft["segments"])


def test_clean_prose_has_its_size() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (CORPUS / "prose").glob("*.txt")]
    assert len(texts) >= 150
    assert sum(len(text.split()) for text in texts) >= 30_000


def test_figures_on_dev_do_not_fall(run: Run) -> None:
    result = run(
        "eval", CORPUS / "drafts", "--split", "dev", "--today", DAY,
        "--ratchet", CORPUS / "ratchet.json",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr


def test_false_alarm_budget(run: Run) -> None:
    """Findings per 10,000 words of clean prose; a budget may name rules that need more."""
    budget = json.loads((CORPUS / "budget.json").read_text(encoding="utf-8"))
    result = run(
        "eval", CORPUS / "drafts", "--split", "dev", "--today", DAY, "--by", "rule",
        "--clean", CORPUS / "prose", "--ignore", "SEC,FMT00", "-f", "json",
    )  # fmt: skip
    rules = json.loads(result.stdout)["rules"]
    over = {
        rule: score["per_10000_clean_words"]
        for rule, score in rules.items()
        if score["per_10000_clean_words"] > budget["rules"].get(rule, budget["default"])
    }
    assert not over


def test_annotate_gives_back_the_text(run: Run, tmp_path: Path) -> None:
    for name in ("strong.txt", "begging.md", "chinglish.txt"):
        text = (ROOT / "examples" / name).read_text(encoding="utf-8")
        draft = json.loads(run("annotate", ROOT / "examples" / name).stdout)
        assert "".join(s["text"] + s["sep"] for s in draft["segments"]) == text
        assert set(draft["parts"].values()) <= {True, False}
        target = tmp_path / "mine.jsonl"
        run("annotate", ROOT / "examples" / name, "-o", target)
    figures = json.loads(run("eval", tmp_path / "mine.jsonl", "-f", "json").stdout)
    assert figures["drafts"] == 3
    assert set(figures["labels"]) == set(LABELS)
    # The tool agrees with its own annotation.
    assert figures["macro_f1"] > 0.99


def test_a_broken_corpus_says_where(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text('{"id": "a"}\n')
    result = run("eval", "mine.jsonl")
    assert result.returncode == 2
    assert "mine.jsonl:1:1: not a draft: 'segments'" in result.stderr


def test_rules_that_never_fire_are_known() -> None:
    """Every rule fires on one of its own bad examples; test_rules.py runs them all."""
    assert all(rule.bad for rule in load_bundle().rules)
