"""The generated pages are as the rules, case types and commands are now."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("program", ["generate.py", "record.py"])
def test_no_page_or_session_is_stale(program: str) -> None:
    result = subprocess.run(
        [sys.executable, f"docs/{program}", "--check"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "APPEAL_LINT_LANG": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_rule_has_a_whole_page() -> None:
    headings = ("What it finds", "Why reviewers mind", "How to fix", "Examples", "Options")
    rules = list((ROOT / "rules").glob("*/[A-Z][A-Z][A-Z][0-9]*.yml"))
    assert len(rules) > 300
    for rule in rules:
        page = (ROOT / "docs" / "rules" / f"{rule.stem}.md").read_text(encoding="utf-8")
        for heading in headings:
            assert f"\n## {heading}\n" in page, rule.stem
        assert "\nFound:\n" in page
        assert "\nNot found:\n" in page
