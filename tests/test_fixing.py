"""What must hold for any text, any findings and any fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appeal_lint.batch import Batch, Draft
from appeal_lint.config import Config
from appeal_lint.fixing import apply_edits, edits_for, fixing
from appeal_lint.fixing.casing import keep_case
from appeal_lint.fixing.rewrite import rewritten
from appeal_lint.model import Category, Finding, Report, Severity, Span, Suggestion
from appeal_lint.positions import Source
from appeal_lint.rules import load_bundle

TEXTS = st.text(st.sampled_from("ab AB.,\n，。é😀"), max_size=40)


def finding(
    text: str, start: int, end: int, *better: str, rule: str = "ENG900", safe: bool = True
) -> Finding:
    source = Source(text)
    return Finding(
        rule=rule,
        name="test",
        category=Category.ENGLISH,
        severity=Severity.WARNING,
        span=Span(start, end),
        start=source.position(start),
        end=source.position(end),
        message="",
        why="",
        advice="",
        excerpt=text[start:end],
        suggestions=tuple(Suggestion(each, safe) for each in better),
    )


@st.composite
def texts_with_findings(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(TEXTS)
    found = []
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        better = draw(st.lists(st.sampled_from(["", "x", "Yy zz", "，"]), max_size=2))
        found.append(finding(text, start, end, *better, safe=draw(st.booleans())))
    return text, found


@given(texts_with_findings())
def test_edits_are_certain_ordered_and_apart(case: tuple[str, list[Finding]]) -> None:
    text, found = case
    edits, declined = edits_for(text, found)
    for edit in edits:
        assert len(edit.finding.suggestions) == 1
        assert edit.finding.suggestions[0].safe
    for one, other in pairwise(edits):
        assert one.span.end <= other.span.start
        assert one.span.start < other.span.start
    named = {id(edit.finding) for edit in edits} | {id(each.finding) for each in declined}
    for each in found:
        same = text[each.span.start : each.span.end]
        if each.suggestions and [s.text for s in each.suggestions] != [same]:
            assert id(each) in named or not each.suggestions[0].text


@given(texts_with_findings())
def test_what_lies_between_the_edits_stays(case: tuple[str, list[Finding]]) -> None:
    text, found = case
    edits, _ = edits_for(text, found, unsafe=True)
    fixed = apply_edits(text, edits)
    at = read = 0
    for edit in edits:
        untouched = text[read : edit.span.start]
        assert fixed[at : at + len(untouched)] == untouched
        at += len(untouched) + len(edit.text)
        read = edit.span.end
    assert fixed[at:] == text[read:]


def test_the_earlier_longer_and_more_severe_finding_wins() -> None:
    text = "one two three"
    early, long, short = (
        finding(text, 0, 7, "x"), finding(text, 4, 13, "y"), finding(text, 4, 7, "z"),
    )  # fmt: skip
    edits, declined = edits_for(text, [short, long, early])
    assert [edit.finding for edit in edits] == [early]
    assert [each.reason for each in declined] == ["overlap", "overlap"]
    edits, _ = edits_for(text, [short, long])
    assert [edit.finding for edit in edits] == [long]


@pytest.mark.parametrize(
    ("text", "word", "fixed"),
    [
        ("We very, very agree.", " very,", "We very agree."),
        ("Well we agree.", "Well", "We agree."),
        ("We agree indeed.", "indeed", "We agree."),
        ("We just agree.", "just", "We agree."),
    ],
)
def test_a_deletion_leaves_no_gap_and_keeps_the_capital(text: str, word: str, fixed: str) -> None:
    start = text.index(word)
    edits, _ = edits_for(text, [finding(text, start, start + len(word), "")])
    assert apply_edits(text, edits) == fixed


@pytest.mark.parametrize(
    ("replaced", "replacement", "first", "result"),
    [
        ("Actually", "at present", True, "At present"),
        ("Plan of Actions", "plan of action", False, "Plan of Action"),
        ("ASAP", "as soon as possible", False, "as soon as possible"),
        ("ASAP", "as soon as possible", True, "As soon as possible"),
        ("Amazon team", "the Amazon team", False, "the Amazon team"),
        ("INFORMATIONS", "information", False, "INFORMATION"),
        ("I am agree", "I agree", False, "I agree"),
        ("we", "I", True, "I"),
    ],
)
def test_replacements_keep_the_capital(
    replaced: str, replacement: str, first: bool, result: str
) -> None:
    assert keep_case(replacement, replaced, first=first) == result


def drive(
    lint: Callable[[str], list[Finding]], text: str
) -> tuple[str, tuple[str, ...], list[str]]:
    task = fixing(Report("a.txt", text, tuple(lint(text))))
    answer: Report | None = None
    while True:
        try:
            asked = task.send(answer)  # type: ignore[arg-type]
        except StopIteration as end:
            done = end.value
            return done.text, done.restless, [each.reason for each in done.declined]
        answer = Report("a.txt", asked, tuple(lint(asked)))


def everywhere(text: str, word: str, better: str, rule: str) -> list[Finding]:
    return [
        finding(text, at, at + len(word), better, rule=rule)
        for at in range(len(text))
        if text.startswith(word, at)
    ]


def test_a_fix_that_brings_in_a_finding_is_taken_back() -> None:
    def lint(text: str) -> list[Finding]:
        bad = [
            finding(text, at, at + 1, rule="ENG902") for at in range(len(text)) if text[at] == "b"
        ]
        return everywhere(text, "a", "b", "ENG900") + everywhere(text, "c", "d", "ENG901") + bad

    assert drive(lint, "a c") == ("a d", (), ["adds"])


def test_fixes_that_undo_each_other_leave_the_letter_alone() -> None:
    def lint(text: str) -> list[Finding]:
        return everywhere(text, "a", "b", "ENG900") + everywhere(text, "b", "a", "ENG900")

    text, restless, _ = drive(lint, "a")
    assert (text, restless) == ("a", ("ENG900",))


RULES = st.dictionaries(
    st.sampled_from(["a", "b", "ab", "ba", "aa"]),
    st.sampled_from(["", "a", "b", "c", "ab", "cc"]),
    max_size=4,
)


@given(st.text("abc .", max_size=12), RULES)
def test_fixing_twice_changes_nothing_and_adds_nothing(text: str, rules: dict[str, str]) -> None:
    def lint(content: str) -> list[Finding]:
        found = [
            each
            for number, (word, better) in enumerate(sorted(rules.items()))
            for each in everywhere(content, word, better, f"ENG90{number}")
        ]
        return sorted(found, key=lambda each: each.span)

    def counts(content: str) -> Counter[str]:
        return Counter(each.rule for each in lint(content))

    once, restless, _ = drive(lint, text)
    assert not counts(once) - counts(text)
    twice, again, _ = drive(lint, once)
    assert twice == once
    assert again == restless


@given(
    st.text(st.sampled_from("ab\r\n é，😀"), min_size=1, max_size=30),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_the_bytes_around_a_fix_stay(text: str, encoding: str) -> None:
    text = "We agree" + text
    content = text.encode(encoding)
    fixed = "We do" + text[2:]
    assert rewritten(content, "a.txt", text, fixed) == fixed.encode(encoding)
    assert rewritten(content, "a.txt", text, text) == content


PIECES = st.sampled_from(
    [
        "We checked it，and", " the the box", " is  very good !!", " Please kindly note",
        "\r\n\r\n",
        "1、The reason", "\n", " buyed it on the 12 of May", " i will must to check", "。",
        " 《Note》",
        " ASAP", " USD $500", " more better", " return back", "<b>now</b>", " two weeks time",
        " amazon", "😀", " pls", "\t", " .",
    ]
)  # fmt: skip


@lru_cache(maxsize=1)
def quick() -> Batch:
    select = ("FMT", "ENG003", "ENG105", "ENG114", "ENG123", "ENG124", "ENG130", "ENG145", "ENG237")
    return Batch(Config(select=select, judgement=False), date(2026, 5, 1), load_bundle, jobs=1)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12))
def test_the_rules_own_fixes_are_stable_and_add_nothing(pieces: list[str]) -> None:
    draft = Draft("a.txt", "".join(pieces))
    batch = quick()
    (before,) = batch.lint([draft])
    (fixed,) = batch.fix([draft], [before], unsafe=False)
    assert fixed.restless == ()
    (again,) = batch.fix([draft], [fixed.report], unsafe=False)
    assert again.text == fixed.text
    assert again.made == ()
    warned = [
        Counter(f.rule for f in report.findings if f.severity >= Severity.WARNING)
        for report in (before, fixed.report)
    ]
    assert not warned[1] - warned[0]
