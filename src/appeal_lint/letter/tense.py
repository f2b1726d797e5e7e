"""What time the verbs of a sentence speak of, read from their forms without a parser."""

from __future__ import annotations

from functools import lru_cache

from appeal_lint.document.types import Word
from appeal_lint.phrases.inflect import _FORMS

_FUTURE_OPENERS = frozenset({"going", "plan", "planning", "intend", "intending", "aim", "hope"})
_ADVERBS = frozenset(
    [
        "not",
        "also",
        "now",
        "already",
        "since",
        "then",
        "never",
        "just",
        "recently",
        "immediately",
        "fully",
        "both",
        "all",
        "only",
        "still",
        "therefore",
        "thus",
        "since",
        "ever",
        "further",
        "at",
        "once",
    ]
)
_HABIT = frozenset(
    [
        "every",
        "each",
        "daily",
        "weekly",
        "monthly",
        "now",
        "currently",
        "always",
        "whenever",
        "twice",
    ]
)
_SUBJECTS = frozenset(
    ["we", "i", "they", "he", "she", "it", "you", "who", "team", "staff", "company"]
)
_NOT_VERBS = frozenset(
    ["need", "speed", "feed", "seed", "indeed", "exceed", "proceed", "hundred", "bed", "red"]
)


@lru_cache(maxsize=1)
def _past_and_participles() -> tuple[frozenset[str], frozenset[str]]:
    past: set[str] = set()
    for base, forms in _FORMS.items():
        if base in {"be", "have", "do", "child", "man", "woman", "person", "wife", "life", "staff"}:
            continue
        for form in forms:
            if (
                form != base
                and not form.endswith("ing")
                and form != base + "s"
                and form != base + "es"
            ):
                past.add(form)
    extra = {"put", "set", "cut", "shut", "read", "let", "cost", "run", "become", "come", "done",
             "had", "been", "was", "were", "did"}  # fmt: skip
    return frozenset(past - {"lives"}), frozenset(past | extra)


def tenses(words: tuple[Word, ...]) -> frozenset[str]:
    """Some of future, perfect, past, passive, present and habit."""
    past, participles = _past_and_participles()
    norms = [word.norm for word in words]
    found: set[str] = set()
    for at, norm in enumerate(norms):
        rest = [word for word in norms[at + 1 : at + 5] if word not in _ADVERBS]
        follow = rest[0] if rest else ""
        if (
            norm in ("will", "shall", "'ll")
            or (norm in ("am", "are", "is") and follow in _FUTURE_OPENERS)
            or (norm in _FUTURE_OPENERS and follow == "to")
        ):
            found.add("future")
        elif norm in ("have", "has"):
            if _participle(follow, participles):
                found.add("perfect")
            elif at and norms[at - 1] in _SUBJECTS:
                found.add("present")
        elif norm in ("was", "were", "did", "had"):
            found.add("past")
        elif norm in ("am", "are", "is", "do", "does"):
            found.add("present")
            if _participle(follow, participles):
                found.add("passive")
        elif norm in past or (norm.endswith("ed") and norm not in _NOT_VERBS and len(norm) > 4):
            before = [word for word in norms[max(0, at - 3) : at] if word not in _ADVERBS]
            if not before or before[-1] not in (
                "have",
                "has",
                "is",
                "are",
                "be",
                "been",
                "the",
                "a",
            ):
                found.add("past")
        elif norm in _HABIT:
            found.add("habit")
        elif (
            norm in ("we", "i", "they")
            and follow
            and follow.isalpha()
            and not (
                follow in past
                or follow.endswith("ed")
                or follow in ("will", "have", "had", "was", "were")
            )
        ):
            found.add("present")
    return frozenset(found)


def _participle(word: str, participles: frozenset[str]) -> bool:
    return word in participles or (word.endswith("ed") and len(word) > 3) or word == "been"
