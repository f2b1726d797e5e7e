"""Figures from annotated drafts: precision, recall, F1, parts, false alarms, per rule."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from appeal_lint.evaluation.drafts import LABEL_OF, LABELS, Draft
from appeal_lint.letter.parts import STATES
from appeal_lint.model import Finding, Report, Severity

_RESAMPLES = 1000
_SEED = 20261123


@dataclass(frozen=True)
class Score:
    """Counts of one label over segments."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was marked that is right; 1 when nothing was marked."""
        marked = self.hits + self.false
        return self.hits / marked if marked else 1.0

    @property
    def recall(self) -> float:
        """Share of what is wrong that was marked; 1 when nothing is wrong."""
        wrong = self.hits + self.missed
        return self.hits / wrong if wrong else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else 1.0


@dataclass(frozen=True)
class RuleScore:
    """How often a rule spoke and how often the annotators agreed."""

    hits: int = 0
    right: int = 0
    on_clean: int = 0


@dataclass(frozen=True)
class Error:
    """A segment on which tool and annotators differ."""

    draft: str
    kind: str
    label: str
    text: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftResult:
    """Everything counted on one draft."""

    draft: Draft
    report: Report
    scores: Mapping[str, Score]
    parts_right: int
    sentence_parts: tuple[int, int]
    alarms: int
    errors: tuple[Error, ...]


@dataclass(frozen=True)
class Evaluation:
    """Figures over a set of drafts."""

    results: tuple[DraftResult, ...]
    rules: Mapping[str, RuleScore] = field(default_factory=dict)
    clean_words: int = 0

    def score(self, label: str) -> Score:
        """Counts of one label over all segments."""
        return _total(self.results, label)

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the six labels."""
        return _macro(self.results)

    @property
    def parts_accuracy(self) -> float:
        """Share of the six parts per draft told right."""
        return _parts(self.results)

    @property
    def sentence_accuracy(self) -> float:
        """Share of segments whose part is told right."""
        right = sum(result.sentence_parts[0] for result in self.results)
        return right / max(1, sum(result.sentence_parts[1] for result in self.results))

    @property
    def strong(self) -> int:
        """Number of drafts in which the annotators found nothing to change."""
        return sum(result.draft.strong for result in self.results)

    @property
    def alarms_per_strong(self) -> float:
        """Findings per draft that deserves none."""
        return _alarms(self.results)

    def interval(self, figure: Callable[[Sequence[DraftResult]], float]) -> tuple[float, float]:
        """95 % bootstrap interval of a figure over drafts."""
        source = random.Random(_SEED)
        values = sorted(
            figure(source.choices(self.results, k=len(self.results))) for _ in range(_RESAMPLES)
        )
        return values[int(0.025 * _RESAMPLES)], values[int(0.975 * _RESAMPLES) - 1]

    def label_interval(self, label: str) -> tuple[float, float]:
        """95 % bootstrap interval of a label's F1."""
        return self.interval(lambda results: _total(results, label).f1)

    @property
    def macro_interval(self) -> tuple[float, float]:
        """95 % bootstrap interval of the macro F1."""
        return self.interval(_macro)


def _total(results: Sequence[DraftResult], label: str) -> Score:
    return sum((result.scores[label] for result in results), Score())


def _macro(results: Sequence[DraftResult]) -> float:
    return sum(_total(results, label).f1 for label in LABELS) / len(LABELS)


def _parts(results: Sequence[DraftResult]) -> float:
    return sum(result.parts_right for result in results) / max(1, len(STATES) * len(results))


def _alarms(results: Sequence[DraftResult]) -> float:
    strong = [result for result in results if result.draft.strong]
    return sum(result.alarms for result in strong) / max(1, len(strong))


Lint = Callable[[str, str, "str | None"], Report]


def evaluate(
    drafts: Sequence[Draft],
    lint: Lint,
    *,
    level: Severity = Severity.WARNING,
    clean: Sequence[str] = (),
) -> Evaluation:
    """Lint every draft and compare; `lint` takes text, name and notice.

    Only findings at `level` or worse count. `clean` are further texts that deserve no finding.
    """
    results = tuple(
        _draft(draft, lint(draft.text, draft.id, draft.notice), level) for draft in drafts
    )
    rules: dict[str, RuleScore] = {}
    words = 0
    for result in results:
        words += result.report.words if result.draft.strong else 0
        for finding in result.report.findings:
            if finding.severity >= level:
                _count(rules, finding, result.draft)
    for number, text in enumerate(clean):
        report = lint(text, f"clean-{number}", None)
        words += report.words
        for finding in report.findings:
            if finding.severity >= level:
                old = rules.get(finding.rule, RuleScore())
                rules[finding.rule] = RuleScore(old.hits, old.right, old.on_clean + 1)
    return Evaluation(results, dict(sorted(rules.items())), words)


def _touched(finding: Finding, draft: Draft) -> list[int]:
    return [i for i, segment in enumerate(draft.segments) if segment.span.overlaps(finding.span)]


def _count(rules: dict[str, RuleScore], finding: Finding, draft: Draft) -> None:
    label = LABEL_OF.get(finding.category)
    right = label is None or any(
        label in draft.segments[i].labels for i in _touched(finding, draft)
    )
    old = rules.get(finding.rule, RuleScore())
    rules[finding.rule] = RuleScore(old.hits + 1, old.right + right, old.on_clean + draft.strong)


def _draft(draft: Draft, report: Report, level: Severity) -> DraftResult:
    marked: list[dict[str, list[str]]] = [{} for _ in draft.segments]
    shown = [finding for finding in report.findings if finding.severity >= level]
    for finding in shown:
        label = LABEL_OF.get(finding.category)
        if label:
            for i in _touched(finding, draft):
                marked[i].setdefault(label, []).append(finding.rule)
    scores = dict.fromkeys(LABELS, Score())
    errors: list[Error] = []
    for segment, found in zip(draft.segments, marked):
        for label in LABELS:
            wrong, told = label in segment.labels, label in found
            scores[label] += Score(
                int(wrong and told), int(told and not wrong), int(wrong and not told)
            )
            if wrong != told:
                kind = "missed" if wrong else "false"
                errors.append(
                    Error(draft.id, kind, label, segment.text, tuple(found.get(label, ())))
                )
    for part in STATES:
        if report.parts[part].present != draft.parts[part]:
            kind = "part missed" if draft.parts[part] else "part false"
            errors.append(Error(draft.id, kind, part, ""))
    right = sum(report.parts[part].present == draft.parts[part] for part in STATES)
    return DraftResult(
        draft, report, scores, right, _sentence_parts(draft, report), len(shown), tuple(errors)
    )


def _sentence_parts(draft: Draft, report: Report) -> tuple[int, int]:
    right = total = 0
    for segment in draft.segments:
        parts = [s.part for s in report.sentences if s.span.overlaps(segment.span)]
        if parts:
            total += 1
            right += parts[0] == segment.part
    return right, total
