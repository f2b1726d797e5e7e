"""What kind of enforcement a letter answers: told by the notice, else by the letter itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from appeal_lint.document.types import Sentence
from appeal_lint.model import CaseResult
from appeal_lint.phrases import PhraseIndex
from appeal_lint.rules.bundle import Bundle

PLATFORM_WORDS: Mapping[str, tuple[str, ...]] = {
    "amazon": ("amazon", "asin", "asins", "fba", "fnsku", "a-to-z", "poa"),
    "ebay": ("ebay", "vero", "inad", "snad"),
    "walmart": ("walmart", "wfs"),
    "tiktok": ("tiktok",),
    "etsy": ("etsy",),
}
_MOST_PER_WEIGHT = 3
_MIN_SCORE = 2
_MIN_SENTENCES = 4


@dataclass(frozen=True)
class CaseReader:
    """The cues of all case types, ready to be looked for."""

    cases: Mapping[str, Mapping[str, Any]]
    notice: PhraseIndex[tuple[str, float, int]]
    draft: PhraseIndex[tuple[str, float, int]]

    @classmethod
    def of(cls, bundle: Bundle) -> CaseReader:
        """Built from the files under rules/cases."""
        cases = {case["id"]: case for case in bundle.extra.get("cases", ())}
        return cls(cases, _index(cases, "notice"), _index(cases, "draft"))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of all case types."""
        return tuple(sorted(self.cases))

    def read(
        self,
        draft: Sequence[Sentence],
        notice: Sequence[Sentence] | None = None,
        *,
        case: str | None = None,
        platform: str | None = None,
    ) -> CaseResult:
        """The case type with platform, confidence and where it is known from.

        `case` and `platform` are settings that are taken as they are.
        """
        where = platform or self.platform(notice or ()) or self.platform(draft) or "amazon"
        if case is not None:
            return self._result(case, where, 1.0, "setting")
        if notice:
            found = self._rank(self.notice, notice, where)
            if found:
                return self._result(found[0][0], where, _confidence(found), "notice")
        found = self._rank(self.draft, draft, where)
        if found and found[0][1] >= _MIN_SCORE and len(draft) >= _MIN_SENTENCES:
            return self._result(found[0][0], where, _confidence(found) * 0.9, "draft")
        return CaseResult(platform=where)

    def all(self, sentences: Sequence[Sentence], platform: str) -> list[tuple[str, float]]:
        """Case types that a notice speaks of, best first, with their scores."""
        return self._rank(self.notice, sentences, platform)

    def _result(self, case: str, platform: str, confidence: float, source: str) -> CaseResult:
        data = self.cases.get(case, {})
        title = data.get("title", {}).get("en", case)
        return CaseResult(case, title, platform, confidence, source)

    def _rank(
        self,
        index: PhraseIndex[tuple[str, float, int]],
        sentences: Sequence[Sentence],
        platform: str,
    ) -> list[tuple[str, float]]:
        hits: dict[tuple[str, float], set[str]] = {}
        for sentence in sentences:
            for match in index.find(sentence):
                case, weight, _ = match.key
                words = sentence.text[match.start : match.end].lower()
                hits.setdefault((case, weight), set()).add(words)
        scores: dict[str, float] = {}
        for (case, weight), words_found in hits.items():
            if platform in self.cases[case]["platforms"]:
                scores[case] = scores.get(case, 0.0) + weight * min(
                    len(words_found), _MOST_PER_WEIGHT
                )
        return sorted(
            scores.items(),
            key=lambda pair: (-pair[1], -self.cases[pair[0]].get("precedence", 50), pair[0]),
        )

    @staticmethod
    def platform(sentences: Iterable[Sentence]) -> str | None:
        """The marketplace that is named most often; None when none is."""
        counts = dict.fromkeys(PLATFORM_WORDS, 0)
        for sentence in sentences:
            for word in sentence.words:
                for platform, names in PLATFORM_WORDS.items():
                    counts[platform] += word.norm in names
        best = max(counts, key=lambda name: counts[name])
        return best if counts[best] else None


def _index(
    cases: Mapping[str, Mapping[str, Any]], place: str
) -> PhraseIndex[tuple[str, float, int]]:
    index: PhraseIndex[tuple[str, float, int]] = PhraseIndex()
    for name, case in cases.items():
        for number, cue in enumerate(case["cues"][place]):
            for patterns in cue["phrases"]:
                index.add((name, cue["weight"], number), patterns)
    return index


def _confidence(ranked: Sequence[tuple[str, float]]) -> float:
    best = ranked[0][1]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return best / (best + second + 1.0)
