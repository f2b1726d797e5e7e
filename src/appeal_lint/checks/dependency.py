"""`check: dependency`: a spaCy DependencyMatcher pattern over the parse.

`mark` names the nodes (RIGHT_ID) whose span is underlined; all by default.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.rules.bundle import OptionError
from appeal_lint.rules.schema import TEXTS
from appeal_lint.rules.types import Rule

OPTIONS: dict[str, Any] = {
    "patterns": {
        "type": "array",
        "minItems": 1,
        "items": {"type": "array", "items": {"type": "object"}, "minItems": 1},
    },
    "mark": TEXTS,
}
REQUIRED = ("patterns",)
NEEDS = frozenset({"parse"})
_FIRST_KEYS = frozenset({"RIGHT_ID", "RIGHT_ATTRS"})
_KEYS = _FIRST_KEYS | {"LEFT_ID", "REL_OP"}


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Check the keys of every node and that each link names a node before it."""
    for index, pattern in enumerate(options["patterns"]):
        known: set[str] = set()
        for position, node in enumerate(pattern):
            where = ("patterns", index, position)
            needed = _KEYS if position else _FIRST_KEYS
            missing = sorted(needed - set(node))
            if missing:
                hint = "RIGHT_ATTRS: {} matches any word"
                raise OptionError(f"node {position + 1} lacks {', '.join(missing)}", where, hint)
            if set(node) - needed:
                unknown = min(set(node) - needed)
                raise OptionError(f"node {position + 1} must not have {unknown!r}", where)
            if position and node.get("LEFT_ID") not in known:
                raise OptionError(f"LEFT_ID {node.get('LEFT_ID')!r} is no earlier node", where)
            known.add(node["RIGHT_ID"])
        for name in options.get("mark", ()):
            if name not in known:
                raise OptionError(f"mark {name!r} is no node of pattern {index + 1}", ("mark",))
    return options


def program(rules: Sequence[Rule]) -> Run:
    """One DependencyMatcher for all rules, made when the first letter needs it."""
    matcher: Any = None
    table: dict[str, tuple[Rule, list[str]]] = {}

    def build(vocab: Any) -> Any:
        from spacy.matcher import DependencyMatcher

        built = DependencyMatcher(vocab)
        for rule in rules:
            for number, pattern in enumerate(rule.options["patterns"]):
                key = f"{rule.id}/{number}"
                table[key] = (rule, [node["RIGHT_ID"] for node in pattern])
                built.add(key, [pattern])
        return built

    def run(context: Context) -> Iterator[Match]:
        nonlocal matcher
        for sentence, doc in context.parsed():
            matcher = matcher or build(doc.vocab)
            for key, tokens in matcher(doc):
                rule, names = table[doc.vocab.strings[key]]
                mark = rule.options.get("mark", names)
                marked = [doc[at] for name, at in zip(names, tokens) if name in mark]
                first = min(token.idx for token in marked)
                last = max(token.idx + len(token) for token in marked)
                yield Match.within(rule, sentence, first, last)

    return run
