"""`appeal-lint check`: read letters and report what to change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appeal_lint.batch import Batch
from appeal_lint.config import Config
from appeal_lint.drafts import Loaded, load_drafts, problem_of
from appeal_lint.errors import InputError
from appeal_lint.model import Report, Severity
from appeal_lint.options import (
    FileOptions,
    FixOptions,
    RunOptions,
    file_options,
    fix_options,
    run_options,
)
from appeal_lint.output import Problem, format_names
from appeal_lint.plain import one_line
from appeal_lint.progress import Progress
from appeal_lint.reporting import exit_code, targets, write_reports
from appeal_lint.selection import choose
from appeal_lint.settings import load_rules, shared_options, split_words, with_shared

if TYPE_CHECKING:
    from appeal_lint.caching.store import Store
    from appeal_lint.fixing import Fixed
    from appeal_lint.rules import Bundle

_LEVELS = [severity.label for severity in Severity]


@click.command("check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Run only these rules: ids, names, prefixes (EMO) or categories (emotion).",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.")
@click.option("--severity", type=click.Choice(_LEVELS), help="Lowest level that is shown.")
@click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, "never"]),
    help="Lowest level that makes the exit code 1 (default: error).",
)
@click.option(
    "--output-format",
    "-f",
    type=click.Choice(format_names()),
    help="Form of the report (default: full).",
)
@click.option(
    "--output-file",
    "-o",
    multiple=True,
    metavar="[FORMAT:]PATH",
    help="Write the report here; may be repeated, each with a format of its own.",
)
@click.option(
    "--max-warnings",
    type=click.IntRange(min=0),
    metavar="N",
    help="Fail when there are more warnings than this.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option(
    "--require",
    multiple=True,
    metavar="ENGINE",
    help="Exit with 2 when this engine could not run (harper, languagetool).",
)
@click.option(
    "--notice", type=click.Path(path_type=Path), help="The notice that the letter answers."
)
@click.option("--case", metavar="TYPE", help="The kind of enforcement that the letter answers.")
@click.option("--platform", help="The marketplace: amazon, ebay, walmart, tiktok, etsy.")
@click.option(
    "--checklist",
    is_flag=True,
    help="Also list what the notice and the case ask for, point by point.",
)
@click.option("--stdin-filename", metavar="NAME", help="Name of the letter read with '-'.")
@click.option("--encoding", help="Encoding of the letters, when it is guessed wrong.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the report.",
)
@fix_options
@file_options
@run_options
@shared_options
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    fail_on: str | None,
    output_format: str | None,
    output_file: tuple[str, ...],
    max_warnings: int | None,
    exit_zero: bool,
    require: tuple[str, ...],
    notice: Path | None,
    case: str | None,
    platform: str | None,
    checklist: bool,
    stdin_filename: str | None,
    encoding: str | None,
    color: str,
    config_path: Path | None,
    isolated: bool,
    rule_folders: tuple[Path, ...],
    lang: str | None,
    fixes: FixOptions,
    files: FileOptions,
    run: RunOptions,
) -> None:
    """Read letters and say what to change, where, why and to what.

    PATHS are files or folders; '-' reads standard input. The exit code is 0 when nothing
    reaches --fail-on, 1 when something does, and 2 when something could not be read or is
    set up wrong.
    """
    start = _start(paths)
    config = with_shared(config_path, isolated, rule_folders, lang, start)
    config = config.with_values(
        select=split_words(select) or None,
        ignore=(*config.ignore, *split_words(ignore)),
        severity=Severity.parse(severity) if severity else None,
        encoding=encoding,
        case=case,
        platform=platform,
        checklist=checklist or None,
    )
    if fail_on:
        config = replace(config, fail_on=None if fail_on == "never" else Severity.parse(fail_on))
    config = config.with_values(cache=run.cache_dir)
    if run.clear_cache and config.cache:
        from appeal_lint.caching.folder import clear

        clear(config.cache)
        if not paths:
            return
    if not paths:
        if config.source is None:
            click.echo(context.get_help())
            context.exit(2)
        paths = (".",)
    loaded, problems = load_drafts(
        paths, files.search(config), config, notice, stdin_filename, files.max_file_size
    )
    if files.show_files:
        _list(loaded, problems)
        context.exit(2 if problems else 0)
    where = targets(output_format, output_file)
    broken = False

    def load() -> Bundle:
        nonlocal broken
        bundle = load_rules(config)
        broken = bool(bundle.problems)
        return bundle

    today = date.today()
    drafts = [each.draft for each in loaded]
    changed = False
    with (
        Progress(sys.stderr, wanted=run.progress) as progress,
        Batch(
            config, today, load, jobs=run.jobs, store=_store(config, today, run), done=progress.show
        ) as batch,
    ):
        reports = batch.lint(drafts)
        if fixes.wanted:
            outcome = batch.fix(drafts, reports, unsafe=fixes.unsafe_fixes)
    on_error = False
    if fixes.wanted:
        reports, changed = _fix(loaded, reports, outcome, problems, fixes, config)
        on_error = any(each.file is None for each in loaded)
    if not fixes.diff:
        write_reports(
            where,
            reports,
            problems,
            lambda: choose(load().rules, config),
            config,
            color,
            on_error=on_error,
        )
    for problem in problems:
        click.echo(f"error: {one_line(problem.path)}: {one_line(problem.message)}", err=True)
    if fixes.diff:
        context.exit(2 if broken or problems else int(changed))
    code = exit_code(
        reports,
        problems,
        config,
        max_warnings=max_warnings,
        exit_zero=exit_zero,
        required=split_words(require),
    )
    context.exit(2 if broken else code)


def _store(config: Config, today: date, run: RunOptions) -> Store | None:
    """The reports of earlier runs; a folder of rules that is missing is told when rules load."""
    from appeal_lint.caching.store import Store

    if run.no_cache or config.cache is None:
        return None
    try:
        return Store(config.cache, config, today)
    except OSError:
        return None


def _list(loaded: Sequence[Loaded], problems: Sequence[Problem]) -> None:
    for each in loaded:
        click.echo(each.draft.path)
    for problem in problems:
        click.echo(f"error: {one_line(problem.path)}: {one_line(problem.message)}", err=True)


def _fix(
    loaded: Sequence[Loaded],
    reports: Sequence[Report],
    outcome: Sequence[Fixed],
    problems: list[Problem],
    options: FixOptions,
    config: Config,
) -> tuple[list[Report], bool]:
    """Write what was fixed, or show it; the reports of what stands there then.

    A letter whose file cannot be written keeps its first report and becomes a problem.
    """
    from appeal_lint.fixing.report import told
    from appeal_lint.fixing.rewrite import replace_file, rewritten, unified_diff

    result: list[Report] = []
    changed = False
    for each, report, fixed in zip(loaded, reports, outcome):
        path, text = each.draft.path, each.draft.text
        try:
            if fixed.made:
                new = rewritten(each.content, path, text, fixed.text, config.encoding)
                if options.diff:
                    click.echo("".join(unified_diff(path, text, fixed.text)), nl=False)
                elif each.file is not None:
                    replace_file(each.file, each.content, new)
            if each.file is None and not options.diff:
                click.echo(fixed.text, nl=False)
        except InputError as problem:
            problems.append(problem_of(problem))
            result.append(report)
            continue
        changed = changed or bool(fixed.made)
        result.append(fixed.report)
        for line in told(
            path, fixed, config.lang, every=options.show_fixes, written=not options.diff
        ):
            click.echo(line, err=True)
    return result, changed


def _start(paths: tuple[str, ...]) -> Path:
    first = Path(paths[0]) if paths and paths[0] != "-" else Path()
    return first if first.is_dir() else first.parent
