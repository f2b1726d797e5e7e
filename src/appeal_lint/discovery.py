"""Which files a command line means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from appeal_lint.errors import InputError

NOTICE_ENDINGS = (".notice.txt", ".notice.md")


def find_letters(
    paths: Iterable[str], patterns: Sequence[str], exclude: Sequence[str]
) -> Iterator[Path | InputError]:
    """The letters that `paths` name: files as they are, folders with all that fits `patterns`.

    Hidden folders and notices are passed over. What does not exist comes out as an error.
    """
    seen: set[Path] = set()
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = [
                each
                for each in sorted(path.rglob("*"))
                if each.is_file() and _wanted(each, path, patterns, exclude)
            ]
            if not found:
                yield InputError("no letters in this folder", path=name, hint=", ".join(patterns))
            for each in found:
                if each not in seen:
                    seen.add(each)
                    yield each
        elif path.exists():
            if path not in seen:
                seen.add(path)
                yield path
        else:
            yield InputError("no such file or folder", path=name)


def _wanted(path: Path, root: Path, patterns: Sequence[str], exclude: Sequence[str]) -> bool:
    inner = path.relative_to(root)
    if any(part.startswith(".") for part in inner.parts) or path.name.endswith(NOTICE_ENDINGS):
        return False
    if any(fnmatch(str(inner), glob) or fnmatch(path.name, glob) for glob in exclude):
        return False
    return any(fnmatch(path.name, glob) for glob in patterns)
