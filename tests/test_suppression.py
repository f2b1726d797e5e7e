"""Findings that are accepted: comments, baseline, settings, and the letter to be sent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import appeal_lint
from appeal_lint.commands.strip import strip_bytes
from appeal_lint.document.directives import directives, strip
from appeal_lint.model import Report
from appeal_lint.suppression.baseline import Baseline
from tests.conftest import EXAMPLES, Run

BEG = "We beg you to look at our case."
BLAME = (EXAMPLES / "blame.txt").read_text(encoding="utf-8")


def rules_in(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def lint(text: str) -> Report:
    return appeal_lint.lint(text)


@pytest.mark.parametrize(
    "text",
    [
        f"# appeal-lint: ignore[EMO001] -- agreed\n{BEG}",
        f"<!-- appeal-lint: ignore-next-line[begging] -->\n{BEG}",
        f"{BEG} <!-- appeal-lint: ignore[EMO001] -->",
        f"# appeal-lint: ignore-file[EMO001]\nHello.\n\n{BEG}",
        f"<!-- appeal-lint: disable[EMO001] -->\nHello.\n\n{BEG}\n\n"
        "<!-- appeal-lint: enable[EMO001] -->",
    ],
)
def test_comments_silence_the_rules_they_name(text: str) -> None:
    report = lint(text)
    assert "EMO001" not in rules_in(report)
    assert [(s.finding.rule, s.by) for s in report.suppressed] == [("EMO001", "comment")]
    assert "SUP001" not in rules_in(report)


@pytest.mark.parametrize(
    "text",
    [
        f"# appeal-lint: ignore[BLA001]\n{BEG}",
        f"# appeal-lint: ignore\n{BEG}",
        f"# appeal-lint: ignore[EMO001]\nHello there, dear team.\n\n{BEG}",
        f"# appeal-lint: disable[EMO001]\n# appeal-lint: enable[EMO001]\n{BEG}",
        f"We begin. <!-- appeal-lint: ignore[EMO001] -->\n\n{BEG}",
    ],
)
def test_comments_silence_nothing_else(text: str) -> None:
    assert "EMO001" in rules_in(lint(text))


def test_the_reason_is_kept() -> None:
    report = lint(f"# appeal-lint: ignore[EMO001] -- quoted from the notice\n{BEG}")
    assert report.suppressed[0].reason == "quoted from the notice"


def test_json_tells_what_is_accepted_and_sarif_leaves_it_out(run: Run) -> None:
    letter = f"# appeal-lint: ignore[EMO001] -- quoted\n{BEG}\n"
    told = json.loads(run("-", "-f", "json", stdin=letter).stdout)["files"][0]["suppressed"]
    assert [(s["finding"]["rule"], s["by"], s["reason"]) for s in told] == [
        ("EMO001", "comment", "quoted")
    ]
    assert "EMO001" not in str(
        json.loads(run("-", "-f", "sarif", stdin=letter).stdout)["runs"][0]["results"]
    )


@pytest.mark.parametrize("comment", ["# appeal-lint: ignore[EMO002]", "# appeal-lint: nonsense"])
def test_a_comment_changes_nothing_else(comment: str) -> None:
    """Wherever a line is put in, the letter is read as it is without the line."""
    lines = BLAME.splitlines(keepends=True)
    plain = lint(BLAME)
    for at in (0, 3, 5, len(lines)):
        report = lint("".join([*lines[:at], comment + "\n", *lines[at:]]))
        kept = [f for f in report.findings if f.category.value != "suppression"]
        assert [(f.rule, f.message) for f in kept] == [(f.rule, f.message) for f in plain.findings]
        assert report.words == plain.words


def test_sic_accepts_the_error_before_it() -> None:
    text = "The parcel were late [sic] on 4 May, and the parcel were late on 5 May."
    report = lint(text)
    first = text.index("[sic]")
    assert all(f.span.start > first for f in report.findings if f.rule.startswith("ENG"))
    assert all(s.by == "sic" for s in report.suppressed)


def test_a_rule_that_did_not_run_is_not_unused() -> None:
    text = f"# appeal-lint: ignore[EMO001]\n{BEG}"
    report = appeal_lint.lint(text, config={"ignore": ["EMO001"]})
    assert "SUP001" not in rules_in(report)


_LINE = st.sampled_from(
    [
        "We beg you.", "", "  ", "# appeal-lint: ignore[EMO001]", "<!-- appeal-lint: x -->",
        "text <!-- appeal-lint: ignore[A] --> more", "\t# appeal-lint:", "<!-- not ours -->",
        "<!-- appeal-<!-- appeal-lint: x -->lint: y -->", "# appeal-<!-- appeal-lint: z -->lint: a",
    ]
)  # fmt: skip
_END = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", ""])
_TEXT = st.lists(st.tuples(_LINE, _END), max_size=12).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)


@settings(max_examples=300, deadline=None)
@given(_TEXT)
def test_strip_takes_all_and_once_is_enough(text: str) -> None:
    stripped = strip(text)
    assert directives(stripped) == ()
    assert strip(stripped) == stripped
    letters = iter(text)
    assert all(char in letters for char in stripped)
    if not directives(text):
        assert stripped == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_strip_keeps_the_other_bytes(run: Run, tmp_path: Path, encoding: str, end: str) -> None:
    before = f"尊敬的团队：{end}{end}\tWe beg you.   {end}"
    after = f"{end}We begin.{end}最后一行"
    path = tmp_path / "draft.txt"
    path.write_bytes(f"{before}# appeal-lint: ignore[EMO001]{end}{after}".encode(encoding))
    assert run("strip", "draft.txt", "-o", "draft.txt").returncode == 0
    assert path.read_bytes() == (before + after).encode(encoding)
    assert strip_bytes(path.read_bytes(), "draft.txt") == path.read_bytes()


def test_strip_says_what_it_cannot_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_bytes(b"\x00\x01\x02\x00")
    result = run("strip", "draft.txt")
    assert (result.returncode, result.stdout) == (2, "")
    assert "draft.txt: not a text file" in result.stderr
    assert run("strip", "none.txt").returncode == 2


def test_a_baseline_silences_exactly_the_findings_it_was_made_from() -> None:
    report = lint(BLAME)
    baseline = Baseline(Path("x.json"))
    baseline = replace(baseline, entries=tuple(baseline.entries_for([report])))
    again, used = baseline.applied(report, date.today())
    assert again.findings == ()
    assert len(again.suppressed) == len(report.findings)
    assert used == set(baseline.entries)
    assert baseline.applied(replace(report, path="other.txt"), date.today())[1] == frozenset()


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 3), st.integers(60, 110))
def test_a_baseline_survives_moved_and_wrapped_lines(blank: int, width: int) -> None:
    import textwrap

    baseline = Baseline(Path("x.json"))
    baseline = replace(baseline, entries=tuple(baseline.entries_for([lint(BLAME)])))
    paragraphs = [
        textwrap.fill(each, width, break_on_hyphens=False) for each in BLAME.strip().split("\n\n")
    ]
    moved = "\n" * blank + ("\n\n" + "\n" * blank).join(paragraphs) + "\n"
    again, _ = baseline.applied(lint(moved), date.today())
    assert rules_in(again) == []


def test_an_edited_sentence_is_found_again() -> None:
    baseline = Baseline(Path("x.json"))
    text = f"{BEG} We replaced the supplier on 4 May."
    baseline = replace(baseline, entries=tuple(baseline.entries_for([lint(text)])))
    edited = lint(text.replace("our case", "our sad case"))
    assert "EMO001" in rules_in(baseline.applied(edited, date.today())[0])


def test_the_second_same_sentence_is_one_too_many() -> None:
    baseline = Baseline(Path("x.json"))
    baseline = replace(baseline, entries=tuple(baseline.entries_for([lint(BEG)])))
    twice = lint(f"{BEG}\n\n{BEG}")
    assert rules_in(baseline.applied(twice, date.today())[0]).count("EMO001") == 1


def test_baseline_from_the_command_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(BLAME + "\n" + BEG + "\n", encoding="utf-8")
    made = run("baseline", "create", "draft.txt", "--reason", "old letter")
    assert (made.returncode, made.stderr) == (0, "")
    content = (tmp_path / ".appeal-lint-baseline.json").read_text(encoding="utf-8")
    assert "beg" not in content
    assert run("draft.txt", "--severity", "info").returncode == 0
    assert "EMO001" not in run("draft.txt", "-f", "concise", "--severity", "info").stdout
    assert "EMO001" in run("draft.txt", "-f", "concise", "--no-baseline").stdout
    assert run("baseline", "create", "draft.txt").returncode == 2
    assert "EMO001" in run("baseline", "show").stdout
    (tmp_path / "draft.txt").write_text(BLAME, encoding="utf-8")
    stale = run("draft.txt", "--strict-baseline", "--fail-on", "never")
    assert stale.returncode == 1
    assert "EMO001 draft.txt" in stale.stderr
    assert "taken out" in run("baseline", "prune", "draft.txt").stdout
    assert run("draft.txt", "--strict-baseline", "--fail-on", "never").returncode == 0


def test_add_ignore_writes_beside_the_letter(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(BEG, encoding="utf-8")
    result = run("draft.txt", "--select", "EMO001", "--add-ignore", "--reason", "agreed")
    assert result.returncode == 0
    assert "1 finding added" in result.stdout
    assert draft.read_text(encoding="utf-8") == BEG
    data = json.loads((tmp_path / ".appeal-lint-baseline.json").read_text(encoding="utf-8"))
    assert [(e["rule"], e["reason"]) for e in data["findings"]] == [("EMO001", "agreed")]
    assert "EMO001" not in run("draft.txt", "-f", "concise").stdout


def test_expired_entries_do_not_count() -> None:
    report = lint(BEG)
    entries = Baseline(Path("x.json")).entries_for([report])
    today = date.today()
    for days, silent in ((0, True), (-1, False)):
        day = (today + timedelta(days)).isoformat()
        baseline = Baseline(Path("x.json"), tuple(replace(e, expires=day) for e in entries))
        assert (baseline.applied(report, today)[0].findings == ()) is silent


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", ".appeal-lint-baseline.json:1:2: not valid JSON"),
        ('{"version": 2, "findings": []}', ".appeal-lint-baseline.json"),
        ('{"version": 1, "findings": [{"rule": "EMO001"}]}', "'hash' is missing"),
    ],
)
def test_a_broken_baseline_is_told(run: Run, tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / ".appeal-lint-baseline.json").write_text(content)
    (tmp_path / "draft.txt").write_text(BEG)
    result = run("draft.txt")
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr


def test_ignored_findings_of_the_configuration(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{BEG}\n\nI beg you for mercy.\n")
    (tmp_path / "appeal-lint.yml").write_text(
        "ignore-findings:\n  - {rule: begging, pattern: our case, reason: agreed}\n"
        "  - {rule: EMO, files: b.txt}\n"
    )
    shown = run("a.txt", "b.txt", "-f", "concise").stdout
    assert [line.split(":")[:2] for line in shown.splitlines() if "EMO001" in line] == [
        ["a.txt", "3"]
    ]
    (tmp_path / "appeal-lint.yml").write_text("ignore-findings: [{rule: begging, pattern: '('}]\n")
    assert "not a regular expression" in run("a.txt").stderr
    (tmp_path / "appeal-lint.yml").write_text("ignore-findings: [{rule: beging, files: a.txt}]\n")
    assert "appeal-lint.yml:1:1: ignore-findings: no rule 'beging'" in run("a.txt").stderr


def test_the_letter_to_be_sent(run: Run, tmp_path: Path) -> None:
    strong = (EXAMPLES / "strong.txt").read_text(encoding="utf-8")
    (tmp_path / "good.txt").write_text(strong, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(
        "# appeal-lint: ignore[EMO001]\n" + strong + "\nTODO: add the invoice.\n", encoding="utf-8"
    )
    assert run("good.txt", "--final").returncode == 0
    result = run("draft.txt", "--final", "-f", "concise")
    assert result.returncode == 1
    assert "error SUP007" in result.stdout
    assert "error FMT060" in result.stdout
    assert "SUP007" not in run("draft.txt", "-f", "concise").stdout


def test_switches(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(f"# appeal-lint: ignore[EMO001]\n{BEG}\n")
    assert "EMO001" not in run("draft.txt", "-f", "concise").stdout
    assert "EMO001" in run("draft.txt", "-f", "concise", "--no-inline").stdout
    (tmp_path / "old.txt").write_text("# appeal-lint: ignore[EMO001]\nWe begin on 4 May.\n")
    assert "warning SUP001" in run("old.txt", "-f", "concise").stdout
    assert "error SUP001" in run("old.txt", "-f", "concise", "--report-unused-ignores").stdout
