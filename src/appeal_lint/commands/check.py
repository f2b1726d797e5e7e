"""`appeal-lint check`: read letters and report what to change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from appeal_lint.config import Config
from appeal_lint.deadline import Deadline
from appeal_lint.model import Severity
from appeal_lint.options import (
    EngineOptions,
    FileOptions,
    FixOptions,
    RuleOptions,
    RunOptions,
    SuppressionOptions,
    engine_options,
    file_options,
    fix_options,
    rule_options,
    run_options,
    suppression_options,
)
from appeal_lint.output import format_names
from appeal_lint.plain import one_line
from appeal_lint.reporting import exit_code, targets, write_reports
from appeal_lint.settings import Settings, letter_settings, shared_options, split_words
from appeal_lint.task import Outcome, Task
from appeal_lint.texts import counted, text

_LEVELS = [severity.label for severity in Severity]


@click.command("check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1)
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
    metavar="FORMAT",
    help="Form of the report: full (default), concise, grouped, json, sarif, github, gitlab, "
    "junit, checkstyle, rdjson, md, html, json-lines, statistics or none.",
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
@rule_options
@suppression_options
@fix_options
@file_options
@run_options
@engine_options
@shared_options
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
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
    settings: Settings,
    rules: RuleOptions,
    suppression: SuppressionOptions,
    fixes: FixOptions,
    files: FileOptions,
    run: RunOptions,
    engines: EngineOptions,
) -> None:
    """Read letters and say what to change, where, why and to what.

    PATHS are files or folders; '-' reads standard input. The exit code is 0 when nothing
    reaches --fail-on, 1 when something does, and 2 when something could not be read or is
    set up wrong.
    """
    start = _start(paths)

    def flagged(config: Config) -> Config:
        config = config.with_values(
            severity=Severity.parse(severity) if severity else None,
            encoding=encoding,
            case=case,
            platform=platform,
            checklist=checklist or None,
            cache=run.cache_dir,
        )
        if fail_on:
            never = fail_on == "never"
            config = replace(config, fail_on=None if never else Severity.parse(fail_on))
        return suppression.apply(engines.apply(rules.apply(config)))

    config_of = letter_settings(settings, flagged)
    config = config_of(start)
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
    task = Task(paths, config_of, notice, stdin_filename, fixes, files, run, suppression)
    if files.show_files:
        context.exit(task.show_files())
    if run.statistics:
        output_format = "statistics"
    where = targets(output_format, output_file)

    def report(outcome: Outcome) -> int:
        """Write the reports of a run; the exit code."""
        if suppression.add_ignore:
            for file, count in task.accept(outcome):
                click.echo(f"{file}: {counted('baseline.added', config.lang, count)}")
            return 2 if task.broken or outcome.problems else 0
        if not fixes.diff:
            write_reports(
                where,
                outcome.reports,
                outcome.problems,
                task.rules,
                outcome.configs,
                color,
                config.lang,
                on_error=outcome.on_error,
            )
        for problem in outcome.problems:
            click.echo(f"error: {one_line(problem.path)}: {one_line(problem.message)}", err=True)
        if task.broken:
            return 2
        if fixes.diff:
            return 2 if outcome.problems else int(outcome.changed)
        strict = suppression.strict_baseline or suppression.report_unused_ignores
        stale = task.stale(outcome) if strict else []
        for line in stale:
            click.echo(text("baseline.stale", config.lang, entry=line), err=True)
        code = exit_code(
            outcome.reports,
            outcome.problems,
            outcome.configs,
            max_warnings=max_warnings,
            exit_zero=exit_zero,
            required=split_words(require),
        )
        return max(code, int(bool(stale)))

    with Deadline(run.timeout), task:
        if run.watch:
            task.watch(report)
        code = report(task.run())
    context.exit(code)


def _start(paths: tuple[str, ...]) -> Path:
    first = Path(paths[0]) if paths and paths[0] != "-" else Path()
    return first if first.is_dir() else first.parent
