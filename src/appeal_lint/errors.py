"""Errors that a user can mend; every one is a single readable line."""

from __future__ import annotations

from collections.abc import Iterable


class AppealLintError(Exception):
    """A problem with input, configuration or rules: the command ends with exit code 2.

    `line` and `column` are 1-based.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = self.path or ""
        if self.path and self.line is not None:
            place += f":{self.line}:{self.column or 1}"
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.hint})" if self.hint else text


class InputError(AppealLintError):
    """A letter that cannot be read."""


class ConfigError(AppealLintError):
    """A setting that is unknown or has a wrong value."""


class RuleError(AppealLintError):
    """A rule file that is broken."""


class EngineError(AppealLintError):
    """A language engine that was asked for and cannot run."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known word, or None when nothing is near."""
    import difflib

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else None
