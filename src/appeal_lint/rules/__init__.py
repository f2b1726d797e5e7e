"""Rules and the other data that a consultant can read and change."""

from appeal_lint.rules.bundle import Bundle, load_bundle
from appeal_lint.rules.types import Example, PartData, Rule, Scope, Unless, Vocabulary

__all__ = [
    "Bundle",
    "Example",
    "PartData",
    "Rule",
    "Scope",
    "Unless",
    "Vocabulary",
    "load_bundle",
]
