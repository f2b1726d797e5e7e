"""`check: consistency`: the letter's own names, dates, spellings or persons disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run, dispatch
from appeal_lint.context import Context
from appeal_lint.document.types import BlockKind, Sentence
from appeal_lint.grammar.dialect import DIALECTS, dialect_words
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "of": {
        "enum": [
            "dialect",
            "store-name",
            "person",
            "repetition",
            "list-numbers",
            "future-date",
            "date-form",
            "money-form",
        ]
    }
}
REQUIRED = ("of",)
NEEDS: frozenset[str] = frozenset()

_STORE = re.compile(
    r"(?:\b(?:store|shop|seller account|account|storefront|seller name|store name|account name)"
    r"(?: name)?(?: is| called| named|:)?\s*[:\"'(]?\s*)"
    r"(?P<name>[A-Z][\w&'.-]*(?: [A-Z][\w&'.-]*){0,3})"
)
_NOT_A_STORE = frozenset(
    [
        "Amazon",
        "Seller",
        "Central",
        "Health",
        "Performance",
        "Id",
        "ID",
        "Manager",
        "The",
        "Our",
        "We",
        "I",
        "Inc",
        "Ltd",
        "Support",
        "Team",
        "Name",
        "Rating",
        "Review",
    ]
)


def program(rules: Sequence[Rule]) -> Run:
    """Dispatch each rule to its comparison."""
    return dispatch(
        rules,
        "of",
        {
            "dialect": _dialect,
            "store-name": _store_name,
            "person": _person,
            "repetition": _repetition,
            "list-numbers": _list_numbers,
            "future-date": _future_date,
            "date-form": _date_form,
            "money-form": _money_form,
        },
    )


def _dialect(rule: Rule, context: Context) -> Iterator[Match]:
    found = dialect_words(context.letter)
    minor, major = sorted(found, key=lambda side: len(found[side]))
    if context.dialect != "auto":
        minor, major = sorted(DIALECTS, key=lambda side: side == context.dialect)
    if not found[minor]:
        return
    sentence, start, end, twin = found[minor][0]
    yield Match.within(
        rule, sentence, start, end, fields={"minor": minor, "major": major}, suggestions=(twin,)
    )


def _store_name(rule: Rule, context: Context) -> Iterator[Match]:
    names: dict[str, tuple[str, Sentence, int, int]] = {}
    for sentence in context.letter.sentences:
        for match in _STORE.finditer(sentence.text):
            name = match.group("name").rstrip(".,'s")
            if name.split()[0] in _NOT_A_STORE or len(name) < 3:
                continue
            names.setdefault(name.lower(), (name, sentence, *match.span("name")))
    distinct = [
        entry
        for key, entry in names.items()
        if not any(key != other and (key in other or other in key) for other in names)
    ]
    if len(distinct) >= 2:
        first, (name, sentence, start, end) = distinct[0], distinct[1]
        yield Match.within(rule, sentence, start, end, fields={"name": name, "other": first[0]})


def _person(rule: Rule, context: Context) -> Iterator[Match]:
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Sentence, int, int]] = {}
    for sentence in context.letter.sentences:
        for word in sentence.words:
            side = {"we": "we", "our": "we", "us": "we", "i": "I", "my": "I", "me": "I"}.get(
                word.norm
            )
            if side:
                counts[side] += 1
                first.setdefault(side, (sentence, word.start, word.end))
    if min(counts["we"], counts["I"]) >= 4:
        minor = min(counts, key=lambda side: counts[side])
        yield Match.within(rule, *first[minor], fields={"minor": minor})


def _repetition(rule: Rule, context: Context) -> Iterator[Match]:
    from appeal_lint.checks.similarity import fold

    seen: dict[str, Sentence] = {}
    for sentence in context.letter.sentences:
        block = context.letter.block_of(sentence)
        if sentence.word_count < 6 or block.kind in (BlockKind.HEADING, BlockKind.SIGNATURE):
            continue
        key = fold(sentence.text)
        if key in seen:
            line = context.letter.document.position(seen[key].span.start).line
            yield Match.whole(rule, sentence, fields={"line": str(line)})
        seen.setdefault(key, sentence)


def _list_numbers(rule: Rule, context: Context) -> Iterator[Match]:
    expected: dict[int, int] = {}
    for block in context.letter.document.blocks:
        if block.kind is BlockKind.HEADING:
            expected.clear()
        if block.kind is not BlockKind.LIST_ITEM or not block.sentences:
            continue
        digits = re.fullmatch(r"\(?(\d{1,2})[.)、．]?", block.marker)
        if not digits:
            continue
        number = int(digits.group(1))
        wanted = expected.get(block.level)
        if wanted is not None and number not in (wanted, 1):
            yield Match.whole(
                rule, block.sentences[0], fields={"number": str(number), "expected": str(wanted)}
            )
        expected[block.level] = number + 1


def _future_date(rule: Rule, context: Context) -> Iterator[Match]:
    from appeal_lint.dates import parse_date
    from appeal_lint.letter.tense import tenses

    for sentence in context.letter.sentences:
        part = context.letter.parts[sentence.index]
        if part not in ("problem", "actions") or tenses(sentence.words) & {"future"}:
            continue
        for fact in context.letter.facts[sentence.index]:
            day = parse_date(fact.text) if fact.kind == "date" else None
            if day is not None and day > context.today:
                yield Match.within(rule, sentence, fact.start, fact.end, fields={"date": fact.text})


_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?"
_DATE_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: \d{{4}})?\b",
        rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b",
        r"\b\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d\b",
    )
)


_SUM = r"\d[\d,.]*"
_MONEY_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:us)?[$€£¥₹]\s?{_SUM}(?:k|m)?",
        rf"(?:usd|eur|gbp|cny|rmb|inr|jpy)\s?{_SUM}",
        rf"{_SUM}\s?(?:usd|eur|gbp|cny|rmb|inr|jpy|€)",
        rf"{_SUM}\s(?:us |u\.s\. )?(?:dollars?|euros?|pounds?|yuan|rupees?|yen)",
    )
)


def _date_form(rule: Rule, context: Context) -> Iterator[Match]:
    return _forms(rule, context, "date", _DATE_FORMS)


def _money_form(rule: Rule, context: Context) -> Iterator[Match]:
    return _forms(rule, context, "money", _MONEY_FORMS)


def _forms(
    rule: Rule, context: Context, kind: str, forms: Sequence[re.Pattern[str]]
) -> Iterator[Match]:
    """The first fact of a kind that is written otherwise than most of them."""
    found: dict[int, list[tuple[Sentence, int, int, str]]] = {}
    for sentence in context.letter.sentences:
        for fact in context.letter.facts[sentence.index]:
            if fact.kind != kind:
                continue
            form = next((n for n, f in enumerate(forms) if f.fullmatch(fact.text)), None)
            if form is not None:
                found.setdefault(form, []).append((sentence, fact.start, fact.end, fact.text))
    if len(found) < 2:
        return
    minor, *_, major = sorted(found, key=lambda form: len(found[form]))
    sentence, start, end, _ = found[minor][0]
    yield Match.within(rule, sentence, start, end, fields={"other": found[major][0][3]})
