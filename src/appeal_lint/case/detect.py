"""What kind of enforcement a letter answers: told by the notice, else by the letter itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from appeal_lint.case.handbook import Handbook
from appeal_lint.document.types import Sentence
from appeal_lint.model import CaseResult
from appeal_lint.phrases import PhraseIndex

_MOST_PER_WEIGHT = 3
_MIN_SCORE = 2
_MIN_DRAFT = 1.5
_MIN_SENTENCES = 4
_CLAUSE_ALONE = "section3-generic"
_SCORE_OF_ALSO = 0.6
_NAME_WEIGHT = {"names": 3, "own-terms": 2, "hints": 1}

_CHANCE_WEIGHT = 10.0
_LEAST_CHANCE = 0.1

Ranked = list[tuple[str, float]]
Chances = Mapping[str, float]
NO_CHANCES: Chances = {}


@dataclass(frozen=True)
class CaseReader:
    """Finds platform and case type by the cues of the handbook."""

    handbook: Handbook

    @cached_property
    def _notice(self) -> PhraseIndex[tuple[str, float, int]]:
        return self.handbook.cue_index("notice")

    @cached_property
    def _draft(self) -> PhraseIndex[tuple[str, float, int]]:
        return self.handbook.cue_index("draft")

    def of_notice(
        self, sentences: Sequence[Sentence], platform: str, chances: Chances = NO_CHANCES
    ) -> Ranked:
        """Case types that a notice speaks of, best first, with their scores.

        `chances` is how likely the model thinks each type.
        """
        ranked = self._rank(self._notice, sentences, platform, chances)
        return ranked if ranked and ranked[0][1] >= _MIN_SCORE else []

    def of_draft(
        self, sentences: Sequence[Sentence], platform: str, chances: Chances = NO_CHANCES
    ) -> Ranked:
        """Case types that a letter seems to answer, best first, with their scores."""
        return self._rank(self._draft, sentences, platform, chances)

    def result(
        self,
        draft: Sequence[Sentence],
        ranked: Ranked | None,
        platform: str,
        *,
        case: str | None = None,
        chances: Chances = NO_CHANCES,
    ) -> CaseResult:
        """The case type with confidence and where it is known from.

        `ranked` is what the notice speaks of, None without a notice; `case` is a setting that
        is taken as it is. `chances` is what the model thinks of the letter.
        """
        if case is not None:
            return self._result(case, platform, 1.0, "setting")
        if ranked:
            also = tuple(
                name for name, score in ranked[1:3] if score >= _SCORE_OF_ALSO * ranked[0][1]
            )
            return self._result(ranked[0][0], platform, confidence(ranked), "notice", also)
        found = self.of_draft(draft, platform, chances)
        if found and found[0][1] >= _MIN_DRAFT and len(draft) >= _MIN_SENTENCES:
            return self._result(found[0][0], platform, confidence(found) * 0.9, "draft")
        return CaseResult(platform=platform)

    def platform(self, sentences: Iterable[Sentence]) -> str | None:
        """The marketplace that is named most; None when none is."""
        counts: dict[str, float] = {}
        for sentence in sentences:
            for match in self.handbook.name_index.find(sentence):
                name, kind = match.key
                counts[name] = counts.get(name, 0.0) + _NAME_WEIGHT[kind]
        return max(sorted(counts), key=lambda name: counts[name]) if counts else None

    def _result(
        self, case: str, platform: str, sure: float, source: str, also: tuple[str, ...] = ()
    ) -> CaseResult:
        playbook = self.handbook.cases.get(case)
        if playbook is None:
            return CaseResult(case, case, platform, sure, source, also)
        titles = {"en": playbook.title.en, "zh": playbook.title.zh}
        return CaseResult(case, playbook.title.en, platform, sure, source, also, titles)

    def _rank(
        self,
        index: PhraseIndex[tuple[str, float, int]],
        sentences: Sequence[Sentence],
        platform: str,
        chances: Chances,
    ) -> Ranked:
        hits: dict[tuple[str, float], set[str]] = {}
        for sentence in sentences:
            for match in index.find(sentence):
                case, weight, _ = match.key
                words = sentence.text[match.start : match.end].lower()
                hits.setdefault((case, weight), set()).add(words)
        cases = self.handbook.cases
        scores: dict[str, float] = {}
        for (case, weight), found in hits.items():
            if platform in cases[case].platforms:
                scores[case] = scores.get(case, 0.0) + weight * min(len(found), _MOST_PER_WEIGHT)
        for case, chance in chances.items():
            if chance >= _LEAST_CHANCE and platform in cases[case].platforms:
                scores[case] = scores.get(case, 0.0) + _CHANCE_WEIGHT * chance
        if len(scores) > 1:
            # Most notices begin with the termination clause, whatever the reason is.
            scores.pop(_CLAUSE_ALONE, None)
        return sorted(
            scores.items(), key=lambda pair: (-pair[1], -cases[pair[0]].precedence, pair[0])
        )


def confidence(ranked: Ranked) -> float:
    """How clearly the first case type leads, from 0 to 1."""
    best = ranked[0][1]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return best / (best + second + 1.0)
