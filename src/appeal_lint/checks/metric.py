"""`check: metric`: a measure of the letter, a paragraph or a sentence is outside its bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from appeal_lint.checks import Match, Run
from appeal_lint.context import Context
from appeal_lint.document.types import BlockKind, Sentence
from appeal_lint.letter import Letter
from appeal_lint.rules.bundle import OptionError
from appeal_lint.rules.types import Rule

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def _textstat(name: str) -> Callable[[str], float]:
    def measure(text: str) -> float:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # textstat warns about its own use of setuptools.
            from textstat import textstat

        return float(getattr(textstat, name)(text))

    return measure


OF_LETTER: dict[str, Callable[[Letter], float]] = {
    "words": lambda letter: letter.document.word_count,
    "characters": lambda letter: len(letter.document.plain.strip()),
    "paragraphs": lambda letter: sum(b.kind in _PROSE for b in letter.document.blocks),
    "flesch-reading-ease": lambda letter: _textstat("flesch_reading_ease")(_prose(letter)),
    "flesch-kincaid-grade": lambda letter: _textstat("flesch_kincaid_grade")(_prose(letter)),
}
OF_SENTENCE: dict[str, Callable[[Sentence], float]] = {
    "sentence-words": lambda sentence: sentence.word_count,
}
OF_BLOCK = ("paragraph-words",)
MEASURES = (*OF_LETTER, *OF_SENTENCE, *OF_BLOCK)
OPTIONS: dict[str, Any] = {
    "measure": {"enum": list(MEASURES)},
    "min": {"type": "number"},
    "max": {"type": "number"},
    "min-letter-words": {"type": "integer", "minimum": 0},
}
REQUIRED = ("measure",)
NEEDS: frozenset[str] = frozenset()


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """A metric needs a bound."""
    if "min" not in options and "max" not in options:
        raise OptionError("a metric needs 'min', 'max' or both", ("measure",))
    return options


def _prose(letter: Letter) -> str:
    return " ".join(
        sentence.text if sentence.text[-1:] in ".!?" else sentence.text + "."
        for sentence in letter.sentences
        if letter.block_of(sentence).kind in _PROSE
    )


def _outside(rule: Rule, value: float) -> bool:
    return not rule.options.get("min", value) <= value <= rule.options.get("max", value)


def program(rules: Sequence[Rule]) -> Run:
    """Measure what each rule names."""

    def run(context: Context) -> Iterator[Match]:
        letter = context.letter
        for rule in rules:
            if letter.document.word_count < rule.options.get("min-letter-words", 0):
                continue
            name = rule.options["measure"]
            if name in OF_LETTER:
                yield from _letter(rule, letter, OF_LETTER[name](letter))
            elif name in OF_SENTENCE:
                for sentence in letter.sentences:
                    value = OF_SENTENCE[name](sentence)
                    if letter.block_of(sentence).kind in _PROSE and _outside(rule, value):
                        yield Match.whole(rule, sentence, fields={"value": f"{value:.0f}"})
            else:
                yield from _blocks(rule, letter)

    return run


def _letter(rule: Rule, letter: Letter, value: float) -> Iterator[Match]:
    if letter.sentences and _outside(rule, value):
        yield Match(rule, letter.sentences[0].span, fields={"value": f"{value:.0f}"})


def _blocks(rule: Rule, letter: Letter) -> Iterator[Match]:
    for block in letter.document.blocks:
        words = sum(sentence.word_count for sentence in block.sentences)
        if block.kind in _PROSE and _outside(rule, words):
            yield Match.whole(rule, block.sentences[0], fields={"value": str(words)})
