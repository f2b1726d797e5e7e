"""`check: notice`: the letter and the notice that it answers do not fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from appeal_lint.case import Notice
from appeal_lint.checks import Match, Run
from appeal_lint.checks.section import place_for
from appeal_lint.context import Context
from appeal_lint.document.types import BlockKind
from appeal_lint.letter.answers import Point, State, notice_points, playbook_points
from appeal_lint.model import Span
from appeal_lint.rules.schema import TEXTS
from appeal_lint.rules.types import Rule

TESTS = ("asin", "order", "listing", "document", "attachment", "statement", "store", "deadline",
         "needed-document")  # fmt: skip
OPTIONS: dict[str, Any] = {
    "test": {"enum": list(TESTS)},
    "kinds": TEXTS,
    "not-kinds": TEXTS,
}
REQUIRED = ("test",)
NEEDS: frozenset[str] = frozenset()
_MOST_NAMED = 4
_MIN_WORDS = 30


def program(rules: Sequence[Rule]) -> Run:
    """Dispatch each rule to its test; the points are made once for all."""
    tests: dict[str, Callable[[Rule, Context, Notice, Sequence[Point]], Iterator[Match]]] = {
        "asin": _ids,
        "listing": _ids,
        "order": _orders,
        "document": _documents,
        "attachment": _attachments,
        "statement": _statements,
        "store": _store,
        "deadline": _deadline,
    }

    def run(context: Context) -> Iterator[Match]:
        letter = context.letter
        if letter.document.word_count < _MIN_WORDS:
            return
        notice = letter.notice
        for rule in rules:
            if rule.options["test"] == "needed-document":
                yield from _needed(rule, context)
        if notice is None or not notice.understood:
            return
        found = tuple(notice_points(letter, notice, context.lang))
        for rule in rules:
            if rule.options["test"] != "needed-document":
                yield from tests[rule.options["test"]](rule, context, notice, found)

    return run


def _about(rule: Rule, context: Context, part: str, texts: Sequence[str]) -> Match:
    """A finding about something that is not there, at the place where it belongs."""
    named = ", ".join(texts[:_MOST_NAMED])
    if len(texts) > _MOST_NAMED:
        named += f" (+{len(texts) - _MOST_NAMED})"
    return Match(rule, place_for(context.letter, part), fields={"missing": named})


def _ids(rule: Rule, context: Context, _: Notice, found: Sequence[Point]) -> Iterator[Match]:
    kind = rule.options["test"]
    missing = [p.text for p in found if p.kind == kind and p.state is State.MISSING]
    if missing:
        yield _about(rule, context, "problem", missing)


def _orders(rule: Rule, context: Context, _: Notice, found: Sequence[Point]) -> Iterator[Match]:
    """Orders in a notice are mostly samples: one of them, or their number, is an answer."""
    orders = [point for point in found if point.kind == "order"]
    if not orders or any(point.state is not State.MISSING for point in orders):
        return
    letter = context.letter
    counted = any(
        fact.kind in ("count", "order_id") and "order" in sentence.text.lower()
        for sentence in letter.sentences
        for fact in letter.facts[sentence.index]
    )
    if not counted:
        yield _about(rule, context, "problem", [point.text for point in orders])


def _chosen(rule: Rule, point: Point) -> bool:
    kinds, but = rule.options.get("kinds", ()), rule.options.get("not-kinds", ())
    return (not kinds or point.key in kinds) and point.key not in but


def _documents(rule: Rule, context: Context, _: Notice, found: Sequence[Point]) -> Iterator[Match]:
    missing = [
        point.text
        for point in found
        if point.kind == "document"
        and point.state is State.MISSING
        and not point.optional
        and _chosen(rule, point)
    ]
    if missing:
        yield _about(rule, context, "evidence", missing)


def _attachments(
    rule: Rule, context: Context, _: Notice, found: Sequence[Point]
) -> Iterator[Match]:
    for point in found:
        weak = point.kind == "document" and point.state is State.WEAK and not point.optional
        if weak and point.span and _chosen(rule, point):
            sentence = next(s for s in context.letter.sentences if s.span == point.span)
            yield Match.whole(rule, sentence, fields={"missing": point.text})


def _statements(rule: Rule, context: Context, _: Notice, found: Sequence[Point]) -> Iterator[Match]:
    missing = [
        f'"{point.text}"'
        for point in found
        if point.kind == "statement"
        and point.key == "other"
        and point.state is State.MISSING
        and not point.optional
    ]
    if missing:
        yield _about(rule, context, "problem", missing)


def _needed(rule: Rule, context: Context) -> Iterator[Match]:
    """Documents that the case type always calls for, when no notice says which."""
    letter = context.letter
    playbook = letter.playbook
    if playbook is None or (letter.notice is not None and letter.notice.documents):
        return
    missing = [
        point.text
        for point in playbook_points(letter, playbook, context.lang)
        if point.kind == "document" and point.state is State.MISSING and not point.optional
    ]
    if missing:
        yield _about(rule, context, "evidence", missing)


def _store(rule: Rule, context: Context, notice: Notice, _: Sequence[Point]) -> Iterator[Match]:
    """The signature or subject names another store than the one that the notice speaks to."""
    if not notice.store:
        return
    own = _key(notice.store)
    letter = context.letter
    if own in _key(letter.document.text):
        return
    for block in letter.document.blocks:
        if block.kind is BlockKind.SIGNATURE:
            for sentence in block.sentences:
                head, colon, name = sentence.text.partition(":")
                label = head.lower()
                if colon and any(word in label for word in ("store", "shop", "seller name")):
                    start = len(sentence.text) - len(name.lstrip())
                    yield Match.within(
                        rule,
                        sentence,
                        start,
                        len(sentence.text),
                        fields={"name": name.strip(), "other": notice.store},
                    )
                    return


def _key(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _deadline(rule: Rule, context: Context, notice: Notice, _: Sequence[Point]) -> Iterator[Match]:
    limit = notice.deadline
    if limit and limit.day and limit.day < context.today:
        first = context.letter.sentences[0].span
        fields = {"day": limit.day.isoformat(), "text": limit.text}
        yield Match(rule, Span(first.start, first.end), fields=fields)
