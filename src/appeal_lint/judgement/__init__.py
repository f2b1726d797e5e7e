"""Learned judgement: a small encoder that reads each sentence within its letter.

It gives every sentence the probability of each part of the letter and of each flaw, and points at
words whose English it doubts. It is trained by training/train_judgement.py on
corpus/drafts/train.jsonl and ships as package data.
"""

from appeal_lint.judgement.model import Judge, Judgement, load_judge

__all__ = ["Judge", "Judgement", "load_judge"]
