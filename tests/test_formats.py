"""Every output format says the same, validly, whatever the letter and its name contain."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from appeal_lint.output import format_names
from tests.conftest import EXAMPLES, ROOT, Run

NASTY = (
    "Dear Team,\n\n"
    "::error file=x::Amazon's mistake <script>alert(1)</script> ]]> `rm -rf` | a | b |\n"
    "We beg you \x1b[31mred\x1b[0m \u202eevil\u202c %0A%25 @everyone ![x](y) ##[error] \U0001f600 "
    "please forgive us.\n"
    "We beg you again & again \"quoted\" 'single'.\x08\n"
)
NAME = "a,b:c%0A`x`|<b>&'\u202e 信.txt"


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_text(NASTY, encoding="utf-8")
    return path


def output(run: Run, name: str, path: Path, **environ: str) -> str:
    result = run(path.name, "-f", name, "--fail-on", "never", **environ)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_all_formats_of_the_convention_are_there() -> None:
    assert set(format_names()) == {
        "checkstyle", "concise", "full", "github", "gitlab", "grouped", "html", "json",
        "json-lines", "junit", "md", "none", "rdjson", "sarif", "statistics",
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name in format_names() if name not in ("json-lines",)])
def test_no_control_character_gets_out(run: Run, nasty: Path, name: str) -> None:
    text = output(run, name, nasty)
    data = name in ("json", "sarif", "rdjson", "gitlab")
    if data:
        json.loads(text)
    assert "\x1b" not in text
    assert "\x08" not in text
    if not data:
        assert "\u202e" not in text


def test_github_commands_are_only_ours(run: Run, nasty: Path) -> None:
    lines = output(run, "github", nasty).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert commands
    for line in commands:
        head, _, body = line[2:].partition("::")
        kind, _, properties = head.partition(" ")
        assert kind in ("error", "warning", "notice")
        pairs = dict(pair.split("=", 1) for pair in properties.split(","))
        assert set(pairs) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert pairs["file"].startswith("a%2Cb%3Ac%250A")
        assert "\n" not in body
    assert not [line for line in lines if "##[" in line]
    assert all("::" not in line for line in lines if not line.startswith("::"))


def test_github_is_chosen_on_its_runner_and_writes_a_summary(run: Run, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    result = run(EXAMPLES / "blame.txt", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert "::warning file=" in result.stdout
    assert summary.read_text(encoding="utf-8").startswith("### appeal-lint")


def test_worst_annotations_come_first(run: Run) -> None:
    lines = run(EXAMPLES / "begging.md", "-f", "github", "--severity", "info").stdout.splitlines()
    order = [line[2:].split(" ")[0] for line in lines if line.startswith("::")]
    rank = {"error": 0, "warning": 1, "notice": 2}
    assert order == sorted(order, key=lambda kind: rank[kind])


def test_sarif_is_valid(run: Run, nasty: Path) -> None:
    schema = json.loads((ROOT / "tests/data/sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    for path in (nasty, EXAMPLES / "strong.txt", EXAMPLES / "chinglish.txt"):
        log = json.loads(run(path, "-f", "sarif").stdout)
        assert not list(validator.iter_errors(log))
        (only,) = log["runs"]
        assert only["columnKind"] == "unicodeCodePoints"
        rules = only["tool"]["driver"]["rules"]
        assert len(rules) > 250
        for result in only["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    clean = json.loads(run(EXAMPLES / "strong.txt", "-f", "sarif").stdout)
    assert clean["runs"][0]["results"] == []


def test_sarif_regions_cover_what_they_mark(run: Run, nasty: Path) -> None:
    log = json.loads(output(run, "sarif", nasty))
    findings = json.loads(output(run, "json", nasty))["files"][0]["findings"]
    shown = [finding for finding in findings if finding["severity"] != "info"]
    for result, finding in zip(log["runs"][0]["results"], shown):
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        assert NASTY[start : start + region["charLength"]] == finding["excerpt"]


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_fingerprints_survive_moved_lines(run: Run, tmp_path: Path, name: str) -> None:
    def prints(text: str) -> set[str]:
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        data = json.loads(run("a.txt", "-f", name, "--select", "EMO").stdout)
        if name == "gitlab":
            return {entry["fingerprint"] for entry in data}
        return {r["partialFingerprints"]["sentence/v1"] for r in data["runs"][0]["results"]}

    before = prints("We beg you to look at our case again. We beg you.\n")
    after = prints("A new line above.\n\nWe beg you to look\nat our case again. We beg you.\n")
    assert len(before) == 2
    assert before == after
    assert before.isdisjoint(prints("We beg you to read our case again.\n"))


def test_gitlab_paths_are_relative_to_the_project(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("We beg you to look.\n", encoding="utf-8")
    text = run("in/a.txt", "-f", "gitlab", CI_PROJECT_DIR=str(tmp_path)).stdout
    for entry in json.loads(text):
        assert entry["location"]["path"] == "in/a.txt"
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert isinstance(entry["location"]["lines"]["begin"], int)


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_is_well_formed(run: Run, nasty: Path, name: str) -> None:
    root = ElementTree.fromstring(output(run, name, nasty))
    assert root.find(".//b") is None
    assert "<b>&'" in (root[0].get("name") or "")
    if name == "junit":
        (suite,) = root
        assert int(suite.attrib["tests"]) == len(suite)
        assert int(suite.attrib["failures"]) == len(root.findall(".//failure"))


def test_junit_counts_a_clean_letter_as_passed(run: Run) -> None:
    root = ElementTree.fromstring(run(EXAMPLES / "strong.txt", "-f", "junit").stdout)
    assert root[0].attrib["failures"] == "0"
    assert root[0].attrib["tests"] == "1"


def test_rdjson_columns_count_bytes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("信 We beg you to look.\n", encoding="utf-8")
    (entry,) = json.loads(run("a.txt", "-f", "rdjson", "--select", "EMO001").stdout)["diagnostics"]
    start = entry["location"]["range"]["start"]
    line = "信 We beg you to look.".encode()
    assert line[start["column"] - 1 :].startswith(b"beg")


def test_engines_write_nothing_into_a_report(run: Run) -> None:
    letter = "We are looking forward to receive your reply and to work with you.\n"
    result = run("-", "-f", "json", "--fail-on", "never", stdin=letter)
    rules = [finding["rule"] for finding in json.loads(result.stdout)["files"][0]["findings"]]
    assert "ENG129" in rules


def test_json_lines_are_the_findings_of_json(run: Run) -> None:
    lines = run(EXAMPLES / "blame.txt", "-f", "json-lines").stdout.splitlines()
    report = json.loads(run(EXAMPLES / "blame.txt", "-f", "json").stdout)["files"][0]
    assert [json.loads(line)["rule"] for line in lines] == [
        finding["rule"] for finding in report["findings"]
    ]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.sources += [value or "" for key, value in attrs if key in ("src", "href")]


def test_html_needs_nothing_and_runs_nothing(run: Run, nasty: Path) -> None:
    page = Tags()
    page.feed(output(run, "html", nasty))
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert all(source.startswith("#") for source in page.sources)


def test_markdown_table_keeps_its_columns(run: Run, nasty: Path) -> None:
    rows = [line for line in output(run, "md", nasty).splitlines() if line.startswith("|")]
    assert len(rows) > 2
    for row in rows:
        assert row.replace("\\|", "").count("|") == 5
    assert "<script" not in "\n".join(rows)
    assert "@everyone" not in "\n".join(rows)


def test_several_reports_in_one_run(run: Run, tmp_path: Path) -> None:
    result = run(
        EXAMPLES / "blame.txt", "-f", "concise", "-o", "sarif:out.sarif", "-o", "md:out.md"
    )
    assert "blame.txt:1:13: warning FMT002" in result.stdout
    assert json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "out.md").read_text(encoding="utf-8").startswith("### appeal-lint")
    wrong = run(EXAMPLES / "blame.txt", "-o", "srif:out.sarif")
    assert wrong.returncode == 2
    assert "did you mean 'sarif'" in wrong.stderr


def test_exit_codes(run: Run) -> None:
    letter = EXAMPLES / "chinglish.txt"
    assert run(letter, "--fail-on", "never").returncode == 0
    assert run(letter, "--fail-on", "never", "--max-warnings", "0").returncode == 1
    assert run(letter, "--fail-on", "warning").returncode == 1
    assert run(letter, "--fail-on", "warning", "--exit-zero").returncode == 0
    assert run("nowhere.txt", "--exit-zero").returncode == 2


def test_a_required_engine_that_does_not_run_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "appeal-lint.yml").write_text("engines: {harper: false}\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Please look at our case.\n", encoding="utf-8")
    assert run("a.txt", "--fail-on", "never").returncode == 0
    result = run("a.txt", "--fail-on", "never", "--require", "harper")
    assert result.returncode == 2
    assert "harper" in result.stderr
