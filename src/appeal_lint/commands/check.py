"""`appeal-lint check`: read letters and report what to change."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from appeal_lint.batch import Draft
from appeal_lint.config import Config
from appeal_lint.discovery import find_letters, notice_beside
from appeal_lint.errors import AppealLintError, InputError
from appeal_lint.model import Report, Severity
from appeal_lint.output import Problem, Result, Style, format_module, format_names
from appeal_lint.rules import Bundle
from appeal_lint.settings import load_rules, shared_options, split_words, with_shared

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
@click.option("--output-file", "-o", type=click.Path(path_type=Path), help="Write the report here.")
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
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    metavar="N",
    help="Processes to use; 0 is one per core (default: by the number of letters).",
)
@click.option("--encoding", help="Encoding of the letters, when it is guessed wrong.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the report.",
)
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
    output_file: Path | None,
    notice: Path | None,
    case: str | None,
    platform: str | None,
    checklist: bool,
    stdin_filename: str | None,
    encoding: str | None,
    jobs: int | None,
    color: str,
    config_path: Path | None,
    isolated: bool,
    rule_folders: tuple[Path, ...],
    lang: str | None,
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
    if not paths:
        if config.source is None:
            click.echo(context.get_help())
            context.exit(2)
        paths = (".",)
    bundle = load_rules(config)
    reports, problems = _lint(paths, bundle, config, notice, stdin_filename, jobs)
    module = format_module(output_format or os.environ.get("APPEAL_LINT_OUTPUT_FORMAT") or "full")
    result = _limited(reports, problems, config.severity or module.LEVEL)
    _write(module, result, output_file, color, config.lang)
    for problem in problems:
        click.echo(f"error: {problem.path}: {problem.message}", err=True)
    context.exit(2 if bundle.problems else _exit_code(reports, problems, config))


def _start(paths: tuple[str, ...]) -> Path:
    first = Path(paths[0]) if paths and paths[0] != "-" else Path()
    return first if first.is_dir() else first.parent


def _lint(
    paths: tuple[str, ...],
    bundle: Bundle,
    config: Config,
    notice: Path | None,
    stdin_filename: str | None,
    jobs: int | None,
) -> tuple[list[Report], list[Problem]]:
    from appeal_lint.batch import lint_all

    notice_text = _read(notice, config) if notice else None
    letters: list[Draft] = []
    problems: list[Problem] = []
    for source in _sources(paths, config):
        try:
            if isinstance(source, InputError):
                raise source
            if isinstance(source, str):
                name = stdin_filename or "<stdin>"
                text = _decode(sys.stdin.buffer.read(), name, config)
                letters.append(Draft(name, text, notice_text))
            else:
                letters.append(_draft(source, notice_text, config))
        except InputError as problem:
            shown = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
            problems.append(Problem(problem.path or "<stdin>", shown))
    return lint_all(letters, bundle, config, date.today(), jobs), problems


def _draft(path: Path, notice: str | None, config: Config) -> Draft:
    text = _read(path, config)
    beside = notice_beside(path, config.notices) if notice is None else None
    if beside is None:
        return Draft(str(path), text, notice)
    return Draft(str(path), text, _read(beside, config), "beside")


def _sources(paths: tuple[str, ...], config: Config) -> list[Path | InputError | str]:
    found: list[Path | InputError | str] = []
    for path in paths:
        if path == "-":
            found.append(path)
        else:
            found.extend(find_letters([path], config.files, config.exclude, config.notices))
    return found


def _read(path: Path, config: Config) -> str:
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror}", path=str(path)) from None
    return _decode(content, str(path), config)


def _decode(content: bytes, name: str, config: Config) -> str:
    from appeal_lint.readers import read

    return read(content, name, config.encoding)


def _limited(reports: list[Report], problems: list[Problem], level: Severity) -> Result:
    shown = [
        replace(report, findings=tuple(f for f in report.findings if f.severity >= level))
        for report in reports
    ]
    hidden = sum(len(report.findings) for report in reports) - sum(len(r.findings) for r in shown)
    return Result(shown, problems, hidden)


def _write(module: object, result: Result, output_file: Path | None, color: str, lang: str) -> None:
    from appeal_lint.terminal import wants_color, width_of_terminal

    painted = output_file is None and wants_color(color, sys.stdout.isatty())
    text = module.render(result, Style(painted, width_of_terminal(), lang))  # type: ignore[attr-defined]
    if output_file is None:
        click.echo(text, nl=False, color=painted)
        return
    from appeal_lint.files import write_atomic

    try:
        write_atomic(output_file, text.encode())
    except OSError as problem:
        raise AppealLintError(
            f"cannot be written: {problem.strerror}", path=str(output_file)
        ) from None


def _exit_code(reports: list[Report], problems: list[Problem], config: Config) -> int:
    if problems:
        return 2
    limit = config.fail_on
    if limit is None:
        return 0
    return int(any(f.severity >= limit for report in reports for f in report.findings))
