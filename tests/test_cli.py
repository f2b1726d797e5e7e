"""The command line as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import appeal_lint
from tests.conftest import EXAMPLES, Run

SCHEMA = json.loads(
    (Path(appeal_lint.__file__).parent / "schemas" / "report.schema.json").read_text()
)


def test_a_strong_letter_passes(run: Run) -> None:
    result = run(EXAMPLES / "strong.txt", "--notice", EXAMPLES / "strong.notice.txt")
    assert result.returncode == 0, result.stdout
    assert result.stdout.count("  warning  ") <= 1
    assert "✗" not in result.stdout


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("blame.txt", {"BLA", "SEC", "REL", "EVD"}),
        ("begging.md", {"EMO", "EVD", "TPL"}),
        ("chinglish.txt", {"ENG", "FMT"}),
    ],
)
def test_a_flawed_letter_is_told_its_flaws(run: Run, name: str, rules: set[str]) -> None:
    result = run(EXAMPLES / name, "-f", "json", "--fail-on", "warning")
    assert result.returncode == 1
    found = {f["rule"][:3] for f in json.loads(result.stdout)["files"][0]["findings"]}
    assert rules <= found


def test_the_report_shows_anatomy_findings_and_counts(run: Run) -> None:
    result = run(EXAMPLES / "blame.txt")
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= max(80, len(str(EXAMPLES)) + 60)
    assert any("✗ action plan" in line for line in lines)
    assert any("^^^" in line for line in lines)
    assert "  why  " in result.stdout
    assert "  do   " in result.stdout
    assert "warnings." in result.stdout
    assert "\x1b[" not in result.stdout


def test_colour_only_when_asked(run: Run) -> None:
    assert "\x1b[" in run(EXAMPLES / "blame.txt", "--color", "always").stdout
    assert "\x1b[" in run(EXAMPLES / "blame.txt", FORCE_COLOR="1").stdout
    assert "\x1b[" not in run(EXAMPLES / "blame.txt", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_concise_is_one_line_per_finding(run: Run) -> None:
    result = run(EXAMPLES / "blame.txt", "-f", "concise", "--severity", "info")
    data = json.loads(run(EXAMPLES / "blame.txt", "-f", "json").stdout)
    assert len(result.stdout.splitlines()) == len(data["files"][0]["findings"])
    first = data["files"][0]["findings"][0]
    assert result.stdout.splitlines()[0] == (
        f"{EXAMPLES / 'blame.txt'}:{first['line']}:{first['column']}: {first['severity']} "
        f"{first['rule']}[{first['name']}] {first['message']}"
    )


@pytest.mark.parametrize("name", ["strong.txt", "blame.txt", "begging.md", "chinglish.txt"])
def test_json_follows_its_schema_and_quotes_what_stands_there(run: Run, name: str) -> None:
    data = json.loads(run(EXAMPLES / name, "-f", "json").stdout)
    jsonschema.validate(data, SCHEMA)
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    lines = text.splitlines()
    for finding in data["files"][0]["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["excerpt"]
        before = text[: finding["start"]]
        assert finding["line"] == before.count("\n") + 1
        assert finding["column"] == len(before) - (before.rfind("\n") + 1) + 1
        assert finding["line"] <= len(lines)


def test_standard_input_has_the_name_it_is_given(run: Run) -> None:
    text = (EXAMPLES / "begging.md").read_text()
    result = run("-", "--stdin-filename", "mail.md", "-f", "concise", stdin=text)
    assert result.returncode == 1
    assert result.stdout.startswith("mail.md:")


def test_fail_on_and_severity_are_two_things(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("We beg you to look at our case with kindness.\n")
    select = ("--select", "EMO001")
    assert run(letter, *select).returncode == 0
    assert "begging" in run(letter, *select).stdout
    assert run(letter, *select, "--fail-on", "warning").returncode == 1
    hidden = run(letter, *select, "--severity", "error", "--fail-on", "warning")
    assert hidden.returncode == 1
    assert "begging" not in hidden.stdout
    assert run(EXAMPLES / "blame.txt", "--fail-on", "never").returncode == 0


def test_many_files_go_on_when_some_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    good = tmp_path / "letters" / "a.txt"
    good.write_text("We beg you to look at our case with kindness.\n")
    binary = tmp_path / "letters" / "b.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    result = run("letters", "missing.txt", "-f", "concise", "--select", "EMO001")
    assert result.returncode == 2
    assert "letters/a.txt:1:4: warning EMO001[begging]" in result.stdout
    assert "error: letters/b.txt: not a text file" in result.stderr
    assert "error: missing.txt: no such file or folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_empty_letter_is_a_finding(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n \n")
    result = run("empty.txt", "-f", "json")
    assert result.returncode == 1
    (finding,) = json.loads(result.stdout)["files"][0]["findings"]
    assert finding["name"] == "empty-letter"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--select", "EMO999"), "no rule 'EMO999'"),
        (("--select", "beging"), "did you mean 'begging'?"),
        (("--config", "nowhere.yml"), "nowhere.yml: no such file"),
        (("--encoding", "klingon"), "unknown encoding 'klingon'"),
    ],
)
def test_usage_errors_are_one_clear_line(
    run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run(EXAMPLES / "blame.txt", *arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_mistyped_command_is_not_a_letter(run: Run) -> None:
    result = run("explan", "EMO001")
    assert result.returncode == 2
    assert "did you mean 'explain'?" in result.stderr


def test_no_arguments_teach(run: Run) -> None:
    result = run()
    assert result.returncode == 2
    assert "appeal-lint draft.txt" in result.stdout


def test_explain_and_rules(run: Run) -> None:
    page = run("explain", "begging").stdout
    for heading in ("What it finds", "Why reviewers mind", "What to write instead", "Found"):
        assert heading in page
    assert "EMO001" in run("rules").stdout
    listed = json.loads(run("rules", "--output-format", "json").stdout)
    assert {"id", "name", "category", "severity"} <= set(listed[0])


def test_chinese_report(run: Run) -> None:
    result = run(EXAMPLES / "begging.md", "--lang", "zh")
    assert "申诉信的组成" in result.stdout
    assert "原因" in result.stdout
    assert "why" not in result.stdout


def test_version_and_module(run: Run) -> None:
    assert run("--version").stdout == f"appeal-lint {appeal_lint.__version__}\n"
