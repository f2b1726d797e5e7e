"""Annotated drafts: one JSON object a line, as corpus/README.md describes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from appeal_lint.errors import InputError
from appeal_lint.letter.parts import STATES
from appeal_lint.model import Category, Span
from appeal_lint.rules.schema import PARTS

LABELS = ("emotion", "blame", "irrelevant", "vague", "template", "english")
LABEL_OF = {
    Category.EMOTION: "emotion",
    Category.BLAME: "blame",
    Category.RELEVANCE: "irrelevant",
    Category.SPECIFICITY: "vague",
    Category.TEMPLATE: "template",
    Category.ENGLISH: "english",
}
SPLITS = ("train", "dev", "test")


@dataclass(frozen=True)
class Segment:
    """A sentence, heading or bullet with its annotation; the span is in the draft's text.

    `unsure` are labels that one reader of two gave, or the only one with doubt; `better` is the
    segment in correct English.
    """

    text: str
    span: Span
    part: str
    labels: frozenset[str]
    unsure: frozenset[str] = frozenset()
    better: str | None = None


@dataclass(frozen=True)
class Draft:
    """One annotated letter."""

    id: str
    platform: str
    case_type: str
    notice: str | None
    text: str
    segments: tuple[Segment, ...]
    parts: Mapping[str, bool]
    more: Mapping[str, Any]

    @cached_property
    def strong(self) -> bool:
        """Whether the annotators found nothing to change in any segment."""
        return not any(segment.labels for segment in self.segments)


def load_drafts(path: Path, split: str | None = None) -> list[Draft]:
    """Drafts of a JSONL file, or of a folder with one JSONL file per split.

    Raises InputError with file and line for a line that is not a draft.
    """
    if path.is_dir():
        names = (
            [split] if split else [each for each in SPLITS if (path / f"{each}.jsonl").is_file()]
        )
        files = [path / f"{name}.jsonl" for name in names]
        if not files:
            raise InputError(
                "no train.jsonl, dev.jsonl or test.jsonl in this folder", path=str(path)
            )
    elif split is not None:
        raise InputError("--split needs a folder with one file per split", path=str(path))
    else:
        files = [path]
    return [draft for file in files for draft in _read(file)]


def _read(path: Path) -> Iterator[Draft]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror}", path=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8 text", path=str(path)) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield parse_draft(json.loads(line))
        except json.JSONDecodeError as problem:
            raise InputError(f"not JSON: {problem.msg}", path=str(path), line=number) from None
        except (KeyError, TypeError, ValueError) as problem:
            raise InputError(f"not a draft: {problem}", path=str(path), line=number) from None


def parse_draft(data: Mapping[str, Any]) -> Draft:
    """A draft from its JSON form; raises KeyError or ValueError when something is wrong in it."""
    segments = []
    text = ""
    for entry in data["segments"]:
        if entry["part"] not in PARTS:
            raise ValueError(f"unknown part {entry['part']!r}")
        unsure = frozenset(entry.get("unsure", ()))
        unknown = {*entry["labels"], *unsure} - set(LABELS)
        if unknown:
            raise ValueError(f"unknown label {min(unknown)!r}")
        span = Span(len(text), len(text) + len(entry["text"]))
        labels = frozenset(entry["labels"])
        better = entry.get("better")
        segments.append(Segment(entry["text"], span, entry["part"], labels, unsure, better))
        text += entry["text"] + entry.get("sep", "")
    parts = {part: bool(data["parts"][part]) for part in STATES}
    known = {"id", "platform", "case_type", "notice", "segments", "parts"}
    return Draft(
        id=data["id"],
        platform=data["platform"],
        case_type=data["case_type"],
        notice=data.get("notice"),
        text=text,
        segments=tuple(segments),
        parts=parts,
        more={key: value for key, value in data.items() if key not in known},
    )
