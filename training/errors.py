"""Errors of non-native writers, put into correct sentences.

Each maker changes one place of a parsed sentence as writers of Chinese, Turkish, Spanish, German
or Indian languages do, and returns None where it finds no such place. Frequencies follow the
patterns that the rules in rules/english list: articles, number, agreement and verb forms first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from spacy.tokens import Doc, Token

Spans = tuple[tuple[int, int], ...]
Edit = tuple[int, int, str]
"""Offsets in the sentence, in code points, and what stands there instead."""

VARIANTS = 3
_PREPOSITIONS = ("in", "on", "at", "of", "for", "to", "with", "from", "by", "about", "into", "over")
_NO_PREPOSITION = frozenset(
    (
        "discuss",
        "emphasize",
        "emphasise",
        "contact",
        "request",
        "mention",
        "reach",
        "enter",
        "inform",
    )
)
_SWAPS = {
    "make": "do", "made": "did", "take": "make", "took": "made", "taken": "made",
    "many": "much", "much": "many", "few": "little", "fewer": "less", "other": "another",
    "say": "tell", "said": "told", "told": "said", "raise": "rise", "raised": "rose",
    "advice": "advise", "affect": "effect", "affected": "effected",
    "loss": "lose", "safe": "safety",
    "different": "difference", "responsible": "responsibility", "until": "till now",
    "since": "from", "during": "while", "while": "during", "although": "despite",
    "receive": "accept", "received": "accepted", "open": "turn on", "close": "turn off",
    "learned": "knew", "check": "look", "cheap": "low", "big": "much", "who": "which",
    "which": "what", "that": "what", "it": "this", "because": "because of", "if": "in case that",
    "also": "as well", "each": "every", "every": "all the",
}  # fmt: skip
_UNCOUNTABLE = frozenset(
    (
        "information", "equipment", "feedback", "advice", "staff", "evidence", "knowledge", "stock",
        "software", "merchandise", "packaging", "training", "progress", "work", "research",
        "inventory", "furniture",
    )
)  # fmt: skip


def _word(token: Token, new: str) -> Edit:
    if token.text[:1].isupper() and new[:1].islower() and token.i == 0:
        new = new[:1].upper() + new[1:]
    return (token.idx, token.idx + len(token.text), new)


def _without(token: Token) -> Edit:
    """Take a word out, with the space behind it; a new first word gets a capital."""
    end = token.idx + len(token.text_with_ws)
    if token.i == 0 and len(token.doc) > 1:
        following = token.doc[1]
        new = following.text[:1].upper() + following.text[1:]
        return (0, following.idx + len(following.text), new)
    return (token.idx, end, "")


def _before(token: Token, word: str) -> Edit:
    return (token.idx, token.idx, f"{word} ")


def _any(random: Random, tokens: Sequence[Token]) -> Token | None:
    return random.choice(tokens) if tokens else None


def no_article(doc: Doc, random: Random) -> Edit | None:
    """As in "we sent invoice"."""
    found = _any(random, [t for t in doc if t.lower_ in ("a", "an", "the")])
    return _without(found) if found is not None else None


def needless_article(doc: Doc, random: Random) -> Edit | None:
    """As in "the Amazon", "the customers are important"."""
    bare = [
        t for t in doc
        if t.tag_ in ("NNS", "NNP", "NN") and not any(
            c.dep_ in ("det", "poss", "nmod:poss", "nummod")
            or c.tag_ in ("DT", "PRP$", "CD", "POS") for c in t.children)
        and (t.i == 0 or doc[t.i - 1].tag_ in ("IN", "TO", "VBD", "VB", "VBZ", ",", "CC"))
    ]  # fmt: skip
    found = _any(random, bare)
    return _before(found, "the" if random.random() < 0.8 else "a") if found is not None else None


def other_article(doc: Doc, random: Random) -> Edit | None:
    """As in "a invoice", "the" for "a"."""
    found = _any(random, [t for t in doc if t.lower_ in ("a", "an", "the")])
    if found is None:
        return None
    return _word(found, {"a": "an", "an": "a", "the": "a"}[found.lower_])


def wrong_number(doc: Doc, random: Random) -> Edit | None:
    """As in "two invoice", "informations"."""
    nouns = [t for t in doc if t.tag_ in ("NN", "NNS") and t.text.isalpha() and len(t.text) > 3]
    found = _any(random, nouns)
    if found is None:
        return None
    if found.tag_ == "NNS" and found.lemma_.lower() != found.lower_:
        return _word(found, found.lemma_)
    counted = any(c.lower_ in ("a", "an", "one", "each", "every", "this") for c in found.children)
    if counted or found.lower_ in _UNCOUNTABLE:
        return _word(found, found.text + ("es" if found.text.endswith(("s", "ch", "x")) else "s"))
    return None


def no_agreement(doc: Doc, random: Random) -> Edit | None:
    """As in "the buyer want", "they has"."""
    table = {"is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "have": "has"}
    found = _any(random, [t for t in doc if t.tag_ in ("VBZ", "VBP", "VBD")])
    if found is None:
        return None
    if found.lower_ in table:
        return _word(found, table[found.lower_])
    if found.tag_ == "VBZ":
        return _word(found, found.lemma_)
    return _word(found, found.text + "s") if found.tag_ == "VBP" and found.text.isalpha() else None


def wrong_tense(doc: Doc, random: Random) -> Edit | None:
    """As in "Yesterday we ship", "we have ship"."""
    verbs = [t for t in doc if t.tag_ in ("VBD", "VBN") and t.lemma_.lower() != t.lower_
             and t.lower_ not in ("was", "were", "been", "had")]  # fmt: skip
    found = _any(random, verbs)
    return _word(found, found.lemma_) if found is not None else None


def wrong_verb_form(doc: Doc, random: Random) -> Edit | None:
    """As in "will to send", "to sending", "by check", "must checked"."""
    ways: list[Edit] = []
    for token in doc[1:]:
        before = doc[token.i - 1]
        if token.tag_ == "VB" and before.tag_ == "MD":
            ways += [_before(token, "to"), _word(token, _ing(token.lemma_))]
        elif token.tag_ == "VB" and before.tag_ == "TO":
            ways += [_word(token, _ing(token.lemma_)), _without(before)]
        elif token.tag_ == "VBG" and before.tag_ == "IN":
            ways += [_word(token, token.lemma_)]
        elif token.tag_ == "VBG":
            ways += [_word(token, f"to {token.lemma_}")]
    return random.choice(ways) if ways else None


def _ing(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def wrong_preposition(doc: Doc, random: Random) -> Edit | None:
    """As in "responsible of", "in Monday"."""
    found = _any(random, [t for t in doc if t.tag_ == "IN" and t.lower_ in _PREPOSITIONS])
    if found is None:
        return None
    if random.random() < 0.3:
        return _without(found)
    return _word(found, random.choice([p for p in _PREPOSITIONS if p != found.lower_]))


def needless_preposition(doc: Doc, random: Random) -> Edit | None:
    """As in "discuss about it", "contacted with the buyer"."""
    nouns = ("DT", "PRP$", "PRP", "NN", "NNS")
    verbs = [t for t in doc[:-1] if t.lemma_.lower() in _NO_PREPOSITION
             and t.tag_.startswith("VB") and doc[t.i + 1].tag_ in nouns]  # fmt: skip
    found = _any(random, verbs)
    if found is None:
        return None
    word = random.choice(("about", "with", "to", "on"))
    return _word(found, f"{found.text} {word}")


def no_be(doc: Doc, random: Random) -> Edit | None:
    """As in "the parcel lost", "we sure"."""
    found = _any(random, [t for t in doc if t.lower_ in ("is", "are", "was", "were", "been", "be")])
    return _without(found) if found is not None else None


def needless_be(doc: Doc, random: Random) -> Edit | None:
    """As in "it was happened", "we are agree"."""
    verbs = [
        t
        for t in doc[1:]
        if t.tag_ in ("VBD", "VBP") and t.lemma_.lower() not in ("be", "have", "do")
    ]
    found = _any(random, verbs)
    return _before(found, random.choice(("was", "are", "is"))) if found is not None else None


def double_link(doc: Doc, random: Random) -> Edit | None:
    """As in "Because …, so …", "Although …, but …"."""
    if not len(doc) or doc[0].lower_ not in ("because", "since", "as", "although", "though", "if"):
        return None
    comma = next((t for t in doc[3:-2] if t.text == ","), None)
    if comma is None:
        return None
    word = {"although": "but", "though": "but", "if": "then"}.get(doc[0].lower_, "so")
    return (comma.idx + 1, comma.idx + 1, f" {word}")


def wrong_class(doc: Doc, random: Random) -> Edit | None:
    """As in "check careful", "very quick packed"."""
    ways = [
        _word(t, t.text[:-2])
        for t in doc
        if t.tag_ == "RB" and t.lower_.endswith("ly") and len(t) > 5
    ]
    ways += [
        _word(t, t.text + "ly")
        for t in doc
        if t.tag_ == "JJ" and t.text.isalpha() and len(t) > 4 and t.lower_[-1] not in "yec"
    ]
    return random.choice(ways) if ways else None


def wrong_word(doc: Doc, random: Random) -> Edit | None:
    """A word that is near in meaning or sound."""
    found = _any(random, [t for t in doc if t.lower_ in _SWAPS])
    return _word(found, _SWAPS[found.lower_]) if found is not None else None


def no_pronoun(doc: Doc, random: Random) -> Edit | None:
    """As in "After checked, sent it back": a subject or an object is left out."""
    found = _any(random, [t for t in doc if t.lower_ in ("it", "we", "they", "them", "us")])
    return _without(found) if found is not None else None


def wrong_order(doc: Doc, random: Random) -> Edit | None:
    """As in "we checked yesterday the label", "very we regret"."""
    adverbs = [t for t in doc[2:] if t.tag_ == "RB" and t.i > 0 and doc[t.i - 1].whitespace_
               and t.lower_ not in ("not", "n't")]  # fmt: skip
    found = _any(random, adverbs)
    if found is None:
        return None
    before = doc[found.i - 1]
    return (before.idx, found.idx + len(found.text), f"{found.text} {before.text}")


def doubled_comparison(doc: Doc, random: Random) -> Edit | None:
    """As in "more better", "the most fastest"."""
    found = _any(random, [t for t in doc if t.tag_ in ("JJR", "JJS", "RBR")
                          and t.lower_ not in ("more", "most", "less", "least")])  # fmt: skip
    if found is None:
        return None
    return _before(found, "most" if found.tag_ == "JJS" else "more")


def wrong_mark(doc: Doc, random: Random) -> Edit | None:
    """A space before a comma, none behind it, a comma between sentences."""
    found = _any(random, [t for t in doc[1:-1] if t.text == ","])
    if found is None:
        return None
    return random.choice(
        [(found.idx, found.idx, " "), (found.idx, found.idx + len(found.text_with_ws), ",")]
    )


MAKERS: tuple[tuple[Callable[[Doc, Random], Edit | None], int], ...] = (
    (no_article, 14), (needless_article, 6), (other_article, 3), (wrong_number, 12),
    (no_agreement, 8), (wrong_tense, 10), (wrong_verb_form, 10), (wrong_preposition, 9),
    (needless_preposition, 4), (no_be, 5), (needless_be, 3), (double_link, 6), (wrong_class, 5),
    (wrong_word, 12), (no_pronoun, 5), (wrong_order, 4), (doubled_comparison, 4), (wrong_mark, 1),
)  # fmt: skip


def variants(doc: Doc, random: Random) -> tuple[tuple[str, Spans], ...]:
    """Wordings of a sentence with errors in them and where those are; none of a short one."""
    made = [with_errors(doc, random) for _ in range(VARIANTS)] if len(doc) > 4 else []
    return tuple(each for each in made if each is not None)


def with_errors(doc: Doc, random: Random) -> tuple[str, Spans] | None:
    """The sentence with one or two errors and where they are; None when none can be made."""
    wanted = 1 if random.random() < 0.6 else 2
    edits: list[Edit] = []
    makers = random.choices([m for m, _ in MAKERS], [w for _, w in MAKERS], k=8)
    for make in makers:
        edit = make(doc, random)
        if edit is None or doc.text[edit[0] : edit[1]] == edit[2]:
            continue
        if any(edit[0] <= end + 1 and start <= edit[1] + 1 for start, end, _ in edits):
            continue
        edits.append(edit)
        if len(edits) == wanted:
            break
    if not edits:
        return None
    text, spans, shift = doc.text, [], 0
    for start, end, new in sorted(edits):
        at = start + shift
        text = text[:at] + new + text[at + end - start :]
        spans.append((at, max(at + len(new), at + 1)))
        shift += len(new) - (end - start)
    return text, tuple(spans)
