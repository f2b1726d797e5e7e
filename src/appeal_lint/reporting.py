"""Write the reports of a run: to the terminal, into files, and where CI looks for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appeal_lint.config import Config
from appeal_lint.errors import AppealLintError, did_you_mean
from appeal_lint.model import Report, Severity
from appeal_lint.output import Problem, Result, Style, format_module, format_names

if TYPE_CHECKING:
    from appeal_lint.rules import Rule


@dataclass(frozen=True)
class Target:
    """Where one report goes; a path of None is standard output."""

    format: str
    path: Path | None = None


def targets(
    chosen: str | None, files: Sequence[str], environ: Mapping[str, str] = os.environ
) -> tuple[Target, ...]:
    """The reports to write: `files` are paths or FORMAT:PATH pairs.

    With a plain path the report goes there and not to standard output. On GitHub's runners
    annotations are the default. Raises AppealLintError for an unknown format.
    """
    default = "github" if environ.get("GITHUB_ACTIONS") == "true" else "full"
    main = chosen or environ.get("APPEAL_LINT_OUTPUT_FORMAT") or default
    _check_known(main)
    found: list[Target] = []
    plain = False
    for value in files:
        name, colon, path = value.partition(":")
        # One letter before a colon is a drive of Windows.
        if colon and path and len(name) > 1:
            _check_known(name)
            found.append(Target(name, Path(path)))
        else:
            plain = True
            found.append(Target(main, Path(value)))
    return tuple(found) if plain else (Target(main), *found)


def _check_known(name: str) -> None:
    names = format_names()
    if name not in names:
        hint = did_you_mean(name, names) or "one of: " + ", ".join(names)
        raise AppealLintError(f"no output format {name!r}", hint=hint)


def write_reports(
    where: Sequence[Target],
    reports: Sequence[Report],
    problems: Sequence[Problem],
    rules: Callable[[], Sequence[Rule]],
    configs: Sequence[Config],
    color: str,
    lang: str,
    *,
    on_error: bool = False,
) -> None:
    """Render and write every report; raises AppealLintError for a file that cannot be written.

    `rules` gives the rules of the run; only formats that list them ask. `configs` are the settings
    of the letters.
    """
    from appeal_lint.terminal import wants_color, width_of_terminal

    root = os.environ.get("CI_PROJECT_DIR") or os.environ.get("GITHUB_WORKSPACE") or str(Path.cwd())
    for target in where:
        module: Any = format_module(target.format)
        listed = rules() if getattr(module, "LISTS_RULES", False) else ()
        result = limited(
            reports, problems, listed, [config.severity or module.LEVEL for config in configs]
        )
        painted = target.path is None and wants_color(color, sys.stdout.isatty())
        style = Style(painted, width_of_terminal(), lang, root)
        text = module.render(result, style)
        if target.path is None:
            click.echo(text, nl=False, color=painted, err=on_error)
        else:
            _write(target.path, text)
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if target.format == "github" and summary:
            _append(Path(summary), format_module("md").render(result, style))


def limited(
    reports: Sequence[Report],
    problems: Sequence[Problem],
    rules: Sequence[Rule],
    levels: Sequence[Severity],
) -> Result:
    """The result with findings below the level of their letter hidden and counted."""
    shown = [
        replace(report, findings=tuple(f for f in report.findings if f.severity >= level))
        for report, level in zip(reports, levels)
    ]
    hidden = sum(len(report.findings) for report in reports) - sum(len(r.findings) for r in shown)
    return Result(shown, problems, hidden, rules)


def _write(path: Path, text: str) -> None:
    from appeal_lint.files import write_atomic

    try:
        write_atomic(path, text.encode("utf-8", "replace"))
    except OSError as problem:
        raise AppealLintError(f"cannot be written: {problem.strerror}", path=str(path)) from None


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8") as summary:
            summary.write(text)
    except OSError as problem:
        raise AppealLintError(f"cannot be written: {problem.strerror}", path=str(path)) from None


def exit_code(
    reports: Sequence[Report],
    problems: Sequence[Problem],
    configs: Sequence[Config],
    *,
    max_warnings: int | None = None,
    exit_zero: bool = False,
    required: Sequence[str] = (),
) -> int:
    """What the run tells its caller.

    `configs` are the settings of the letters. 2 when something could not be read or a required
    engine did not run, 1 for findings that fail, else 0.
    """
    skipped = {each.what for report in reports for each in report.skipped}
    missing = sorted(skipped & set(required))
    for name in missing:
        click.echo(f"error: the required engine {name} did not run", err=True)
    if problems or missing:
        return 2
    warnings = sum(report.count(Severity.WARNING) for report in reports)
    failed = any(
        config.fail_on is not None and finding.severity >= config.fail_on
        for report, config in zip(reports, configs)
        for finding in report.findings
    )
    failed = failed or (max_warnings is not None and warnings > max_warnings)
    return int(failed and not exit_zero)
