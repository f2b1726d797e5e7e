"""Settings: from the command line, the environment, a file and the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from appeal_lint.errors import ConfigError
from appeal_lint.model import Severity

FILE_NAMES = ("appeal-lint.yml", "appeal-lint.yaml", ".appeal-lint.yml", ".appeal-lint.yaml")
PROJECT_FILE = "pyproject.toml"


@dataclass(frozen=True)
class RuleSetting:
    """What a configuration says of one rule; None leaves a value as the rule has it."""

    severity: Severity | None = None
    off: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)


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
    """All settings of a run."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
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
    source: str | None = None

    def with_values(self, **values: Any) -> Config:
        """A copy with the given values; None leaves a setting as it is."""
        return replace(self, **{name: value for name, value in values.items() if value is not None})


def config_schema() -> dict[str, Any]:
    """JSON Schema of a configuration file."""
    from appeal_lint.engines import engine_names
    from appeal_lint.rules.schema import TEXT, TEXTS, closed

    level = {"enum": [severity.label for severity in Severity]}
    rule = {
        "anyOf": [
            {"enum": ["off", *level["enum"]]},
            {"const": False},
            {
                "type": "object",
                "properties": {"severity": level},
                "additionalProperties": True,
            },
        ]
    }
    server = closed(
        {"url": TEXT, "jars": TEXT, "timeout": {"type": "number", "exclusiveMinimum": 0}}
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of appeal-lint",
        **closed(
            {
                "schema-version": {"const": 1},
                "select": TEXTS,
                "ignore": TEXTS,
                "rules": {"type": "object", "additionalProperties": rule},
                "rule-folders": TEXTS,
                "severity": level,
                "fail-on": {"enum": [*level["enum"], "never"]},
                "platform": TEXT,
                "case": TEXT,
                "vocabulary": TEXTS,
                "dialect": {"enum": ["auto", "american", "british"]},
                "encoding": TEXT,
                "lang": {"enum": ["en", "zh"]},
                "files": TEXTS,
                "exclude": TEXTS,
                "notices": TEXTS,
                "engines": closed(
                    {
                        "model": TEXT,
                        "judgement": {"type": "boolean"},
                        **{name: {"type": "boolean"} for name in engine_names()},
                        "languagetool": {"anyOf": [{"type": "boolean"}, server]},
                    }
                ),
            }
        ),
    }


def find_config(start: Path) -> Path | None:
    """The nearest configuration file in `start` or a folder above it."""
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
        project = folder / PROJECT_FILE
        if project.is_file() and _project_table(project) is not None:
            return project
    return None


def _project_table(path: Path) -> dict[str, Any] | None:
    content = path.read_bytes()
    if b"tool.appeal-lint" not in content and b'"appeal-lint"' not in content:
        return None
    try:
        import tomllib
    except ModuleNotFoundError:
        import tomli as tomllib  # type: ignore[no-redef, import-not-found, unused-ignore]
    try:
        table: dict[str, Any] | None = (
            tomllib.loads(content.decode()).get("tool", {}).get("appeal-lint")
        )
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ConfigError(f"not valid TOML: {problem}", path=str(path)) from None
    return table


def load_config(path: Path) -> Config:
    """Read and check a configuration file; raises ConfigError."""
    from appeal_lint.rules.validate import validate
    from appeal_lint.rules.yaml import Located, load

    if path.name == PROJECT_FILE:
        source = Located(_project_table(path) or {}, _toml_places(path), str(path))
    else:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as problem:
            raise ConfigError(f"cannot be read: {problem.strerror}", path=str(path)) from None
        except UnicodeDecodeError:
            raise ConfigError("not UTF-8 text", path=str(path)) from None
        source = load(text, str(path), ConfigError)
        if source.data is None:
            return Config(source=str(path))
    validate(source, config_schema(), ConfigError)
    return _config(source.data, path)


def config_from(data: Mapping[str, Any], path: Path) -> Config:
    """Settings from data with the keys of a configuration file; raises ConfigError."""
    from appeal_lint.rules.validate import validate
    from appeal_lint.rules.yaml import Located

    validate(Located(dict(data), {}, str(path)), config_schema(), ConfigError)
    return replace(_config(data, path), source=None)


def _toml_places(path: Path) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Lines of the keys in the tool's own table, as far as a line tells."""
    import re

    places: dict[tuple[str | int, ...], tuple[int, int]] = {}
    prefix: tuple[str, ...] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        table = re.match(r"\s*\[tool\.\"?appeal-lint\"?((?:\.[\w-]+)*)\]", line)
        if table:
            prefix = tuple(part for part in table.group(1).split(".") if part)
            places.setdefault(prefix, (number, 1))
        elif line.lstrip().startswith("["):
            prefix = None
        elif prefix is not None and (key := re.match(r"\s*\"?([\w-]+)\"?\s*=", line)):
            places[(*prefix, key.group(1))] = (number, line.index(key.group(1)) + 1)
    return places


def _config(data: Mapping[str, Any], path: Path) -> Config:
    engines = data.get("engines", {})
    values: dict[str, Any] = {"source": str(path)}
    for name in ("select", "ignore", "vocabulary", "files", "exclude", "notices"):
        if name in data:
            values[name] = tuple(data[name])
    for name in ("platform", "case", "dialect", "encoding", "lang"):
        if name in data:
            values[name] = data[name]
    if "severity" in data:
        values["severity"] = Severity.parse(data["severity"])
    if "fail-on" in data:
        never = data["fail-on"] == "never"
        values["fail_on"] = None if never else Severity.parse(data["fail-on"])
    values["rule_folders"] = tuple(path.parent / folder for folder in data.get("rule-folders", ()))
    values["rules"] = {name: _rule_setting(value) for name, value in data.get("rules", {}).items()}
    values["model"] = engines.get("model")
    values["judgement"] = engines.get("judgement", True)
    settings = {"model", "judgement"}
    chosen = [name for name in ("harper",) if engines.get(name, True)]
    chosen += [name for name, on in engines.items() if on and name not in {"harper", *settings}]
    values["engines"] = tuple(chosen)
    server = engines.get("languagetool")
    if isinstance(server, Mapping):
        jars = path.parent / server["jars"] if "jars" in server else None
        values["languagetool"] = LanguageToolSettings(
            server.get("url"), jars, server.get("timeout", LanguageToolSettings.timeout)
        )
    known = {each.name for each in fields(Config)}
    assert set(values) <= known
    return Config(**values)


def _rule_setting(value: Any) -> RuleSetting:
    if value in ("off", False):
        return RuleSetting(off=True)
    if isinstance(value, str):
        return RuleSetting(severity=Severity.parse(value))
    options = {key: item for key, item in value.items() if key != "severity"}
    severity = Severity.parse(value["severity"]) if "severity" in value else None
    return RuleSetting(severity, options=options)
