"""Groups of command-line options, each given to the command as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
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


@dataclass(frozen=True)
class RuleOptions:
    """Which rules run."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()

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

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    show_fixes: bool = False

    @property
    def wanted(self) -> bool:
        """Whether letters are to be fixed, on disk or only as a diff."""
        return self.fix or self.diff


@dataclass(frozen=True)
class FileOptions:
    """Which files are read; `max_file_size` is in bytes."""

    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    max_file_size: int | None = None
    show_files: bool = False

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

    jobs: int | None = None
    progress: bool = True
    no_cache: bool = False
    cache_dir: Path | None = None
    clear_cache: bool = False
    changed_lines: str | None = None
    watch: bool = False
    redact: str = "none"
    timeout: float | None = None
    statistics: bool = False


@dataclass(frozen=True)
class EngineOptions:
    """Which grammar engines run, and where the LanguageTool server is."""

    engine: tuple[str, ...] = ()
    languagetool_url: str | None = None
    languagetool_jars: Path | None = None
    allow_remote: bool = False
    no_model: bool = False

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


def engine_options(command: Command) -> Command:
    """Options on the grammar engines."""
    return _packed(
        command,
        "engines",
        EngineOptions,
        click.option(
            "--no-model", is_flag=True,
            help="Leave out rules that need a trained model: faster, and finds less.",
        ),
        click.option(
            "--engine", multiple=True, metavar="NAME", callback=_known_engines,
            help="Use only this grammar engine; may be repeated (harper, languagetool).",
        ),
        click.option(
            "--languagetool-url", metavar="URL", envvar="APPEAL_LINT_LANGUAGETOOL_URL",
            help="Also ask the LanguageTool server that runs there.",
        ),
        click.option(
            "--languagetool-jars", metavar="FOLDER", envvar="APPEAL_LINT_LANGUAGETOOL_JARS",
            type=click.Path(path_type=Path),
            help="Also start a LanguageTool server from the jars there.",
        ),
        click.option(
            "--allow-remote", is_flag=True,
            help="Send letters to the server even when it is another machine.",
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class SuppressionOptions:
    """Which accepted findings are left out, and whether the letter is about to be sent."""

    baseline: Path | None = None
    no_baseline: bool = False
    strict_baseline: bool = False
    no_inline: bool = False
    report_unused_ignores: bool = False
    add_ignore: bool = False
    reason: str | None = None
    final: bool = False

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


def suppression_options(command: Command) -> Command:
    """Options on findings that are accepted."""
    return _packed(
        command,
        "suppression",
        SuppressionOptions,
        click.option(
            "--baseline", type=click.Path(path_type=Path), metavar="FILE",
            help="The file with findings that are accepted.",
        ),
        click.option("--no-baseline", is_flag=True, help="Show accepted findings, too."),
        click.option(
            "--strict-baseline", is_flag=True, help="Fail when the baseline holds stale entries."
        ),
        click.option(
            "--no-inline", is_flag=True, help="Do not heed comments that silence findings."
        ),
        click.option(
            "--report-unused-ignores", is_flag=True,
            help="Make comments and baseline entries that silence nothing an error.",
        ),
        click.option(
            "--add-ignore", is_flag=True,
            help="Accept what is shown: add it to the baseline, not to the letters.",
        ),
        click.option("--reason", metavar="TEXT", help="Why; for --add-ignore."),
        click.option(
            "--final", is_flag=True,
            help="The letter is about to be sent: leftovers of writing it are errors.",
        ),
    )  # fmt: skip


def rule_options(command: Command) -> Command:
    """Options on which rules run."""
    return _packed(
        command,
        "rules",
        RuleOptions,
        click.option(
            "--select", multiple=True, metavar="RULES",
            help="Run only these rules: ids, names, prefixes (EMO) or categories (emotion).",
        ),
        click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out."),
        click.option(
            "--extend-select", multiple=True, metavar="RULES",
            help="Run these, too, even where the configuration leaves out their category.",
        ),
        click.option(
            "--extend-ignore", multiple=True, metavar="RULES", help="Leave these out, too."
        ),
    )  # fmt: skip


def _known_engines(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    from appeal_lint.engines import engine_names

    for name in split_words(value):
        if name not in engine_names():
            raise click.BadParameter(f"no engine {name!r}; there are {', '.join(engine_names())}")
    return value


def fix_options(command: Command) -> Command:
    """Options on putting suggestions into the letters."""
    return _packed(
        command,
        "fixes",
        FixOptions,
        click.option("--fix", is_flag=True, help="Put certain suggestions into the letters."),
        click.option(
            "--unsafe-fixes", is_flag=True, help="Also put in those that may change the meaning."
        ),
        click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing."),
        click.option("--show-fixes", is_flag=True, help="List each change and what was left."),
    )


def file_options(command: Command) -> Command:
    """Options on which files are read."""
    return _packed(
        command,
        "files",
        FileOptions,
        click.option(
            "--exclude", multiple=True, metavar="GLOB", help="Leave these files or folders out."
        ),
        click.option(
            "--extend-exclude", multiple=True, metavar="GLOB",
            help="Leave these out, too; the configuration's stay.",
        ),
        click.option(
            "--force-exclude", is_flag=True, help="Leave them out even when named one by one."
        ),
        click.option(
            "--respect-gitignore/--no-respect-gitignore", default=True,
            help="Pass over what git ignores when a folder is read (default: yes).",
        ),
        click.option(
            "--max-file-size", type=click.IntRange(min=1), metavar="BYTES",
            help="Refuse letters that are larger.",
        ),
        click.option("--show-files", is_flag=True, help="List the letters; do not lint them."),
    )  # fmt: skip


def run_options(command: Command) -> Command:
    """Options on how the work is done."""
    return _packed(
        command,
        "run",
        RunOptions,
        click.option(
            "--jobs", "-j", type=click.IntRange(min=0), metavar="N",
            help="Processes to use; 0 is one per core (default: by the number of letters).",
        ),
        click.option(
            "--progress/--no-progress", default=True,
            help="Show on a terminal how far the work is (default: yes).",
        ),
        click.option(
            "--no-cache", is_flag=True, envvar="APPEAL_LINT_NO_CACHE",
            help="Lint every letter anew and remember nothing.",
        ),
        click.option(
            "--cache-dir", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
            help="Where findings and compiled rules are kept.",
        ),
        click.option("--clear-cache", is_flag=True, help="Forget all that is kept, first."),
        click.option(
            "--changed-lines", metavar="REV",
            help="Only findings in lines changed since this git revision, and in new files.",
        ),
        click.option("--watch", is_flag=True, help="Lint again whenever a letter is saved."),
        click.option(
            "--redact", type=click.Choice(["none", "names", "all"]), is_flag=False,
            flag_value="names", default="none", envvar="APPEAL_LINT_REDACT",
            help="Hide names, addresses and ids, or all of the letter, in every report.",
        ),
        click.option("--statistics", is_flag=True, help="Count the findings of each rule instead."),
        click.option(
            "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
            help="Give up with exit code 2 after this time.",
        ),
    )  # fmt: skip


def _packed(command: Command, name: str, kind: type, *options: Callable[[Any], Any]) -> Command:
    """Add options whose values arrive together as the argument `name`."""

    @wraps(command)
    def call(*args: Any, **values: Any) -> Any:
        mine = {field.name: values.pop(field.name) for field in fields(kind)}
        return command(*args, **values, **{name: kind(**mine)})

    wrapped: Any = call
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]
