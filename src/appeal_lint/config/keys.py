"""The keys of a configuration: schema, help, variable and meaning of each in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from appeal_lint.config.model import (
    Config,
    IgnoredFinding,
    LanguageToolSettings,
    RuleSetting,
)
from appeal_lint.model import Severity
from appeal_lint.rules.schema import TEXT, TEXTS, closed

Values = dict[str, Any]

_LEVEL: Values = {"enum": [severity.label for severity in Severity]}
_RULE: Values = {
    "anyOf": [
        {"enum": ["off", *_LEVEL["enum"]]},
        {"const": False},
        {"type": "object", "properties": {"severity": _LEVEL}, "additionalProperties": True},
    ]
}
_SWITCH: Values = {"type": "boolean"}
_WORDS: Values = {"anyOf": [TEXT, TEXTS]}
_IGNORED = {
    **closed({"rule": TEXT, "pattern": TEXT, "files": _WORDS, "reason": TEXT}, ("rule",)),
    "anyOf": [{"required": ["pattern"]}, {"required": ["files"]}],
}


@dataclass(frozen=True)
class Key:
    """One key: its name in a file, its JSON Schema and what it means, in English and Chinese.

    `read` makes the fields of a Config from a value and the folder that paths are counted from.
    The entries of a key that `adds` are joined over all files; other lists replace each other.
    `letter` keys may differ between the letters of one run.
    """

    name: str
    schema: Mapping[str, Any]
    en: str
    zh: str
    read: Callable[[Any, Path], Values] | None = None
    adds: bool = False
    letter: bool = False

    @property
    def variable(self) -> str | None:
        """The environment variable that sets the key; None for a mapping."""
        if self.name in _STRUCTURED:
            return None
        return "APPEAL_LINT_" + self.name.replace("-", "_").upper()

    def values(self, value: Any, folder: Path) -> Values:
        """The fields of a Config that a value of the key sets."""
        if self.read is not None:
            return self.read(value, folder)
        plain = tuple(value) if isinstance(value, list) else value
        return {self.name.replace("-", "_"): plain}

    def default(self) -> Any:
        """The value without any configuration, as it would be written; None for none."""
        field = self.name.replace("-", "_")
        if field not in {each.name for each in fields(Config)} or self.name in _STRUCTURED:
            return _default_engines() if self.name == "engines" else None
        value = getattr(Config(), field)
        if isinstance(value, Severity):
            return value.label
        return list(value) if isinstance(value, tuple) else value


_STRUCTURED = frozenset({"schema-version", "description", "rules", "ignore-findings", "engines",
                         "overrides", "extends"})  # fmt: skip


def _default_engines() -> Values:
    from appeal_lint.engines import engine_names

    running = Config().engines
    return {"judgement": True, **{name: name in running for name in engine_names()}}


def _level(value: str, _: Path) -> Values:
    return {"severity": Severity.parse(value)}


def _fail_on(value: str, _: Path) -> Values:
    return {"fail_on": None if value == "never" else Severity.parse(value)}


def _rules(value: Mapping[str, Any], _: Path) -> Values:
    return {"rules": {name: _rule_setting(setting) for name, setting in value.items()}}


def _rule_setting(value: Any) -> RuleSetting:
    if value in ("off", False):
        return RuleSetting(off=True)
    if isinstance(value, str):
        return RuleSetting(severity=Severity.parse(value))
    options = {key: item for key, item in value.items() if key != "severity"}
    severity = Severity.parse(value["severity"]) if "severity" in value else None
    return RuleSetting(severity, options=options)


def _engines(value: Mapping[str, Any], folder: Path) -> Values:
    settings = {"model", "judgement"}
    chosen = [name for name in ("harper",) if value.get(name, True)]
    chosen += [name for name, on in value.items() if on and name not in {"harper", *settings}]
    values = {
        "model": value.get("model"),
        "judgement": value.get("judgement", True),
        "engines": tuple(chosen),
    }
    server = value.get("languagetool")
    if isinstance(server, Mapping):
        jars = folder / server["jars"] if "jars" in server else None
        timeout = server.get("timeout", LanguageToolSettings.timeout)
        values["languagetool"] = LanguageToolSettings(server.get("url"), jars, timeout)
    return values


def _folders(value: list[str], folder: Path) -> Values:
    return {"rule_folders": tuple(folder / each for each in value)}


def _baseline(value: str, folder: Path) -> Values:
    return {"baseline": folder / value}


def _ignored(value: list[Values], folder: Path) -> Values:
    return {
        "ignore_findings": tuple(
            IgnoredFinding(
                each["rule"],
                each.get("pattern"),
                words(each.get("files", ())),
                each.get("reason"),
                folder,
            )
            for each in value
        )
    }


def _nothing(_: Any, __: Path) -> Values:
    return {}


def words(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """One text or a list of texts as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


@lru_cache(maxsize=1)
def keys() -> Mapping[str, Key]:
    """All keys by name, in the order in which they are shown."""
    from appeal_lint.engines import engine_names

    server = closed(
        {"url": TEXT, "jars": TEXT, "timeout": {"type": "number", "exclusiveMinimum": 0}}
    )
    engines = closed(
        {
            "model": TEXT,
            "judgement": _SWITCH,
            **dict.fromkeys(engine_names(), _SWITCH),
            "languagetool": {"anyOf": [_SWITCH, server]},
        }
    )
    table = [
        Key("schema-version", {"const": 1}, "Version of this format.", "本格式的版本。", _nothing),
        Key("description", {"anyOf": [TEXT, closed({"en": TEXT, "zh": TEXT}, ("en", "zh"))]},
            "What this configuration is for.", "这份配置的用途。", _nothing),
        Key("extends", _WORDS,
            "Presets (preset:NAME), files and installed packages (package:NAME) to build on.",
            "本配置所依据的预设（preset:名称）、文件和已安装的包（package:名称）。", _nothing),
        Key("select", TEXTS, "Run only these rules: ids, names, prefixes or categories.",
            "只运行这些规则：编号、名称、前缀或类别。", letter=True),
        Key("ignore", TEXTS, "Leave these rules out.", "不运行这些规则。", letter=True),
        Key("extend-select", TEXTS,
            "Run these too, even where a wider word of ignore names them.",
            "另外运行这些规则，即使 ignore 中更宽的词包括了它们。", adds=True, letter=True),
        Key("extend-ignore", TEXTS, "Leave these out, too.", "另外不运行这些规则。",
            adds=True, letter=True),
        Key("rules", {"type": "object", "additionalProperties": _RULE},
            "Per rule: off, info, warning, error, or a mapping with its options.",
            "逐条规则：off、info、warning、error，或含有选项的映射。", _rules, letter=True),
        Key("rule-folders", TEXTS, "Folders with rules of your own.", "您自己的规则文件夹。",
            _folders, adds=True),
        Key("severity", _LEVEL, "Lowest level that is shown.", "显示的最低级别。", _level),
        Key("fail-on", {"enum": [*_LEVEL["enum"], "never"]},
            "Lowest level that makes the exit code 1.", "使退出码为 1 的最低级别。", _fail_on),
        Key("platform", TEXT, "The marketplace: amazon, ebay, walmart, tiktok, etsy.",
            "平台：amazon、ebay、walmart、tiktok、etsy。", letter=True),
        Key("case", TEXT, "The kind of enforcement that the letters answer.",
            "信件所回应的处罚类型。", letter=True),
        Key("checklist", _SWITCH, "Also list what the notice and the case ask for.",
            "同时逐条列出通知和案件的要求。", letter=True),
        Key("vocabulary", TEXTS, "Names and terms that are spelled right.",
            "拼写无误的名称和术语。", adds=True, letter=True),
        Key("dialect", {"enum": ["auto", "american", "british"]}, "The English of the letters.",
            "信件使用的英语。", letter=True),
        Key("encoding", TEXT, "Encoding of the letters, when it is guessed wrong.",
            "信件的编码（猜测有误时使用）。", letter=True),
        Key("lang", {"enum": ["en", "zh"]}, "Language of the report.", "报告的语言。"),
        Key("files", TEXTS, "Which files of a folder are letters.", "文件夹中哪些文件是信件。"),
        Key("exclude", TEXTS, "Files and folders to leave out.", "要排除的文件和文件夹。"),
        Key("notices", TEXTS, "Names of the notice beside a letter.", "信件旁边通知文件的名称。",
            letter=True),
        Key("engines", engines, "Language engines: on, off, or their settings.",
            "语言引擎：开、关或设置。", _engines, letter=True),
        Key("baseline", TEXT, "The file with findings that are accepted.",
            "记录已接受问题的文件。", _baseline, letter=True),
        Key("ignore-findings", {"type": "array", "items": _IGNORED, "minItems": 1},
            "Findings to silence: a rule and a pattern of the sentence, or globs of files.",
            "要忽略的问题：规则加上句子的正则，或文件通配符。", _ignored, adds=True, letter=True),
        Key("inline", _SWITCH, "Heed the comments in letters that silence findings.",
            "遵从信件中忽略问题的注释。", letter=True),
    ]  # fmt: skip
    inner = {key.name: dict(key.schema) for key in table if key.letter}
    override = {**closed({"files": _WORDS, **inner}, ("files",)), "minProperties": 2}
    table.append(
        Key("overrides", {"type": "array", "items": override, "minItems": 1},
            "Other values for the letters whose path fits a glob.",
            "路径符合通配符的信件所用的其他值。", _nothing)
    )  # fmt: skip
    return {key.name: key for key in table}


def config_schema() -> dict[str, Any]:
    """JSON Schema of a configuration file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of appeal-lint",
        **closed({key.name: {**key.schema, "description": key.en} for key in keys().values()}),
    }
