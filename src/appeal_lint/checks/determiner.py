"""`check: determiner`: one countable thing without "the", "a", "our" or a number before it.

`nouns` are countable nouns, looked at behind a verb ("we checked listing") and in front of one
("and carrier lost it"); `after` adds, for prepositions, nouns that need a determiner behind them
too ("to buyer"). Tags tell more than the parse here: the treebank that taught the parser has no
such sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.rules.schema import TEXTS
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "nouns": TEXTS,
    "after": {"type": "object", "additionalProperties": TEXTS},
}
REQUIRED = ("nouns",)
NEEDS = frozenset({"parse"})
_DETERMINERS = frozenset((
    "no", "each", "every", "any", "some", "such", "another", "per", "next", "last", "same",
    "first", "second", "one", "which", "what", "whose", "either", "neither", "this", "that",
    "enough", "more", "most", "much", "many", "several", "few", "half", "all", "both",
))  # fmt: skip
_CONTINUES = frozenset({"CD", "NNP", "NNPS", "NN", "NNS", "POS", "FW", "HYPH"})
_INSIDE = frozenset({"JJ", "JJR", "JJS", "NN"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LINKING = frozenset({"be", "become", "remain", "call", "name", "mean", "say", "write"})
_LINKS = frozenset(
    {"and", "but", "because", "that", "so", "when", "if", "after", "before", "while"}
)
_QUOTES = frozenset("-/\"“”‘’'(:#_*|–—")


def program(rules: Sequence[Rule]) -> Run:
    """Look at every noun once for all rules."""
    lists = [
        (
            rule,
            frozenset(rule.options["nouns"]),
            {word: frozenset(nouns) for word, nouns in rule.options.get("after", {}).items()},
        )
        for rule in rules
    ]

    def run(context: Context) -> Iterator[Match]:
        for sentence, doc in context.parsed():
            if not any(token.tag_ in _FINITE for token in doc):
                continue  # A note or a table row, which may do without.
            for token in doc:
                if not token.text.islower() or not _ends_phrase(token):
                    continue
                first = _first(token)
                for rule, nouns, after in lists:
                    if _bare(first, token, nouns, after):
                        yield Match.within(rule, sentence, first.idx, token.idx + len(token))

    return run


def _bare(
    first: Any, noun: Any, nouns: frozenset[str], after: Mapping[str, frozenset[str]]
) -> bool:
    """Whether the phrase from `first` to `noun` stands where it needs a determiner."""
    if first.i == 0:
        return False
    before = first.nbor(-1)
    if before.lower_ in after:
        return noun.lower_ in after[before.lower_]
    if noun.lower_ not in nouns or before.lower_ in _DETERMINERS or before.text in _QUOTES:
        return False
    if before.tag_ in ("VB", "VBD", "VBP", "VBZ", "VBG", "VBN"):
        follower = noun.nbor().tag_  # "moved sticker sheets": the tagger takes a noun for a verb.
        return follower not in ("VBZ", "VBP") and _takes_object(before)
    if before.lower_ in _LINKS or before.text == ",":
        return noun.i + 2 < len(noun.doc) and noun.nbor().tag_ in ("VBD", "VBZ", "MD")
    return False


def _takes_object(verb: Any) -> bool:
    if verb.lemma_.lower() in _LINKING:
        return False
    if verb.tag_ == "VB":  # Else it is a noun: "our address and bank account".
        return verb.i == 0 or any(
            each.tag_ in ("TO", "MD") or each.lower_ in ("do", "did", "does", "please", "let")
            for each in verb.doc[max(0, verb.i - 4) : verb.i]
        )
    if verb.tag_ not in ("VBN", "VBG"):
        return True
    before = list(verb.doc[max(0, verb.i - 3) : verb.i])
    if any(each.tag_ in ("DT", "PRP$", "CD") for each in before[1:]):
        return False  # "a working machine": no verb at all.
    helpers = [each.lemma_.lower() for each in before]
    return "have" in helpers and "be" not in helpers if verb.tag_ == "VBN" else "be" in helpers


def _ends_phrase(token: Any) -> bool:
    """Whether no word or number behind it belongs to the same phrase or name."""
    if token.i + 1 == len(token.doc):
        return False
    follower = token.nbor()
    return not (
        follower.tag_ in _CONTINUES
        or follower.text in _QUOTES
        or any(char.isdigit() for char in follower.text)
    )


def _first(noun: Any) -> Any:
    """The first adjective or noun of the phrase that ends with `noun`."""
    first = noun
    while first.i and first.nbor(-1).tag_ in _INSIDE and first.nbor(-1).text.islower():
        if first.nbor(-1).lower_ in _DETERMINERS:
            break
        first = first.nbor(-1)
    return first
