"""British and American spellings of one word, by the regular differences between them."""

from __future__ import annotations

import re
from functools import lru_cache

_TO_AMERICAN = (
    (r"is(e|ed|es|er|ers|ing|ation|ations|able)$", r"iz\1"),
    (r"ys(e|ed|es|er|ing)$", r"yz\1"),
    (r"our(s|ed|ing|able|ful|ite|ites|hood|less|al)?$", r"or\1"),
    (r"ll(ed|ing|er|ers|ation)$", r"l\1"),
    (r"tre(s|d)?$", r"ter\1"),
    (r"bre(s)?$", r"ber\1"),
    (r"ogue(s|d)?$", r"og\1"),
    (r"ence(s)?$", r"ense\1"),
    (r"ise(s|d)?$", r"ice\1"),
    (r"wards$", "ward"),
    (r"oollen", "oolen"),
    (r"ae", "e"),
    (r"oe", "e"),
    (r"mme(s|d)?$", r"m\1"),
    (r"grey", "gray"),
    (r"cheque", "check"),
    (r"judgement", "judgment"),
    (r"acknowledgement", "acknowledgment"),
    (r"fulfil(s|ment)?$", r"fulfill\1"),
    (r"enrol(s|ment)?$", r"enroll\1"),
    (r"instal(s|ment|ments)?$", r"install\1"),
    (r"mould", "mold"),
    (r"aluminium", "aluminum"),
    (r"tyre", "tire"),
    (r"kerb", "curb"),
    (r"ageing", "aging"),
    (r"jewellery", "jewelry"),
    (r"sceptic", "skeptic"),
)
_COMPILED = tuple((re.compile(old), new) for old, new in _TO_AMERICAN)


@lru_cache(maxsize=4096)
def american_of(word: str) -> frozenset[str]:
    """American spellings that regular rules make of a British word (lower case)."""
    return frozenset(
        pattern.sub(new, word) for pattern, new in _COMPILED if pattern.search(word)
    ) - {word}


def british_of(word: str) -> str:
    """The word with -ize turned into -ise and the like; itself when nothing applies."""
    changed = re.sub(r"iz(e|ed|es|er|ing|ation|ations)$", r"is\1", word)
    return re.sub(r"yz(e|ed|es|ing)$", r"ys\1", changed)


def same_word(one: str, other: str) -> bool:
    """Whether two spellings (lower case) are the British and the American one of a word."""
    one, other = one.removesuffix("'s"), other.removesuffix("'s")
    return any(british_of(a) == b or a in american_of(b) for a, b in ((one, other), (other, one)))


_VOWELS = frozenset("aeiouy")
_INFLECTIONS = frozenset("sdrnly")


def likely_typo(word: str, meant: str) -> bool:
    """Whether `word` looks like a slip for `meant` and not like a word of its own (lower case).

    A name, a term or a foreign word is rarely one typical slip away from a common word: a
    doubled letter, a vowel for another, two letters exchanged, a letter left out of a long word.
    """
    if len(word) < 5 or " " in meant or word[0] != meant[:1]:
        return False
    from rapidfuzz.distance import OSA

    distance = OSA.distance(word, meant)
    if distance == 2:
        return len(word) >= 9 and word[:3] == meant[:3] and word[-2:] == meant[-2:]
    if distance != 1:
        return False
    if len(word) == len(meant):
        changed = [(a, b) for a, b in zip(word, meant) if a != b]
        if len(changed) == 2:
            return True
        mine, other = changed[0]
        return {mine, other} <= _VOWELS or len(word) >= 8
    longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
    return not (longer.startswith(shorter) and longer[-1] in _INFLECTIONS)
