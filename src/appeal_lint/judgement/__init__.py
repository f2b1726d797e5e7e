"""Learned judgement: three small encoders that read each sentence within its letter.

Two of them together give every sentence the probability of each part of the letter and of each
flaw; one of the two also tells the type of case and finds the documents that a notice asks for.
The third reads the English and points at words that it doubts. They are trained by
training/train_judgement.py on corpus/drafts/train.jsonl and ship as package data.
"""

from appeal_lint.judgement.model import Judge, Judgement, NoticeReading, Reading, load_judge

__all__ = ["Judge", "Judgement", "NoticeReading", "Reading", "load_judge"]
