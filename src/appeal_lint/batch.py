"""Lint many letters, on several cores when that pays."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from appeal_lint.config import Config
from appeal_lint.model import Report
from appeal_lint.rules import Bundle

_WORTH_A_PROCESS = 60
"""Letters per process from which on loading the models twice is repaid."""


def lint_all(
    letters: Sequence[tuple[str, str]],
    bundle: Bundle,
    config: Config,
    notice: str | None,
    today: date,
    jobs: int | None = None,
) -> list[Report]:
    """Reports for letters given as (path, text), in the same order.

    `jobs` is the number of processes; 0 means one per core, None decides by the amount of work.
    """
    cores = os.cpu_count() or 1
    wanted = cores if jobs == 0 else jobs or min(cores, len(letters) // _WORTH_A_PROCESS)
    if wanted < 2 or len(letters) < 2:
        from appeal_lint.linter import Linter

        linter = Linter(bundle, config, today)
        return [linter.lint(text, path, notice) for path, text in letters]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    work = [(path, text, notice) for path, text in letters]
    with ProcessPoolExecutor(
        wanted, get_context("spawn"), initializer=_start, initargs=(config, today)
    ) as pool:
        return list(pool.map(_one, work, chunksize=8))


_linters: list[object] = []


def _start(config: Config, today: date) -> None:
    """Set up a worker process: it keeps one linter for all its letters."""
    from appeal_lint.linter import Linter
    from appeal_lint.rules import load_bundle

    os.environ["OMP_NUM_THREADS"] = "1"
    _linters.append(Linter(load_bundle(config.rule_folders, config.cache), config, today))


def _one(work: tuple[str, str, str | None]) -> Report:
    path, text, notice = work
    report: Report = _linters[0].lint(text, path, notice)  # type: ignore[attr-defined]
    return report
