"""Notices are read: whatever is pasted, what is said of it is true."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appeal_lint.case import Handbook, Notice, read_notice
from appeal_lint.case.detect import CaseReader
from appeal_lint.rules import load_bundle
from tests.conftest import EXAMPLES, Run

READER = CaseReader(Handbook.of(load_bundle()))

USED = """Hello Lampenhaus,

We removed your listings because buyers reported that items sold as new arrived used.

ASIN: B0D83KQW1N
ASIN: B0D83M2YTC
Sample orders: 113-5520871-9938604, 112-7749035-1180227

To reinstate the listings, please send a plan of action that explains:
- the root cause of the complaints
- the actions you have taken
- the steps you have taken to prevent complaints
- invoices from your supplier dated within the last 365 days

Please reply within 17 days of 1 May 2026.

Seller Performance Team
Amazon.com
"""


def read(text: str) -> Notice:
    return read_notice(text, READER)


def keys(notice: Notice) -> list[str]:
    return [remark.key for remark in notice.remarks]


def test_everything_of_a_plain_notice() -> None:
    notice = read(USED)
    assert notice.platform == "amazon"
    assert notice.ranked[0][0] == "used-sold-as-new"
    assert notice.ids("asin") == ("B0D83KQW1N", "B0D83M2YTC")
    assert notice.ids("order") == ("113-5520871-9938604", "112-7749035-1180227")
    assert [ask.topic for ask in notice.statements] == ["cause", "actions", "prevention"]
    (invoices,) = notice.documents
    assert (invoices.topic, invoices.days) == ("invoice", 365)
    assert notice.deadline is not None
    assert str(notice.deadline.day) == "2026-05-18"
    assert (notice.answer, notice.dispute, notice.store) == ("plan", False, "Lampenhaus")
    assert not notice.remarks


def test_spans_point_at_what_they_name() -> None:
    notice = read(USED)
    text = notice.document.text
    for item in notice.items:
        assert text[item.span.start : item.span.end] == item.text
    for ask in notice.asks:
        assert " ".join(text[ask.span.start : ask.span.end].split()) == ask.text


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("ASINs: B0C7KQ2M4T, 0306406152", "asin", ("B0C7KQ2M4T", "0306406152")),
        ("eBay item number: 394417726508", "listing", ("394417726508",)),
        ("eBay order 14-09876-54321 was late.", "order", ("14-09876-54321",)),
        ("Walmart purchase order 200011846203917", "order", ("200011846203917",)),
        ("Complaint ID: 15903327741", "reference", ("15903327741",)),
        ("US design patent D1,018,447", "reference", ("D1,018,447",)),
        ("Call us: +1 206 555 0143 0012", "order", ()),
        ("Your balance is $4,318,600.00 today", "order", ()),
    ],
)
def test_identifiers(words: str, kind: str, found: tuple[str, ...]) -> None:
    assert read(f"Hello,\n\nWe removed your listing.\n\n{words}\n\nThank you").ids(kind) == found


def test_a_metric_with_value_bound_and_period() -> None:
    notice = read(
        "Hello,\n\nYour late shipment rate for the 30 days ending 8 September 2026 is 10.9% "
        "(53 of 486 orders). We require Amazon sellers to keep this rate under 4%.\n"
    )
    (figure,) = [figure for figure in notice.figures if figure.values]
    assert figure.metric.name.en == "late shipment rate"
    assert (figure.values, figure.bounds) == ((10.9,), (4.0,))
    assert figure.period is not None
    assert "30 days" in figure.period


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("Please send us an invoice or a letter of authorization.",
         ["invoice", "letter-of-authorisation"]),
        ("All sellers must upload a VAT invoice for each order.", []),
        ("The invoice you submitted on 3 May could not be verified.", []),
        ("Do not send order confirmations.", []),
    ],
)  # fmt: skip
def test_only_what_is_asked_for(words: str, topics: list[str]) -> None:
    notice = read(f"Hello,\n\nYour Amazon listing was removed.\n\n{words}\n")
    assert [ask.topic for ask in notice.documents] == topics


def test_entries_that_begin_with_a_short_word_are_documents() -> None:
    notice = read("Please send us the following:\n- Tax return\n- A VAT certificate\n- OK\n- A.")
    assert [ask.text for ask in notice.documents] == ["Tax return", "VAT certificate"]


def test_words_may_stand_for_a_document() -> None:
    words = "Please send us a letter of authorization, a retraction, or an explanation of the sale."
    notice = read(f"Hello,\n\nYour Amazon listing was removed.\n\n{words}\n")
    assert notice.documents[-1].optional


def test_the_model_finds_documents_in_wordings_that_no_pattern_knows(run: Run) -> None:
    notice = (
        "Hello,\n\nASIN B0D83KQW1N was removed because buyers say it is not as described.\n\n"
        "Kindly let our team look at the lease of your workshop and a stamped copy of the delivery "
        "docket. Please use the messages page.\n\nSeller Performance\n"
    )
    shown = run("brief", "-", "-f", "json", stdin=notice).stdout
    asked = json.loads(shown)["notice"]["documents"]
    assert any("delivery docket" in each for each in asked), asked
    assert not any("messages" in each for each in asked), asked


def test_alternatives_share_a_group() -> None:
    one, two = read("Hello,\n\nPlease send an invoice or a letter of authorization.\n").documents
    assert one.group is not None
    assert one.group == two.group


# -- what people paste --------------------------------------------------------------------------


def test_html_mail() -> None:
    notice = read(
        "<html><head><style>p{color:red}</style></head><body><p>Hello Lampenhaus,</p><p>Your "
        "listing was removed because buyers reported that items sold as <b>new</b> arrived used."
        "</p><table><tr><td>ASIN:</td><td>B0D83KQW1N</td></tr></table><p>Please send a plan of "
        "action that explains:</p><ul><li>the root cause</li><li>the actions you have taken</li>"
        "</ul><p>Please reply within 17&nbsp;days.</p></body></html>"
    )
    assert keys(notice) == ["notice.html"]
    assert notice.ids("asin") == ("B0D83KQW1N",)
    assert [ask.topic for ask in notice.asks] == ["cause", "actions"]
    assert "color" not in notice.document.text


def test_the_newest_message_of_a_thread() -> None:
    notice = read(
        "From: Amazon <notice@amazon.example>\nDate: 3 March 2026\nSubject: Shipping\n\n"
        "Your late shipment rate is 6.2 %. Please send a plan of action with the root cause.\n\n"
        "From: Amazon <notice@amazon.example>\nDate: 12 May 2026\nSubject: Listing removed\n\n"
        "Your listing B0D83KQW1N was removed because items sold as new arrived used. Please send "
        "a plan of action with the root cause, actions and prevention within 17 days.\n"
    )
    assert keys(notice) == ["notice.thread"]
    assert dict(notice.remarks[0].values) == {"count": "2", "day": "2026-05-12"}
    assert notice.ranked[0][0] == "used-sold-as-new"
    assert notice.deadline is not None
    assert str(notice.deadline.day) == "2026-05-29"


def test_scanned_text() -> None:
    notice = read(
        "Hello,\n\nY0ur listing was rem0ved because buyers rep0rted that items s0ld as new ar-\n"
        "rived used.\n\nASIN: B0D83KQW1N\n\nPlease send a p1an of action that exp1ains the r00t "
        "cause.\n\nAmaz0n"
    )
    assert keys(notice) == ["notice.scan"]
    assert notice.ranked[0][0] == "used-sold-as-new"
    assert [ask.topic for ask in notice.asks] == ["cause"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["notice.empty"]),
        (" \n\n", ["notice.empty"]),
        ("Ihr Verkäuferkonto wurde deaktiviert, weil die Rate über dem Zielwert liegt. Bitte "
         "senden Sie uns einen Plan. ASIN: B0D83KQW1N", ["notice.language", "notice.no-case"]),
        ("您好，您的亚马逊卖家账户已被停用，请提供行动计划，说明根本原因和预防措施。ASIN：B0D83KQW1N",
         ["notice.language", "notice.no-case"]),
        ("Thank you for your purchase! Your parcel will arrive on Tuesday.", ["notice.unclear"]),
    ],
)  # fmt: skip
def test_what_is_no_notice_is_said_to_be_none(text: str, expected: list[str]) -> None:
    assert keys(read(text)) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_nothing_breaks_the_reader(text: str) -> None:
    notice = read(text)
    assert notice.understood or notice.remarks


# -- through the command line -------------------------------------------------------------------


def test_the_notice_beside_the_letter_is_found(run: Run) -> None:
    report = json.loads(run(EXAMPLES / "strong.txt", "-f", "json").stdout)["files"][0]
    assert report["notice"]["source"] == "beside"
    assert report["case"]["source"] == "notice"
    assert report["case"]["id"] == "late-shipment"


def test_a_quoted_notice_is_read(run: Run) -> None:
    letter = (
        "Dear Seller Performance Team,\n\nRoot cause: nobody opened the returned boxes "
        "before the lamps went back to the shelf, so that buyers received used lamps.\n\n"
        "On 12 May we removed the listing and refunded the buyers.\n\nKind regards,\nEllen "
        "Marsh\n\n" + "".join(f"> {line}\n" for line in USED.splitlines())
    )
    report = json.loads(run("-", "-f", "json", stdin=letter).stdout)["files"][0]
    assert report["notice"]["source"] == "quoted"
    assert report["case"]["id"] == "used-sold-as-new"
    assert "EVD040" in {finding["rule"] for finding in report["findings"]}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_brief(run: Run, lang: str) -> None:
    result = run("brief", EXAMPLES / "strong.notice.txt", "--lang", lang)
    assert result.returncode == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    data = json.loads(run("brief", "-", "-f", "json", stdin=USED).stdout)
    assert data["case"]["id"] == "used-sold-as-new"
    assert data["track"] == "plan"
    assert data["notice"]["ids"]["asin"] == ["B0D83KQW1N", "B0D83M2YTC"]
    assert {"wants", "questions", "mistakes", "documents"} <= set(data["sections"])
    page = run("brief", "-", "-f", "md", stdin=USED).stdout
    assert page.startswith("# ")


def test_brief_of_nothing_says_so(run: Run) -> None:
    result = run("brief", "-", stdin="")
    assert result.returncode == 0
    assert "empty" in result.stdout


def test_the_checklist_tells_answered_and_missing(run: Run) -> None:
    letter = (
        "Dear Seller Performance Team,\n\nBuyers of B0D83KQW1N received used lamps, because "
        "nobody opened the returned boxes before they went back to the shelf.\n\nOn 12 May 2026 "
        "we removed the listing and refunded 3 buyers.\n\nKind regards,\nEllen Marsh\n"
    )
    run_in = run("-", "--checklist", "-f", "json", stdin=letter)
    assert "points" not in json.loads(run("-", "-f", "json", stdin=letter).stdout)["files"][0]
    assert json.loads(run_in.stdout)["files"][0]["points"]


def test_checklist_of_a_notice(run: Run, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "n.txt").write_text(USED, encoding="utf-8")
    letter = (
        "Dear Seller Performance Team,\n\nBuyers of B0D83KQW1N received used lamps, because "
        "nobody opened the returned boxes before they went back to the shelf.\n\nOn 12 May 2026 "
        "we removed the listing and refunded 3 buyers.\n\nKind regards,\nEllen Marsh\n"
    )
    out = run("-", "--notice", "n.txt", "--checklist", "-f", "json", stdin=letter).stdout
    points = {
        (point["kind"], point["text"]): point["state"]
        for point in json.loads(out)["files"][0]["points"]
    }
    assert points["asin", "B0D83KQW1N"] == "answered"
    assert points["asin", "B0D83M2YTC"] == "missing"
    assert points["document", "supplier invoice"] == "missing"
    assert points["statement", "the steps you have taken to prevent complaints"] == "missing"


def test_cases_and_their_pages(run: Run) -> None:
    listed = json.loads(run("cases", "-f", "json").stdout)
    assert len(listed) >= 37
    assert {platform for case in listed for platform in case["platforms"]} == {
        "amazon", "ebay", "walmart", "tiktok", "etsy",
    }  # fmt: skip
    page = run("explain", "late-shipment")
    assert page.returncode == 0
    assert "at most 4 %" in page.stdout
    assert "checked 2026" in page.stdout
    wrong = run("explain", "late-shipmnt")
    assert wrong.returncode == 2
    assert "late-shipment" in wrong.stderr


def test_old_facts_are_told(run: Run) -> None:
    fresh = run("cases", "--stale", "--today", "2026-11-26")
    assert fresh.returncode == 0
    old = run("cases", "--stale", "--today", "2029-01-01")
    assert old.returncode == 1
    assert "late-shipment: late shipment rate" in old.stdout


# -- relevance in context -----------------------------------------------------------------------

STORY = """Dear Seller Performance Team,

Root cause
{cause}
{sentence}

Actions taken
On 12 May 2026 we removed the offer and refunded the buyers.

Kind regards,
Ellen Marsh
"""
HISTORY = "We have sold on Amazon for nine years, with 31,000 orders and 98 % positive feedback."
VOLUME = "Of 1,310 orders in the period, 1,287 parcels were shipped on time and 23 were late."


@pytest.mark.parametrize(
    ("case", "cause", "sentence", "beside"),
    [
        ("counterfeit-complaint", "The lot came from a seller whom nobody had checked.",
         HISTORY, True),
        ("counterfeit-complaint", "The lot came from a seller whom nobody had checked.",
         VOLUME, True),
        ("late-shipment", "One packer did all orders, and nobody could take over.", VOLUME, False),
    ],
)  # fmt: skip
def test_the_same_sentence_counts_or_is_noise(
    run: Run, case: str, cause: str, sentence: str, beside: bool
) -> None:
    letter = STORY.format(cause=cause, sentence=sentence)
    out = run("-", "--case", case, "--select", "REL", "-f", "json", stdin=letter).stdout
    lines = {finding["line"] for finding in json.loads(out)["files"][0]["findings"]}
    assert (5 in lines) is beside
