"""The case and the notice of a report in words."""

from __future__ import annotations

from collections.abc import Iterator

from appeal_lint.model import CaseResult, NoticeResult, Report
from appeal_lint.texts import counted, text

PLATFORMS = {
    "amazon": "Amazon",
    "ebay": "eBay",
    "walmart": "Walmart",
    "tiktok": "TikTok Shop",
    "etsy": "Etsy",
}


def case_pairs(report: Report, lang: str) -> Iterator[tuple[str, str]]:
    """Pairs of label and text: what the letter answers and what the notice wants."""
    yield text("case.label", lang), case_text(report.case, lang)
    notice = report.notice
    if notice is None:
        return
    if notice.source != "given":
        yield text("case.notice", lang), text(f"notice.{notice.source}", lang)
    answer = answer_text(notice, lang)
    if answer:
        yield text("case.answer", lang), answer
    asked = asked_text(notice, lang)
    if asked:
        yield text("case.asks", lang), asked
    for key, values in notice.remarks:
        yield text("case.notice", lang), text(key, lang, **dict(values))


def case_text(case: CaseResult, lang: str) -> str:
    """The case type with how it is known."""
    if case.id is None:
        return text("case.unknown", lang)
    return text(
        f"case.by.{case.source}",
        lang,
        title=case.titles.get(lang, case.title),
        platform=PLATFORMS.get(case.platform, case.platform),
        percent=round(100 * case.confidence),
    )


def answer_text(notice: NoticeResult, lang: str) -> str:
    """What kind of answer is wanted, until when."""
    if notice.answer is None:
        return ""
    wanted = text(f"answer.{notice.answer}", lang)
    if notice.dispute:
        wanted = text("answer.dispute", lang, answer=wanted)
    if notice.deadline:
        key = "deadline.day" if notice.day else "deadline.worded"
        wanted += text("list.join", lang) + text(key, lang, text=notice.deadline, day=notice.day)
    return wanted


def asked_text(notice: NoticeResult, lang: str) -> str:
    """What the letter has to name, counted."""
    counts = [(kind, len(ids)) for kind, ids in notice.ids.items() if kind != "reference"]
    counts += [("document", len(notice.documents)), ("statement", len(notice.statements))]
    return text("list.join", lang).join(
        counted(f"ids.{kind}", lang, count) for kind, count in counts if count
    )
