"""Put suggestions into a letter: which, in what order, until nothing more changes."""

from appeal_lint.fixing.edits import Declined, Edit, apply_edits, edits_for
from appeal_lint.fixing.rounds import Fixed, fixing

__all__ = ["Declined", "Edit", "Fixed", "apply_edits", "edits_for", "fixing"]
