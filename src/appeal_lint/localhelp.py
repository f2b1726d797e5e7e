"""`--help` in the user's language, looked up by its English text when a command is shown."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import click

_FOLDER = Path(__file__).resolve().parent / "locale"


def wanted_language(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """The language of the interface: `--lang`, APPEAL_LINT_LANG, then the locale; en or zh."""
    for at, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
    return environ.get("APPEAL_LINT_LANG") or locale_language(environ) or "en"


def locale_language(environ: Mapping[str, str] = os.environ) -> str | None:
    """Zh when the locale is Chinese; None for every other."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else None
    return None


@lru_cache(maxsize=2)
def table(lang: str) -> Mapping[str, str]:
    """Help texts of a language by their folded English text; empty for English."""
    path = _FOLDER / f"help.{lang}.json"
    if not path.is_file():
        return {}
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def fold(text: str) -> str:
    """The words of a help text, as they stand in the table."""
    return " ".join(text.replace("\b", "").split())


def localised(command: click.Command, lang: str) -> click.Command:
    """The command with its help in `lang`; texts without a counterpart stay English."""
    texts = table(lang)
    if not texts:
        return command
    if command.help:
        command.help = texts.get(fold(command.help), command.help)
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = texts.get(fold(option.help), option.help)
    shown = command.get_help_option(click.Context(command))
    if shown is not None and shown.help:
        shown.help = texts.get(fold(shown.help), shown.help)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            localised(inner, lang)
    return command
