"""Read the letters that a command line names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from appeal_lint.batch import Draft
from appeal_lint.config import Config
from appeal_lint.discovery import Search, find_letters, notice_beside
from appeal_lint.errors import InputError
from appeal_lint.output import Problem


@dataclass(frozen=True)
class Loaded:
    """A draft, its settings, the bytes that it was read from, and their file (None: stdin)."""

    draft: Draft
    config: Config
    content: bytes
    file: Path | None = None


def load_drafts(
    paths: Sequence[str],
    search: Callable[[Config], Search],
    config_of: Callable[[Path], Config],
    notice: Path | None = None,
    stdin_filename: str | None = None,
    max_size: int | None = None,
) -> tuple[list[Loaded], list[Problem]]:
    """All letters with their notices, and what could not be read.

    `config_of` gives the settings of a letter or folder, and `search` makes of them how a folder
    is read. `max_size` is in bytes. Raises InputError when the notice cannot be read.
    """
    given = _text(_bytes(notice, max_size), str(notice), config_of(notice)) if notice else None
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for source in _sources(paths, lambda path: search(config_of(path))):
        try:
            if isinstance(source, InputError):
                raise source
            config = config_of(source or Path(stdin_filename or "-"))
            loaded.append(_load(source, given, config, stdin_filename, max_size))
        except InputError as problem:
            problems.append(problem_of(problem))
    return loaded, problems


def problem_of(error: InputError) -> Problem:
    """An error of one file as an entry of the report."""
    shown = f"{error.message} ({error.hint})" if error.hint else error.message
    return Problem(error.path or "<stdin>", shown)


def _sources(
    paths: Sequence[str], search: Callable[[Path], Search]
) -> Iterator[Path | InputError | None]:
    for path in paths:
        if path == "-":
            yield None
        else:
            yield from find_letters([path], search(Path(path)))


def _load(
    path: Path | None,
    notice: str | None,
    config: Config,
    stdin_filename: str | None,
    max_size: int | None,
) -> Loaded:
    if path is None:
        name = stdin_filename or "<stdin>"
        content = sys.stdin.buffer.read()
        return Loaded(Draft(name, _text(content, name, config), notice), config, content)
    content = _bytes(path, max_size)
    text = _text(content, str(path), config)
    beside = notice_beside(path, config.notices) if notice is None else None
    if beside is None:
        return Loaded(Draft(str(path), text, notice), config, content, path)
    answered = _text(_bytes(beside, max_size), str(beside), config)
    return Loaded(Draft(str(path), text, answered, "beside"), config, content, path)


def _bytes(path: Path, max_size: int | None) -> bytes:
    try:
        if max_size is not None and path.stat().st_size > max_size:
            raise InputError(f"larger than {max_size} bytes (--max-file-size)", path=str(path))
        return path.read_bytes()
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror}", path=str(path)) from None


def _text(content: bytes, name: str, config: Config) -> str:
    from appeal_lint.readers import read

    return read(content, name, config.encoding)
