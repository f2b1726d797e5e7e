"""How a letter answers its notice and its type of case, point by point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from appeal_lint.case import Notice, Playbook
from appeal_lint.case.asks import Ask, documents_named
from appeal_lint.case.figures import Figure, figures_in
from appeal_lint.case.handbook import DocumentNeed, Phrases, Question
from appeal_lint.document.types import NOT_THE_SELLERS_WORDS, BlockKind, CleanText, Sentence
from appeal_lint.letter.letter import Letter
from appeal_lint.model import Span
from appeal_lint.phrases import PhraseIndex


class State(IntEnum):
    """How well a point is answered."""

    MISSING = 0
    WEAK = 1
    ANSWERED = 2


@dataclass(frozen=True)
class Point:
    """Something that a letter should answer.

    `kind` is asin, order, listing, shipment, document, statement, metric or question; `key` is
    the id, the document kind, or the topic of a statement. `span` is where the letter answers.
    """

    kind: str
    key: str
    text: str
    state: State
    span: Span | None = None
    optional: bool = False


_ATTACHED = re.compile(
    r"\b(?:attach\w*|enclos\w*|annex\w*|appendix|exhibit|upload\w*|submitted (?:with|together)|"
    r"(?:sent|provided|included) (?:with|together|here)|herewith|"
    r"\w+\.(?:pdf|jpe?g|png|xlsx?|docx?))",
    re.IGNORECASE,
)
_WHOLE_LIST = re.compile(
    r"\b(?:all|both|each|every|the|these|those) (?:of the )?(?:\w+ )?(?:asins?|listings?|items?|"
    r"products?|orders?|offers?)\b.{0,40}\b(?:notice|message|above|below|listed|attached|named|"
    r"concerned|affected|table|list)\b"
    r"|\b(?:attached|enclosed) (?:list|table|spreadsheet|file)\b",
    re.IGNORECASE,
)
_STATE_OF = {"cause": "problem", "actions": "actions", "prevention": "prevention"}
_STOP = frozenset(
    """
    about above account actions after amazon and any are been being but can could did does
    done ebay etsy each for from had has have how including information into its listing
    more not notice other our own please product products provide seller sell selling such
    taken tell than that the their them there these they this those tiktok under walmart
    was were what when where whether which who why will with would you your steps measures
    details how explanation description explain describe came come some made make between
    used using anything
    """.split()  # noqa: SIM905
)
_ENOUGH = 0.5


def stems(text: str) -> frozenset[str]:
    """The content words of a text, cut to their first five letters."""
    words = re.findall(r"[a-z]{3,}", text.lower())
    return frozenset(word[:5] for word in words if word not in _STOP)


def points(letter: Letter, lang: str = "en") -> Iterator[Point]:
    """Every point of the notice, then those of the case type; names of things are in `lang`."""
    if letter.notice is not None:
        yield from notice_points(letter, letter.notice, lang)
    if letter.playbook is not None:
        yield from playbook_points(letter, letter.playbook, lang)


def notice_points(letter: Letter, notice: Notice, lang: str) -> Iterator[Point]:
    """What the notice names and asks for."""
    for kind in ("asin", "order", "listing", "shipment"):
        for text in notice.ids(kind):
            yield _id_point(letter, kind, text)
    yield from _document_points(letter, notice, lang)
    for ask in notice.statements:
        yield _statement_point(letter, ask)


def _id_point(letter: Letter, kind: str, text: str) -> Point:
    source = letter.document.text.upper()
    for block in letter.document.blocks:
        at = source.find(text.upper(), block.span.start, block.span.end)
        if at >= 0 and block.kind not in NOT_THE_SELLERS_WORDS:
            return Point(kind, text, text, State.ANSWERED, Span(at, at + len(text)))
    for sentence in letter.sentences:
        whole = _WHOLE_LIST.search(sentence.text)
        if whole:
            return Point(kind, text, text, State.WEAK, sentence.clean.span(*whole.span()))
    return Point(kind, text, text, State.MISSING)


# -- documents ----------------------------------------------------------------------------------


def _document_points(letter: Letter, notice: Notice, lang: str) -> Iterator[Point]:
    named = documents_named(letter.sentences, letter.handbook)
    seen: set[str] = set()
    groups: dict[int, list[Point]] = {}
    for ask in notice.documents:
        if ask.topic in seen:
            continue
        seen.add(ask.topic)
        point = _document_point(letter, ask, named, lang)
        if ask.group is None:
            yield point
        else:
            groups.setdefault(ask.group, []).append(point)
    for alternatives in groups.values():
        best = max(alternatives, key=lambda point: point.state)
        if best.state is State.MISSING and len(alternatives) > 1:
            text = " / ".join(point.text for point in alternatives)
            optional = any(point.optional for point in alternatives)
            yield Point("document", best.key, text, State.MISSING, None, optional)
        else:
            yield best


def _document_point(letter: Letter, ask: Ask, named: dict[str, list[Sentence]], lang: str) -> Point:
    kind = letter.handbook.kinds[ask.topic]
    title = kind.title.get(lang)
    places = named.get(kind.id, [])
    if not places and "any" in kind.accepts:
        places = [sentence for found in named.values() for sentence in found]
    if not places:
        places = [s for other in kind.accepts for s in named.get(other, ())]
    if not places:
        return Point("document", kind.id, title, State.MISSING, None, ask.optional)
    for sentence in places:
        if is_attached(letter, sentence):
            return Point("document", kind.id, title, State.ANSWERED, sentence.span, ask.optional)
    return Point("document", kind.id, title, State.WEAK, places[0].span, ask.optional)


def is_attached(letter: Letter, sentence: Sentence) -> bool:
    """Whether what a sentence names is said to come with the letter."""
    if letter.block_of(sentence).kind is BlockKind.ATTACHMENT:
        return True
    if letter.parts[sentence.index] == "evidence":
        return True
    near = letter.sentences[max(0, sentence.index - 1) : sentence.index + 2]
    return any(_ATTACHED.search(each.text) for each in near)


# -- statements and questions -------------------------------------------------------------------


def _statement_point(letter: Letter, ask: Ask) -> Point:
    part = _STATE_OF.get(ask.topic)
    if part is not None:
        state = letter.states[part]
        found = State.ANSWERED if state.present else State.MISSING
        span = state.spans[0] if state.spans else None
        return Point("statement", ask.topic, ask.text, found, span, ask.optional)
    wanted = stems(ask.text)
    if not wanted:
        return Point("statement", "other", ask.text, State.ANSWERED, None, ask.optional)
    best, share = _closest(letter, wanted)
    whole = stems(" ".join(sentence.text for sentence in letter.sentences))
    if share >= _ENOUGH:
        state_found = State.ANSWERED
    elif len(wanted & whole) >= _ENOUGH * len(wanted):
        state_found = State.WEAK
    else:
        state_found = State.MISSING
    span = best.span if best and state_found is not State.MISSING else None
    return Point("statement", "other", ask.text, state_found, span, ask.optional)


def _closest(letter: Letter, wanted: frozenset[str]) -> tuple[Sentence | None, float]:
    """The sentence, with the one after it, that shares most of the wanted words."""
    best: tuple[Sentence | None, float] = (None, 0.0)
    for sentence in letter.sentences:
        near = stems(" ".join(each.text for each in letter.around(sentence)))
        share = len(wanted & near) / len(wanted)
        if share > best[1]:
            best = (sentence, share)
    return best


def playbook_points(letter: Letter, playbook: Playbook, lang: str) -> Iterator[Point]:
    """What a reviewer of this type of case looks for."""
    platform = letter.case.platform
    figures = tuple(figures_in(letter.document, letter.handbook, platform))
    for metric in playbook.metrics_on(platform):
        name = metric.name.get(lang)
        own = [figure for figure in figures if figure.metric.name == metric.name]
        valued = [figure for figure in own if figure.values]
        state = State.ANSWERED if valued else State.WEAK if own else State.MISSING
        place = next(iter(valued or own), None)
        yield Point("metric", name, name, state, place.span if place else None)
    asked = {ask.topic for ask in letter.notice.documents} if letter.notice else set()
    for need in playbook.documents_on(platform):
        if need.need != "helpful" and not asked:
            yield _need_point(letter, need, lang)
    for question in playbook.questions:
        yield _question_point(letter, question, lang)


def _need_point(letter: Letter, need: DocumentNeed, lang: str) -> Point:
    name = need.name.get(lang)
    optional = need.need != "required"
    places = _matching(letter, need.phrases) or _of_same_kind(letter, need.name.en)
    if not places:
        return Point("document", need.name.en, name, State.MISSING, None, optional)
    attached = next((each for each in places if is_attached(letter, each)), None)
    state = State.ANSWERED if attached else State.WEAK
    return Point("document", need.name.en, name, state, (attached or places[0]).span, optional)


def _of_same_kind(letter: Letter, name: str) -> list[Sentence]:
    """Sentences that name a document of the kind that a name stands for."""
    line = Sentence(0, CleanText(name, tuple(range(len(name)))), 0)
    kinds = {match.key for match in letter.handbook.document_index.find(line)}
    named = documents_named(letter.sentences, letter.handbook)
    return [sentence for kind in sorted(kinds) for sentence in named.get(kind, ())]


def _question_point(letter: Letter, question: Question, lang: str) -> Point:
    text = question.text.get(lang)
    places = _matching(letter, question.phrases) if question.phrases else []
    if question.parts:
        places = [each for each in places if letter.parts[each.index] in question.parts]
    if not question.phrases:
        best, share = _closest(letter, stems(question.text.en))
        state = State.ANSWERED if share >= _ENOUGH else State.WEAK if share > 0.3 else State.MISSING
        span = best.span if best and state is not State.MISSING else None
        return Point("question", question.text.en, text, state, span)
    if not places:
        return Point("question", question.text.en, text, State.MISSING)
    for place in places:
        if not question.facts or _has_fact(letter, place, question.facts):
            return Point("question", question.text.en, text, State.ANSWERED, place.span)
    return Point("question", question.text.en, text, State.WEAK, places[0].span)


def _has_fact(letter: Letter, sentence: Sentence, kinds: Sequence[str]) -> bool:
    return any(
        fact.kind in kinds for each in letter.around(sentence) for fact in letter.facts[each.index]
    )


def _matching(letter: Letter, phrases: Phrases) -> list[Sentence]:
    index: PhraseIndex[bool] = PhraseIndex((True, patterns) for patterns in phrases)
    return [s for s in letter.sentences if next(index.find(s), None) is not None]


def letter_figures(letter: Letter) -> tuple[Figure, ...]:
    """The metrics that the letter names."""
    return tuple(figures_in(letter.document, letter.handbook, letter.case.platform))
