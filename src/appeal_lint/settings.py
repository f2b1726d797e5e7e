"""Options that several commands share, and the settings that they make."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from appeal_lint.config import Config, Override
from appeal_lint.config.files import find_configs, user_config
from appeal_lint.errors import ConfigError
from appeal_lint.files import cache_folder
from appeal_lint.localhelp import locale_language

if TYPE_CHECKING:
    from appeal_lint.config.layers import Layer
    from appeal_lint.rules import Bundle

Command = TypeVar("Command", bound=Callable[..., Any])


def split_words(values: tuple[str, ...]) -> tuple[str, ...]:
    """Words of options that may be repeated or separated by commas."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def shared_options(command: Command) -> Command:
    """Options of every command on its settings; they arrive together as `settings`."""

    @wraps(command)
    def call(*args: Any, **values: Any) -> Any:
        file, pairs = _file_and_pairs(values.pop("config_path"))
        settings = Settings(
            file,
            values.pop("isolated"),
            user=not values.pop("no_user_config"),
            presets=split_words(values.pop("preset")),
            inline=pairs,
            rule_folders=values.pop("rule_folders"),
            lang=values.pop("lang"),
        )
        return command(*args, **values, settings=settings)

    decorators = [
        click.option("--config", "config_path", multiple=True, metavar="FILE|KEY=VALUE",
                     help="Use this configuration file, or set one key; may be repeated."),
        click.option("--preset", multiple=True, metavar="NAME", envvar="APPEAL_LINT_PRESET",
                     help="Build on a preset: amazon-poa, ebay, strict, …; may be repeated."),
        click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
        click.option("--no-user-config", is_flag=True,
                     help="Ignore the user's own configuration."),
        click.option("--rule-folder", "rule_folders", multiple=True,
                     type=click.Path(path_type=Path), help="Also load the rules in this folder."),
        click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the report."),
    ]  # fmt: skip
    wrapped: Any = call
    for decorate in reversed(decorators):
        wrapped = decorate(wrapped)
    return wrapped  # type: ignore[no-any-return]


def _file_and_pairs(values: Sequence[str]) -> tuple[Path | None, tuple[str, ...]]:
    """What `--config` was given: at most one file, and keys to set."""
    pairs = tuple(value for value in values if "=" in value and not Path(value).is_file())
    files = [value for value in values if value not in pairs]
    if len(files) > 1:
        raise click.UsageError(f"--config: only one file can be used: {', '.join(files)}")
    return (Path(files[0]) if files else None), pairs


@dataclass
class Settings:
    """What the user asked for, and the settings that follow for a folder or a letter.

    The weakest come first: defaults, presets, the nearest file with all that it extends,
    environment variables, and keys that were set on the command line.
    """

    file: Path | None = None
    isolated: bool = False
    user: bool = True
    presets: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    rule_folders: tuple[Path, ...] = ()
    lang: str | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    warn: Callable[[str], None] = lambda text: click.echo(f"warning: {text}", err=True)
    _folders: dict[Path, Path | None] = field(default_factory=dict)
    _merged: dict[Path | None, tuple[Config, tuple[Override, ...]]] = field(default_factory=dict)
    _letters: dict[tuple[Path | None, tuple[int, ...]], Config] = field(default_factory=dict)

    def at(self, folder: Path) -> Config:
        """The settings of a folder."""
        return self._letter(self._nearest(folder), ())

    def of(self, letter: Path) -> Config:
        """The settings of a letter; letters with the same ones get the same object."""
        from appeal_lint.config.layers import fits

        source = self._nearest(letter.parent)
        overrides = self._base(source)[1]
        return self._letter(source, tuple(i for i, o in enumerate(overrides) if fits(o, letter)))

    def _letter(self, source: Path | None, chosen: tuple[int, ...]) -> Config:
        if (source, chosen) not in self._letters:
            config, overrides = self._base(source)
            if chosen:
                from appeal_lint.config.layers import overridden

                config = overridden(config, [overrides[index] for index in chosen])
            self._letters[source, chosen] = config
        return self._letters[source, chosen]

    def _base(self, source: Path | None) -> tuple[Config, tuple[Override, ...]]:
        if source not in self._merged:
            config, overrides = self._merge(source)
            config = config.with_values(
                source=str(source) if source else None,
                rule_folders=(*config.rule_folders, *self.rule_folders),
                lang=self.lang,
                cache=cache_folder(),
            )
            self._merged[source] = config, overrides
        return self._merged[source]

    def _merge(self, source: Path | None) -> tuple[Config, tuple[Override, ...]]:
        variables = _variables(self.environ)
        spoken = locale_language(self.environ)
        if not (source or self.presets or variables or self.inline or spoken):
            return Config(), ()
        from appeal_lint.config.layers import file_layers, merge, preset_layers, value_layer

        layers: list[Layer] = [value_layer({"lang": spoken}, "locale", Path())] if spoken else []
        for name in self.presets:
            try:
                layers += preset_layers(name)
            except ConfigError as problem:
                raise ConfigError(f"--preset: {problem.message}", hint=problem.hint) from None
        if source:
            layers += file_layers(source)
        layers += [_variable(name, text) for name, text in variables.items()]
        layers += [_pair(pair) for pair in self.inline]
        return merge(layers)

    def _nearest(self, folder: Path) -> Path | None:
        if self.isolated:
            return None
        if self.file is None and (named := self.environ.get("APPEAL_LINT_CONFIG")):
            self.file = Path(named)
        if self.file is not None:
            if not self.file.is_file():
                raise ConfigError("no such file", path=str(self.file))
            return self.file
        start = folder.resolve()
        if start not in self._folders:
            found = [_short(path) for path in find_configs(start)]
            if len(found) > 1:
                others = ", ".join(path.name for path in found[1:])
                self.warn(f"{found[0]} is used; {others} beside it is not")
            fallback = user_config(self.environ) if self.user and not found else None
            self._folders[start] = found[0] if found else fallback
        return self._folders[start]


def _short(path: Path) -> Path:
    """A path as the user would write it: from the current folder, when it is below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _variables(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment variables that set keys."""
    ours = [name for name in environ if name.startswith("APPEAL_LINT_") and environ[name]]
    if not ours:
        return {}
    from appeal_lint.config.keys import keys

    known = {key.variable for key in keys().values()}
    return {name: environ[name] for name in sorted(ours) if name in known}


def _variable(name: str, text: str) -> Layer:
    """The values of an environment variable; lists are separated by commas."""
    from appeal_lint.config.keys import keys
    from appeal_lint.config.layers import value_layer

    key = next(key for key in keys().values() if key.variable == name)
    value: Any = text
    if key.schema.get("type") == "array":
        value = list(split_words((text,)))
    elif key.schema.get("type") == "boolean":
        value = {"1": True, "true": True, "0": False, "false": False}.get(text.lower(), text)
    return value_layer({key.name: value}, name, Path())


def _pair(pair: str) -> Layer:
    """The values of `KEY=VALUE`; dots lead into a mapping, the value is read as YAML."""
    from appeal_lint.config.keys import keys
    from appeal_lint.config.layers import value_layer
    from appeal_lint.rules.yaml import load

    name, _, text = pair.partition("=")
    first, *inner = name.strip().split(".")
    origin = f"--config {pair}"
    value = load(text, origin, ConfigError).data
    if first in keys() and keys()[first].schema.get("type") == "array" and isinstance(value, str):
        value = list(split_words((value,)))
    for part in reversed(inner):
        value = {part: value}
    return value_layer({first: value}, origin, Path())


def letter_settings(
    settings: Settings, flagged: Callable[[Config], Config]
) -> Callable[[Path], Config]:
    """What gives the settings of a path, with the options of a command laid over them.

    A folder has its own; letters with the same settings get the same object.
    """
    made: dict[int, tuple[Config, Config]] = {}

    def find(path: Path) -> Config:
        config = settings.at(path) if path.is_dir() else settings.of(path)
        if id(config) not in made:
            made[id(config)] = (config, flagged(config))
        return made[id(config)][1]

    return find


def load_rules(config: Config) -> Bundle:
    """The rules of a run; broken files are told on standard error and the others go on."""
    from appeal_lint.rules import load_bundle

    bundle = load_bundle(config.rule_folders, config.cache)
    for problem in bundle.problems:
        click.echo(f"error: {problem}", err=True)
    return bundle
