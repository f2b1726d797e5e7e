"""Lint many letters, on several cores when that pays."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from appeal_lint.config import Config
from appeal_lint.model import Report
from appeal_lint.rules import Bundle

if TYPE_CHECKING:
    from appeal_lint.linter import Linter

_WORTH_A_PROCESS = 60
"""Letters per process from which on loading the models twice is repaid."""


@dataclass(frozen=True)
class Draft:
    """A letter to be linted, and the notice that it answers, if there is one.

    `source` says where the notice comes from: given, or beside the letter.
    """

    path: str
    text: str
    notice: str | None = None
    source: str = "given"


def lint_all(
    letters: Sequence[Draft],
    bundle: Bundle,
    config: Config,
    today: date,
    jobs: int | None = None,
) -> list[Report]:
    """Reports for letters, in the same order.

    `jobs` is the number of processes; 0 means one per core, None decides by the amount of work.
    """
    cores = os.cpu_count() or 1
    wanted = cores if jobs == 0 else jobs or min(cores, len(letters) // _WORTH_A_PROCESS)
    if wanted < 2 or len(letters) < 2:
        from appeal_lint.linter import Linter

        linter = Linter(bundle, config, today)
        return [_lint(linter, draft) for draft in letters]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(
        wanted, get_context("spawn"), initializer=_start, initargs=(config, today)
    ) as pool:
        return list(pool.map(_one, letters, chunksize=8))


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
    return linter.lint(draft.text, draft.path, draft.notice, notice_source=draft.source)
