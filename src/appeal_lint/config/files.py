"""Find configuration files and read them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appeal_lint.errors import ConfigError, did_you_mean
from appeal_lint.files import built_in_presets
from appeal_lint.rules.yaml import Located

FILE_NAMES = ("appeal-lint.yml", "appeal-lint.yaml", ".appeal-lint.yml", ".appeal-lint.yaml")
PROJECT_FILE = "pyproject.toml"


def find_configs(start: Path) -> list[Path]:
    """The configuration files of the nearest folder that has one, the one to use first.

    The search begins in `start` and goes up.
    """
    for folder in (start, *start.parents):
        found = [folder / name for name in FILE_NAMES if (folder / name).is_file()]
        project = folder / PROJECT_FILE
        if project.is_file() and _project_table(project) is not None:
            found.append(project)
        if found:
            return found
    return []


def user_config(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The user's own file, which is used where no folder has one."""
    if base := environ.get("XDG_CONFIG_HOME"):
        folder = Path(base)
    elif sys.platform == "win32":
        folder = Path(environ.get("APPDATA") or Path.home())
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path.home() / ".config"
    found = folder / "appeal-lint" / "config.yml"
    return found if found.is_file() else None


def preset_names() -> list[str]:
    """Names of the presets that come with the program."""
    return sorted(path.stem for path in built_in_presets().glob("*.yml"))


def preset_file(name: str) -> Path:
    """The file of a preset; raises ConfigError for an unknown one."""
    path = built_in_presets() / f"{name}.yml"
    if name not in preset_names():
        known = preset_names()
        raise ConfigError(
            f"no preset {name!r}", hint=did_you_mean(name, known) or "one of: " + ", ".join(known)
        )
    return path


def read_file(path: Path) -> Located:
    """The content of a configuration file, not yet checked; raises ConfigError."""
    from appeal_lint.rules.yaml import load

    if path.name == PROJECT_FILE:
        return Located(_project_table(path) or {}, _toml_places(path), str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise ConfigError(f"cannot be read: {problem.strerror}", path=str(path)) from None
    except UnicodeDecodeError:
        raise ConfigError("not UTF-8 text", path=str(path)) from None
    source = load(text, str(path), ConfigError)
    return Located({}, {}, str(path)) if source.data is None else source


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


def _toml_places(path: Path) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Lines of the keys in the tool's own table, as far as a line tells."""
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
