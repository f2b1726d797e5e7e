"""The public function and what it loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

import appeal_lint
from tests.conftest import EXAMPLES


def test_lint_returns_a_report() -> None:
    report = appeal_lint.lint("We beg you to look at our case.", config={"select": ["EMO001"]})
    (finding,) = report.findings
    assert finding.name == "begging"
    assert report.text[finding.span.start : finding.span.end] == "beg"
    assert (finding.start.line, finding.start.column) == (1, 4)
    assert report.to_dict()["findings"][0]["rule"] == "EMO001"


def test_a_wrong_configuration_says_what_is_wrong() -> None:
    with pytest.raises(appeal_lint.AppealLintError, match="did you mean 'select'"):
        appeal_lint.lint("text", config={"selct": ["EMO001"]})


def test_the_same_text_gives_the_same_report() -> None:
    text = (EXAMPLES / "chinglish.txt").read_text(encoding="utf-8")
    assert appeal_lint.lint(text).to_dict() == appeal_lint.lint(text).to_dict()


def test_rules_without_a_parse_do_not_load_spacy() -> None:
    code = (
        "import sys, appeal_lint\n"
        "appeal_lint.lint('We beg you.', config={'select': ['EMO', 'BLA001']})\n"
        "print([m for m in ('spacy', 'textstat', 'harper', 'language_tool_python', 'jsonschema')"
        " if m in sys.modules and m != 'jsonschema'])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
