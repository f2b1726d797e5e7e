"""Lay the values of several sources over each other and remember where each comes from."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from hashlib import blake2b
from pathlib import Path
from typing import Any

from appeal_lint.caching.fingerprint import fingerprint
from appeal_lint.caching.folder import keep
from appeal_lint.config.files import FILE_NAMES, preset_file, read_file
from appeal_lint.config.keys import config_schema, keys, words
from appeal_lint.config.model import Config, Origin, Override
from appeal_lint.errors import ConfigError
from appeal_lint.files import PACKAGE, cache_folder
from appeal_lint.rules.validate import validate
from appeal_lint.rules.yaml import Located

_CODE = PACKAGE / "config"
_PRESET = "preset:"
_INSTALLED = "package:"
Origins = dict[tuple[str, str | None], Origin]


@dataclass(frozen=True)
class Layer:
    """The checked values of one source; paths in it are counted from `folder`."""

    name: str
    data: Mapping[str, Any]
    folder: Path
    source: Located | None = None

    def origin(self, *where: str | int) -> Origin:
        """The place of a key or entry."""
        if self.source is None:
            return Origin(self.name)
        return Origin(self.name, *self.source.key_place(where))


def file_layers(path: Path) -> list[Layer]:
    """A file and all that it extends, the weakest first; raises ConfigError."""
    return _chain(path, str(path), ())


def _checked(path: Path) -> Located:
    """A file that follows the schema; remembered by its content, so that YAML and the schema's
    library are loaded when it has changed only.
    """
    cache = cache_folder()
    try:
        stamp = f"{fingerprint([_CODE], cache)} {sys.version} {path}\0"
        content = stamp.encode("utf-8", "surrogateescape") + path.read_bytes()
    except OSError as problem:
        raise ConfigError(f"cannot be read: {problem.strerror}", path=str(path)) from None
    name = f"settings/{blake2b(content, digest_size=16).hexdigest()}"
    with suppress(OSError, EOFError, ValueError, TypeError):
        data, places, keys_at = marshal.loads((cache / name).read_bytes())
        return Located(data, places, str(path), keys_at)
    source = read_file(path)
    validate(source, config_schema(), ConfigError)
    with suppress(ValueError):  # YAML knows values, such as dates, that cannot be kept.
        keep(cache, name, marshal.dumps(source.parts))
    return source


def preset_layers(name: str) -> list[Layer]:
    """A preset and all that it extends; raises ConfigError for an unknown one."""
    return _chain(preset_file(name), _PRESET + name, ())


def value_layer(data: Mapping[str, Any], name: str, folder: Path) -> Layer:
    """Values that are not in a file; raises ConfigError with `name` as the place."""
    try:
        validate(Located(dict(data), {}, name), config_schema(), ConfigError)
    except ConfigError as problem:
        raise ConfigError(problem.message, path=name, hint=problem.hint) from None
    return Layer(name, data, folder)


def _chain(path: Path, name: str, above: tuple[Path, ...]) -> list[Layer]:
    source = _checked(path)
    layer = Layer(name, source.data, path.parent, source)
    chain = (*above, path.resolve())
    found: list[Layer] = []
    named = words(source.data.get("extends", ()))
    alone = isinstance(source.data.get("extends"), str)
    for index, entry in enumerate(named):
        line, column = source.place(("extends",) if alone else ("extends", index))
        try:
            target = _target(entry, path.parent)
        except ConfigError as problem:
            raise ConfigError(
                problem.message, path=str(path), line=line, column=column, hint=problem.hint
            ) from None
        if target.resolve() in chain:
            raise ConfigError(
                f"{entry} extends itself", path=str(path), line=line, column=column,
                hint="take one of the extends out",
            )  # fmt: skip
        label = entry if entry.startswith((_PRESET, _INSTALLED)) else str(target)
        found.extend(_chain(target, label, chain))
    return [*found, layer]


def _target(entry: str, folder: Path) -> Path:
    if entry.startswith(_PRESET):
        return preset_file(entry[len(_PRESET) :])
    if entry.startswith(_INSTALLED):
        return _in_package(entry[len(_INSTALLED) :])
    target = folder / entry
    if not target.is_file():
        raise ConfigError(f"no such file: {entry}", hint=f"a preset is written {_PRESET}NAME")
    return target


def _in_package(entry: str) -> Path:
    """The configuration in an installed Python package, whose code is not run."""
    from importlib.util import find_spec

    package, _, inner = entry.partition("/")
    spec = find_spec(package) if package.isidentifier() else None
    if spec is None:
        raise ConfigError(
            f"no package {package!r} is installed", hint=f"install it beside appeal-lint: {package}"
        )
    name = inner or FILE_NAMES[0]
    for folder in spec.submodule_search_locations or ():
        if (target := Path(folder, name)).is_file():
            return target
    raise ConfigError(f"package {package!r} has no file {name}")


def merge(layers: Iterable[Layer]) -> tuple[Config, tuple[Override, ...]]:
    """The settings that layers make, the weakest first, and what some letters override."""
    config = Config()
    origins: Origins = {}
    overrides: list[Override] = []
    for layer in layers:
        config = _laid(config, layer, origins)
        for index, entry in enumerate(layer.data.get("overrides", ())):
            values = {key: value for key, value in entry.items() if key != "files"}
            at = layer.origin("overrides", index)
            overrides.append(Override(words(entry["files"]), values, at, layer.folder))
    return replace(config, origins=origins), tuple(overrides)


def overridden(config: Config, overrides: Sequence[Override]) -> Config:
    """The settings with the values of overrides laid over them."""
    origins = dict(config.origins)
    for each in overrides:
        layer = Layer(str(each.origin), each.values, each.root)
        config = _laid(config, layer, origins)
    return replace(config, origins=origins)


def fits(override: Override, path: Path) -> bool:
    """Whether a letter is one of those that an override is for.

    A glob without a slash fits the file's name, another one the path from the folder of the
    configuration.
    """
    try:
        inner = path.resolve().relative_to(override.root.resolve()).as_posix()
    except ValueError:
        return False
    return any(fnmatch(inner if "/" in glob else path.name, glob) for glob in override.files)


def _laid(config: Config, layer: Layer, origins: Origins) -> Config:
    values: dict[str, Any] = {}
    for name, value in layer.data.items():
        key = keys()[name]
        new = key.values(value, layer.folder)
        if name == "rules":
            new = {"rules": {**config.rules, **new["rules"]}}
        elif key.adds:
            new = {field: _joined(getattr(config, field), items) for field, items in new.items()}
        values.update(new)
        if not key.adds:
            for stale in [each for each in origins if each[0] == name and name != "rules"]:
                del origins[stale]
        origins[name, None] = layer.origin(name)
        if name == "rules":
            origins.update({(name, rule): layer.origin(name, rule) for rule in value})
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, str):
                    origins[name, item] = layer.origin(name, index)
    return replace(config, **values)


def _joined(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def config_from(data: Mapping[str, Any], path: Path) -> Config:
    """Settings from data with the keys of a configuration file; raises ConfigError."""
    entries = words(data.get("extends", ()))
    layers = [
        layer
        for entry in entries
        for layer in (
            preset_layers(entry[len(_PRESET) :])
            if entry.startswith(_PRESET)
            else file_layers(path.parent / entry)
        )
    ]
    config, _ = merge([*layers, value_layer(data, str(path), path.parent)])
    return config
