"""Measure the rules on annotated drafts."""

from appeal_lint.evaluation.drafts import LABELS, Draft, Segment, load_drafts
from appeal_lint.evaluation.measure import Evaluation, evaluate

__all__ = ["LABELS", "Draft", "Evaluation", "Segment", "evaluate", "load_drafts"]
