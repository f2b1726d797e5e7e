"""Reports as plain data that marshal can write, and back.

A letter's own words are not written: the text, the excerpts and what messages and suggestions
quote of them come from the letter when it is read again. Each class of the model is found by its
name, so a new field or class needs nothing here.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any

from appeal_lint import model
from appeal_lint.model import Finding, Report

_QUOTED = "\0"
_LEAST = 3
"""Code points from which on a quotation in a message is replaced."""


def encode(report: Report) -> Any:
    """The report as data, without the letter's words and path."""
    findings = tuple(_wordless(finding) for finding in report.findings)
    suppressed = tuple(replace(s, finding=_wordless(s.finding)) for s in report.suppressed)
    return _plain(replace(report, path="", text="", findings=findings, suppressed=suppressed))


def decode(data: Any, path: str, text: str) -> Report:
    """The report that `encode` was given; raises LookupError, TypeError or ValueError."""
    report: Report = _built(data)
    for finding in (*report.findings, *(each.finding for each in report.suppressed)):
        _quote(finding, text)
    _fill(report, path=path, text=text)
    return report


def _plain(value: Any) -> Any:
    """Model objects become lists with the name of the class first; those occur nowhere else."""
    if isinstance(value, Enum):
        return [type(value).__name__, value.value]
    if is_dataclass(value):
        name = type(value).__name__
        return [name, *(_plain(getattr(value, field)) for field in _fields(name))]
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"a report must not hold {type(value).__name__}")


def _built(value: Any) -> Any:
    kind = type(value)
    if kind is list:
        made = getattr(model, value[0])
        return made(*[_built(item) for item in value[1:]])
    if kind is tuple:
        return tuple([_built(item) for item in value])
    if kind is dict:
        return {key: _built(item) for key, item in value.items()}
    return value


@lru_cache(maxsize=64)
def _fields(name: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(getattr(model, name)))


def _wordless(finding: Finding) -> Finding:
    words = " ".join(finding.excerpt.split())
    if len(words) < _LEAST:
        return replace(finding, excerpt="")
    better = tuple(
        replace(each, text=each.text.replace(words, _QUOTED)) for each in finding.suggestions
    )
    return replace(
        finding,
        excerpt="",
        message=finding.message.replace(words, _QUOTED),
        advice=finding.advice.replace(words, _QUOTED),
        suggestions=better,
    )


def _quote(finding: Finding, text: str) -> None:
    excerpt = text[finding.span.start : finding.span.end]
    values: dict[str, Any] = {"excerpt": excerpt}
    words = " ".join(excerpt.split())
    for name in ("message", "advice"):
        content = getattr(finding, name)
        if _QUOTED in content:
            values[name] = content.replace(_QUOTED, words)
    for suggestion in finding.suggestions:
        if _QUOTED in suggestion.text:
            _fill(suggestion, text=suggestion.text.replace(_QUOTED, words))
    _fill(finding, **values)


def _fill(made: Any, **values: Any) -> None:
    """Complete an object that was just built and that nobody else holds yet."""
    made.__dict__.update(values)
