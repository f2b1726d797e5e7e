"""`check: tokens`: a spaCy Matcher pattern over words, lemmas, tags and shapes.

`patterns` is a list of token patterns, or of mappings with `pattern`, `replace` (a text with
{0}, {1} … for the matched tokens) and `mark` (first and last token to underline, 0-based).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.rules.bundle import OptionError
from appeal_lint.rules.schema import TEXTS, closed
from appeal_lint.rules.types import Rule

_TOKENS = {"type": "array", "items": {"type": "object"}, "minItems": 1}
_ENTRY = {
    "anyOf": [
        _TOKENS,
        closed(
            {
                "pattern": _TOKENS,
                "replace": {"type": "string"},
                "mark": {
                    "type": "array",
                    "items": {"type": "integer"},
                    "minItems": 2,
                    "maxItems": 2,
                },
            },
            ("pattern",),
        ),
    ]
}
OPTIONS: dict[str, Any] = {
    "patterns": {"type": "array", "items": _ENTRY, "minItems": 1},
    "lists": {"type": "object", "additionalProperties": TEXTS},
}
REQUIRED = ("patterns",)
NEEDS = frozenset({"parse"})
_ATTRIBUTES = frozenset(
    [
        "ORTH",
        "TEXT",
        "LOWER",
        "LEMMA",
        "POS",
        "TAG",
        "DEP",
        "MORPH",
        "SHAPE",
        "IS_ALPHA",
        "IS_DIGIT",
        "IS_LOWER",
        "IS_UPPER",
        "IS_TITLE",
        "IS_PUNCT",
        "IS_SPACE",
        "IS_STOP",
        "IS_SENT_START",
        "LIKE_NUM",
        "LIKE_URL",
        "LIKE_EMAIL",
        "LENGTH",
        "OP",
        "SPACY",
        "NORM",
        "IS_ASCII",
        "IS_BRACKET",
        "IS_QUOTE",
        "IS_CURRENCY",
    ]
)


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Check attribute names and put named lists ("$verbs") in place."""
    lists = options.get("lists", {})
    entries = []
    for index, entry in enumerate(options["patterns"]):
        tokens = entry if isinstance(entry, list) else entry["pattern"]
        ready = []
        for position, token in enumerate(tokens):
            where = ("patterns", index, position)
            if isinstance(entry, dict):
                where = ("patterns", index, "pattern", position)  # type: ignore[assignment]
            ready.append(_token(token, lists, where))
        more = {} if isinstance(entry, list) else entry
        entries.append([ready, more.get("replace"), more.get("mark")])
    return {"patterns": entries}


def _token(
    token: dict[str, Any], lists: dict[str, list[str]], where: tuple[Any, ...]
) -> dict[str, Any]:
    ready: dict[str, Any] = {}
    for key, value in token.items():
        name = str(key).upper()
        if name not in _ATTRIBUTES:
            from appeal_lint.errors import did_you_mean

            raise OptionError(
                f"{key!r} is not a token attribute", where, did_you_mean(name, _ATTRIBUTES)
            )
        if isinstance(value, str) and value.startswith("$"):
            if value[1:] not in lists:
                raise OptionError(f"there is no list {value[1:]!r} in this rule", where)
            value = {"IN": lists[value[1:]]}
        elif isinstance(value, dict):
            value = {
                op: lists[item[1:]] if isinstance(item, str) and item[:1] == "$" else item
                for op, item in value.items()
            }
        ready[name] = value
    return ready


def program(rules: Sequence[Rule]) -> Run:
    """One Matcher for all rules, made when the first letter needs it."""
    matcher: Any = None
    table: dict[str, tuple[Rule, str | None, list[int] | None]] = {}

    def build(vocab: Any) -> Any:
        from spacy.matcher import Matcher

        built = Matcher(vocab)
        for rule in rules:
            for number, (tokens, replace, mark) in enumerate(rule.options["patterns"]):
                key = f"{rule.id}/{number}"
                table[key] = (rule, replace, mark)
                built.add(key, [tokens], greedy="LONGEST")
        return built

    def run(context: Context) -> Iterator[Match]:
        nonlocal matcher
        for sentence, doc in context.parsed():
            matcher = matcher or build(doc.vocab)
            for key, first, last in matcher(doc):
                rule, replace, mark = table[doc.vocab.strings[key]]
                tokens = doc[first:last]
                if mark is not None:
                    low, high = (m if m >= 0 else len(tokens) + m for m in mark)
                    tokens = doc[first + low : first + high + 1]
                better = () if replace is None else (_fill(replace, doc[first:last]),)
                fields = {"lemma": tokens[0].lemma_}
                yield Match.within(
                    rule,
                    sentence,
                    tokens.start_char,
                    tokens.end_char,
                    suggestions=better,
                    fields=fields,
                )

    return run


def _fill(template: str, tokens: Any) -> str:
    """The template with {n} as the n-th matched token."""
    return template.format(*(token.text for token in tokens))
