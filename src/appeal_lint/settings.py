"""Options that several commands share, and the settings that they make."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from appeal_lint.config import Config, find_config, load_config
from appeal_lint.errors import ConfigError
from appeal_lint.files import cache_folder

if TYPE_CHECKING:
    from appeal_lint.rules import Bundle

Command = TypeVar("Command", bound=Callable[..., Any])


def split_words(values: tuple[str, ...]) -> tuple[str, ...]:
    """Words of options that may be repeated or separated by commas."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def shared_options(command: Command) -> Command:
    """`--config`, `--isolated`, `--rules` and `--lang`."""
    decorators = [
        click.option("--config", "config_path", type=click.Path(path_type=Path),
                     help="Use this configuration file."),
        click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
        click.option("--rule-folder", "rule_folders", multiple=True,
                     type=click.Path(path_type=Path), help="Also load the rules in this folder."),
        click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the report."),
    ]  # fmt: skip
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def base_config(config_path: Path | None, isolated: bool, start: Path) -> Config:
    """The configuration file that applies to `start` (a folder), or the defaults."""
    if isolated:
        return Config()
    if config_path is not None:
        if not config_path.is_file():
            raise ConfigError("no such file", path=str(config_path))
        return load_config(config_path)
    named = os.environ.get("APPEAL_LINT_CONFIG")
    found = Path(named) if named else find_config(start.resolve())
    return load_config(found) if found else Config()


def language_of(choice: str | None, config: Config) -> str:
    """The language of the report: the option, the environment, then the configuration."""
    chosen = choice or os.environ.get("APPEAL_LINT_LANG")
    if chosen:
        if chosen not in ("en", "zh"):
            raise ConfigError(f"APPEAL_LINT_LANG: unknown language {chosen!r}", hint="en or zh")
        return chosen
    return config.lang


def with_shared(
    config_path: Path | None,
    isolated: bool,
    rule_folders: tuple[Path, ...],
    lang: str | None,
    start: Path,
) -> Config:
    """The settings that the shared options make."""
    config = base_config(config_path, isolated, start)
    return config.with_values(
        rule_folders=(*config.rule_folders, *rule_folders),
        lang=language_of(lang, config),
        cache=cache_folder(),
    )


def load_rules(config: Config) -> Bundle:
    """The rules of a run; broken files are told on standard error and the others go on."""
    from appeal_lint.rules import load_bundle

    bundle = load_bundle(config.rule_folders, config.cache)
    for problem in bundle.problems:
        click.echo(f"error: {problem}", err=True)
    return bundle
