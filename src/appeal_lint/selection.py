"""Which rules run, and how the configuration changes them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from appeal_lint.checks import check_module, prepared
from appeal_lint.config import Config
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


def check_selectors(rules: Iterable[Rule], config: Config, key: str) -> None:
    """Raise ConfigError for an entry of a key that names no rule."""
    known = list(rules)
    named = getattr(config, key.replace("-", "_"))
    for selector in named if key != "ignore-findings" else [each.rule for each in named]:
        if any(matches(rule, selector) for rule in known) or selector.upper() in PREFIXES:
            continue
        words = [word for rule in known for word in (rule.id, rule.name)]
        words += [category.value for category in Category]
        hint = did_you_mean(selector, words) or "see 'appeal-lint rules'"
        origin = config.place(key, selector)
        where = "" if origin.name == f"--{key}" else f"{key}: "
        raise ConfigError(
            f"{where}no rule {selector!r}",
            path=origin.name, line=origin.line, column=origin.column, hint=hint,
        )  # fmt: skip


def choose(rules: Sequence[Rule], config: Config) -> tuple[Rule, ...]:
    """The rules that run, with the severities and options of the configuration."""
    for key in ("select", "ignore", "extend-select", "extend-ignore", "rules", "ignore-findings"):
        check_selectors(rules, config, key)
    chosen = []
    for rule in rules:
        if selected(rule, config):
            changed = apply(rule, config)
            if changed is not None:
                if config.final and changed.final is not None:
                    changed = replace(changed, severity=max(changed.severity, changed.final))
                chosen.append(changed.texts(config.lang))
    return tuple(chosen)


def selected(rule: Rule, config: Config) -> bool:
    """Whether a rule runs; `extend-select` wins over a wider word that leaves the rule out."""
    added = _closest(rule, config.extend_select)
    left_out = _closest(rule, (*config.ignore, *config.extend_ignore))
    if left_out is not None:
        return added is not None and added > left_out
    return added is not None or not config.select or _closest(rule, config.select) is not None


def _closest(rule: Rule, selectors: Iterable[str]) -> int | None:
    """How closely the closest of the selectors names the rule; None when none does."""
    return max((_closeness(rule, each) for each in selectors if matches(rule, each)), default=None)


def _closeness(rule: Rule, selector: str) -> int:
    if selector.lower() == "all":
        return 0
    if selector.upper() == rule.id or selector in (rule.name, *rule.aliases):
        return len(rule.id)
    return len(selector) if rule.id.startswith(selector.upper()) else 1


def apply(rule: Rule, config: Config) -> Rule | None:
    """The rule as the settings want it; None when they switch it off.

    The closest word decides: an id or name over a prefix, a prefix over a category.
    """
    fitting = [selector for selector in config.rules if matches(rule, selector)]
    for selector in sorted(fitting, key=lambda each: _closeness(rule, each)):
        setting = config.rules[selector]
        if setting.off:
            return None
        if setting.severity is not None:
            rule = replace(rule, severity=setting.severity)
        if setting.options:
            rule = _with_options(
                rule, setting.options, f"{config.place('rules', selector)}: rules.{selector}"
            )
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
        compiled = prepared(module, copy.deepcopy(raw))
    except OptionError as wrong:
        raise ConfigError(f"{origin}: {wrong.message}") from None
    known_fields = {field.name for field in fields(rule)}
    return replace(
        rule, options=compiled, raw=raw, **{k: v for k, v in plain.items() if k in known_fields}
    )
