"""What to know before writing: the notice and the playbook of its case, put in order.

Nothing here is a sentence for the letter; letters made of given sentences are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from appeal_lint.case import Handbook, Notice, Playbook
from appeal_lint.case.handbook import DocumentNeed, MetricRule
from appeal_lint.case.notice import notice_result
from appeal_lint.casetext import answer_text, case_text
from appeal_lint.model import CaseResult
from appeal_lint.texts import text


@dataclass(frozen=True)
class Section:
    """A heading with its entries; an entry may have lines below it."""

    key: str
    title: str
    entries: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Brief:
    """A briefing: what is known of the case, and sections in the order of reading."""

    case: CaseResult
    track: str | None
    sections: tuple[Section, ...]
    notice: Mapping[str, Any] = field(default_factory=dict)


def brief(notice: Notice, case: CaseResult, handbook: Handbook, lang: str) -> Brief:
    """The briefing for a notice, in the language `lang` of the interface."""
    playbook = handbook.cases.get(case.id or "")
    track = track_to_take(notice, playbook)
    sections = _sections(notice, case, playbook, track, handbook, lang)
    asked = {
        "platform": case.platform,
        "answer": notice.answer,
        "dispute": notice.dispute,
        "store": notice.store,
        "deadline": notice.deadline.text if notice.deadline else None,
        "day": notice.deadline.day.isoformat() if notice.deadline and notice.deadline.day else None,
        "ids": {
            kind: list(notice.ids(kind))
            for kind in ("asin", "order", "listing", "shipment", "reference")
        },
        "documents": [ask.text for ask in notice.documents],
        "statements": [ask.text for ask in notice.statements],
        "figures": [
            {
                "metric": figure.metric.name.en,
                "values": list(figure.values),
                "bounds": list(figure.bounds),
                "period": figure.period,
            }
            for figure in notice.figures
            if figure.values or figure.bounds
        ],
    }
    return Brief(case, track, tuple(sections), asked)


def track_to_take(notice: Notice | None, playbook: Playbook | None) -> str | None:
    """plan, dispute, or both where the seller must choose; None when nothing tells."""
    if notice is not None and notice.answer == "plan" and not notice.dispute:
        return "plan"
    tracks = playbook.tracks if playbook else ()
    if len(tracks) == 1 and not (notice and notice.dispute):
        return tracks[0]
    return "both" if tracks or (notice and notice.dispute) else None


Entries = list[tuple[str, tuple[str, ...]]]


def _sections(
    notice: Notice,
    case: CaseResult,
    playbook: Playbook | None,
    track: str | None,
    handbook: Handbook,
    lang: str,
) -> Iterator[Section]:
    def section(key: str, entries: Entries) -> Iterator[Section]:
        if entries:
            yield Section(key, text(f"brief.{key}", lang), tuple(entries))

    yield from section("block", _block(notice, case, lang))
    if track:
        yield from section("track", [(text(f"brief.track.{track}", lang), ())])
    yield from section("asks", _asks(notice, handbook, lang))
    yield from section("figures", _stated(notice, lang))
    if playbook is not None:
        yield from playbook_sections(playbook, lang, case.platform)


def playbook_sections(
    playbook: Playbook, lang: str, platform: str | None = None
) -> Iterator[Section]:
    """What is known of a case type; of one platform, or of all."""
    metrics = playbook.metrics_on(platform) if platform else playbook.metrics
    needs = playbook.documents_on(platform) if platform else playbook.documents
    entries: dict[str, Entries] = {
        "bounds": [metric_entry(metric, lang) for metric in metrics],
        "wants": [(line.get(lang), ()) for line in playbook.wants],
        "questions": [(question.text.get(lang), ()) for question in playbook.questions],
        "documents": [document_entry(need, lang) for need in needs],
        "causes": [(line.get(lang), ()) for line in playbook.root_causes],
        "mistakes": [(line.get(lang), ()) for line in playbook.mistakes],
        "never": [(entry.why.get(lang), ()) for entry in playbook.never_say],
    }
    for key, found in entries.items():
        if found:
            yield Section(key, text(f"brief.{key}", lang), tuple(found))


def _block(notice: Notice, case: CaseResult, lang: str) -> Entries:
    entries: Entries = [(case_text(case, lang), ())]
    result = notice_result(notice, "given")
    if result and result.answer:
        entries.append((text("brief.answer", lang, answer=answer_text(result, lang)), ()))
    if notice.store:
        entries.append((text("brief.store", lang, store=notice.store), ()))
    entries += [(text(remark.key, lang, **dict(remark.values)), ()) for remark in notice.remarks]
    return entries


def _asks(notice: Notice, handbook: Handbook, lang: str) -> Entries:
    entries: Entries = []
    for ask in notice.asks:
        topic = ""
        if ask.kind == "document":
            topic = handbook.kinds[ask.topic].title.get(lang)
        elif ask.topic != "other":
            topic = text(f"brief.part.{ask.topic}", lang)
        shown = f"{topic}: " if topic else ""
        more = [text("brief.age", lang, days=ask.days)] if ask.days else []
        more += [text("brief.any", lang)] if ask.group is not None else []
        more += [text("brief.optional", lang)] if ask.optional else []
        entries.append((f'{shown}"{ask.text}"', tuple(more)))
    for kind in ("asin", "order", "listing", "shipment", "reference"):
        ids = notice.ids(kind)
        if ids:
            entries.append((text(f"brief.ids.{kind}", lang, ids=", ".join(ids)), ()))
    return entries


def _stated(notice: Notice, lang: str) -> Entries:
    entries: Entries = []
    stated = {
        figure.metric.name.en: figure for figure in notice.figures if figure.values or figure.bounds
    }
    for figure in stated.values():
        values = ", ".join(f"{value:g} %" for value in figure.values) or "?"
        entries.append(
            (text("brief.stated", lang, metric=figure.metric.name.get(lang), values=values), ())
        )
    return entries


def metric_entry(metric: MetricRule, lang: str) -> tuple[str, tuple[str, ...]]:
    """A metric with its bound, and where the bound is from."""
    key = "brief.most" if metric.maximum is not None else "brief.least"
    line = text(
        key,
        lang,
        metric=metric.name.get(lang),
        bound=f"{metric.bound:g} %" if metric.bound is not None else "?",
        window=metric.window,
    )
    return line, (text("brief.source", lang, source=metric.source, checked=metric.checked),)


def document_entry(need: DocumentNeed, lang: str) -> tuple[str, tuple[str, ...]]:
    """A document with how much it is needed, and where that is from."""
    line = f"{need.name.get(lang)} ({text(f'brief.need.{need.need}', lang)})"
    more = [text("brief.age", lang, days=need.max_age_days)] if need.max_age_days else []
    more.append(text("brief.source", lang, source=need.source, checked=need.checked))
    return line, tuple(more)
