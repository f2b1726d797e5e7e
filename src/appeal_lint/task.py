"""One call of `check`: from the named paths to reports, fixed letters or a diff."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appeal_lint.batch import Batch, Draft
from appeal_lint.config import Config
from appeal_lint.discovery import notice_beside
from appeal_lint.drafts import Loaded, load_drafts, problem_of
from appeal_lint.errors import InputError
from appeal_lint.groups import Groups
from appeal_lint.model import Report, Severity
from appeal_lint.options import FileOptions, FixOptions, RunOptions, SuppressionOptions
from appeal_lint.output import Problem
from appeal_lint.progress import Progress
from appeal_lint.settings import load_rules

if TYPE_CHECKING:
    from appeal_lint.caching.store import Store
    from appeal_lint.changes import Changes
    from appeal_lint.rules import Bundle, Rule
    from appeal_lint.suppression.accepted import Accepted


@dataclass
class Outcome:
    """What a run has come to.

    `configs` are the settings of the letters of the reports. `changed` says that a letter was, or
    with --diff would be, fixed; `on_error` that standard output holds a fixed letter, so that
    reports must go elsewhere.
    """

    reports: list[Report]
    configs: list[Config]
    problems: list[Problem] = field(default_factory=list)
    changed: bool = False
    on_error: bool = False


class Task:
    """The letters of a command line and how they are to be dealt with."""

    def __init__(
        self,
        paths: Sequence[str],
        config_of: Callable[[Path], Config],
        notice: Path | None,
        stdin_filename: str | None,
        fixes: FixOptions,
        files: FileOptions,
        run: RunOptions,
        suppression: SuppressionOptions,
    ) -> None:
        self.broken = False
        self._paths = paths
        self._config_of = config_of
        self._notice = notice
        self._stdin_filename = stdin_filename
        self._fixes = fixes
        self._files = files
        self._run = run
        self._suppression = suppression
        self._accepted: dict[int, Accepted] = {}
        self._configs: list[Config] = []
        self._bundles: dict[int, Bundle] = {}
        self._progress: Progress | None = None
        self._batches = Groups(self._batch, self._done)

    def __enter__(self) -> Task:
        return self

    def __exit__(self, *error: object) -> None:
        self._batches.__exit__(*error)

    def show_files(self) -> int:
        """Print the paths of the letters; the exit code."""
        loaded, problems = self._letters()
        for each in loaded:
            click.echo(each.draft.path)
        for problem in problems:
            click.echo(f"error: {problem.path}: {problem.message}", err=True)
        return 2 if problems else 0

    def rules(self) -> Sequence[Rule]:
        """The rules of the run, for formats that list them.

        Of one that letters have at several levels, the first.
        """
        from appeal_lint.selection import choose

        found: dict[str, Rule] = {}
        for config in {id(config): config for config in self._configs}.values():
            for rule in choose(self._load(config).rules, config):
                found.setdefault(rule.id, rule)
        return [found[id] for id in sorted(found)]

    def run(self, only: set[Path] | None = None) -> Outcome:
        """Lint, and fix where that is wanted; `only` limits the letters to some files."""
        loaded, problems = self._letters()
        if only is not None:
            loaded = [each for each in loaded if each.file in only]
        changes = self._changes()
        if changes is not None:
            loaded = [each for each in loaded if each.file is None or changes.lines(each.file)]
        drafts = self._compared(loaded)
        self._configs = configs = [each.config for each in loaded]
        with Progress(sys.stderr, wanted=self._run.progress) as progress:
            self._progress = progress
            reports = self._batches.lint(drafts, configs)
            outcome = Outcome(reports, configs, problems)
            if self._fixes.wanted:
                outcome = self._fixed(loaded, outcome)
        if changes is not None:
            outcome.reports = [
                _within(report, changes.lines(each.file) if each.file else None)
                for each, report in zip(loaded, outcome.reports)
            ]
        if self._run.redact != "none":
            from appeal_lint.redaction import redact

            outcome.reports = [redact(report, self._run.redact) for report in outcome.reports]
        return outcome

    def stale(self, outcome: Outcome) -> list[str]:
        """A line for each entry of a baseline that silences nothing in the letters."""
        groups: dict[int, list[Report]] = {}
        for config, report in zip(outcome.configs, outcome.reports):
            groups.setdefault(id(config), []).append(report)
        return sorted(
            {
                f"{self._accepted[key].file}: {entry.rule} {entry.path or ''}".rstrip()
                for key, reports in groups.items()
                for entry in self._accepted[key].stale(reports)
            }
        )

    def accept(self, outcome: Outcome) -> list[tuple[Path, int]]:
        """Add the findings that are shown to the baselines; the files, with how many were new."""
        from appeal_lint.suppression.baseline import Baseline, load_baseline, save_baseline

        groups: dict[Path, list[Report]] = {}
        for config, report in zip(outcome.configs, outcome.reports):
            level = config.severity or Severity.WARNING
            shown = tuple(f for f in report.findings if f.severity >= level)
            file = self._accepting(config).file
            groups.setdefault(file, []).append(replace(report, findings=shown))
        added: list[tuple[Path, int]] = []
        for file, reports in groups.items():
            old = load_baseline(file) if file.is_file() else Baseline(file)
            new = [
                replace(entry, reason=self._suppression.reason)
                for entry in old.entries_for(reports)
            ]
            if new:
                save_baseline(file, [*old.entries, *new])
            added.append((file, sum(entry.count for entry in new)))
        return added

    def watch(self, report: Callable[[Outcome], int]) -> None:
        """Lint the letters whenever some are saved, until the user interrupts."""
        from appeal_lint.texts import text
        from appeal_lint.watching import rounds

        try:
            for saved in rounds(self._watched):
                click.clear()
                report(self.run(saved | self._answered(saved)))
                click.echo(text("watch.waiting", self._config_of(Path()).lang), err=True)
        except KeyboardInterrupt:
            raise SystemExit(0) from None

    # -- the parts of a run ---------------------------------------------------------------

    def _compared(self, loaded: Sequence[Loaded]) -> list[Draft]:
        """The drafts with the sentences that those of other folders have, too."""
        drafts = [each.draft for each in loaded]
        folders = [str(Path(draft.path).parent) for draft in drafts]
        if len(set(folders)) < 2:
            return drafts
        from appeal_lint.reuse.find import Source, shared_spans
        from appeal_lint.reuse.passages import known_passages

        cache = None if self._run.no_cache else loaded[0].config.cache
        known = known_passages([draft.text for draft in drafts], cache)
        sources = [Source(d.path, d.text, f, own) for d, f, own in zip(drafts, folders, known)]
        return [replace(draft, shared=each) for draft, each in zip(drafts, shared_spans(sources))]

    def _letters(self) -> tuple[list[Loaded], list[Problem]]:
        return load_drafts(
            self._paths,
            self._files.search,
            self._config_of,
            self._notice,
            self._stdin_filename,
            self._files.max_file_size,
        )

    def _watched(self) -> set[Path]:
        from appeal_lint.discovery import find_letters

        letters = [
            path
            for name in self._paths
            for path in find_letters([name], self._files.search(self._config_of(Path(name))))
            if isinstance(path, Path)
        ]
        notices = [notice_beside(path, self._config_of(path).notices) for path in letters]
        return {*letters, *(path for path in [*notices, self._notice] if path)}

    def _answered(self, saved: set[Path]) -> set[Path]:
        """The letters that answer one of the saved notices."""
        letters = self._watched()
        if self._notice in saved:
            return letters
        return {
            each for each in letters if notice_beside(each, self._config_of(each).notices) in saved
        }

    def _changes(self) -> Changes | None:
        if self._run.changed_lines is None:
            return None
        if self._fixes.wanted:
            raise click.UsageError("--changed-lines cannot be combined with --fix or --diff")
        from appeal_lint.changes import Changes

        first = Path(self._paths[0]) if self._paths and self._paths[0] != "-" else Path()
        return Changes(self._run.changed_lines, first if first.is_dir() else first.parent)

    def _fixed(self, loaded: Sequence[Loaded], outcome: Outcome) -> Outcome:
        """Write what was fixed, or show it; the reports of what stands there then.

        A letter whose file cannot be written keeps its first report and becomes a problem.
        """
        from appeal_lint.fixing.report import told

        options = self._fixes
        drafts = [each.draft for each in loaded]
        fixed = self._batches.fix(
            drafts, outcome.configs, outcome.reports, unsafe=options.unsafe_fixes
        )
        result = Outcome([], outcome.configs, outcome.problems)
        result.on_error = not options.diff and any(each.file is None for each in loaded)
        for each, report, new in zip(loaded, outcome.reports, fixed):
            try:
                self._put(each, new.text)
            except InputError as problem:
                result.problems.append(problem_of(problem))
                result.reports.append(report)
                continue
            result.changed = result.changed or bool(new.made)
            result.reports.append(new.report)
            lines = told(
                each.draft.path,
                new,
                each.config.lang,
                every=options.show_fixes,
                written=not options.diff,
            )
            for line in lines:
                click.echo(line, err=True)
        return result

    def _put(self, each: Loaded, text: str) -> None:
        """Bring a letter to the text: in its file, on standard output, or as a diff."""
        from appeal_lint.fixing.rewrite import replace_file, rewritten, unified_diff

        path, old = each.draft.path, each.draft.text
        diff = self._fixes.diff
        if text != old:
            content = rewritten(each.content, path, old, text, each.config.encoding)
            if diff:
                click.echo("".join(unified_diff(path, old, text)), nl=False)
            elif each.file is not None:
                replace_file(each.file, each.content, content)
        if each.file is None and not diff:
            click.echo(text, nl=False)

    # -- what is made on demand -----------------------------------------------------------

    def _load(self, config: Config) -> Bundle:
        if id(config) not in self._bundles:
            self._bundles[id(config)] = bundle = load_rules(config)
            self.broken = self.broken or bool(bundle.problems)
        return self._bundles[id(config)]

    def _batch(self, config: Config, done: Callable[[int, int], None]) -> Batch:
        return Batch(
            config,
            date.today(),
            partial(self._load, config),
            jobs=self._run.jobs,
            store=self._store(config),
            done=done,
            finish=self._accepting(config),
        )

    def _accepting(self, config: Config) -> Accepted:
        from appeal_lint.suppression.accepted import Accepted

        if id(config) not in self._accepted:
            used = not self._suppression.no_baseline
            self._accepted[id(config)] = Accepted(config, date.today(), baseline=used)
        return self._accepted[id(config)]

    def _store(self, config: Config) -> Store | None:
        """The reports of earlier runs; a missing folder of rules is told when rules load."""
        if self._run.no_cache or config.cache is None:
            return None
        from appeal_lint.caching.store import Store

        try:
            return Store(config.cache, config, date.today())
        except OSError:
            return None

    def _done(self, count: int, total: int) -> None:
        if self._progress is not None:
            self._progress.show(count, total)


def _within(report: Report, lines: Sequence[range] | None) -> Report:
    from appeal_lint.changes import within

    return report if lines is None else within(report, lines)
