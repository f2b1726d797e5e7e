"""Bytes to blocks and sentences: encodings, layout, borders, positions."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from appeal_lint.document import build
from appeal_lint.errors import InputError
from appeal_lint.letter.parts import PartReader
from appeal_lint.readers import read
from appeal_lint.rules import load_bundle

READER = PartReader.of(load_bundle().parts)
LETTER = "Dear team,\r\n\r\nWe’re sorry — 31 orders were late（6.8％）。\tThe café closed.\r\n"


def kinds(text: str) -> list[tuple[str, str]]:
    document = build(text, known_heading=READER.known_heading)
    return [(block.kind.value, block.text) for block in document.blocks]


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in build(text).sentences]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_encodings_are_told_apart(encoding: str) -> None:
    text = LETTER if encoding != "gb18030" else LETTER.replace("é", "e").replace("’", "'")
    if encoding == "gb18030":
        text = text.replace("—", "-")
    assert read(text.encode(encoding), "draft.txt") == text


def test_windows_1252_is_told_from_gb18030() -> None:
    text = "We’re sorry – the “café” label was wrong. Année, größer, señor."
    assert read(text.encode("cp1252"), "draft.txt") == text


def test_a_named_encoding_wins() -> None:
    assert read("发货".encode("gb18030"), "a.txt", "gb18030") == "发货"
    with pytest.raises(InputError, match="not valid utf-8 at byte 0"):
        read("发货".encode("gb18030"), "a.txt", "utf-8")


def test_front_matter_is_not_text_and_moves_nothing() -> None:
    source = "---\ntitle: x\n---\n\nWe beg you.\n"
    text = read(source.encode(), "a.md")
    assert len(text) == len(source)
    assert text.strip() == "We beg you."


@pytest.mark.parametrize(
    "heading",
    [
        "Root cause",
        "## Root cause",
        "**Root cause**",
        "1. Root cause",
        "II. Root Cause",
        "A) Root cause",
        "一、Root cause",
        "ROOT CAUSE:",
        "Root cause\n==========",
        "Root cause\n-----------",
        "1、The root cause of this problem",
        "__What went wrong?__",
        "What we have done",
        "# 1. Corrective actions taken",
    ],
)
def test_headings(heading: str) -> None:
    text = f"Dear team,\n\n{heading}\n\nWe had no second packer in April.\n"
    found = kinds(text)
    assert [kind for kind, _ in found] == ["salutation", "heading", "paragraph"]
    assert not set(found[1][1]) & set("#*_=")


@pytest.mark.parametrize(
    "line",
    [
        "We did the following:",
        "1. We refunded the buyer.",
        "Please find the list below:",
        "On 3 May we closed the listing",
    ],
)
def test_not_headings(line: str) -> None:
    found = kinds(f"Dear team,\n\n{line}\n\nWe had no second packer in April.\n")
    assert "heading" not in [kind for kind, _ in found]


def test_a_whole_letter() -> None:
    text = """\
Subject: Appeal, store Lanhai

Dear Seller Performance Team,

our late shipment rate was 6.8 % in April, because
our packer was ill and nobody replaced her. The store
of Acme Inc. in Leeds was not involved.

Actions
- We refunded No. 5 and No. 7 on 3 May 2026.
  The list is attached.
    - order 202-1234567-7654321
- We closed ASIN: B0TESTASIN

| order | reason |
|---|---|
| 5 | late |

Attachments
1. invoice-1187.pdf

Kind regards,
Ellen Marsh
Owner

> Your account has been deactivated.
"""
    assert kinds(text) == [
        ("subject", "Subject: Appeal, store Lanhai"),
        ("salutation", "Dear Seller Performance Team,"),
        (
            "paragraph",
            "our late shipment rate was 6.8 % in April, because our packer was ill and nobody "
            "replaced her. The store of Acme Inc. in Leeds was not involved.",
        ),
        ("heading", "Actions"),
        ("list_item", "We refunded No. 5 and No. 7 on 3 May 2026. The list is attached."),
        ("list_item", "order 202-1234567-7654321"),
        ("list_item", "We closed ASIN: B0TESTASIN"),
        ("table_row", "| order | reason |"),
        ("table_row", "| 5 | late |"),
        ("heading", "Attachments"),
        ("attachment", "invoice-1187.pdf"),
        ("sign_off", "Kind regards,"),
        ("signature", "Ellen Marsh Owner"),
        ("quote", "Your account has been deactivated."),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We bought it from Acme Inc. in Leeds. It was wrong.", 2),
        ("Our supplier is Acme Inc. We pay it by card.", 2),
        ("See invoice No. 5 of 3 May. It is attached.", 2),
        ("Write to ellen.marsh@harbour.example. We answer daily.", 2),
        ("See https://harbour.example/a.b?c=d. We answer.", 2),
        ("The rate was 6.8 % (limit: 4 %). It fell to 1.2 % on 3.5.2026.", 2),
        ("Mr. J. Li checks it at 9 a.m. every day. Dr. Wu helps.", 2),
        ("We refunded the buyer,i.e. all of it. Then we left.", 2),
        ("We are sorry.We will mend it.", 2),
        ("It failed! Why? Nobody knew.", 3),
        ("The buyer wrote \"It is fake. I want a refund.\" on 3 May. We paid.", 3),
        ("We deleted the listing。We refunded the buyer。", 2),
        ("We shipped it (to Leeds. By air.) on time.", 1),
        ("order 202-1234567-7654321, ASIN B0TESTASIN, FNSKU X00ABC", 1),
    ],
)  # fmt: skip
def test_sentence_borders(text: str, count: int) -> None:
    found = sentences(text)
    assert len(found) == count, found


def test_wrapped_mail_is_joined_and_short_lines_are_not() -> None:
    wrapped = (
        "We closed the listing on the same day and refunded all of the buyers who\nhad bought it.\n"
    )
    assert sentences(wrapped) == [
        "We closed the listing on the same day and refunded all of the buyers who had bought it."
    ]
    lines = "Removed the listing\nRefunded 12 buyers\nTrained the packer\n"
    assert len(build(lines).blocks) == 3


def test_no_letter_is_too_odd() -> None:
    for text in ("", "\n", "- ", "#", "**", "> ", "1.", "|", "﻿", "Dear", "\r\r\n"):
        build(text)


TEXT = st.text(
    alphabet=st.sampled_from(
        list("abcAB 12.,!?:;\n\r\t-*_#>|()[]\"'’“”。，（）1一\u3000\u00a0\u200b😀é%`~=")
    ),
    max_size=200,
)


@given(TEXT)
@example("**a** _b_ `c` [d](e)\n")
@settings(max_examples=300, deadline=None)
def test_every_sentence_knows_where_it_stands(text: str) -> None:
    document = build(text, known_heading=READER.known_heading)
    last = 0
    for sentence in document.sentences:
        assert last <= sentence.span.start < sentence.span.end <= len(text)
        last = sentence.span.end
        assert list(sentence.clean.origin) == sorted(set(sentence.clean.origin))
        for char, at in zip(sentence.clean.text, sentence.clean.origin):
            if char.isalnum() and char.isascii() and text[at].isascii():
                assert text[at] == char
        for word in sentence.words:
            span = sentence.clean.span(word.start, word.end)
            assert document.position(span.start).line >= 1


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_positions_count_lines_as_editors_do(text: str) -> None:
    document = build(text)
    for offset in range(len(text) + 1):
        position = document.position(offset)
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        if text[offset - 1 : offset + 1] == "\r\n":
            continue
        assert position.line == before.count("\n") + 1
        assert position.column == len(before) - before.rfind("\n")
