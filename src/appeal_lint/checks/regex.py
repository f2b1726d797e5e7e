r"""`check: regex`: a regular expression matches, in the clean sentence or in the raw source.

A rule may give several patterns; with `replace` the match gets a suggestion (\1 names a group).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import NOT_THE_SELLERS_WORDS, Sentence
from appeal_lint.model import Span
from appeal_lint.rules.bundle import OptionError
from appeal_lint.rules.schema import TEXT, closed
from appeal_lint.rules.types import Rule

_ENTRY = {"anyOf": [TEXT, closed({"find": TEXT, "replace": {"type": "string"}}, ("find",))]}
OPTIONS: dict[str, Any] = {
    "patterns": {"type": "array", "items": _ENTRY, "minItems": 1},
    "case-sensitive": {"type": "boolean"},
    "in": {"enum": ["sentence", "source"]},
}
REQUIRED = ("patterns",)
NEEDS: frozenset[str] = frozenset()


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Compile each pattern once to see that it is valid and cannot run away."""
    entries = []
    for index, entry in enumerate(options["patterns"]):
        find = entry if isinstance(entry, str) else entry["find"]
        try:
            re.compile(find)
        except re.error as problem:
            raise OptionError(f"not a regular expression: {problem}", ("patterns", index)) from None
        if runs_away(find):
            raise OptionError(
                f"{find!r} can take exponential time: a repeat inside a repeat",
                ("patterns", index),
                "give the inner repeat a bound, such as {1,40}",
            )
        entries.append([find, None if isinstance(entry, str) else entry.get("replace")])
    return {
        "patterns": entries,
        "case-sensitive": options.get("case-sensitive", False),
        "in": options.get("in", "sentence"),
    }


def runs_away(pattern: str) -> bool:
    """Whether an unbounded repeat directly holds another one that can match the same text."""
    parser: Any = __import__(
        "re._parser" if hasattr(re, "_parser") else "sre_parse", fromlist=["parse"]
    )
    unbounded = 4294967295

    def deep(node: Any, inside: bool) -> bool:
        for name, value in node:
            kind = str(name)
            if kind in ("MAX_REPEAT", "MIN_REPEAT"):
                _, high, body = value
                endless = int(high) >= unbounded or int(high) > 1000
                if endless and inside:
                    return True
                alone = len(body) == 1 or all(str(n) in _REPEATS for n, _ in body)
                if deep(body, endless and (alone or _only_repeats(body))):
                    return True
            elif kind == "SUBPATTERN":
                if deep(value[3], inside and len(value[3]) == 1):
                    return True
            elif kind == "BRANCH" and any(
                deep(branch, inside and len(branch) == 1) for branch in value[1]
            ):
                return True
        return False

    return deep(parser.parse(pattern), False)


_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


def _only_repeats(body: Any) -> bool:
    return all(
        str(name) in _REPEATS or (str(name) == "SUBPATTERN" and _only_repeats(value[3]))
        for name, value in body
    )


def program(rules: Sequence[Rule]) -> Run:
    """Compile the patterns of the selected rules."""
    compiled = [
        (
            rule,
            rule.options["in"],
            [
                (re.compile(find, 0 if rule.options["case-sensitive"] else re.IGNORECASE), replace)
                for find, replace in rule.options["patterns"]
            ],
        )
        for rule in rules
    ]

    def run(context: Context) -> Iterator[Match]:
        for rule, where, patterns in compiled:
            for pattern, replace in patterns:
                if where == "source":
                    yield from _in_source(rule, pattern, replace, context)
                else:
                    yield from _in_sentences(rule, pattern, replace, context)

    return run


def _in_sentences(
    rule: Rule, pattern: re.Pattern[str], replace: str | None, context: Context
) -> Iterator[Match]:
    for sentence in context.letter.sentences:
        for match in pattern.finditer(sentence.text):
            if match.end() > match.start():
                better = () if replace is None else (match.expand(replace),)
                yield Match.within(
                    rule, sentence, *match.span(), suggestions=better, fields=_groups(match)
                )


def _in_source(
    rule: Rule, pattern: re.Pattern[str], replace: str | None, context: Context
) -> Iterator[Match]:
    document = context.letter.document
    for block in document.blocks:
        if block.kind in NOT_THE_SELLERS_WORDS:
            continue
        for match in pattern.finditer(document.text, block.span.start, block.span.end):
            if match.end() > match.start():
                span = Span(*match.span())
                better = () if replace is None else (match.expand(replace),)
                sentence = _sentence_at(block.sentences, span)
                yield Match(rule, span, sentence, suggestions=better, fields=_groups(match))


def _sentence_at(sentences: Sequence[Sentence], span: Span) -> Sentence | None:
    return next(
        (s for s in sentences if s.span.overlaps(span)), sentences[0] if sentences else None
    )


def _groups(match: re.Match[str]) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if value is not None}
