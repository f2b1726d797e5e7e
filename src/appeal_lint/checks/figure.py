"""`check: figure`: percentages of a metric do not fit the notice, the rules or each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from appeal_lint.case.figures import Figure
from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.letter.answers import letter_figures
from appeal_lint.letter.context import is_negated
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules.bundle import parse_phrases
from appeal_lint.rules.schema import TEXTS
from appeal_lint.rules.types import Rule

TESTS = ("contradicts-notice", "called-fine", "without-value", "without-period", "wrong-bound")
OPTIONS: dict[str, Any] = {"test": {"enum": list(TESTS)}, "phrases": TEXTS}
REQUIRED = ("test",)
NEEDS: frozenset[str] = frozenset()
_CLOSE = 0.051
_TOLD = ("problem", "responsibility", "greeting", "other")


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Parse the phrases that praise."""
    if "phrases" in options:
        options["phrases"] = parse_phrases(("phrases",), options["phrases"])
    return options


def program(rules: Sequence[Rule]) -> Run:
    """Dispatch each rule to its test; the figures are read once for all."""
    tests: dict[str, Callable[[Rule, Context, Sequence[Figure]], Iterator[Match]]] = {
        "contradicts-notice": _contradicts,
        "called-fine": _called_fine,
        "without-value": _without_value,
        "without-period": _without_period,
        "wrong-bound": _wrong_bound,
    }

    def run(context: Context) -> Iterator[Match]:
        figures = letter_figures(context.letter)
        if figures:
            for rule in rules:
                yield from tests[rule.options["test"]](rule, context, figures)

    return run


def _stated(context: Context, figure: Figure) -> tuple[float, ...]:
    """What the notice says of a metric."""
    notice = context.letter.notice
    return tuple(
        value
        for other in (notice.figures if notice else ())
        if other.metric.name == figure.metric.name
        for value in other.values
    )


def _contradicts(rule: Rule, context: Context, figures: Sequence[Figure]) -> Iterator[Match]:
    for figure in figures:
        stated = _stated(context, figure)
        part = context.letter.parts[figure.sentence.index]
        if not stated or not figure.values or part not in _TOLD:
            continue
        told = [
            value
            for other in figures
            if other.metric.name == figure.metric.name
            for value in (*other.values, *other.bounds)
        ]
        bounds = [figure.metric.bound or 0.0, *figure.bounds]
        if any(abs(value - known) < _CLOSE for value in told for known in stated):
            continue
        if any(abs(figure.values[0] - bound) < _CLOSE for bound in bounds):
            continue
        span = figure.spans[0]
        sentence = next(s for s in context.letter.sentences if s.span.contains(span))
        fields = {"metric": figure.metric.name.get(context.lang), "value": f"{stated[0]:g} %"}
        start, end = (bisect_left(sentence.clean.origin, at) for at in (span.start, span.end))
        yield Match.within(rule, sentence, start, end, fields=fields)
        return


def _called_fine(rule: Rule, context: Context, figures: Sequence[Figure]) -> Iterator[Match]:
    index: PhraseIndex[bool] = PhraseIndex((True, each) for each in rule.options["phrases"])
    for figure in figures:
        values = figure.values or _stated(context, figure)
        bad = [value for value in values if not figure.metric.met(value)]
        if not bad or len(bad) < len(values):
            continue
        for match in index.find(figure.sentence):
            if not is_negated(figure.sentence, match.start):
                fields = {
                    "metric": figure.metric.name.get(context.lang),
                    "value": f"{bad[0]:g} %",
                    "bound": f"{figure.metric.bound:g} %",
                }
                yield Match.within(rule, figure.sentence, match.start, match.end, fields=fields)
                break


def _without_value(rule: Rule, context: Context, figures: Sequence[Figure]) -> Iterator[Match]:
    playbook = context.letter.playbook
    for metric in playbook.metrics_on(context.letter.case.platform) if playbook else ():
        own = [figure for figure in figures if figure.metric.name == metric.name]
        stated = any(
            fact.kind == "percent" and context.letter.parts[fact.sentence] in _TOLD
            for facts in context.letter.facts
            for fact in facts
        )
        if own and not stated and not any(figure.values for figure in own):
            last = own[-1].sentence
            yield Match.whole(rule, last, fields={"metric": metric.name.get(context.lang)})


def _without_period(rule: Rule, context: Context, figures: Sequence[Figure]) -> Iterator[Match]:
    valued = [figure for figure in figures if figure.values]
    dated = any(figure.period for figure in figures) or any(
        fact.kind in ("date", "duration") and context.letter.parts[fact.sentence] in _TOLD
        for facts in context.letter.facts
        for fact in facts
    )
    if valued and not dated:
        fields = {
            "metric": valued[0].metric.name.get(context.lang),
            "window": valued[0].metric.window,
        }
        yield Match.whole(rule, valued[0].sentence, fields=fields)


def _wrong_bound(rule: Rule, context: Context, figures: Sequence[Figure]) -> Iterator[Match]:
    notice = context.letter.notice
    platform = context.letter.case.platform
    for figure in figures:
        if platform not in figure.metric.platforms or figure.metric.bound is None:
            continue
        known = [figure.metric.bound]
        for other in notice.figures if notice else ():
            if other.metric.name == figure.metric.name:
                known += other.bounds
        part = context.letter.parts[figure.sentence.index]
        if not figure.bounds or part not in _TOLD:
            continue
        if not any(abs(bound - each) < _CLOSE for bound in figure.bounds for each in known):
            fields = {
                "metric": figure.metric.name.get(context.lang),
                "value": f"{figure.bounds[0]:g} %",
                "bound": f"{known[-1]:g} %",
            }
            yield Match.whole(rule, figure.sentence, fields=fields)
