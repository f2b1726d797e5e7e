"""`appeal-lint doctor`: is everything there that a run needs?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from appeal_lint import __version__
from appeal_lint.config import Config
from appeal_lint.errors import AppealLintError
from appeal_lint.settings import Settings, shared_options
from appeal_lint.texts import text


@dataclass(frozen=True)
class Sign:
    """One thing looked at: `state` is ok, note or problem."""

    name: str
    state: str
    told: str


@click.command("doctor", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")
@shared_options
@click.pass_context
def command(
    context: click.Context,
    as_json: bool,
    settings: Settings,
) -> None:
    """Look whether everything is there that a run needs.

    The exit code is 2 when something is missing that a run cannot do without.
    """
    config = settings.at(Path())
    signs = list(examine(config))
    if as_json:
        click.echo(json.dumps([asdict(sign) for sign in signs], ensure_ascii=False, indent=2))
    else:
        marks = {"ok": "✓", "note": "·", "problem": "✗"}
        column = max(len(sign.name) for sign in signs)
        for sign in signs:
            click.echo(f"{marks[sign.state]} {sign.name:{column}}  {sign.told}")
    context.exit(2 if any(sign.state == "problem" for sign in signs) else 0)


def examine(config: Config) -> Iterator[Sign]:
    """Everything that a run needs, one after the other."""
    lang = config.lang
    version = ".".join(map(str, sys.version_info[:3]))
    yield Sign("appeal-lint", "ok", f"{__version__}, Python {version}")
    yield Sign("config", "ok" if config.source else "note",
               config.source or text("doctor.no-config", lang))  # fmt: skip
    yield from _tried("rules", lambda: _rules(config))
    yield from _tried("model", lambda: _model(config))
    yield from _tried("judgement", lambda: _judgement(config))
    yield from _tried("harper", lambda: _harper(config))
    yield _languagetool(config)
    yield _cache(config)


def _tried(name: str, look: Callable[[], Sign]) -> Iterator[Sign]:
    """What a look comes to; whatever goes wrong in it is the finding."""
    try:
        yield look()
    except AppealLintError as problem:
        yield Sign(name, "problem", str(problem))
    except Exception as problem:  # A broken installation fails in ways nobody has foreseen.
        yield Sign(name, "problem", f"{type(problem).__name__}: {problem}")


def _rules(config: Config) -> Sign:
    from appeal_lint.rules import load_bundle

    bundle = load_bundle(config.rule_folders, config.cache)
    if bundle.problems:
        return Sign("rules", "problem", str(bundle.problems[0]))
    return Sign("rules", "ok", text("doctor.rules", config.lang, count=len(bundle.rules)))


def _model(config: Config) -> Sign:
    from appeal_lint.config.model import NO_MODEL

    if config.model == NO_MODEL:
        return Sign("model", "note", text("doctor.off", config.lang))
    from appeal_lint.language import Pipeline

    vocabulary = Pipeline(config.model).vocab
    return Sign("model", "ok", text("doctor.model", config.lang, name=vocabulary.lang))


def _judgement(config: Config) -> Sign:
    if not config.judgement:
        return Sign("judgement", "note", text("doctor.off", config.lang))
    from appeal_lint.document import build
    from appeal_lint.judgement import load_judge

    judge = load_judge()
    if judge is None:
        return Sign("judgement", "problem", text("doctor.no-judgement", config.lang))
    judge.judge(build("We counted the stock."))  # Loads every network.
    return Sign("judgement", "ok", ", ".join(judge.labels))


def _harper(config: Config) -> Sign:
    if "harper" not in config.engines:
        return Sign("harper", "note", text("doctor.off", config.lang))
    from appeal_lint.engines import create_engine

    create_engine("harper", config)
    return Sign("harper", "ok", text("doctor.embedded", config.lang))


def _languagetool(config: Config) -> Sign:
    import shutil
    from importlib.util import find_spec

    if find_spec("language_tool_python") is None:
        return Sign("languagetool", "note", text("doctor.no-extra", config.lang))
    server = config.languagetool
    if "languagetool" not in config.engines:
        return Sign("languagetool", "note", text("doctor.off", config.lang))
    if server.jars is not None and shutil.which("java") is None:
        return Sign("languagetool", "problem", text("doctor.no-java", config.lang))
    return Sign("languagetool", "ok", str(server.url or server.jars))


def _cache(config: Config) -> Sign:
    if config.cache is None:
        return Sign("cache", "note", text("doctor.off", config.lang))
    files = [path for path in config.cache.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    told = text("doctor.cache", config.lang, path=config.cache, size=f"{size:.1f}")
    return Sign("cache", "ok", told)
