"""Lint many letters, on several cores when that pays."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from appeal_lint.config import Config
from appeal_lint.model import Report, Span

if TYPE_CHECKING:
    from appeal_lint.caching.store import Store
    from appeal_lint.fixing import Fixed
    from appeal_lint.linter import Linter
    from appeal_lint.rules import Bundle

_WORTH_A_PROCESS = 60
"""Letters per process from which on loading the models twice is repaid."""


@dataclass(frozen=True)
class Draft:
    """A letter to be linted, and the notice that it answers, if there is one.

    `source` says where the notice comes from: given, or beside the letter. `shared` are sentences
    that stand in letters of other clients, too, with the path of one of those.
    """

    path: str
    text: str
    notice: str | None = None
    source: str = "given"
    shared: tuple[tuple[Span, str], ...] = ()


class Batch:
    """Lints letters under one configuration; rules and models are loaded when first needed.

    `jobs` is the number of processes; 0 means one per core, None decides by the amount of work.
    `store` holds reports of earlier runs. `finish` is applied
    to each report, old or new. `done` is called with the number of letters that are done
    and of all.
    """

    def __init__(
        self,
        config: Config,
        today: date,
        load: Callable[[], Bundle],
        *,
        jobs: int | None = None,
        store: Store | None = None,
        done: Callable[[int, int], None] | None = None,
        finish: Callable[[Report], Report] | None = None,
    ) -> None:
        self._config = config
        self._today = today
        self._load = load
        self._jobs = jobs
        self._store = store
        self._finish = finish or (lambda report: report)
        self._done = done or (lambda count, total: None)
        self._linter: Linter | None = None
        self._pool: Any = None
        self._servers = ExitStack()

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._servers.close()

    def lint(self, drafts: Sequence[Draft]) -> list[Report]:
        """Reports for letters, in the same order."""
        store = self._store
        known = [store.find(draft) if store else None for draft in drafts]
        missing = [index for index, report in enumerate(known) if report is None]
        count = len(drafts) - len(missing)
        for index, report in zip(missing, self._reports([drafts[i] for i in missing])):
            known[index] = report
            if store:
                store.keep(drafts[index], report)
            count += 1
            self._done(count, len(drafts))
        if store and missing:
            store.prune()
        return [self._finish(report) for report in known if report is not None]

    def fix(
        self, drafts: Sequence[Draft], reports: Sequence[Report], *, unsafe: bool
    ) -> list[Fixed]:
        """What comes of putting the suggestions of reports into their letters, in memory."""
        from appeal_lint.fixing import fixing

        fixed: dict[int, Fixed] = {}
        tasks = {i: fixing(report, unsafe=unsafe) for i, report in enumerate(reports)}
        answers: dict[int, Report | None] = dict.fromkeys(tasks)
        while answers:
            asked: dict[int, str] = {}
            for index, answer in answers.items():
                try:
                    task: Any = tasks[index]
                    asked[index] = task.send(answer)
                except StopIteration as end:
                    fixed[index] = end.value
            tried = [replace(drafts[index], text=text) for index, text in asked.items()]
            answers = dict(zip(asked, self.lint(tried))) if tried else {}
        return [fixed[index] for index in range(len(reports))]

    def _reports(self, drafts: Sequence[Draft]) -> Iterator[Report]:
        if not drafts:
            return
        cores = os.cpu_count() or 1
        jobs = self._jobs
        wanted = cores if jobs == 0 else jobs or min(cores, len(drafts) // _WORTH_A_PROCESS)
        if self._pool is None and (wanted < 2 or len(drafts) < 2):
            if self._linter is None:
                from appeal_lint.linter import Linter

                self._linter = Linter(self._load(), self._config, self._today)
            for draft in drafts:
                yield _lint(self._linter, draft)
            return
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            from appeal_lint.engines import shared

            config = self._servers.enter_context(shared(self._config))
            start = (config, self._today)
            self._pool = ProcessPoolExecutor(wanted, get_context("spawn"), _start, start)
        yield from self._pool.map(_one, drafts, chunksize=8)


_linters: list[Linter] = []


def _start(config: Config, today: date) -> None:
    """Set up a worker process: it keeps one linter for all its letters."""
    from appeal_lint.linter import Linter
    from appeal_lint.rules import load_bundle

    os.environ["OMP_NUM_THREADS"] = "1"
    _linters.append(Linter(load_bundle(config.rule_folders, config.cache), config, today))


def _one(draft: Draft) -> Report:
    return _lint(_linters[0], draft)


def _lint(linter: Linter, draft: Draft) -> Report:
    return linter.lint(
        draft.text,
        draft.path,
        draft.notice,
        notice_source=draft.source,
        shared=draft.shared,
    )
