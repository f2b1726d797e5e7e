"""Load rule folders into one bundle; validated once per content, then read from a cache.

A folder holds one YAML file per rule in category folders, and beside them `parts/`
(how the parts of a letter are recognised) and `vocabulary/` (lists of words).
"""

from __future__ import annotations

import copy
import marshal
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appeal_lint.caching.fingerprint import fingerprint
from appeal_lint.caching.folder import keep
from appeal_lint.errors import RuleError
from appeal_lint.files import built_in_rules
from appeal_lint.model import Category, Severity
from appeal_lint.phrases import PhraseSyntaxError, parse
from appeal_lint.rules.types import (
    PREFIXES,
    Example,
    PartData,
    Rule,
    Scope,
    Unless,
    Vocabulary,
)
from appeal_lint.rules.yaml import Located, load

if TYPE_CHECKING:
    from appeal_lint.rules.types import Phrases

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Bundle:
    """Everything that rule folders hold; `key` is a hash of their content.

    `problems` are the broken files: they are left out and do not hide the others.
    """

    key: str
    rules: tuple[Rule, ...] = ()
    parts: tuple[PartData, ...] = ()
    vocabulary: Mapping[str, Vocabulary] = field(default_factory=dict)
    extra: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    problems: tuple[RuleError, ...] = ()

    def words(self, name: str) -> frozenset[str]:
        """Lower-case entries of a vocabulary; empty when there is none of that name."""
        found = self.vocabulary.get(name)
        return found.lower if found else frozenset()


def rule_files(folders: Iterable[Path]) -> list[tuple[str, Path]]:
    """The YAML files below `folders`: (top folder name, path), in a stable order."""
    found: list[tuple[str, Path]] = []
    for folder in folders:
        if not folder.is_dir():
            raise RuleError("no such folder of rules", path=str(folder))
        found.extend(
            (path.relative_to(folder).parts[0], path)
            for path in sorted(folder.rglob("*.y*ml"))
            if path.suffix in (".yml", ".yaml")
        )
    return found


def _code_stamp() -> str:
    """Changes when the code that compiles rules changes, as it does in a checkout."""
    files = [
        *(PACKAGE / "checks").glob("*.py"),
        *(PACKAGE / "phrases").glob("*.py"),
        Path(__file__),
    ]
    return " ".join(str(path.stat().st_mtime_ns) for path in sorted(files))


def load_bundle(folders: Sequence[Path] = (), cache: Path | None = None) -> Bundle:
    """The built-in rules and those of `folders`; a later rule replaces one with the same id.

    `cache` is a folder for compiled rules; None compiles anew. Raises RuleError for a folder
    that does not exist; broken files are in `problems`.
    """
    from appeal_lint import __version__

    roots = [built_in_rules(), *folders]
    files = rule_files(roots)
    stamp = f"{__version__} {sys.version} {_code_stamp()} {fingerprint(roots, cache)}"
    key = blake2b(stamp.encode(), digest_size=16).hexdigest()
    store = cache / f"rules-{key}.bin" if cache else None
    if store is not None and store.is_file():
        try:
            return _bundle(key, marshal.loads(store.read_bytes()))
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            pass  # A damaged cache is only a slow one.
    entries: list[dict[str, Any]] = []
    problems: list[RuleError] = []
    owner: dict[str, str] = {}
    for top, path in files:
        try:
            entry = _compile(top, path, path.read_bytes())
            _check_unique(entry, owner)
            entries.append(entry)
        except RuleError as problem:
            problems.append(problem)
    if cache is not None and not problems:
        keep(cache, f"rules-{key}.bin", marshal.dumps(entries))
    return replace(_bundle(key, entries), problems=tuple(problems))


def _compile(top: str, path: Path, content: bytes) -> dict[str, Any]:
    """One file as JSON-able data with its phrases parsed."""
    from appeal_lint.rules.schema import schema_for
    from appeal_lint.rules.validate import validate

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise RuleError("not UTF-8 text", path=str(path)) from None
    source = load(text, str(path), RuleError)
    kind, schema = schema_for(top, source)
    validate(source, schema, RuleError)
    data = dict(source.data)
    if kind == "rule":
        data = _compile_rule(source, data)
    elif kind == "parts":
        data["headings"] = _phrases(source, ("headings",), data.get("headings", []))
        data["proof"] = _phrases(source, ("proof",), data.get("proof", []))
        data["cues"] = [
            [cue["weight"], _phrases(source, ("cues", index, "phrases"), cue["phrases"])]
            for index, cue in enumerate(data.get("cues", []))
        ]
    elif kind != "vocabulary":
        data = _compile_phrases(source, data, ())
    return {"kind": kind, "path": str(path), "data": data}


def _compile_phrases(source: Located, value: Any, where: tuple[str | int, ...]) -> Any:
    """The same data with every list under a key `phrases` parsed."""
    if isinstance(value, dict):
        return {
            key: _phrases(source, (*where, key), item)
            if key == "phrases"
            else _compile_phrases(source, item, (*where, key))
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_compile_phrases(source, item, (*where, index)) for index, item in enumerate(value)]
    return value


def _compile_rule(source: Located, data: dict[str, Any]) -> dict[str, Any]:
    from appeal_lint.checks import check_module, prepared
    from appeal_lint.rules.schema import RULE_KEYS

    allowed = [category.value for category in PREFIXES[data["id"][:3]]]
    if data["category"] not in allowed:
        message = f"a rule {data['id'][:3]}… is of category {' or '.join(allowed)}"
        raise source.error(message, ("category",))
    module = check_module(data["check"])
    options = {key: data.pop(key) for key in list(data) if key not in RULE_KEYS}
    unless = data.get("unless", {})
    if isinstance(unless, list):
        unless = {"sentence": unless}
    for place in ("sentence", "around", "letter"):
        if place in unless:
            unless[place] = _phrases(source, ("unless", place), unless[place])
    data["unless"] = unless
    data["raw"] = copy.deepcopy(options)
    try:
        data["options"] = prepared(module, options)
    except OptionError as problem:
        raise source.error(problem.message, problem.where, problem.hint) from None
    return data


class OptionError(ValueError):
    """A check kind refuses the value at `where` (a path of keys and indices in the rule)."""

    def __init__(self, message: str, where: tuple[str | int, ...], hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint


def parse_phrases(where: tuple[str | int, ...], phrases: Iterable[str]) -> list[list[Any]]:
    """Parsed phrases of an option; raises OptionError that names the broken one."""
    parsed = []
    for index, phrase in enumerate(phrases):
        try:
            parsed.append(list(parse(str(phrase))))
        except PhraseSyntaxError as problem:
            raise OptionError(f"phrase not understood: {problem}", (*where, index)) from None
    return parsed


def _phrases(source: Located, where: tuple[str | int, ...], phrases: list[str]) -> list[list[Any]]:
    try:
        return parse_phrases(where, phrases)
    except OptionError as problem:
        raise source.error(problem.message, problem.where) from None


def _check_unique(entry: dict[str, Any], owner: dict[str, str]) -> None:
    """A name or alias must lead to one rule; a rule with a known id replaces the older one."""
    if entry["kind"] != "rule":
        return
    data = entry["data"]
    for word in (data["name"], *data.get("aliases", ())):
        if owner.setdefault(word, data["id"]) != data["id"]:
            raise RuleError(
                f"the name {word!r} already belongs to rule {owner[word]}", path=entry["path"]
            )


def _frozen(phrases: list[Any] | None) -> Phrases:
    return tuple(tuple(patterns) for patterns in phrases or ())


def _bundle(key: str, entries: list[dict[str, Any]]) -> Bundle:
    rules: dict[str, Rule] = {}
    parts: dict[str, PartData] = {}
    vocabulary: dict[str, Vocabulary] = {}
    extra: dict[str, list[Any]] = {}
    for entry in entries:
        kind, data = entry["kind"], entry["data"]
        if kind == "rule":
            rules[data["id"]] = _rule(data, entry["path"])
        elif kind == "parts":
            parts[data["part"]] = PartData(
                part=data["part"],
                headings=_frozen(data["headings"]),
                cues=tuple((weight, _frozen(phrases)) for weight, phrases in data["cues"]),
                proof=_frozen(data["proof"]),
                tense=data.get("tense", {}),
            )
        elif kind == "vocabulary":
            words = tuple(str(word) for word in data["words"])
            vocabulary[data["name"]] = Vocabulary(data["name"], words)
        else:
            extra.setdefault(kind, []).append(data)
    ordered = tuple(rules[id] for id in sorted(rules))
    rest = {kind: tuple(items) for kind, items in extra.items()}
    return Bundle(key, ordered, tuple(parts.values()), vocabulary, rest)


def _rule(data: Mapping[str, Any], path: str) -> Rule:
    unless = data["unless"]
    examples = data["examples"]
    tone = data["id"][:3] in ("EMO", "BLA")
    return Rule(
        id=data["id"],
        name=data["name"],
        category=Category(data["category"]),
        severity=Severity.parse(data["severity"]),
        check=data["check"],
        message=data["message"],
        why=data["why"],
        advice=data["advice"],
        zh=data.get("zh", {}),
        path=path,
        options=data["options"],
        raw=data["raw"],
        scope=Scope(**{name: tuple(value) for name, value in data.get("scope", {}).items()}),
        unless=Unless(
            sentence=_frozen(unless.get("sentence")),
            around=_frozen(unless.get("around")),
            letter=_frozen(unless.get("letter")),
            facts=tuple(unless.get("facts", ())),
            facts_within=unless.get("facts-within", "sentence"),
            min_facts=unless.get("min-facts", 1),
        ),
        budget=data.get("budget", 0),
        negated=data.get("negated", "skip" if tone else "keep"),
        quoted=data.get("quoted", "skip"),
        reported=data.get("reported", "skip" if tone else "keep"),
        suggestions=tuple(data.get("suggestions", ())),
        fix=data.get("fix", "none"),
        sources=tuple(data.get("sources", ())),
        bad=tuple(_example(item) for item in examples["bad"]),
        good=tuple(_example(item) for item in examples["good"]),
        aliases=tuple(data.get("aliases", ())),
        preview=data.get("preview", False),
        weighed=data.get("weighed", True),
        final=Severity.parse(data["final"]) if "final" in data else None,
    )


def _example(item: str | Mapping[str, str]) -> Example:
    return Example(item) if isinstance(item, str) else Example(**item)
