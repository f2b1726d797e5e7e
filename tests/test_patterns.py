"""Patterns of non-native business English: one sentence each, and how many are marked."""

from __future__ import annotations

import pytest
import yaml

import appeal_lint
from appeal_lint.config import Config
from appeal_lint.model import Severity
from appeal_lint.rules import load_bundle
from tests.conftest import ROOT

PATTERNS: dict[str, list[str]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "patterns.yml").read_text(encoding="utf-8")
)
GROUPS = ("indian", "turkish", "spanish", "german")
LETTER = (
    "Dear Seller Performance Team,\n\nOur lamp B0D83KQW1N was removed on 2 June 2026.\n\n"
    "{}\n\nKind regards,\nEllen Marsh\n"
)
# The learned judgement would find some of them, too; the rules must do it alone.
CONFIG = Config(judgement=False, select=("ENG", "FMT", "EMO", "BLA"))


def marked(sentence: str) -> bool:
    text = LETTER.format(sentence)
    if sentence.startswith("Dear"):
        text = f"{sentence}\n\nWe removed the lamp on 4 June.\n\nKind regards,\nEllen Marsh\n"
    start = text.index(sentence)
    return any(
        finding.severity >= Severity.WARNING and start <= finding.span.start < start + len(sentence)
        for finding in appeal_lint.lint(text, config=CONFIG).findings
    )


def test_patterns_of_chinese_sellers_are_marked() -> None:
    sentences = [s for name, group in PATTERNS.items() if name not in GROUPS for s in group]
    missed = [sentence for sentence in sentences if not marked(sentence)]
    assert len(sentences) == 149
    assert len(missed) <= 0.03 * len(sentences), missed


@pytest.mark.parametrize("name", GROUPS)
def test_patterns_of_other_sellers_are_marked(name: str) -> None:
    missed = [sentence for sentence in PATTERNS[name] if not marked(sentence)]
    assert len(missed) <= 0.2 * len(PATTERNS[name]), missed


def test_there_are_many_rules_on_english() -> None:
    rules = [r for r in load_bundle().rules if r.category.value == "english"]
    entries = sum(len(r.options.get("phrases", r.options.get("patterns", ("one",)))) for r in rules)
    assert len(rules) >= 130
    assert entries >= 1000, entries
