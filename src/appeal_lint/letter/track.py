"""Which of the two opposite letters this is: a plan of action, or the dispute of a mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from appeal_lint.case import Handbook, Notice
from appeal_lint.document.types import Sentence
from appeal_lint.model import CaseResult, PartState

_OWNED = ("responsibility", "prevention", "actions")


def track_of(
    sentences: Sequence[Sentence],
    states: Mapping[str, PartState],
    handbook: Handbook,
    case: CaseResult,
    notice: Notice | None,
) -> str | None:
    """plan, dispute, or None when nothing tells.

    A notice that asks for a plan and offers no dispute decides; so does a case type that has
    one track. Otherwise the letter does: one that contests and owns nothing is a dispute.
    """
    playbook = handbook.cases.get(case.id or "")
    tracks = playbook.tracks if playbook else ()
    if notice is not None and notice.answer == "plan" and not notice.dispute:
        return "plan"
    offered = notice is not None and notice.dispute
    if len(tracks) == 1 and not offered:
        return tracks[0]
    if not offered and "dispute" not in tracks:
        return None
    contested = sum(
        any(match.key == "dispute" for match in handbook.track_index.find(sentence))
        for sentence in sentences
    )
    owned = sum(states[part].present for part in _OWNED)
    if contested >= (1 if offered else 2) and owned <= 1:
        return "dispute"
    if owned >= 2 and not contested:
        return "plan"
    return None
