"""Lint letters that do not all have the same settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from appeal_lint.batch import Batch, Draft
from appeal_lint.config import Config
from appeal_lint.model import Report

if TYPE_CHECKING:
    from appeal_lint.fixing import Fixed

Done = Callable[[int, int], None]


class Groups:
    """One batch for the letters of each configuration, and results in the order of the letters.

    Letters whose settings are the same object are one group. `make` is asked for the batch of a
    group, and `done` is told how many letters of all are done.
    """

    def __init__(self, make: Callable[[Config, Done], Batch], done: Done) -> None:
        self._make = make
        self._done = done
        self._before = 0
        self._total = 0
        self._stack = ExitStack()
        self._batches: dict[int, Batch] = {}

    def __enter__(self) -> Groups:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def lint(self, drafts: Sequence[Draft], configs: Sequence[Config]) -> list[Report]:
        """Reports for letters, in the same order."""
        reports: dict[int, Report] = {}
        self._before, self._total = 0, len(drafts)
        for batch, members in self._groups(configs):
            reports.update(zip(members, batch.lint([drafts[index] for index in members])))
            self._before += len(members)
        return [reports[index] for index in range(len(drafts))]

    def fix(
        self,
        drafts: Sequence[Draft],
        configs: Sequence[Config],
        reports: Sequence[Report],
        *,
        unsafe: bool,
    ) -> list[Fixed]:
        """What comes of putting the suggestions of reports into their letters, in memory."""
        fixed: dict[int, Fixed] = {}
        for batch, members in self._groups(configs):
            mine = [drafts[index] for index in members]
            found = batch.fix(mine, [reports[index] for index in members], unsafe=unsafe)
            fixed.update(zip(members, found))
        return [fixed[index] for index in range(len(drafts))]

    def _groups(self, configs: Sequence[Config]) -> Iterator[tuple[Batch, list[int]]]:
        groups: dict[int, list[int]] = {}
        for index, config in enumerate(configs):
            groups.setdefault(id(config), []).append(index)
        for key, members in groups.items():
            if key not in self._batches:
                batch = self._make(configs[members[0]], self._tell)
                self._batches[key] = self._stack.enter_context(batch)
            yield self._batches[key], members

    def _tell(self, count: int, total: int) -> None:
        # While fixing, a batch counts the letters of one round; those are not shown.
        if self._before + count <= self._total and total:
            self._done(self._before + count, self._total)
