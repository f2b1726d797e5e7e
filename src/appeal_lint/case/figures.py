"""Metrics and their values in a notice or a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appeal_lint.case.handbook import Handbook, MetricRule
from appeal_lint.document.types import Document, Sentence
from appeal_lint.model import Span

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:[%％]|percent\b|per cent\b)")
_BOUND_BEFORE = re.compile(
    r"(?:under|below|less than|no more than|not more than|at most|maximum(?: of)?|max\.?|at least|"
    r"minimum(?: of)?|min\.?|above|over|exceeds?|more than|higher than|lower than|beyond|"
    r"requirement(?: is| of)?|required?(?: is)?|targets?(?: is| of| rate)?|limits?(?: is| of)?|"
    r"thresholds?(?: is| of)?|goal(?: is| of)?|standard(?: is| of)?|keep\b.{0,25}|"
    r"maintain\b.{0,40}|stay .{0,20}|[<>≤≥])\W{0,3}(?:the |our |a |your |\w+'s )?"
    r"(?:rate |target |limit |threshold |requirement |maximum |minimum )?(?:of |is |at |to |be )?$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"^\s*(?:or (?:higher|more|above|better|lower|less|below)|(?:target|limit|threshold|maximum|"
    r"minimum|requirement|goal|mark|standard)\b)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:(?:the |a |last |past |previous |in |over )*\d{1,3}[ -]?days?\b(?! of)|\d{1,3}-day\b|"
    r"(?:last|past|previous) (?:week|month|quarter)|(?:one|two|three|seven|ten|thirty|sixty|ninety)"
    r"[ -](?:day|days|month|months|week|weeks)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A metric that a text names: `values` and `bounds` are percentages in reading order.

    `span` covers the metric's name; `spans` the values, parallel to `values`.
    """

    case: str
    metric: MetricRule
    span: Span
    sentence: Sentence
    values: tuple[float, ...] = ()
    spans: tuple[Span, ...] = ()
    bounds: tuple[float, ...] = ()
    period: str | None = None


def figures_in(document: Document, handbook: Handbook, platform: str) -> Iterator[Figure]:
    """Every metric named in a document with the percentages that belong to it."""
    sentences = document.sentences
    for sentence in sentences:
        names: dict[tuple[int, int], tuple[str, MetricRule]] = {}
        for match in handbook.metric_index.find(sentence):
            case, number = match.key
            metric = handbook.cases[case].metrics[number]
            place = (match.start, match.end)
            if place not in names or platform in metric.platforms:
                names[place] = (case, metric)
        places = [
            place
            for place in sorted(names)
            if not any(o != place and o[0] <= place[0] and place[1] <= o[1] for o in names)
        ]
        for at, (start, end) in enumerate(places):
            until = places[at + 1][0] if at + 1 < len(places) else len(sentence.text)
            case, metric = names[start, end]
            values, bounds = percentages(sentence, end, until)
            if not values and not bounds and start > 0 and at == 0:
                values, bounds = percentages(sentence, 0, start)
            if at + 1 == len(places):
                values, bounds = _continued(sentences, sentence, handbook, values, bounds)
            period = _PERIOD.search(sentence.text)
            yield Figure(
                case,
                metric,
                sentence.clean.span(start, end),
                sentence,
                tuple(value for value, _ in values),
                tuple(span for _, span in values),
                tuple(value for value, _ in bounds),
                period[0] if period else None,
            )


Numbers = list[tuple[float, Span]]


def percentages(sentence: Sentence, start: int, end: int) -> tuple[Numbers, Numbers]:
    """The percentages in a stretch of a sentence's clean text: stated values, and bounds."""
    values: Numbers = []
    bounds: Numbers = []
    text = sentence.text
    for match in _PERCENT.finditer(text, start, end):
        number = float(match[1].replace(",", "."))
        bound = _BOUND_BEFORE.search(text[max(0, match.start() - 60) : match.start()])
        after = _BOUND_AFTER.match(text[match.end() :])
        found = (number, sentence.clean.span(*match.span()))
        (bounds if bound or after else values).append(found)
    return values, bounds


def _continued(
    sentences: Sequence[Sentence],
    sentence: Sentence,
    handbook: Handbook,
    values: Numbers,
    bounds: Numbers,
) -> tuple[Numbers, Numbers]:
    """With the percentages of the next sentence, when that one names no metric of its own."""
    if sentence.index + 1 >= len(sentences) or (values and bounds):
        return values, bounds
    after = sentences[sentence.index + 1]
    if next(handbook.metric_index.find(after), None) is not None:
        return values, bounds
    more_values, more_bounds = percentages(after, 0, len(after.text))
    return values or (more_values if not bounds else []), bounds or more_bounds
