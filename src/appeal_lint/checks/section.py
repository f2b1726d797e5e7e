"""`check: section`: the parts and blocks of the letter are there, filled and in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import Block, BlockKind, Sentence
from appeal_lint.letter import Letter
from appeal_lint.letter.parts import STATES
from appeal_lint.model import Span
from appeal_lint.rules.bundle import OptionError
from appeal_lint.rules.schema import BLOCKS
from appeal_lint.rules.types import Rule

TESTS = ("missing", "empty-heading", "order", "short", "missing-block", "share", "nothing")
OPTIONS: dict[str, Any] = {
    "test": {"enum": list(TESTS)},
    "part": {"enum": list(STATES)},
    "order": {"type": "array", "items": {"enum": list(STATES)}, "minItems": 2},
    "block": {"enum": list(BLOCKS)},
    "min-words": {"type": "integer", "minimum": 1},
    "min-share": {"type": "number"},
    "max-share": {"type": "number"},
}
REQUIRED = ("test",)
NEEDS: frozenset[str] = frozenset()
_BEFORE = {
    "problem": ("greeting", "responsibility"),
    "responsibility": ("greeting", "problem"),
    "actions": ("problem", "responsibility", "greeting"),
    "prevention": ("actions", "problem", "greeting"),
    "request": ("prevention", "actions", "problem"),
    "outlook": ("prevention", "actions", "problem"),
    "evidence": ("evidence", "prevention", "actions", "problem"),
}
_MIN_LETTER = 12


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """Check that the test has the keys it needs."""
    needed = {
        "missing": "part",
        "short": "part",
        "order": "order",
        "missing-block": "block",
        "share": "part",
    }
    key = needed.get(options["test"])
    if key and key not in options:
        raise OptionError(f"test {options['test']!r} needs {key!r}", ("test",))
    return options


def program(rules: Sequence[Rule]) -> Run:
    """Dispatch each rule to its test."""
    tests = {
        "missing": _missing,
        "empty-heading": _empty_heading,
        "order": _order,
        "short": _short,
        "missing-block": _missing_block,
        "share": _share,
    }

    def run(context: Context) -> Iterator[Match]:
        letter = context.letter
        if not letter.sentences:
            yield from (
                Match(rule, Span(0, len(letter.document.text)))
                for rule in rules
                if rule.options["test"] == "nothing"
            )
        if letter.document.word_count < _MIN_LETTER:
            return
        for rule in rules:
            if rule.options["test"] == "nothing":
                continue
            yield from tests[rule.options["test"]](rule, context.letter)

    return run


def _sentences_of(letter: Letter, part: str) -> list[Sentence]:
    return [sentence for sentence, each in zip(letter.sentences, letter.parts) if each == part]


def _heading_of(letter: Letter, part: str) -> Block | None:
    for sentence, section in zip(letter.sentences, letter.sections):
        block = letter.block_of(sentence)
        if block.kind is BlockKind.HEADING and section == part:
            return block
    return None


def place_for(letter: Letter, part: str) -> Span:
    """Where a missing part belongs: its heading, or the sentence that it should follow."""
    heading = _heading_of(letter, part)
    if heading is not None:
        return heading.sentences[0].span
    for earlier in _BEFORE.get(part, ()):
        found = _sentences_of(letter, earlier)
        if found:
            return found[-1].span
    return letter.sentences[0].span


def _missing(rule: Rule, letter: Letter) -> Iterator[Match]:
    part = rule.options["part"]
    if not letter.states[part].present:
        yield Match(rule, place_for(letter, part))


def _empty_heading(rule: Rule, letter: Letter) -> Iterator[Match]:
    blocks = [block for block in letter.document.blocks if block.kind is not BlockKind.DIRECTIVE]
    for block, below in zip(blocks, [*blocks[1:], None]):
        if block.kind is not BlockKind.HEADING:
            continue
        deeper = below is not None and below.kind is BlockKind.HEADING and below.level > block.level
        title = block.index == next(b.index for b in blocks if b.kind is BlockKind.HEADING)
        nothing = below is None or below.kind in (BlockKind.SIGN_OFF, BlockKind.SIGNATURE)
        if nothing or (below is not None and below.kind is BlockKind.HEADING and not deeper):
            known = letter.sections[block.sentences[0].index] in STATES
            if known or not title:
                yield Match.whole(rule, block.sentences[0])


def _order(rule: Rule, letter: Letter) -> Iterator[Match]:
    """The first heading, or without headings the first sentence, that comes too early."""
    rank = {part: index for index, part in enumerate(rule.options["order"])}
    headed = [
        (section, sentence)
        for sentence, section in zip(letter.sentences, letter.sections)
        if section in rank and letter.block_of(sentence).kind is BlockKind.HEADING
    ]
    if len({part for part, _ in headed}) < 2:
        headed = _runs(letter, rank)
    highest: tuple[int, str] = (-1, "")
    done: set[str] = set()
    for part, sentence in headed:
        assert part is not None
        if rank[part] < highest[0] and part not in done:
            yield Match.whole(rule, sentence, fields={"part": part, "other": highest[1]})
            return
        done.add(part)
        highest = max(highest, (rank[part], part))


def _runs(letter: Letter, rank: dict[str, int]) -> list[tuple[str | None, Sentence]]:
    """First sentences of blocks in which one part clearly prevails."""
    found: list[tuple[str | None, Sentence]] = []
    for block in letter.document.blocks:
        parts = [letter.parts[sentence.index] for sentence in block.sentences]
        ranked = [part for part in parts if part in rank]
        if len(ranked) >= 2 and len(set(ranked)) == 1:
            found.append((ranked[0], block.sentences[parts.index(ranked[0])]))
    return found


def _short(rule: Rule, letter: Letter) -> Iterator[Match]:
    part = rule.options["part"]
    sentences = _sentences_of(letter, part)
    words = sum(sentence.word_count for sentence in sentences)
    if letter.states[part].present and sentences and words < rule.options["min-words"]:
        yield Match.whole(rule, sentences[0], fields={"words": str(words)})


def _share(rule: Rule, letter: Letter) -> Iterator[Match]:
    part = rule.options["part"]
    sentences = _sentences_of(letter, part)
    total = letter.document.word_count
    if not sentences or total < 120:
        return
    share = 100 * sum(sentence.word_count for sentence in sentences) / total
    low, high = rule.options.get("min-share", 0), rule.options.get("max-share", 100)
    if not low <= share <= high:
        yield Match.whole(rule, sentences[0], fields={"share": f"{share:.0f}"})


def _missing_block(rule: Rule, letter: Letter) -> Iterator[Match]:
    kind = BlockKind(rule.options["block"])
    if not any(block.kind is kind for block in letter.document.blocks):
        last = kind in (BlockKind.SIGNATURE, BlockKind.SIGN_OFF)
        sentence = letter.sentences[-1 if last else 0]
        yield Match(rule, sentence.span)
