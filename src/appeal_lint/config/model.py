"""The settings of a run as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from appeal_lint.model import Severity

NO_MODEL = "none"
"""Name of a model that stands for none: rules that need one are left out."""


@dataclass(frozen=True)
class RuleSetting:
    """What a configuration says of one rule; None leaves a value as the rule has it."""

    severity: Severity | None = None
    off: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class IgnoredFinding:
    """Findings that a configuration silences: of a rule, by sentence or by file.

    `pattern` is a regular expression that is searched in the sentence, `files` are globs of paths
    counted from `root`.
    """

    rule: str
    pattern: str | None = None
    files: tuple[str, ...] = ()
    reason: str | None = None
    root: Path = Path()


@dataclass(frozen=True)
class Override:
    """Keys as in a file that hold for letters whose path fits one of the globs `files`."""

    files: tuple[str, ...]
    values: Mapping[str, Any]
    origin: Origin
    root: Path


@dataclass(frozen=True)
class Origin:
    """Where a value comes from: a file, a preset, a variable or an option; lines are 1-based."""

    name: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return self.name if self.line is None else f"{self.name}:{self.line}:{self.column or 1}"


@dataclass(frozen=True)
class LanguageToolSettings:
    """Where the LanguageTool server is, or the folder of the jars to start one from.

    `timeout` is the patience with one letter, in seconds.
    """

    url: str | None = None
    jars: Path | None = None
    timeout: float = 30
    allow_remote: bool = False


@dataclass(frozen=True)
class Config:
    """All settings of a run.

    `source` is the file that was found, `origins` tells for a key, or for a key and one of its
    entries, where the value comes from.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    rule_folders: tuple[Path, ...] = ()
    severity: Severity | None = None
    fail_on: Severity | None = Severity.ERROR
    platform: str | None = None
    case: str | None = None
    vocabulary: tuple[str, ...] = ()
    dialect: str = "auto"
    encoding: str | None = None
    lang: str = "en"
    model: str | None = None
    engines: tuple[str, ...] = ("harper",)
    languagetool: LanguageToolSettings = LanguageToolSettings()
    judgement: bool = True
    checklist: bool = False
    cache: Path | None = None
    files: tuple[str, ...] = ("*.txt", "*.md")
    exclude: tuple[str, ...] = ()
    notices: tuple[str, ...] = ("{stem}.notice.txt", "{stem}.notice.md", "{name}.notice.txt")
    baseline: Path | None = None
    ignore_findings: tuple[IgnoredFinding, ...] = ()
    inline: bool = True
    final: bool = False
    source: str | None = None
    origins: Mapping[tuple[str, str | None], Origin] = field(
        default_factory=dict, compare=False, repr=False
    )

    def with_values(self, **values: Any) -> Config:
        """A copy with the given values; None leaves a setting as it is."""
        return replace(self, **{name: value for name, value in values.items() if value is not None})

    def place(self, key: str, entry: str | None = None) -> Origin:
        """Where an entry of a key was written, else the key, else the option of that name."""
        found = self.origins.get((key, entry)) or self.origins.get((key, None))
        return found or Origin(f"--{key}")
