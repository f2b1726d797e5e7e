"""`appeal-lint baseline`: accept what is found today, so that only new findings are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from appeal_lint.errors import AppealLintError
from appeal_lint.options import FileOptions, FixOptions, RunOptions, SuppressionOptions
from appeal_lint.settings import Settings, letter_settings, shared_options
from appeal_lint.suppression.accepted import Accepted, baseline_file
from appeal_lint.suppression.baseline import Baseline, Entry, load_baseline, save_baseline
from appeal_lint.task import Outcome, Task
from appeal_lint.texts import counted, text

_HELP = {"help_option_names": ["-h", "--help"]}
_WHERE = click.option("--baseline", type=click.Path(path_type=Path), help="The file to use.")


@click.group("baseline", context_settings=_HELP)
def command() -> None:
    """Accept findings in a file beside the letters; it holds hashes, no words of theirs."""


@command.command("create", context_settings=_HELP)
@click.argument("paths", nargs=-1, required=True)
@_WHERE
@click.option("--force", is_flag=True, help="Replace a baseline that is there.")
@click.option("--with-excerpt", is_flag=True, help="Also write the words that were found.")
@click.option("--anywhere", is_flag=True, help="Accept the same sentences in other letters, too.")
@click.option("--reason", help="Why all of it is accepted.")
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The last day on which it counts: YYYY-MM-DD.",
)
@shared_options
def create(
    paths: tuple[str, ...],
    baseline: Path | None,
    force: bool,
    with_excerpt: bool,
    anywhere: bool,
    reason: str | None,
    expires: date | None,
    settings: Settings,
) -> None:
    """Accept everything that is found in the letters now, notes included."""
    file = baseline or baseline_file(settings.at(_folder(paths)))
    if file.exists() and not force:
        raise AppealLintError(
            "is there already", path=str(file), hint="--force replaces it, check --add-ignore adds"
        )
    outcome = _lint(paths, settings, SuppressionOptions(no_baseline=True))
    entries = Baseline(file).entries_for(outcome.reports, excerpts=with_excerpt)
    day = expires.strftime("%Y-%m-%d") if expires else None
    _save(
        file,
        [
            replace(
                entry,
                reason=reason,
                expires=day,
                path=None if anywhere and entry.hash else entry.path,
            )
            for entry in entries
        ],
        settings.at(_folder(paths)).lang,
    )


@command.command("prune", context_settings=_HELP)
@click.argument("paths", nargs=-1, required=True)
@_WHERE
@shared_options
def prune(
    paths: tuple[str, ...],
    baseline: Path | None,
    settings: Settings,
) -> None:
    """Take out entries that no finding needs, that are over, or whose letter is gone."""
    config = settings.at(_folder(paths)).with_values(baseline=baseline)
    accepted = Accepted(config, date.today())
    outcome = _lint(paths, settings, SuppressionOptions(baseline=accepted.file))
    stale = set(accepted.stale(outcome.reports))
    folder = accepted.file.parent
    kept = [
        entry
        for entry in accepted.baseline.entries
        if entry not in stale and (entry.path is None or (folder / entry.path).exists())
    ]
    click.echo(counted("baseline.pruned", config.lang, len(accepted.baseline.entries) - len(kept)))
    _save(accepted.file, kept, config.lang)


@command.command("show", context_settings=_HELP)
@_WHERE
@shared_options
def show(
    baseline: Path | None,
    settings: Settings,
) -> None:
    """List the entries: where, which rule, how many, why, until when."""
    config = settings.at(Path())
    entries = load_baseline(baseline or baseline_file(config)).entries
    today = date.today()
    for entry in sorted(entries, key=lambda each: (each.path or "", each.rule)):
        notes = [f"×{entry.count}" if entry.count > 1 else "", entry.reason or ""]
        if entry.expires:
            key = "baseline.over" if entry.expired(today) else "baseline.until"
            notes.append(text(key, config.lang, day=entry.expires))
        notes.append(f"“{entry.excerpt}”" if entry.excerpt else "")
        where = entry.path or text("baseline.anywhere", config.lang)
        click.echo("  ".join([where, entry.rule, entry.hash[:8] or "-", *filter(None, notes)]))
    click.echo(counted("baseline.entries", config.lang, len(entries)))


def _lint(paths: tuple[str, ...], settings: Settings, options: SuppressionOptions) -> Outcome:
    config_of = letter_settings(settings, options.apply)
    run = RunOptions()
    with Task(paths, config_of, None, None, FixOptions(), FileOptions(), run, options) as task:
        outcome = task.run()
    for problem in outcome.problems:
        raise AppealLintError(problem.message, path=problem.path)
    return outcome


def _folder(paths: tuple[str, ...]) -> Path:
    first = Path(paths[0])
    return first if first.is_dir() else first.parent


def _save(file: Path, entries: list[Entry], lang: str) -> None:
    try:
        save_baseline(file, entries)
    except OSError as problem:
        raise AppealLintError(f"cannot be written: {problem.strerror}", path=str(file)) from None
    click.echo(f"{file}: {counted('baseline.entries', lang, len(entries))}")
