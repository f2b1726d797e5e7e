"""Every rule: its form, its examples, its place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from appeal_lint.rules import Rule, load_bundle
from appeal_lint.rules.types import PREFIXES
from tests.conftest import ROOT, Run

RULES = load_bundle().rules


def test_there_are_rules_of_every_kind() -> None:
    kinds = Counter(rule.id[:3] for rule in RULES)
    assert sum(kinds.values()) >= 60
    assert set(PREFIXES) - set(kinds) <= {"SUP"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_complete_and_in_its_place(rule: Rule) -> None:
    path = Path(rule.path)
    assert path.name == f"{rule.id}-{rule.name}.yml"
    assert path.parent.name == rule.category.value
    assert len(rule.bad) >= 3
    assert len(rule.good) >= 3
    assert {"message", "why", "advice"} == set(rule.zh)
    assert len(rule.message) <= 120
    assert not rule.message.isupper()


def test_all_examples_come_out_right(run: Run) -> None:
    result = run("test")
    assert result.returncode == 0, result.stdout
    assert result.stdout.splitlines()[-1].endswith(" 0 failed")


def test_an_example_that_fails_is_named(run: Run, tmp_path: Path) -> None:
    text = (ROOT / "rules" / "emotion" / "EMO001-begging.yml").read_text(encoding="utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    changed = text.replace("  good:\n", "  good:\n    - We beg you for this one.\n")
    (folder / "EMO001-begging.yml").write_text(changed, encoding="utf-8")
    result = run("test", "--rule-folder", "mine", "--select", "EMO001")
    assert result.returncode == 1
    assert "EMO001 good example has 'beg': We beg you for this one." in result.stdout


GOOD = """\
id: EMO900
name: unicorns
category: emotion
severity: warning
message: "No unicorns: {match}"
why: They do not exist.
advice: Name the animal.
zh: {message: 没有独角兽, why: 不存在, advice: 写明动物}
check: phrases
phrases: [<unicorn>]
examples:
  bad: [A unicorn ate it., Two unicorns came., We saw unicorns.]
  good: [A horse ate it., Two cows came., We saw nothing.]
"""


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("severity: warning", "severity: warn", ":4:11: ", "did you mean 'warning'?"),
        ("phrases: [<unicorn>]", "phrase: [<unicorn>]", ":10:1: ", "did you mean 'phrases'?"),
        ("check: phrases", "check: phrase", ":9:8: ", "did you mean 'phrases'?"),
        ("phrases: [<unicorn>]", "phrases: [(a|]", ":10:11: ", "phrase not understood"),
        ("id: EMO900", "id: EM900", ":1:5: ", "'EM900' is not a valid id"),
        ("id: EMO900", "id: [", ":3:", "not valid YAML"),
        ("why: They do not exist.\n", "", ":1:1: ", "'why' is missing"),
        ("  good: [A horse ate it., Two cows came., We saw nothing.]", "  good: [A horse.]",
         ":13:9: ", "needs at least 3 entries"),
        ("name: unicorns", "name: begging", "", "already belongs to rule EMO001"),
        ("check: phrases\nphrases: [<unicorn>]", "check: regex\npatterns: ['(a+)+b']", ":10:12: ",
         "exponential time"),
        ("category: emotion", "category: form", ":3:11: ", "is of category emotion"),
        ("check: phrases\nphrases: [<unicorn>]",
         "check: dependency\npatterns: [[{RIGHT_ID: a, RIGHT_ATTRS: {}}, "
         "{RIGHT_ID: b, LEFT_ID: a, REL_OP: '>'}]]", ":10:45: ", "node 2 lacks RIGHT_ATTRS"),
    ],
)  # fmt: skip
def test_a_broken_rule_says_where_and_what(
    run: Run, tmp_path: Path, old: str, new: str, where: str, message: str
) -> None:
    assert old in GOOD
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "EMO900-unicorns.yml").write_text(GOOD.replace(old, new), "utf-8")
    result = run("rules", "--rule-folder", "mine")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert f"mine/EMO900-unicorns.yml{where}" in result.stderr
    assert message in result.stderr
    assert "EMO001" in result.stdout


def test_a_rule_of_ones_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "EMO900-unicorns.yml").write_text(GOOD, "utf-8")
    (tmp_path / "appeal-lint.yml").write_text(
        "rule-folders: [mine]\nrules: {unicorns: error}\n", "utf-8"
    )
    (tmp_path / "draft.txt").write_text("Two unicorns ate the invoice.\n")
    result = run("draft.txt", "--select", "unicorns", "-f", "concise")
    assert result.stdout == "draft.txt:1:5: error EMO900[unicorns] No unicorns: unicorns\n"
    assert result.returncode == 1


def test_options_can_be_changed_without_copying_the_rule(run: Run, tmp_path: Path) -> None:
    (tmp_path / "appeal-lint.yml").write_text(
        "rules:\n  begging: {add: {phrases: [bread and butter]}, remove: {phrases: [<beg>]}}\n"
    )
    (tmp_path / "draft.txt").write_text("This shop is our bread and butter. We beg you.\n")
    result = run("draft.txt", "--select", "begging", "-f", "concise")
    assert [line.split(":")[2] for line in result.stdout.splitlines()] == ["18"]


@pytest.mark.parametrize(
    ("config", "where", "message"),
    [
        ("selct: [EMO]\n", ":1:1: ", "did you mean 'select'?"),
        ("severity: warn\n", ":1:11: ", "did you mean 'warning'?"),
        ("rules:\n  begin: error\n", "", "no rule 'begin'"),
        ("rules:\n  begging: {phrase: [x]}\n", "", "did you mean 'phrases'?"),
        ("select: [EMO\n", ":2:1: ", "not valid YAML"),
        ("select: [EMO]\nselect: [BLA]\n", ":2:1: ", "given twice"),
    ],
)
def test_a_broken_configuration_says_where_and_what(
    run: Run, tmp_path: Path, config: str, where: str, message: str
) -> None:
    (tmp_path / "appeal-lint.yml").write_text(config)
    (tmp_path / "draft.txt").write_text("We beg you.\n")
    result = run("draft.txt")
    assert result.returncode == 2
    assert f"appeal-lint.yml{where}" in result.stderr
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_configuration_in_pyproject(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.appeal-lint]\nselect = ["EMO001"]\n\n[tool.appeal-lint.rules]\nEMO001 = "error"\n'
    )
    (tmp_path / "draft.txt").write_text("We beg you to look at our case.\n")
    assert run("draft.txt").returncode == 1
    (tmp_path / "pyproject.toml").write_text('[tool.appeal-lint]\nselcet = ["EMO001"]\n')
    result = run("draft.txt")
    assert "pyproject.toml:2:1: unknown key 'selcet' (did you mean 'select'?)" in result.stderr
