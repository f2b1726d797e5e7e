"""`appeal-lint config`: what is set, where it comes from, and what can be set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from appeal_lint.config import Config, RuleSetting
from appeal_lint.config.keys import Key, config_schema, keys
from appeal_lint.errors import ConfigError, did_you_mean
from appeal_lint.settings import Settings, shared_options
from appeal_lint.texts import text

_HELP = {"help_option_names": ["-h", "--help"]}


@click.group("config", context_settings=_HELP)
def command() -> None:
    """Show the settings, where they come from, and all keys."""


@command.command("show", context_settings=_HELP)
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--origin", is_flag=True, help="Say where each value comes from.")
@click.option("--all", "every", is_flag=True, help="Also list what is at its default.")
@shared_options
def show(
    path: Path,
    origin: bool,
    every: bool,
    settings: Settings,
) -> None:
    """Show the settings that hold for PATH, a letter or folder, as a configuration file.

    The order is: option, environment variable, file, preset, default; the first that says
    something counts.
    """
    config = settings.at(path) if path.is_dir() else settings.of(path)
    if config.source:
        click.echo(f"# {config.source}")
    lines = [
        line
        for key in keys().values()
        for line in _lines(key, config, every=every)
    ]  # fmt: skip
    column = max((len(line) for line, _ in lines), default=0)
    for line, source in lines:
        click.echo(f"{line:{column}}  # {source}" if origin and source else line)
    if not lines:
        click.echo(text("config.defaults", config.lang))


@command.command("schema", context_settings=_HELP)
def schema() -> None:
    """Print the JSON Schema of a configuration file."""
    click.echo(json.dumps(config_schema(), indent=2, ensure_ascii=False))


@command.command("keys", context_settings=_HELP)
@click.argument("name", metavar="[KEY]", required=False)
@shared_options
def list_keys(
    name: str | None,
    settings: Settings,
) -> None:
    """List all keys, or say all about one: meaning, values, default, variable."""
    from appeal_lint.terminal import wrap

    shown = settings.at(Path()).lang
    if name is None:
        column = max(map(len, keys()))
        for key in keys().values():
            first = f"{key.name:{column}}  "
            click.echo("\n".join(wrap(_help(key, shown), 80, " " * len(first), first)))
        return
    if name not in keys():
        hint = did_you_mean(name, keys()) or "see 'appeal-lint config keys'"
        raise ConfigError(f"no key {name!r}", hint=hint)
    key = keys()[name]
    click.echo(f"{key.name}: {_help(key, shown)}")
    facts = {
        "values": _shape(key.schema),
        "default": _value(key.default()) if key.default() not in (None, []) else None,
        "variable": key.variable,
        "joined": text("config.joined.yes", shown) if key.adds else None,
        "letters": text("config.letters.yes", shown) if key.letter else None,
    }
    for label, fact in facts.items():
        if fact is not None:
            title = text(f"config.{label}", shown)
            click.echo("\n".join(wrap(fact, 80, "    ", f"  {title}: ")))


def _help(key: Key, lang: str) -> str:
    return key.zh if lang == "zh" else key.en


def _lines(key: Key, config: Config, *, every: bool) -> Iterator[tuple[str, str]]:
    """Lines of YAML for a key and the place that each comes from."""
    value = _current(key, config)
    source = config.origins.get((key.name, None))
    if value is None or (source is None and not every and value == key.default()):
        return
    place = str(source) if source else "default"
    if isinstance(value, dict) and key.name == "rules":
        yield f"{key.name}:", ""
        for name, setting in value.items():
            yield f"  {name}: {_value(setting)}", str(config.place("rules", name))
    elif isinstance(value, list) and key.adds and all(isinstance(item, str) for item in value):
        yield f"{key.name}:", ""
        for item in value:
            yield f"  - {_value(item)}", str(config.origins.get((key.name, item), place))
    else:
        yield f"{key.name}: {_value(value)}", place


def _current(key: Key, config: Config) -> Any:
    """The value of a key as it would be written; None when there is none to show."""
    if key.name == "rules":
        return {name: _written(setting) for name, setting in config.rules.items()} or None
    if key.name == "engines":
        known = key.schema["properties"]
        engines = {name: name in config.engines for name in known if name not in ("model",)}
        engines["judgement"] = config.judgement
        return {**engines, **({"model": config.model} if config.model else {})}
    if key.name == "ignore-findings":
        return [
            {
                name: value
                for name, value in (
                    ("rule", each.rule),
                    ("pattern", each.pattern),
                    ("files", list(each.files)),
                    ("reason", each.reason),
                )
                if value
            }
            for each in config.ignore_findings
        ] or None
    field = key.name.replace("-", "_")
    if not hasattr(config, field):
        return None
    value = getattr(config, field)
    if field == "fail_on" and value is None:
        return "never"
    if isinstance(value, tuple):
        return [str(item) for item in value] or None
    return str(value) if isinstance(value, Path) else getattr(value, "label", value)


def _written(setting: RuleSetting) -> Any:
    if setting.off:
        return "off"
    level = setting.severity.label if setting.severity else None
    if not setting.options:
        return level
    return {**({"severity": level} if level else {}), **setting.options}


def _value(value: Any) -> str:
    """A value as YAML on one line."""
    import yaml

    if value == "off":
        return "off"
    dumped: str = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000
    )
    return dumped.removesuffix("\n").removesuffix("\n...")


def _shape(schema: Any) -> str:
    """The values that a schema allows, in a few words."""
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_shape(each) for each in schema["anyOf"] if each))
    if schema.get("type") == "array":
        return f"[{_shape(schema['items'])}, …]"
    if schema.get("type") == "object":
        inner = schema.get("properties", {})
        body = ", ".join(f"{name}: {_shape(each)}" for name, each in inner.items())
        return "{" + (body or "name: value, …") + "}"
    return {"string": "text", "boolean": "true, false"}.get(schema.get("type", ""), "value")
