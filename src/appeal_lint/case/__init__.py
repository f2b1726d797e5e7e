"""What a letter answers: the notice, the type of case, and what reviewers want to read."""

from appeal_lint.case.handbook import Handbook, Playbook
from appeal_lint.case.notice import Notice, read_notice

__all__ = ["Handbook", "Notice", "Playbook", "read_notice"]
