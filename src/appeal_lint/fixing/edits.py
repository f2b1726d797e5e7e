"""Which suggestions can be put into a text at once, and the text with them in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from appeal_lint.model import Finding, Span

_CLOSING = frozenset(".,;:!?)]}\n\r")


@dataclass(frozen=True)
class Edit:
    """Text to put at `span` (code points) on behalf of a finding.

    The span is that of the finding, wider only where a deletion takes a space along.
    """

    finding: Finding
    span: Span
    text: str


@dataclass(frozen=True)
class Declined:
    """A finding with a suggestion that is not applied.

    `reason` is choice (several suggestions), unsafe, shown (never applied), changed (the text is
    another one than was linted), overlap or adds; `detail` names the rules that are in the way.
    """

    finding: Finding
    reason: str
    detail: str = ""


def edits_for(
    text: str, findings: Iterable[Finding], *, unsafe: bool = False, banned: Set[Edit] = frozenset()
) -> tuple[list[Edit], list[Declined]]:
    """The edits to make in one go, in order of the text, and the findings left alone.

    Where two want the same place the earlier wins, then the longer, then the more severe one.
    """
    edits: list[Edit] = []
    declined: list[Declined] = []
    order = sorted(findings, key=lambda f: (f.span.start, -f.span.end, -f.severity, f.rule))
    for finding in order:
        if not finding.suggestions:
            continue
        reason = _reason(text, finding, unsafe)
        if reason is not None:
            declined.append(Declined(finding, reason))
            continue
        edit = _edit(text, finding)
        if edit in banned or text[edit.span.start : edit.span.end] == edit.text:
            continue
        rival = edits[-1] if edits else None
        if rival is not None and _collide(rival.span, edit.span):
            declined.append(Declined(finding, "overlap", rival.finding.rule))
            continue
        edits.append(edit)
    return edits, declined


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits made; they are in order and do not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def moved(span: Span, edits: Sequence[Edit]) -> Span:
    """Where a stretch of the old text stands after the edits."""
    before = sum(_growth(edit) for edit in edits if edit.span.end <= span.start)
    inside = sum(
        _growth(edit) for edit in edits if edit.span.start < span.end and edit.span.end > span.start
    )
    return Span(span.start + before, max(span.start + before, span.end + before + inside))


def _growth(edit: Edit) -> int:
    return len(edit.text) - (edit.span.end - edit.span.start)


def _collide(one: Span, other: Span) -> bool:
    return one.overlaps(other) or one.start == other.start


def _reason(text: str, finding: Finding, unsafe: bool) -> str | None:
    if len(finding.suggestions) > 1:
        return "choice"
    suggestion = finding.suggestions[0]
    if suggestion.shown_only:
        return "shown"
    if not suggestion.safe and not unsafe:
        return "unsafe"
    if text[finding.span.start : finding.span.end] != finding.excerpt:
        return "changed"
    return None


def _edit(text: str, finding: Finding) -> Edit:
    """The edit of a finding; a deletion leaves no double space and keeps the capital."""
    start, end = finding.span.start, finding.span.end
    replacement = finding.suggestions[0].text
    if replacement:
        return Edit(finding, finding.span, replacement)
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == " " and (after in _CLOSING or after == " "):
        return Edit(finding, Span(start - 1, end), "")
    if before in ("", "\n", "\r", " ") and after == " ":
        end += 1
    following = text[end : end + 1]
    if text[start : start + 1].isupper() and following.islower():
        return Edit(finding, Span(start, end + 1), following.upper())
    return Edit(finding, Span(start, end), "")
