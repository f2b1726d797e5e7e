"""Learned judgement: a linear model that reads a sentence in its context.

It gives every sentence the probability of each part of the letter and of each flaw. It is
trained by training/train_judgement.py on corpus/drafts/train.jsonl and ships as package data.
"""

from appeal_lint.judgement.features import SentenceView, features
from appeal_lint.judgement.model import Judge, Judgement, load_judge

__all__ = ["Judge", "Judgement", "SentenceView", "features", "load_judge"]
