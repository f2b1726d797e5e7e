"""The sentence model: through the door of the package, on whole letters and on what is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import appeal_lint
from appeal_lint.document import build
from appeal_lint.judgement import load_judge
from appeal_lint.judgement.windows import LONGEST, lines_of, windows
from tests.conftest import EXAMPLES, ROOT, Run

STRONG = (EXAMPLES / "strong.txt").read_text(encoding="utf-8")
FAR_FROM_A_LETTER = {
    "code": (ROOT / "src" / "appeal_lint" / "terminal.py").read_text(encoding="utf-8"),
    "product page": (
        "Brass desk lamp with a warm glow\n\n- Solid brass, polished by hand\n- Dimmable in three "
        "steps\n- Two-metre cord\n\nCustomers love the warm light of this lamp. It makes any room "
        "feel like home. Order today and enjoy free shipping on two or more lamps.\n"
    ),
    "German": (
        "Sehr geehrte Damen und Herren,\n\nam 4. Mai haben wir zwei gebrauchte Lampen verschickt. "
        "Wir haben beide Käufer am 5. Mai entschädigt. Seit dem 8. Mai unterschreibt eine "
        "Mitarbeiterin für jede Lampe eine Karte. Wir bitten um Freigabe.\n\nMit Grüßen\n"
    ),
    "Chinese": "尊敬的团队：\n\n我们发错了两盏灯。\n\n我们已经退款。\n\n请恢复我们的账户。\n",
}


def judged(text: str) -> list[appeal_lint.Finding]:
    """Findings that come from the model."""
    return [f for f in appeal_lint.lint(text).findings if f.confidence is not None]


@pytest.mark.parametrize("kind", FAR_FROM_A_LETTER)
def test_it_is_silent_on_text_that_is_no_letter(kind: str) -> None:
    assert judged(FAR_FROM_A_LETTER[kind]) == []


def test_one_finding_where_rule_and_model_agree() -> None:
    text = STRONG.replace(
        "Kind regards", "We will strengthen our management and do better.\n\nKind regards"
    )
    at = text.index("We will strengthen our management")
    report = appeal_lint.lint(text)
    vague = [f for f in report.findings if f.category == "specificity" and f.span.start >= at]
    assert len([f for f in vague if f.span.start < at + 50]) == 1


def own_rule(folder: Path, id: str, category: str, **check: object) -> None:
    """Write a rule of somebody's own into a folder."""
    path = folder / category / f"{id}-review.yml"
    path.parent.mkdir()
    rule = {
        "id": id,
        "name": "review",
        "category": category,
        "severity": "warning",
        "message": "Our own word.",
        "why": "We want it so.",
        "advice": "Leave it out.",
        "zh": {"message": "词", "why": "因", "advice": "删"},
        **check,
        "examples": {
            "bad": ["We are under review.", "He is under review.", "All are under review."],
            "good": ["We are well.", "He is well.", "All are well."],
        },
    }
    path.write_text(json.dumps(rule), encoding="utf-8")


def test_words_alone_are_not_heard_where_the_model_sees_no_flaw(run: Run, tmp_path: Path) -> None:
    letter = STRONG.replace(
        "Kind regards", "We understand why our account was placed under review.\n\nKind regards"
    )
    assert "BLA016" not in run("-", stdin=letter).stdout
    assert "BLA016" in run("-", "--no-model", stdin=letter).stdout
    own_rule(tmp_path, "BLA900", "blame", check="phrases", phrases=["under review"])
    assert "BLA900" in run("-", "--rule-folder", str(tmp_path), stdin=letter).stdout


def test_a_grammar_engine_is_not_heard_where_the_model_finds_no_error(
    run: Run, tmp_path: Path
) -> None:
    sentence = "I can take a video call on any weekday after 9 a.m."
    letter = STRONG.replace("Kind regards", f"{sentence}\n\nKind regards")
    assert "ENG002" not in run("-", stdin=letter).stdout
    assert "ENG002" in run("-", "--no-model", stdin=letter).stdout
    own_rule(tmp_path, "ENG900", "english", check="grammar", engine="harper")
    own = run("-", "--rule-folder", str(tmp_path), "--select", "ENG900", stdin=letter)
    assert "ENG900" in own.stdout


def test_the_report_says_that_it_is_a_judgement(run: Run) -> None:
    sentence = "Awareness of quality has grown in the whole team."
    letter = STRONG.replace("Kind regards", f"{sentence}\n\nKind regards")
    shown = run("-", "--select", "EVD028,EVD029", "--severity", "info", stdin=letter).stdout
    assert "judgement" in shown and "% sure" in shown


def test_same_letter_same_judgement_and_longer_letters_are_read_in_windows() -> None:
    judge = load_judge()
    assert judge is not None
    document = build(STRONG * 6)
    first, again = judge.judge(document), judge.judge(document)
    assert first == again
    assert len(first.sentences) == len(document.sentences)
    for judgement in first.sentences:
        assert abs(sum(judgement.parts.values()) - 1) < 1e-6
        assert all(0 <= chance <= 1 for chance in judgement.labels.values())


@given(st.lists(st.text("ab .\n-1", min_size=1, max_size=900), max_size=12))
@settings(max_examples=40, deadline=None)
def test_every_sentence_is_judged_once(pieces: list[str]) -> None:
    judge = load_judge()
    assert judge is not None
    lines = lines_of(build("\n\n".join(pieces)))
    made = windows(lines, judge.tokenizer)
    assert [at for window in made for at in window.sentences] == list(range(len(lines)))
    for window in made:
        assert len(window.ids) <= LONGEST
        for (start, end), offsets in zip(window.spans, window.offsets):
            assert 0 < start < end <= len(window.ids)
            assert len(offsets) == end - start
