"""Tell what was fixed and what was not."""

from __future__ import annotations

from collections.abc import Iterator

from appeal_lint.fixing.rounds import Fixed
from appeal_lint.model import Finding
from appeal_lint.texts import counted, text


def told(path: str, fixed: Fixed, lang: str, *, every: bool, written: bool) -> Iterator[str]:
    """Lines on one letter; `every` also lists the changes and all that was left alone.

    Without it only what would have been fixed and could not be is named.
    """
    if fixed.restless:
        yield f"{path}: {text('fix.restless', lang, rules=', '.join(fixed.restless))}"
    if fixed.made:
        key = "fix.made" if written else "fix.would"
        yield f"{path}: {counted(key, lang, len(fixed.made))}"
    if every:
        for edit in fixed.made:
            old, new = edit.finding.excerpt, edit.finding.suggestions[0].text
            yield f"  {_place(edit.finding)}  {_short(old)} → {_short(new)}"
    for declined in fixed.declined:
        if every or declined.reason in ("adds", "overlap"):
            reason = text(f"fix.{declined.reason}", lang, detail=declined.detail)
            yield f"  {_place(declined.finding)}  {text('fix.not', lang)}: {reason}"


def _place(finding: Finding) -> str:
    return f"{finding.start.line}:{finding.start.column} {finding.rule} {finding.name}"


def _short(words: str) -> str:
    return '"' + " ".join(words.split()) + '"'
