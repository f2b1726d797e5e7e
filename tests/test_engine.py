"""What the rule engine does with a match before it becomes a finding."""

from __future__ import annotations

import pytest

import appeal_lint
from tests.conftest import EXAMPLES

LETTER = """\
Dear Seller Performance Team,

Our listing B0D83KQW1N was removed on 4 May 2026 because two buyers received a used lamp.
Returned lamps went back to the shelf without inspection, because our procedure had no step for it.
{sentence}
On 6 May we pulled all 62 lamps from the shelf and opened every box.
From 8 May the returns clerk signs a card for each lamp before it is stocked.
We ask you to reinstate the listing.

Kind regards,
Ellen Marsh
"""


def categories(sentence: str) -> set[str]:
    """Categories of what is found in the sentence when it stands in a good letter."""
    text = LETTER.format(sentence=sentence)
    report = appeal_lint.lint(text)
    start = text.index(sentence)
    return {
        finding.category.value
        for finding in report.findings
        if finding.severity >= 2 and start <= finding.span.start < start + len(sentence)
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not blame the buyer, who was right to complain.",
        'One buyer wrote "this is fake and you are thieves", and she was refunded on 5 May.',
        "It was not Amazon's fault but ours.",
        "Our supplier shipped unlabelled units and we did not inspect them.",
        "The buyers reported that the shade was scratched, which was true of both lamps.",
        "The disappointed buyers were refunded on 5 May.",
        "An IP attorney, Mr. Daniel Roth, has checked the other 212 listings.",
        "The two orders were 202-1234567-7654321 and 202-7654321-1234567.",
    ],
)
def test_a_mention_is_no_flaw(sentence: str) -> None:
    assert categories(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("We beg you to give us one more chance.", "emotion"),
        ("If you do not reinstate us, we will take legal action.", "emotion"),
        ("This is Amazon's mistake and not ours.", "blame"),
        ("A jealous competitor attacked us with false complaints.", "blame"),
        ("We have sold on Amazon for six years with 98 % positive feedback.", "relevance"),
        ("We will improve our service and pay more attention in the future.", "specificity"),
        ("We discussed about the problem with all our staffs.", "english"),
        ("The measures are listed in [insert document].", "template"),
    ],
)
def test_a_flaw_is_found(sentence: str, category: str) -> None:
    assert category in categories(sentence)


def test_a_budget_is_spent_before_a_finding_is_made() -> None:
    once = LETTER.format(sentence="We apologise for this.")
    often = LETTER.format(
        sentence="We apologise. We are sorry. We apologise again. We are so sorry. We apologise."
    )
    names = [{f.name for f in appeal_lint.lint(text).findings} for text in (once, often)]
    assert "over-apology" not in names[0]
    assert "over-apology" in names[1]


def test_one_place_gives_one_finding_of_a_kind() -> None:
    report = appeal_lint.lint((EXAMPLES / "chinglish.txt").read_text(encoding="utf-8"))
    for one in report.findings:
        for other in report.findings:
            if (
                one is not other
                and one.category is other.category
                and one.excerpt
                and other.excerpt
            ):
                same = one.span.overlaps(other.span)
                whole = "\n" in one.excerpt or one.category.value == "structure"
                assert not same or whole, (one, other)


def test_a_quoted_notice_is_not_the_sellers_words() -> None:
    text = (
        LETTER.format(sentence="")
        + "\n> We beg you. This is Amazon's mistake. Why was it closed?\n"
    )
    report = appeal_lint.lint(text)
    at = text.index("> We beg")
    assert not [finding for finding in report.findings if finding.span.start >= at]


def test_the_judgement_says_how_sure_it_is_and_can_be_switched_off() -> None:
    text = LETTER.format(sentence="All products will be checked carefully and standards raised.")
    sure = [f for f in appeal_lint.lint(text).findings if f.confidence is not None]
    assert sure and all(0 < f.confidence <= 1 for f in sure if f.confidence is not None)
    off = appeal_lint.lint(text, config={"engines": {"judgement": False}})
    assert not [f for f in off.findings if f.confidence is not None]


def test_a_missing_pipeline_is_told(tmp_path: object) -> None:
    with pytest.raises(appeal_lint.AppealLintError, match="no pipeline 'xx_none' is installed"):
        appeal_lint.lint("We sold it.", config={"engines": {"model": "xx_none"}})


def test_names_ids_and_both_dialects_are_not_misspelt() -> None:
    for sentence in (
        "Xu Meiling of Lanyuan Kitchen apologised for the colour and reorganised the catalogue.",
        "We canceled the order, relabeled 12 cartons and analyzed the color of FNSKU X00ABCDEFG.",
        "YunExpress and Yiwu Hengda scanned B0D83KQW1N at 09:30, as the pdf shows.",
    ):
        assert "english" not in categories(sentence)


@pytest.mark.parametrize(
    ("dialect", "marked"),
    [("auto", ["color"]), ("american", ["colour", "favour"]), ("british", ["color"])],
)
def test_a_dialect_is_detected_or_set(dialect: str, marked: list[str]) -> None:
    text = LETTER.format(sentence="The colour was wrong. We favour one color and its colour card.")
    report = appeal_lint.lint(text, config={"dialect": dialect})
    (finding,) = [each for each in report.findings if each.name == "mixed-dialects"]
    assert finding.severity.label == "info"
    assert finding.excerpt in marked


def test_a_set_dialect_needs_no_mix() -> None:
    text = LETTER.format(sentence="The colour was wrong.")
    for dialect, count in (("auto", 0), ("british", 0), ("american", 1)):
        report = appeal_lint.lint(text, config={"dialect": dialect})
        assert sum(each.name == "mixed-dialects" for each in report.findings) == count


def test_the_users_words_are_right_in_every_inflection() -> None:
    text = LETTER.format(sentence="The glattwirk was bent, so we tested six glattwirks again.")
    report = appeal_lint.lint(text, config={"vocabulary": ["glattwirk"]})
    assert not [each for each in report.findings if each.name == "misspelling"]
