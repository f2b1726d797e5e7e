"""Which lines of which files have changed since a revision, as git sees it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from appeal_lint.errors import InputError
from appeal_lint.model import Report

_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)

Lines = list[range]


class Changes:
    """Changed lines of the work tree that holds `folder`, since `revision`."""

    def __init__(self, revision: str, folder: Path) -> None:
        self._revision = revision
        self._folder = folder
        top = _git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n")
        self._top = Path(top)
        if revision.startswith("-"):
            raise InputError(f"not a revision: {revision}", path="--changed-lines")
        _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", about=revision)
        listed = ("diff", "--name-only", "-z", "--no-renames", revision, "--")
        self._changed = self._paths(*listed)
        self._new = self._paths("ls-files", "--others", "-z", "--full-name")

    def lines(self, path: Path) -> Lines | None:
        """Ranges of 1-based lines; None for a file in which nothing has changed."""
        full = path.resolve()
        if full in self._new:
            return [range(1, 1 << 60)]
        if full not in self._changed:
            return None
        options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text")
        diff = _git(self._top, "diff", *options, self._revision, "--", str(full))
        found = []
        for start, count in _HUNK.findall(diff):
            first = int(start)
            found.append(range(first, first + (int(count) if count else 1)))
        return found

    def _paths(self, *arguments: str) -> set[Path]:
        names = _git(self._top, *arguments).split(b"\0")
        return {self._top / name.decode("utf-8", "surrogateescape") for name in names if name}


def within(report: Report, lines: Sequence[range]) -> Report:
    """The report with the findings that touch one of the lines."""
    kept = tuple(
        finding
        for finding in report.findings
        if any(
            each.start <= finding.end.line and finding.start.line < each.stop
            for each in lines
            if each
        )
    )
    return replace(report, findings=kept)


def _git(folder: Path, *arguments: str, about: str | None = None) -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    try:
        result = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        raise InputError("git is not installed", path="--changed-lines") from None
    if result.returncode:
        said = result.stderr.decode("utf-8", "replace").strip().splitlines()
        message = f"no revision {about!r}" if about else said[-1] if said else "git failed"
        raise InputError(message, path="--changed-lines")
    return result.stdout
