"""Rules, parts and vocabularies as loaded from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from appeal_lint.model import Category, Severity

if TYPE_CHECKING:
    from appeal_lint.phrases.syntax import Pattern

    Phrases = tuple[tuple[Pattern, ...], ...]

PREFIXES = {
    "SEC": (Category.STRUCTURE,),
    "EMO": (Category.EMOTION,),
    "BLA": (Category.BLAME,),
    "REL": (Category.RELEVANCE,),
    "TPL": (Category.TEMPLATE,),
    "ENG": (Category.ENGLISH,),
    "EVD": (Category.EVIDENCE, Category.SPECIFICITY),
    "FMT": (Category.FORM,),
    "SUP": (Category.SUPPRESSION,),
}


@dataclass(frozen=True)
class Scope:
    """Where a rule looks; an empty tuple means everywhere."""

    parts: tuple[str, ...] = ()
    not_parts: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    not_blocks: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    not_cases: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unless:
    """What makes a match harmless: phrases or facts in the sentence or around it."""

    sentence: Phrases = ()
    around: Phrases = ()
    letter: Phrases = ()
    facts: tuple[str, ...] = ()
    facts_within: str = "sentence"
    min_facts: int = 1


@dataclass(frozen=True)
class Example:
    """A text that a rule must (bad) or must not (good) find fault with."""

    text: str
    match: str | None = None
    fix: str | None = None
    notice: str | None = None
    case: str | None = None
    beside: str | None = None


@dataclass(frozen=True)
class Rule:
    """One rule; `options` are the keys of its check kind, compiled, and `raw` as written."""

    id: str
    name: str
    category: Category
    severity: Severity
    check: str
    message: str
    why: str
    advice: str
    path: str
    zh: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)
    scope: Scope = Scope()
    unless: Unless = Unless()
    budget: int = 0
    negated: str = "keep"
    quoted: str = "skip"
    reported: str = "keep"
    suggestions: tuple[str, ...] = ()
    fix: str = "none"
    sources: tuple[str, ...] = ()
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    aliases: tuple[str, ...] = ()
    preview: bool = False
    weighed: bool = True
    final: Severity | None = None

    def texts(self, lang: str) -> Rule:
        """The rule with message, why and advice in `lang` where they exist."""
        if lang != "zh" or not self.zh:
            return self
        zh = self.zh
        return replace(self, message=zh["message"], why=zh["why"], advice=zh["advice"])


@dataclass(frozen=True)
class PartData:
    """How a part of the letter is recognised: phrases with weights."""

    part: str
    headings: Phrases = ()
    cues: tuple[tuple[float, Phrases], ...] = ()
    proof: Phrases = ()
    tense: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """A named list of words or phrases."""

    name: str
    words: tuple[str, ...] = ()

    @cached_property
    def lower(self) -> frozenset[str]:
        """All entries in lower case."""
        return frozenset(word.lower() for word in self.words)
