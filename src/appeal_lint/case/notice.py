"""The notice: what the platform says, and what it wants to be told and sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from appeal_lint.case.asks import Ask, asks_in, is_notice_heading
from appeal_lint.case.deadline import Deadline, deadline_in
from appeal_lint.case.detect import NO_CHANCES, CaseReader, Ranked
from appeal_lint.case.figures import Figure, figures_in
from appeal_lint.case.ids import Item, ids_in
from appeal_lint.case.source import Plain, Remark, plain_notice
from appeal_lint.dates import dates_in
from appeal_lint.document import build
from appeal_lint.document.types import BlockKind, Document
from appeal_lint.judgement import Judge
from appeal_lint.model import NoticeResult


@dataclass(frozen=True)
class Notice:
    """A notice as it was understood; spans are offsets into `document.text`.

    `answer` says what is wanted: plan, documents, explanation, identity, video or form.
    `dispute` says that the notice offers a way to show that it is mistaken. `store` is the
    seller it speaks to, `day` the day it was sent, as far as it tells.
    """

    document: Document
    platform: str | None
    ranked: Ranked
    items: tuple[Item, ...] = ()
    asks: tuple[Ask, ...] = ()
    figures: tuple[Figure, ...] = ()
    deadline: Deadline | None = None
    answer: str | None = None
    dispute: bool = False
    store: str | None = None
    day: date | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether it told anything that a letter can be measured by."""
        return bool(self.ranked or self.items or self.asks)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The identifiers of one kind, each once, in reading order."""
        return tuple(dict.fromkeys(item.text for item in self.items if item.kind == kind))

    @property
    def documents(self) -> tuple[Ask, ...]:
        """The documents asked for."""
        return tuple(ask for ask in self.asks if ask.kind == "document")

    @property
    def statements(self) -> tuple[Ask, ...]:
        """The statements asked for."""
        return tuple(ask for ask in self.asks if ask.kind == "statement")


_DISPUTE = re.compile(
    r"\b(?:in error|by mistake|is (?:wrong|incorrect|mistaken)|has been an error|was an error|"
    r"made a mistake|not (?:in violation|violated)|did not violate|has not violated|"
    r"have not violated|"
    r"do(?:es)? not infringe|not infringing|prov(?:e|es|ing) (?:the )?authenticity|retract\w*|"
    r"withdrawal of the \w+|"
    r"if (?:your|the|these) (?:items?|products?|goods|listings?) (?:is|are) (?:genuine|authentic|"
    r"lawful|compliant)|counter.?notice|dispute (?:this|the)|you disagree|"
    r"can be sold lawfully|believe (?:that )?(?:this|the|your|you|we|it)\b.{0,60}\b(?:error|"
    r"mistake|"
    r"lawful\w*|complian\w*|compl(?:y|ies)|not|incorrect\w*|wrong\w*))\b",
    re.IGNORECASE,
)
_VIDEO = re.compile(r"\bvideo (?:call|verification|interview|meeting|appointment)\b", re.I)
_FORM = re.compile(
    r"\b(?:(?:dispute|appeal|counter.?notice|infringement|complaint|claim|questionnaire)"
    r" form|fill (?:in|out)|complete the (?:form|questionnaire)|questionnaire)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:plan of action|action plan|corrective plan|business plan|a plan|poa|your plan)\b", re.I
)
_IDENTITY = frozenset({"identity-document", "utility-bill", "business-licence", "proof-of-address"})
_ADDRESSEE = re.compile(
    r"(?:dear|hello|hi|hola|hallo|greetings)\s+(?P<name>[^,:!\n]{2,60}?)\s*[,:!]?\s*$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:from|seller|sir|madam|merchant|partner|customer|user|there|team|all|vendor|member)\b|@",
    re.I,
)
_SHORT = 12
_LEAST_READ = 25
"""Words from which on the model reads a notice."""


def read_notice(
    text: str, reader: CaseReader, platform: str | None = None, judge: Judge | None = None
) -> Notice:
    """What a pasted notice says; never fails: what is not understood is in the remarks.

    `platform` is a setting that is taken as it is; `judge` is the model, where it may be asked.
    """
    plain = plain_notice(text)
    document = _document(plain)
    where = platform or reader.platform(document.sentences)
    read = judge.notice(document) if judge and document.word_count >= _LEAST_READ else None
    chances = read.cases if read else NO_CHANCES
    ranked = reader.of_notice(document.sentences, where or "amazon", chances)
    asks = tuple(asks_in(document, reader.handbook, read.asked if read else None))
    sent = plain.day or _sent(document)
    notice = Notice(
        document=document,
        platform=where,
        ranked=ranked,
        items=tuple(ids_in(document, where or "amazon")),
        asks=asks,
        figures=tuple(figures_in(document, reader.handbook, where or "amazon")),
        deadline=deadline_in(document, sent),
        answer=_answer(document.text, asks),
        dispute=bool(_DISPUTE.search(document.text)),
        store=_store(document),
        day=sent,
    )
    return Notice(**{**notice.__dict__, "remarks": _remarks(plain, notice)})


def notice_document(text: str) -> Document:
    """The blocks and sentences of a pasted notice, without what is not the notice."""
    return _document(plain_notice(text))


def _document(plain: Plain) -> Document:
    return build(plain.text, known_heading=is_notice_heading)


def _answer(text: str, asks: tuple[Ask, ...]) -> str | None:
    """What kind of answer is wanted; None when the notice asks for nothing."""
    topics = {ask.topic for ask in asks}
    statements = {ask.topic for ask in asks if ask.kind == "statement"}
    if _PLAN.search(text) or {"cause", "prevention"} <= statements or "prevention" in statements:
        return "plan"
    if _VIDEO.search(text):
        return "video"
    if topics & _IDENTITY:
        return "identity"
    if "cause" in statements or "other" in statements:
        return "explanation"
    if any(ask.kind == "document" for ask in asks):
        return "documents"
    if _FORM.search(text):
        return "form"
    return "explanation" if statements else None


def _sent(document: Document) -> date | None:
    """A date that stands on a line of its own, as the heads and feet of notices have it."""
    for block in document.blocks:
        if block.kind is BlockKind.LIST_ITEM:
            continue
        for line in block.text.split("\n"):
            for (start, end), day in dates_in(line):
                alone = len(line[:start].split()) <= 2 and not line[end:].strip(" .,")
                if day and alone and not re.search(r"\b(?:by|before|until)\b", line, re.I):
                    return day
    return None


def _store(document: Document) -> str | None:
    for block in document.blocks[:4]:
        for line in block.text.split("\n"):
            match = _ADDRESSEE.match(line.strip())
            if match and not _NOBODY.search(match["name"]):
                return match["name"].strip()
    return None


def _remarks(plain: Plain, notice: Notice) -> tuple[Remark, ...]:
    remarks = list(plain.remarks)
    words = notice.document.word_count
    if any(remark.key == "notice.empty" for remark in remarks):
        return tuple(remarks)
    if not notice.understood or (words < _SHORT and not notice.ranked):
        remarks.append(Remark("notice.unclear"))
    elif not notice.ranked:
        remarks.append(Remark("notice.no-case"))
    return tuple(remarks)


def notice_result(notice: Notice | None, source: str) -> NoticeResult | None:
    """The notice's entry in a report."""
    if notice is None:
        return None
    limit = notice.deadline
    kinds = ("asin", "order", "listing", "shipment", "reference")
    return NoticeResult(
        source=source,
        answer=notice.answer,
        dispute=notice.dispute,
        ids={kind: notice.ids(kind) for kind in kinds if notice.ids(kind)},
        documents=tuple(dict.fromkeys(ask.text for ask in notice.documents)),
        statements=tuple(dict.fromkeys(ask.text for ask in notice.statements)),
        deadline=limit.text if limit else None,
        day=limit.day.isoformat() if limit and limit.day else None,
        remarks=tuple((remark.key, remark.values) for remark in notice.remarks),
    )
