"""Which rules run, and how the configuration changes them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from appeal_lint.checks import check_module
from appeal_lint.config import Config, RuleSetting
from appeal_lint.errors import ConfigError, did_you_mean
from appeal_lint.model import Category
from appeal_lint.rules.bundle import OptionError
from appeal_lint.rules.types import PREFIXES, Rule

_PLAIN = frozenset({"budget", "fix", "preview"})


def matches(rule: Rule, selector: str) -> bool:
    """Whether a selector names the rule: an id, a name, an alias, a prefix, a category or `all`."""
    if selector.lower() == "all":
        return True
    return (
        rule.id.startswith(selector.upper())
        or selector in (rule.name, *rule.aliases)
        or rule.category.value == selector.lower()
    )


def check_selectors(rules: Iterable[Rule], selectors: Iterable[str], origin: str) -> None:
    """Raise ConfigError for a selector that names nothing."""
    known = list(rules)
    for selector in selectors:
        if any(matches(rule, selector) for rule in known) or selector.upper() in PREFIXES:
            continue
        words = [word for rule in known for word in (rule.id, rule.name)]
        words += [category.value for category in Category]
        hint = did_you_mean(selector, words) or "see 'appeal-lint rules'"
        raise ConfigError(f"{origin}: no rule {selector!r}", hint=hint)


def choose(rules: Sequence[Rule], config: Config) -> tuple[Rule, ...]:
    """The rules that run, with the severities and options of the configuration."""
    origin = config.source or "configuration"
    check_selectors(rules, config.select, "--select" if not config.source else f"{origin}: select")
    check_selectors(rules, config.ignore, "--ignore" if not config.source else f"{origin}: ignore")
    check_selectors(rules, config.rules, f"{origin}: rules")
    chosen = []
    for rule in rules:
        if config.select and not any(matches(rule, each) for each in config.select):
            continue
        if any(matches(rule, each) for each in config.ignore):
            continue
        changed = apply(rule, config.rules, origin)
        if changed is not None:
            chosen.append(changed.texts(config.lang))
    return tuple(chosen)


def apply(rule: Rule, settings: Mapping[str, RuleSetting], origin: str) -> Rule | None:
    """The rule as the settings want it; None when they switch it off."""
    for selector in sorted(settings, key=len):
        if not matches(rule, selector):
            continue
        setting = settings[selector]
        if setting.off:
            return None
        if setting.severity is not None:
            rule = replace(rule, severity=setting.severity)
        if setting.options:
            rule = _with_options(rule, setting.options, f"{origin}: rules.{selector}")
    return rule


def _with_options(rule: Rule, options: Mapping[str, Any], origin: str) -> Rule:
    """Plain values replace; `add` and `remove` change lists of the check kind."""
    from jsonschema import Draft202012Validator

    from appeal_lint.rules.schema import RULE_KEYS, closed

    module = check_module(rule.check)
    raw = copy.deepcopy(dict(rule.raw))
    plain: dict[str, Any] = {}
    for key, value in options.items():
        if key in ("add", "remove"):
            for name, items in dict(value).items():
                current = list(raw.get(name, ()))
                raw[name] = (
                    current + list(items)
                    if key == "add"
                    else [item for item in current if item not in items]
                )
        elif key in _PLAIN:
            plain[key] = value
        elif key in module.OPTIONS:
            raw[key] = value
        else:
            known = [*module.OPTIONS, *_PLAIN, "severity", "add", "remove"]
            raise ConfigError(f"{origin}: unknown option {key!r}", hint=did_you_mean(key, known))
    schema = closed({**module.OPTIONS, **{key: RULE_KEYS[key] for key in _PLAIN}}, module.REQUIRED)
    problem = next(Draft202012Validator(schema).iter_errors({**raw, **plain}), None)
    if problem is not None:
        raise ConfigError(f"{origin}: {problem.message}")
    try:
        compiled = module.prepare(copy.deepcopy(raw))
    except OptionError as wrong:
        raise ConfigError(f"{origin}: {wrong.message}") from None
    known_fields = {field.name for field in fields(rule)}
    return replace(
        rule, options=compiled, raw=raw, **{k: v for k, v in plain.items() if k in known_fields}
    )
