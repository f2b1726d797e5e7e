"""What sentences are about, in the topics of rules/topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from appeal_lint.case import Handbook, Notice
from appeal_lint.document.types import Sentence

_NAMED_IN_NOTICE = 3.0


def topics_of(sentence: Sentence, handbook: Handbook) -> dict[str, float]:
    """The topics of a sentence with their weights; a phrase counts once."""
    found: dict[str, float] = {}
    seen: set[tuple[str, int]] = set()
    for match in handbook.topic_index.find(sentence):
        topic, weight = match.key
        if (topic, match.start) not in seen:
            seen.add((topic, match.start))
            found[topic] = found.get(topic, 0.0) + weight
    return found


def topics_together(sentences: Iterable[Sentence], handbook: Handbook) -> dict[str, float]:
    """The topics of several sentences, summed."""
    total: dict[str, float] = {}
    for sentence in sentences:
        for topic, weight in topics_of(sentence, handbook).items():
            total[topic] = total.get(topic, 0.0) + weight
    return total


def topics_of_notice(notice: Notice | None, handbook: Handbook) -> frozenset[str]:
    """The topics that a notice itself brings up, so that a letter may speak of them."""
    if notice is None:
        return frozenset()
    total = topics_together(notice.document.sentences, handbook)
    return frozenset(topic for topic, weight in total.items() if weight >= _NAMED_IN_NOTICE)


def main_topics(weights: Mapping[str, float], least: float = 2.0) -> frozenset[str]:
    """The topics that are more than brushed against."""
    return frozenset(topic for topic, weight in weights.items() if weight >= least)
