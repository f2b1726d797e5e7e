"""Run rules over a letter: from text to report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from appeal_lint.case import Handbook, Notice, read_notice
from appeal_lint.case.detect import CaseReader
from appeal_lint.case.notice import notice_result
from appeal_lint.checks import Match, Run, check_module
from appeal_lint.config import Config
from appeal_lint.config.model import NO_MODEL
from appeal_lint.context import Context, Day, GrammarEngine
from appeal_lint.document import build
from appeal_lint.document.types import BlockKind, Document, Sentence
from appeal_lint.errors import EngineError
from appeal_lint.evaluation.drafts import LABEL_OF
from appeal_lint.files import built_in_rules
from appeal_lint.fixing.casing import keep_case
from appeal_lint.judgement import Reading, load_judge
from appeal_lint.letter import Letter, read_letter
from appeal_lint.letter.answers import points
from appeal_lint.letter.context import is_negated, is_quoted, is_reported
from appeal_lint.letter.parts import PartReader
from appeal_lint.model import (
    CaseResult,
    Category,
    Finding,
    PointResult,
    Report,
    SentenceResult,
    Skipped,
    Span,
    Suggestion,
    Suppressed,
)
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules import Bundle, Rule
from appeal_lint.selection import choose

_LEAST_CHANCE = 0.05
"""The chance of a flaw below which a built-in rule or an engine is not heard; chosen on dev."""
_LEAST_NOTICE = 25
"""Words from which on a quotation can be a notice."""


class Linter:
    """The selected rules, compiled once, for any number of letters."""

    def __init__(self, bundle: Bundle, config: Config, today: date) -> None:
        self.bundle = bundle
        self.config = config
        self.today = today
        self.rules, without = _without_model(choose(bundle.rules, config), config)
        self._reader = PartReader.of(bundle.parts)
        self._cases = CaseReader(Handbook.of(bundle))
        self._judge = load_judge() if config.judgement else None
        self._weighed = _weighed(self.rules)
        self._order = {rule.id: index for index, rule in enumerate(self.rules)}
        self._engines, skipped = self._start_engines()
        self._skipped = (*without, *skipped)
        self._parser = self._make_parser()
        self._by_id = {rule.id: rule for rule in self.rules}
        self._programs = self._compile([r for r in self.rules if not _is_last(r)])
        self._last = self._compile([r for r in self.rules if _is_last(r)])
        self._exceptions = _exceptions(self.rules)

    # -- set-up ---------------------------------------------------------------------------

    def _needs(self, what: str) -> list[Rule]:
        return [rule for rule in self.rules if what in check_module(rule.check).NEEDS]

    def _start_engines(self) -> tuple[Mapping[str, GrammarEngine], tuple[Skipped, ...]]:
        from appeal_lint.engines import create_engine

        engines: dict[str, GrammarEngine] = {}
        skipped: list[Skipped] = []
        wanted: dict[str, list[str]] = {}
        for rule in self._needs("grammar"):
            wanted.setdefault(rule.options["engine"], []).append(rule.id)
        for name, rules in wanted.items():
            if name not in self.config.engines:
                skipped.append(Skipped(name, "switched off", tuple(rules), off=True))
                continue
            try:
                engines[name] = create_engine(name, self.config)
            except EngineError as problem:
                skipped.append(Skipped(name, str(problem), tuple(rules)))
        return engines, tuple(skipped)

    def _make_parser(self) -> Any:
        if not self._needs("parse"):
            return None
        from appeal_lint.language import Pipeline

        return Pipeline(self.config.model)

    @staticmethod
    def _compile(chosen: Sequence[Rule]) -> list[Run]:
        kinds: dict[str, list[Rule]] = {}
        for rule in chosen:
            kinds.setdefault(rule.check, []).append(rule)
        return [check_module(kind).program(rules) for kind, rules in kinds.items()]

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Rules that cannot run with these settings or on this machine."""
        return self._skipped

    @property
    def _fleeting(self) -> bool:
        """Whether the same letter may have other findings next time."""
        missing = any(not skipped.off for skipped in self._skipped)
        return missing or any(rule.check == "plugin" for rule in self.rules)

    # -- one letter -----------------------------------------------------------------------

    def read(
        self, text: str, path: str = "<text>", notice: str | None = None, case: str | None = None
    ) -> Letter:
        """The letter that a text is."""
        document = build(text, path=path, known_heading=self._reader.known_heading)
        answered = self.read_notice(notice) if notice is not None else self._quoted(document)
        reading = self._judged(document)
        named = answered.platform if answered else None
        platform = self.config.platform or named or self._cases.platform(document.sentences)
        result = self._cases.result(
            document.sentences,
            answered.ranked if answered else None,
            platform or "amazon",
            case=case or self.config.case,
            chances=reading.cases if reading else {},
        )
        return read_letter(
            document, self.bundle, self._reader, self.handbook, result, answered, reading
        )

    def _judged(self, document: Document) -> Reading | None:
        """The model's reading; it has learned from whole letters, and a line or two is not one."""
        fixed = self._reader.fixed
        if self._judge is None or sum(not fixed(document, s) for s in document.sentences) < 4:
            return None
        return self._judge.judge(document)

    @property
    def handbook(self) -> Handbook:
        """What is known of case types, documents, topics and platforms."""
        return self._cases.handbook

    def case_of(self, notice: Notice) -> CaseResult:
        """The type of case that a notice alone tells."""
        platform = self.config.platform or notice.platform or "amazon"
        return self._cases.result((), notice.ranked, platform, case=self.config.case)

    def read_notice(self, text: str) -> Notice:
        """What a notice says."""
        return read_notice(text, self._cases, self.config.platform, self._judge)

    def _quoted(self, document: Document) -> Notice | None:
        """The notice that a letter quotes, when the quotation is one."""
        quoted = [block.text for block in document.blocks if block.kind is BlockKind.QUOTE]
        if sum(len(text.split()) for text in quoted) < _LEAST_NOTICE:
            return None
        lines = [
            document.text[block.span.start : block.span.end]
            for block in document.blocks
            if block.kind is BlockKind.QUOTE
        ]
        notice = self.read_notice("\n\n".join(lines))
        return notice if notice.ranked and (notice.asks or notice.items) else None

    def lint(
        self,
        text: str,
        path: str = "<text>",
        notice: str | None = None,
        *,
        only: str | None = None,
        case: str | None = None,
        notice_source: str = "given",
        shared: tuple[tuple[Span, str], ...] = (),
    ) -> Report:
        """Everything the rules find in a text, in reading order.

        `only` limits the run to one rule id, `case` overrides the case type, `notice_source`
        is told in the report; `shared` are sentences that other clients' letters have, too.
        """
        letter = self.read(text, path, notice, case)
        day = Day(self.today)
        context = Context(
            letter,
            day,
            self._parser,
            self._engines,
            frozenset(self.config.vocabulary),
            self.config.dialect,
            self.config.lang,
            shared,
        )
        rules = (self._by_id[only],) if only else self.rules
        wanted = {rule.options["engine"] for rule in rules if rule.check == "grammar"}
        for name, engine in self._engines.items():
            if name in wanted:
                engine.start(letter)
        alone = only is not None and not _is_last(self._by_id[only])
        programs = self._compile([self._by_id[only]]) if only and alone else self._programs
        matches = [match for run in programs for match in run(context)]
        kept = self._settle(self._filter(matches, letter))
        kept, suppressed = self._silenced(kept, letter, context)
        if only is not None:
            kept = [match for match in kept if match.rule.id == only]
        return Report(
            path=path,
            text=text,
            findings=tuple(self._finding(match, letter) for match in kept),
            suppressed=suppressed,
            parts=letter.states,
            sentences=tuple(
                SentenceResult(sentence.span, part)
                for sentence, part in zip(letter.sentences, letter.parts)
            ),
            case=letter.case,
            track=letter.track,
            notice=notice_result(letter.notice, "quoted" if notice is None else notice_source),
            points=self._points(letter) if self.config.checklist else None,
            skipped=(*self._skipped, *context.failed),
            words=letter.document.word_count,
            lasts="never" if self._fleeting or context.failed else "day" if day.asked else "always",
        )

    def _points(self, letter: Letter) -> tuple[PointResult, ...]:
        return tuple(
            PointResult(p.kind, p.text, p.state.name.lower(), p.optional, p.span)
            for p in points(letter, self.config.lang)
        )

    def _silenced(
        self, matches: list[Match], letter: Letter, context: Context
    ) -> tuple[list[Match], tuple[Suppressed, ...]]:
        """What the letter's own comments leave, with the flaws of the comments themselves."""
        document = letter.document
        if not self.config.inline or not (document.directives or "[sic]" in document.text.lower()):
            return matches, ()
        from appeal_lint.suppression.inline import silence

        skipped = {id for each in self._skipped for id in each.rules}
        result = silence(
            matches, document, self.bundle.rules, frozenset(self._by_id.keys() - skipped)
        )
        last = replace(context, flaws=tuple(result.flaws))
        found = [match for run in self._last for match in run(last)]
        kept = [*result.kept, *self._settle(self._filter(found, letter))]
        kept.sort(key=lambda match: (match.span.start, match.span.end, match.rule.id))
        return kept, tuple(
            Suppressed(self._finding(match, letter), by, reason)
            for match, by, reason in result.gone
        )

    # -- from matches to findings ---------------------------------------------------------

    def _filter(self, matches: Iterable[Match], letter: Letter) -> list[Match]:
        hits = _exception_hits(self._exceptions, letter)
        return [
            match
            for match in matches
            if _in_scope(match, letter)
            and not _excused(match, letter, hits)
            and not self._doubted(match, letter)
        ]

    def _doubted(self, match: Match, letter: Letter) -> bool:
        """Whether the model is nearly certain that a sentence has no such flaw.

        Words alone do not tell; but somebody's own rule is heard whatever the model thinks.
        """
        label = self._weighed.get(match.rule.id)
        if label is None or match.sentence is None:
            return False
        return not letter.suspected(match.sentence, label, _LEAST_CHANCE)

    def _settle(self, matches: list[Match]) -> list[Match]:
        """One finding per rule and sentence, one per place and category; budgets spent."""
        matches.sort(
            key=lambda match: (match.span.start, -match.span.end, self._order[match.rule.id])
        )
        single: list[Match] = []
        seen: set[tuple[str, int]] = set()
        for match in matches:
            many = match.rule.category in (Category.ENGLISH, Category.FORM)
            if match.sentence is not None and not many:
                key = (match.rule.id, match.sentence.index)
                if key in seen:
                    continue
                seen.add(key)
            single.append(match)
        kept: list[Match] = []
        for match in sorted(single, key=self._rank):
            rival = next((other for other in kept if _same_place(match, other)), None)
            if rival is None:
                kept.append(match)
        kept.sort(key=lambda match: (match.span.start, match.span.end, match.rule.id))
        return _spend_budgets(kept)

    def _rank(self, match: Match) -> tuple[int, int, int, int]:
        engine = match.rule.check in ("grammar", "classifier")
        return (
            -match.rule.severity,
            int(engine),
            -(match.span.end - match.span.start),
            self._order[match.rule.id],
        )

    def _finding(self, match: Match, letter: Letter) -> Finding:
        rule, document = match.rule, letter.document
        excerpt = document.text[match.span.start : match.span.end]
        words = document.plain[match.span.start : match.span.end].split()
        fields = {"match": " ".join(words), **match.fields}
        better = match.suggestions or tuple(_fill(text, fields) for text in rule.suggestions)
        first = match.sentence is not None and not any(
            map(str.isalnum, match.sentence.text[: match.start])
        )
        better = tuple(dict.fromkeys(keep_case(text, excerpt, first=first) for text in better))
        safe = rule.fix == "safe" and len(better) == 1
        return Finding(
            rule=rule.id,
            name=rule.name,
            category=rule.category,
            severity=rule.severity,
            span=match.span,
            start=document.position(match.span.start),
            end=document.position(match.span.end),
            message=_fill(match.message or rule.message, fields),
            why=_fill(rule.why, fields),
            advice=_fill(rule.advice, fields),
            excerpt=excerpt,
            suggestions=tuple(Suggestion(text, safe, rule.fix == "none") for text in better),
            confidence=match.confidence,
        )


def _is_last(rule: Rule) -> bool:
    return "findings" in check_module(rule.check).NEEDS


def _without_model(
    rules: tuple[Rule, ...], config: Config
) -> tuple[tuple[Rule, ...], tuple[Skipped, ...]]:
    """The rules that can run, and a note of those that need a model that is switched off."""
    if config.model != NO_MODEL:
        return rules, ()
    needy = {
        rule.id
        for rule in rules
        if "parse" in check_module(rule.check).NEEDS or rule.check == "classifier"
    }
    kept = tuple(rule for rule in rules if rule.id not in needy)
    return kept, (Skipped("model", "switched off", tuple(sorted(needy))),)


def _fill(template: str, fields: Mapping[str, str]) -> str:
    for name, value in fields.items():
        template = template.replace("{" + name + "}", value)
    return template


def _same_place(one: Match, other: Match) -> bool:
    if one.rule.category is not other.rule.category:
        return False
    if one.sentence is None or other.sentence is None:
        return False
    return one.span.overlaps(other.span) or one.span == other.span


def _spend_budgets(matches: Sequence[Match]) -> list[Match]:
    spent: dict[str, int] = {}
    kept = []
    for match in matches:
        spent[match.rule.id] = spent.get(match.rule.id, 0) + 1
        if spent[match.rule.id] > match.rule.budget:
            kept.append(match)
    return kept


def _in_scope(match: Match, letter: Letter) -> bool:
    scope = match.rule.scope
    case = letter.case
    if scope.cases and case.id not in scope.cases:
        return False
    if scope.not_cases and case.id in scope.not_cases:
        return False
    if scope.platforms and case.platform not in scope.platforms:
        return False
    if not _on_track(scope.tracks, letter):
        return False
    if match.sentence is None:
        return True
    part = letter.parts[match.sentence.index]
    block = letter.block_of(match.sentence).kind.value
    if scope.parts and part not in scope.parts:
        return False
    if part in scope.not_parts:
        return False
    if scope.blocks and block not in scope.blocks:
        return False
    return block not in scope.not_blocks


def _on_track(tracks: Sequence[str], letter: Letter) -> bool:
    """Whether the letter is on one of the tracks; unless it tells otherwise, it is a plan."""
    return not tracks or (letter.track or "plan") in tracks


def _weighed(rules: Iterable[Rule]) -> dict[str, str]:
    """The built-in rules that the model may doubt, each with the label of its flaw.

    A stock sentence is one whatever the model thinks. Rules for English know more of one error in
    a good letter than the model; a grammar engine does not.
    """
    root = str(built_in_rules())
    return {
        rule.id: LABEL_OF[rule.category]
        for rule in rules
        if rule.weighed
        and rule.path.startswith(root)
        and rule.category in LABEL_OF
        and rule.category is not Category.TEMPLATE
        and (rule.category is not Category.ENGLISH or rule.check == "grammar")
    }


def _exceptions(rules: Sequence[Rule]) -> PhraseIndex[tuple[str, str]]:
    index: PhraseIndex[tuple[str, str]] = PhraseIndex()
    for rule in rules:
        for place in ("sentence", "around", "letter"):
            for patterns in getattr(rule.unless, place):
                index.add((rule.id, place), patterns)
    return index


def _exception_hits(
    index: PhraseIndex[tuple[str, str]], letter: Letter
) -> dict[tuple[str, str], set[int]]:
    hits: dict[tuple[str, str], set[int]] = {}
    for sentence in letter.sentences:
        for match in index.find(sentence):
            hits.setdefault(match.key, set()).add(sentence.index)
    return hits


def _excused(match: Match, letter: Letter, hits: Mapping[tuple[str, str], set[int]]) -> bool:
    rule, sentence = match.rule, match.sentence
    if (rule.id, "letter") in hits:
        return True
    if sentence is None:
        return False
    if sentence.index in hits.get((rule.id, "sentence"), ()):
        return True
    near = {sentence.index - 1, sentence.index, sentence.index + 1}
    if near & hits.get((rule.id, "around"), set()):
        return True
    if rule.unless.facts and _has_facts(rule, sentence, letter):
        return True
    if match.end <= match.start:
        return False
    if rule.quoted == "skip" and is_quoted(sentence, match.start, match.end):
        return True
    if rule.negated == "skip" and is_negated(sentence, match.start):
        return True
    return rule.reported == "skip" and is_reported(sentence, match.start)


def _has_facts(rule: Rule, sentence: Sentence, letter: Letter) -> bool:
    from appeal_lint.checks.fact import count_facts, nearby

    sentences = nearby(letter, sentence, rule.unless.facts_within)
    return count_facts(letter, sentences, rule.unless.facts) >= rule.unless.min_facts
