"""What the comments in a letter, and `[sic]`, silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appeal_lint.checks import Match
from appeal_lint.document.directives import VERBS, Directive
from appeal_lint.document.types import BlockKind, Document
from appeal_lint.errors import did_you_mean
from appeal_lint.model import Category, Span
from appeal_lint.rules.types import Rule

_SIC = re.compile(r"[\"'”’»)]?\s*\[sic\]", re.IGNORECASE)


@dataclass(frozen=True)
class Flaw:
    """Something wrong with a directive: which test of a suppression rule finds it, and where."""

    test: str
    span: Span
    said: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Silenced:
    """Matches that stay, those that are silenced with the reason given, and flaws."""

    kept: list[Match]
    gone: list[tuple[Match, str, str | None]]
    flaws: list[Flaw]


@dataclass
class _Reach:
    """A rule named in a directive and the stretch of text for which it is silenced."""

    directive: Directive
    rule: Rule
    span: Span
    used: bool = False


def silence(
    matches: Sequence[Match], document: Document, known: Sequence[Rule], ran: frozenset[str]
) -> Silenced:
    """Apply the directives of a letter to matches.

    `known` are all rules, `ran` the ids of those that ran: one that did not is not unused.
    """
    flaws: list[Flaw] = []
    reaches = list(_reaches(document, known, flaws))
    kept: list[Match] = []
    gone: list[tuple[Match, str, str | None]] = []
    for match in matches:
        hit = next((each for each in reaches if _covers(each, match)), None)
        if hit is not None:
            hit.used = True
            gone.append((match, "comment", hit.directive.reason))
        elif _marked_sic(match, document.text):
            gone.append((match, "sic", None))
        else:
            kept.append(match)
    flaws += [
        Flaw("unused", each.directive.span, each.rule.id)
        for each in reaches
        if not each.used and each.rule.id in ran
    ]
    return Silenced(kept, gone, flaws)


def _covers(reach: _Reach, match: Match) -> bool:
    if match.rule.id != reach.rule.id:
        return False
    return match.span.overlaps(reach.span) or (
        reach.span.start <= match.span.start <= reach.span.end
        and match.span.start == match.span.end
    )


def _marked_sic(match: Match, text: str) -> bool:
    if match.rule.category not in (Category.ENGLISH, Category.FORM):
        return False
    near = text[match.span.start : match.span.end + 12]
    return bool(_SIC.match(text, match.span.end)) or "[sic]" in near[: -12 or None].lower()


def _reaches(document: Document, known: Sequence[Rule], flaws: list[Flaw]) -> Iterator[_Reach]:
    names = {name: rule for rule in known for name in (rule.id, rule.name, *rule.aliases)}
    opened: dict[str, Directive] = {}
    for each in document.directives:
        flaws.append(Flaw("present", each.span))
        if each.verb is None:
            flaws.append(
                Flaw("unclear", each.span, each.said, did_you_mean(each.said, VERBS) or "")
            )
            continue
        if not each.rules:
            flaws.append(Flaw("blanket", each.span, each.verb))
        elif each.reason is None and each.verb != "enable":
            flaws.append(Flaw("reasonless", each.span, each.verb))
        for name in each.rules:
            rule = names.get(name) or names.get(name.upper())
            if rule is None:
                flaws.append(Flaw("unknown", each.span, name, did_you_mean(name, names) or ""))
            elif each.verb == "disable":
                opened.setdefault(rule.id, each)
            elif each.verb == "enable":
                begun = opened.pop(rule.id, None)
                if begun is None:
                    flaws.append(Flaw("unused", each.span, rule.id))
                else:
                    yield _Reach(begun, rule, Span(begun.span.end, each.span.start))
            else:
                yield _Reach(each, rule, _target(each, document))
    for id, begun in opened.items():
        flaws.append(Flaw("open", begun.span, id))
        yield _Reach(begun, names[id], Span(begun.span.end, len(document.text)))


def _target(directive: Directive, document: Document) -> Span:
    """The stretch that `ignore`, `ignore-next-line` and `ignore-file` are about."""
    text = document.text
    if directive.verb == "ignore-file":
        return Span(0, len(text) + 1)
    line = document.position(directive.span.start).line
    if directive.verb == "ignore-next-line":
        last = document.position(len(text)).line
        return document.line_span(line + 1) if line < last else Span(len(text), len(text))
    if not directive.whole:
        return document.line_span(line)
    for block in document.blocks:
        if block.kind is not BlockKind.DIRECTIVE and block.span.end > directive.span.end:
            return Span(max(block.span.start, directive.span.end), block.span.end)
    return Span(len(text), len(text))
