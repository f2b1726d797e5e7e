"""The public function."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from appeal_lint.config import Config
from appeal_lint.files import cache_folder
from appeal_lint.linter import Linter
from appeal_lint.model import Report
from appeal_lint.rules import load_bundle


def lint(
    text: str, *, notice: str | None = None, config: Config | Mapping[str, Any] | None = None
) -> Report:
    """Find what a strict reviewer would object to in an appeal.

    `text` is the draft; offsets of the findings are code points into it (0-based, end exclusive).
    `notice` is the platform's message that the draft answers. `config` is a Config, or a mapping
    with the keys of a configuration file. Raises AppealLintError for a broken configuration.
    """
    settings = config if isinstance(config, Config) else _from_mapping(config or {})
    return _linter(_Key(settings)).lint(text, notice=notice)


def _from_mapping(data: Mapping[str, Any]) -> Config:
    from pathlib import Path

    from appeal_lint.config.layers import config_from

    return config_from(data, Path("<config>"))


class _Key:
    """A configuration as a cache key: equal content, equal linter."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def __hash__(self) -> int:
        return hash(repr(self.config))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.config == self.config


@lru_cache(maxsize=4)
def _linter(key: _Key) -> Linter:
    config = key.config
    bundle = load_bundle(config.rule_folders, config.cache or cache_folder())
    if bundle.problems:
        raise bundle.problems[0]
    return Linter(bundle, config, date.today())
