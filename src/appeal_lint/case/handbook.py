"""The handbook: case types, document kinds, topics and platforms, as rules/ describes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from appeal_lint.phrases import PhraseIndex
from appeal_lint.phrases.syntax import Pattern
from appeal_lint.rules.bundle import Bundle

Phrases = Sequence[Sequence[Pattern]]


@dataclass(frozen=True)
class Words:
    """A text in the languages of the interface."""

    en: str
    zh: str

    def get(self, lang: str) -> str:
        """The text in `lang`; English for a language that it does not have."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Named:
    """Something that phrases tell: a kind of document, or a track of appeal.

    `accepts` are kinds that serve as well; `any` stands for all.
    """

    id: str
    title: Words
    phrases: Phrases
    accepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentNeed:
    """A document that a case type calls for: `need` is required, if-asked or helpful.

    `checked` is the month (YYYY-MM) in which `source` was last looked at.
    """

    name: Words
    phrases: Phrases
    need: str
    max_age_days: int | None
    platforms: tuple[str, ...]
    source: str
    checked: str


@dataclass(frozen=True)
class MetricRule:
    """A metric with its bounds in percent; `window` says over which time it is counted."""

    name: Words
    phrases: Phrases
    maximum: float | None
    minimum: float | None
    window: str
    platforms: tuple[str, ...]
    source: str
    checked: str

    @property
    def bound(self) -> float | None:
        """The one bound that the platform sets."""
        return self.maximum if self.maximum is not None else self.minimum

    def met(self, value: float) -> bool:
        """Whether a value, in percent, is within the bounds."""
        low = self.minimum is None or value >= self.minimum
        return low and (self.maximum is None or value <= self.maximum)


@dataclass(frozen=True)
class Question:
    """What a reviewer asks; `phrases`, `facts` and `parts` tell how an answer looks."""

    text: Words
    phrases: Phrases = ()
    facts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class NeverSay:
    """Words that lose a case of this type, and why."""

    phrases: Phrases
    why: Words


@dataclass(frozen=True)
class Playbook:
    """One case type."""

    id: str
    title: Words
    platforms: tuple[str, ...]
    levels: tuple[str, ...]
    precedence: int
    answer: str
    tracks: tuple[str, ...]
    parts: tuple[str, ...]
    wants: tuple[Words, ...]
    questions: tuple[Question, ...]
    documents: tuple[DocumentNeed, ...]
    metrics: tuple[MetricRule, ...]
    relevant: frozenset[str]
    irrelevant: frozenset[str]
    root_causes: tuple[Words, ...]
    never_say: tuple[NeverSay, ...]
    mistakes: tuple[Words, ...]
    sources: tuple[str, ...]
    cues: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def metrics_on(self, platform: str) -> tuple[MetricRule, ...]:
        """The metrics that a platform measures."""
        return tuple(metric for metric in self.metrics if platform in metric.platforms)

    def documents_on(self, platform: str) -> tuple[DocumentNeed, ...]:
        """The documents that a platform takes."""
        return tuple(
            need for need in self.documents if not need.platforms or platform in need.platforms
        )


@dataclass(frozen=True)
class Platform:
    """A marketplace: how it is called, and words that no other marketplace uses."""

    id: str
    title: str
    names: Phrases
    own_terms: Phrases
    hints: Phrases


@dataclass(frozen=True)
class Handbook:
    """All case types, document kinds, topics and platforms by id."""

    cases: Mapping[str, Playbook]
    kinds: Mapping[str, Named]
    topics: Mapping[str, Words]
    platforms: Mapping[str, Platform]
    tracks: Mapping[str, Named]
    topic_cues: tuple[tuple[str, float, Phrases], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, bundle: Bundle) -> Handbook:
        """Built from the folders cases, documents, topics and platforms of the rules."""
        extra = bundle.extra
        return cls(
            cases={data["id"]: _playbook(data) for data in extra.get("cases", ())},
            kinds={data["id"]: _kind(data) for data in extra.get("documents", ())},
            topics={data["id"]: _words(data["title"]) for data in extra.get("topics", ())},
            tracks={data["id"]: _kind(data) for data in extra.get("tracks", ())},
            platforms={data["id"]: _platform(data) for data in extra.get("platforms", ())},
            topic_cues=tuple(
                (data["id"], cue["weight"], cue["phrases"])
                for data in extra.get("topics", ())
                for cue in data["cues"]
            ),
        )

    @cached_property
    def document_index(self) -> PhraseIndex[str]:
        """The phrases of all document kinds, by kind."""
        return _index((kind.id, kind.phrases) for kind in self.kinds.values())

    @cached_property
    def track_index(self) -> PhraseIndex[str]:
        """The phrases of the tracks, by track."""
        return _index((track.id, track.phrases) for track in self.tracks.values())

    @cached_property
    def topic_index(self) -> PhraseIndex[tuple[str, float]]:
        """The phrases of all topics, by topic and weight."""
        return _index(((topic, weight), phrases) for topic, weight, phrases in self.topic_cues)

    @cached_property
    def metric_index(self) -> PhraseIndex[tuple[str, int]]:
        """The phrases of all metrics, by case type and place in its list."""
        return _index(
            ((case.id, number), metric.phrases)
            for case in self.cases.values()
            for number, metric in enumerate(case.metrics)
        )

    @cached_property
    def name_index(self) -> PhraseIndex[tuple[str, str]]:
        """Names, own terms and hints of the platforms: (platform, names | own-terms | hints)."""
        return _index(
            ((platform.id, kind), phrases)
            for platform in self.platforms.values()
            for kind, phrases in (
                ("names", platform.names),
                ("own-terms", platform.own_terms),
                ("hints", platform.hints),
            )
        )

    def cue_index(self, place: str) -> PhraseIndex[tuple[str, float, int]]:
        """The cues of all case types in a `notice` or a `draft`: (case, weight, number)."""
        return _index(
            ((case.id, cue["weight"], number), cue["phrases"])
            for case in self.cases.values()
            for number, cue in enumerate(case.cues[place])
        )


def _index(entries: Iterable[tuple[Any, Phrases]]) -> PhraseIndex[Any]:
    index: PhraseIndex[Any] = PhraseIndex()
    for key, phrases in entries:
        for patterns in phrases:
            index.add(key, patterns)
    return index


def _words(data: Mapping[str, str]) -> Words:
    return Words(data["en"], data["zh"])


def _list(data: Mapping[str, Any], key: str) -> tuple[Words, ...]:
    return tuple(_words(item) for item in data.get(key, ()))


def _playbook(data: Mapping[str, Any]) -> Playbook:
    return Playbook(
        id=data["id"],
        title=_words(data["title"]),
        platforms=tuple(data["platforms"]),
        levels=tuple(data["level"]),
        precedence=data.get("precedence", 50),
        answer=data["answer"],
        tracks=tuple(data["tracks"]),
        parts=tuple(data["parts"]),
        wants=_list(data, "wants"),
        questions=tuple(
            Question(
                _words(item),
                item.get("phrases", ()),
                tuple(item.get("facts", ())),
                tuple(item.get("parts", ())),
            )
            for item in data["questions"]
        ),
        documents=tuple(
            DocumentNeed(
                _words(item["name"]),
                item["phrases"],
                item["need"],
                item.get("max-age-days"),
                tuple(item.get("platforms", ())),
                item["source"],
                item["checked"],
            )
            for item in data.get("documents", ())
        ),
        metrics=tuple(
            MetricRule(
                _words(item["name"]),
                item["phrases"],
                item.get("max"),
                item.get("min"),
                item["window"],
                tuple(item["platforms"]),
                item["source"],
                item["checked"],
            )
            for item in data.get("metrics", ())
        ),
        relevant=frozenset(data.get("relevant", ())),
        irrelevant=frozenset(data.get("irrelevant", ())),
        root_causes=_list(data, "root-causes"),
        never_say=tuple(
            NeverSay(item["phrases"], _words(item["why"])) for item in data.get("never-say", ())
        ),
        mistakes=_list(data, "mistakes"),
        sources=tuple(data.get("sources", ())),
        cues=data["cues"],
    )


def _kind(data: Mapping[str, Any]) -> Named:
    accepts = tuple(data.get("accepts", ()))
    return Named(data["id"], _words(data["title"]), data["phrases"], accepts)


def _platform(data: Mapping[str, Any]) -> Platform:
    def phrases(key: str) -> Phrases:
        found: Phrases = data.get(key, {}).get("phrases", ())
        return found

    return Platform(
        data["id"], data["title"], phrases("names"), phrases("own-terms"), phrases("hints")
    )
