"""YAML with the place of every value, so that an error can point at it."""

from __future__ import annotations

from typing import Any

from appeal_lint.errors import AppealLintError, RuleError

Path = tuple[str | int, ...]


class Located:
    """Parsed YAML data and where each value and key stands (1-based lines and columns)."""

    def __init__(
        self,
        data: Any,
        places: dict[Path, tuple[int, int]],
        path: str,
        keys: dict[Path, tuple[int, int]] | None = None,
    ) -> None:
        self.data = data
        self.path = path
        self._places = places
        self._keys = places if keys is None else keys

    @property
    def parts(self) -> tuple[Any, dict[Path, tuple[int, int]], dict[Path, tuple[int, int]]]:
        """Data, places of values and places of keys: all but the path that it was made from."""
        return self.data, self._places, self._keys

    def place(self, where: Path) -> tuple[int, int]:
        """Line and column of the value at `where`, or of the nearest value that holds it."""
        while where not in self._places and where:
            where = where[:-1]
        return self._places.get(where, (1, 1))

    def error(self, message: str, where: Path = (), hint: str | None = None) -> RuleError:
        """The error to raise for what stands at `where` of a rule."""
        line, column = self.place(where)
        return RuleError(message, path=self.path, line=line, column=column, hint=hint)

    def key_place(self, where: Path) -> tuple[int, int]:
        """Line and column of the key that `where` ends with."""
        return self._keys.get(where) or self.place(where)


def load(text: str, path: str, error: type[AppealLintError] = AppealLintError) -> Located:
    """Parse one YAML document.

    Raises `error` with file, line and column when it is not valid YAML or repeats a key.
    """
    import yaml

    loader_class: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = loader_class(text)
    places: dict[Path, tuple[int, int]] = {}
    keys: dict[Path, tuple[int, int]] = {}

    def walk(node: Any, where: Path) -> None:
        places.setdefault(where, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key_node, value_node in node.value:
                key = key_node.value
                line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
                if key in seen:
                    raise error(f"key {key!r} is given twice", path=path, line=line, column=column)
                seen.add(key)
                keys[(*where, key)] = (line, column)
                walk(value_node, (*where, key))
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                walk(item, (*where, index))

    try:
        node = loader.get_single_node()
        if node is None:
            return Located(None, {}, path)
        walk(node, ())
        return Located(loader.construct_document(node), places, path, keys)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        column = mark.column + 1 if mark else 1
        what = getattr(problem, "problem", None) or "not valid YAML"
        raise error(f"not valid YAML: {what}", path=path, line=line, column=column) from None
    finally:
        loader.dispose()
