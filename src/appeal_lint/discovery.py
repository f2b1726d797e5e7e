"""Which files a command line means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import Any

from appeal_lint.errors import InputError


@dataclass(frozen=True)
class Search:
    """What is taken when a folder is read.

    `patterns` are globs of file names, `notices` those of notices beside a letter. `exclude` holds
    patterns as in a .gitignore file, counted from `root`. `force` applies what leaves files out
    to files that are named one by one, too.
    """

    patterns: tuple[str, ...] = ("*.txt", "*.md")
    notices: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    root: Path = field(default_factory=Path)
    force: bool = False
    gitignore: bool = True

    @cached_property
    def _excluded(self) -> Any:
        return _spec(self.exclude)

    def excludes(self, path: Path, *, folder: bool = False) -> bool:
        """Whether one of the patterns of `exclude` fits."""
        if not self.exclude:
            return False
        inner = os.path.relpath(path, self.root)
        while inner.startswith(os.pardir + os.sep):
            inner = inner[3:]
        return bool(self._excluded.match_file(inner.replace(os.sep, "/") + "/" * folder))


def find_letters(paths: Iterable[str], search: Search) -> Iterator[Path | InputError]:
    """The letters that `paths` name: files as they are, folders with all that fits.

    Hidden folders are passed over, and files named as notices are beside a letter. What does
    not exist comes out as an error.
    """
    seen: set[Path] = set()
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = sorted(_walk(path, search), key=str)
            if not found:
                hint = ", ".join(search.patterns)
                yield InputError("no letters in this folder", path=name, hint=hint)
        elif not path.exists():
            yield InputError("no such file or folder", path=name)
            continue
        else:
            found = [] if search.force and _left_out(path, search) else [path]
        for each in found:
            if each not in seen:
                seen.add(each)
                yield each


def notice_beside(letter: Path, patterns: Sequence[str]) -> Path | None:
    """The file that holds the notice of a letter: `{stem}` and `{name}` are filled in."""
    for pattern in patterns:
        found = letter.with_name(pattern.format(stem=letter.stem, name=letter.name))
        if found != letter and found.is_file():
            return found
    return None


def is_notice(path: Path, patterns: Sequence[str]) -> bool:
    """Whether a file is named as the notice of a letter is."""
    endings = [pattern.replace("{stem}", "").replace("{name}", "") for pattern in patterns]
    return any(ending and path.name.endswith(ending) for ending in endings)


def _walk(top: Path, search: Search) -> Iterator[Path]:
    """Letters below a folder in order of their paths.

    A folder that the user names is read even where git ignores it: drafts often are private.
    """
    ignored = _Ignored.around(top) if search.gitignore else None
    if ignored is not None and ignored(top, folder=True):
        ignored = _Ignored(top)
    for folder, folders, files in os.walk(top):
        here = Path(folder)
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".")
            and not search.excludes(here / name, folder=True)
            and not (ignored and ignored(here / name, folder=True))
        ]
        for name in sorted(files):
            path = here / name
            if name.startswith(".") or not any(fnmatch(name, glob) for glob in search.patterns):
                continue
            if is_notice(path, search.notices) or search.excludes(path):
                continue
            if not (ignored and ignored(path)):
                yield path


def _left_out(path: Path, search: Search) -> bool:
    if search.excludes(path):
        return True
    ignored = _Ignored.around(path.parent) if search.gitignore else None
    return ignored is not None and ignored(path)


class _Ignored:
    """What the .gitignore files of a work tree leave out; the deepest file decides."""

    def __init__(self, top: Path) -> None:
        self._top = Path(os.path.abspath(top))
        self._specs: dict[Path, Any] = {}

    @classmethod
    def around(cls, folder: Path) -> _Ignored | None:
        """The work tree that holds a folder; None outside of git."""
        start = Path(os.path.abspath(folder))
        for parent in (start, *start.parents):
            if (parent / ".git").exists():
                return cls(parent)
        return None

    def __call__(self, path: Path, *, folder: bool = False) -> bool:
        full = Path(os.path.abspath(path))
        for parent in full.parents:
            spec = self._spec(parent)
            if spec is not None:
                inner = full.relative_to(parent).as_posix() + "/" * folder
                verdict = spec.check_file(inner).include
                if verdict is not None:
                    return bool(verdict)
            if parent == self._top:
                break
        return False

    def _spec(self, folder: Path) -> Any:
        if folder not in self._specs:
            lines: list[str] = []
            names = (".gitignore", ".git/info/exclude") if folder == self._top else (".gitignore",)
            for name in reversed(names):
                try:
                    lines += (folder / name).read_text("utf-8", "replace").splitlines()
                except OSError:
                    continue
            self._specs[folder] = _spec(lines) if lines else None
        return self._specs[folder]


def _spec(lines: Iterable[str]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
