"""Groups of command-line options, each given to the command as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields, replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from appeal_lint.config import Config, RuleSetting
from appeal_lint.config.model import NO_MODEL
from appeal_lint.discovery import Search
from appeal_lint.model import Severity
from appeal_lint.settings import split_words

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")


def option(default: T, *names: str, **more: Any) -> T:
    """A field that is an option of the command line.

    It is called `names`, or `--` and the field's name; `more` is click's.
    """
    made: Any = field(default=default, metadata={"names": names, **more})
    return made  # type: ignore[no-any-return]


def _known_engines(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    from appeal_lint.engines import engine_names

    for name in split_words(value):
        if name not in engine_names():
            raise click.BadParameter(f"no engine {name!r}; there are {', '.join(engine_names())}")
    return value


@dataclass(frozen=True)
class RuleOptions:
    """Which rules run."""

    select: tuple[str, ...] = option(
        (),
        metavar="RULES",
        help="Run only these rules: ids, names, prefixes (EMO) or categories (emotion).",
    )
    ignore: tuple[str, ...] = option((), metavar="RULES", help="Leave these rules out.")
    extend_select: tuple[str, ...] = option(
        (),
        metavar="RULES",
        help="Run these, too, even where the configuration leaves out their category.",
    )
    extend_ignore: tuple[str, ...] = option((), metavar="RULES", help="Leave these out, too.")

    def apply(self, config: Config) -> Config:
        """The settings with these options; what is left out adds to what the settings leave out."""
        return config.with_values(
            select=split_words(self.select) or None,
            ignore=(*config.ignore, *split_words(self.ignore)),
            extend_select=(*config.extend_select, *split_words(self.extend_select)),
            extend_ignore=(*config.extend_ignore, *split_words(self.extend_ignore)),
        )


@dataclass(frozen=True)
class FixOptions:
    """What to do with suggestions."""

    fix: bool = option(False, help="Put certain suggestions into the letters.")
    unsafe_fixes: bool = option(False, help="Also put in those that may change the meaning.")
    diff: bool = option(False, help="Show what --fix would change; write nothing.")
    show_fixes: bool = option(False, help="List each change and what was left.")

    @property
    def wanted(self) -> bool:
        """Whether letters are to be fixed, on disk or only as a diff."""
        return self.fix or self.diff


@dataclass(frozen=True)
class FileOptions:
    """Which files are read; `max_file_size` is in bytes."""

    exclude: tuple[str, ...] = option((), metavar="GLOB", help="Leave these files or folders out.")
    extend_exclude: tuple[str, ...] = option(
        (), metavar="GLOB", help="Leave these out, too; the configuration's stay."
    )
    force_exclude: bool = option(False, help="Leave them out even when named one by one.")
    respect_gitignore: bool = option(
        True,
        "--respect-gitignore/--no-respect-gitignore",
        help="Pass over what git ignores when a folder is read (default: yes).",
    )
    max_file_size: int | None = option(
        None, type=click.IntRange(min=1), metavar="BYTES", help="Refuse letters that are larger."
    )
    show_files: bool = option(False, help="List the letters; do not lint them.")

    def search(self, config: Config) -> Search:
        """How to look for letters with these options and the settings."""
        root = Path(config.source).parent if config.source else Path()
        return Search(
            config.files,
            config.notices,
            (*(self.exclude or config.exclude), *self.extend_exclude),
            root,
            self.force_exclude,
            self.respect_gitignore,
        )


@dataclass(frozen=True)
class RunOptions:
    """How the work is done."""

    jobs: int | None = option(
        None,
        "--jobs",
        "-j",
        type=click.IntRange(min=0),
        metavar="N",
        help="Processes to use; 0 is one per core (default: by the number of letters).",
    )
    progress: bool = option(
        True,
        "--progress/--no-progress",
        help="Show on a terminal how far the work is (default: yes).",
    )
    no_cache: bool = option(
        False, envvar="APPEAL_LINT_NO_CACHE", help="Lint every letter anew and remember nothing."
    )
    cache_dir: Path | None = option(
        None,
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Where findings and compiled rules are kept.",
    )
    clear_cache: bool = option(False, help="Forget all that is kept, first.")
    changed_lines: str | None = option(
        None,
        metavar="REV",
        help="Only findings in lines changed since this git revision, and in new files.",
    )
    watch: bool = option(False, help="Lint again whenever a letter is saved.")
    redact: str = option(
        "none",
        type=click.Choice(["none", "names", "all"]),
        is_flag=False,
        flag_value="names",
        envvar="APPEAL_LINT_REDACT",
        help="Hide names, addresses and ids, or all of the letter, in every report.",
    )
    timeout: float | None = option(
        None,
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Give up with exit code 2 after this time.",
    )
    statistics: bool = option(False, help="Count the findings of each rule instead.")


@dataclass(frozen=True)
class EngineOptions:
    """Which grammar engines run, and where the LanguageTool server is."""

    engine: tuple[str, ...] = option(
        (),
        metavar="NAME",
        callback=_known_engines,
        help="Use only this grammar engine; may be repeated (harper, languagetool).",
    )
    languagetool_url: str | None = option(
        None,
        metavar="URL",
        envvar="APPEAL_LINT_LANGUAGETOOL_URL",
        help="Also ask the LanguageTool server that runs there.",
    )
    languagetool_jars: Path | None = option(
        None,
        metavar="FOLDER",
        envvar="APPEAL_LINT_LANGUAGETOOL_JARS",
        type=click.Path(path_type=Path),
        help="Also start a LanguageTool server from the jars there.",
    )
    allow_remote: bool = option(
        False, help="Send letters to the server even when it is another machine."
    )
    no_model: bool = option(
        False, help="Leave out rules that need a trained model: faster, and finds less."
    )

    def apply(self, config: Config) -> Config:
        """The settings with these options; a server that is named here is used."""
        server = config.languagetool
        named: list[str] = []
        if self.languagetool_url is not None or self.languagetool_jars is not None:
            server = replace(server, url=self.languagetool_url, jars=self.languagetool_jars)
            named.append("languagetool")
        engines = split_words(self.engine) or tuple(dict.fromkeys((*config.engines, *named)))
        server = replace(server, allow_remote=self.allow_remote)
        if self.no_model:
            config = replace(config, model=NO_MODEL, judgement=False)
        return replace(config, engines=engines, languagetool=server)


@dataclass(frozen=True)
class SuppressionOptions:
    """Which accepted findings are left out, and whether the letter is about to be sent."""

    baseline: Path | None = option(
        None,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The file with findings that are accepted.",
    )
    no_baseline: bool = option(False, help="Show accepted findings, too.")
    strict_baseline: bool = option(False, help="Fail when the baseline holds stale entries.")
    no_inline: bool = option(False, help="Do not heed comments that silence findings.")
    report_unused_ignores: bool = option(
        False, help="Make comments and baseline entries that silence nothing an error."
    )
    add_ignore: bool = option(
        False, help="Accept what is shown: add it to the baseline, not to the letters."
    )
    reason: str | None = option(None, metavar="TEXT", help="Why; for --add-ignore.")
    final: bool = option(
        False, help="The letter is about to be sent: leftovers of writing it are errors."
    )

    def apply(self, config: Config) -> Config:
        """The settings with these options."""
        config = config.with_values(
            baseline=self.baseline,
            inline=False if self.no_inline else None,
            final=self.final or None,
        )
        if self.report_unused_ignores:
            error = RuleSetting(severity=Severity.ERROR)
            config = replace(config, rules={**config.rules, "SUP001": error})
        return config


def _packed(name: str, kind: type) -> Callable[[Command], Command]:
    """A decorator that adds the options of a group, whose values arrive together as `name`."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def call(*args: Any, **values: Any) -> Any:
            mine = {each.name: values.pop(each.name) for each in fields(kind)}
            return command(*args, **values, **{name: kind(**mine)})

        wrapped: Any = call
        for each in reversed(fields(kind)):
            wrapped = _as_click(each)(wrapped)
        return wrapped  # type: ignore[no-any-return]

    return decorate


def _as_click(each: Field[Any]) -> Callable[[Any], Any]:
    """The option that a field declares; a switch is off at first, a tuple may be repeated."""
    more = dict(each.metadata)
    names = more.pop("names") or (f"--{each.name.replace('_', '-')}",)
    if each.default is False:
        more["is_flag"] = True
    elif each.default == ():
        more["multiple"] = True
    elif each.default is not None:
        more["default"] = each.default
    return click.option(*names, each.name, **more)


engine_options = _packed("engines", EngineOptions)
"""Options on the grammar engines."""
suppression_options = _packed("suppression", SuppressionOptions)
"""Options on findings that are accepted."""
rule_options = _packed("rules", RuleOptions)
"""Options on which rules run."""
fix_options = _packed("fixes", FixOptions)
"""Options on putting suggestions into the letters."""
file_options = _packed("files", FileOptions)
"""Options on which files are read."""
run_options = _packed("run", RunOptions)
"""Options on how the work is done."""
