"""Results: what a check finds and what a report holds.

Positions are Unicode code points of the decoded text: offsets 0-based with the end
exclusive, lines and columns 1-based with the end column exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any


class Severity(IntEnum):
    """How much a finding matters; a higher value is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The lower-case word used in reports and configuration."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Severity:
        """The severity named `word`; raises KeyError for another word."""
        return cls[word.upper()]


class Category(str, Enum):
    """What kind of flaw a rule is about; each has its own prefix of rule ids."""

    STRUCTURE = "structure"
    EMOTION = "emotion"
    BLAME = "blame"
    RELEVANCE = "relevance"
    SPECIFICITY = "specificity"
    TEMPLATE = "template"
    ENGLISH = "english"
    EVIDENCE = "evidence"
    FORM = "form"
    SUPPRESSION = "suppression"


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of the decoded text: code points, 0-based, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Position:
    """A 1-based line and column of the decoded text, in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Suggestion:
    """Text to put in place of the finding's span; `safe` when no meaning can change.

    `shown_only` is a hint for the writer that is never put in automatically.
    """

    text: str
    safe: bool = False
    shown_only: bool = False


@dataclass(frozen=True)
class Finding:
    """One place of a letter where one rule asks for a change."""

    rule: str
    name: str
    category: Category
    severity: Severity
    span: Span
    start: Position
    end: Position
    message: str
    why: str
    advice: str
    excerpt: str
    suggestions: tuple[Suggestion, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True)
class Suppressed:
    """A finding that was silenced.

    `by` says how: comment (in the letter), sic, config or baseline.
    """

    finding: Finding
    by: str
    reason: str | None = None


@dataclass(frozen=True)
class PartState:
    """Whether a part of the letter is there, and the sentences that do its job."""

    present: bool
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class SentenceResult:
    """A sentence of the letter and the part it plays."""

    span: Span
    part: str


@dataclass(frozen=True)
class Skipped:
    """Rules that did not run, and why; `off` when the settings want it so."""

    what: str
    reason: str
    rules: tuple[str, ...] = ()
    off: bool = False


@dataclass(frozen=True)
class CaseResult:
    """What kind of enforcement the letter answers, and where that is known from.

    `also` are further types that the notice speaks of as clearly; `titles` is the title by
    language of the interface.
    """

    id: str | None = None
    title: str = ""
    platform: str = "generic"
    confidence: float = 0.0
    source: str = "none"
    also: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NoticeResult:
    """The notice as it was understood.

    `source` is given, beside (a file next to the letter) or quoted (in the letter itself).
    `answer` is what the notice wants: plan, documents, explanation, identity, video or form.
    `deadline` is worded as in the notice, `day` its date (ISO) where that can be told.
    `remarks` are keys of the interface's texts with their values.
    """

    source: str
    answer: str | None = None
    dispute: bool = False
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    deadline: str | None = None
    day: str | None = None
    remarks: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True)
class PointResult:
    """Something that the letter should answer; `state` is answered, weak or missing.

    `kind` is asin, order, listing, shipment, document, statement, metric or question;
    `optional` points matter only under a condition. `span` is where the letter answers.
    """

    kind: str
    text: str
    state: str
    optional: bool = False
    span: Span | None = None


@dataclass(frozen=True)
class Report:
    """Everything found in one letter, in reading order.

    `lasts` says how long the findings hold for the same text and settings: always, day (they
    depend on the date), or never (an engine was missing, or a plugin decides).
    """

    path: str
    text: str
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    parts: Mapping[str, PartState] = field(default_factory=dict)
    sentences: tuple[SentenceResult, ...] = ()
    case: CaseResult = CaseResult()
    track: str | None = None
    notice: NoticeResult | None = None
    points: tuple[PointResult, ...] | None = None
    skipped: tuple[Skipped, ...] = ()
    words: int = 0
    lasts: str = "always"

    def count(self, severity: Severity) -> int:
        """Number of findings of exactly this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The letter's entry in the JSON report; see schemas/report.schema.json."""
        from appeal_lint.output.json import file_entry

        return file_entry(self)
