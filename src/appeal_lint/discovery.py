"""Which files a command line means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from appeal_lint.errors import InputError


def find_letters(
    paths: Iterable[str],
    patterns: Sequence[str],
    exclude: Sequence[str],
    notices: Sequence[str] = (),
) -> Iterator[Path | InputError]:
    """The letters that `paths` name: files as they are, folders with all that fits `patterns`.

    Hidden folders are passed over, and files named as `notices` are beside a letter. What does
    not exist comes out as an error.
    """
    seen: set[Path] = set()
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = [
                each
                for each in sorted(path.rglob("*"))
                if each.is_file()
                and _wanted(each, path, patterns, exclude)
                and not is_notice(each, notices)
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


def _wanted(path: Path, root: Path, patterns: Sequence[str], exclude: Sequence[str]) -> bool:
    inner = path.relative_to(root)
    if any(part.startswith(".") for part in inner.parts):
        return False
    if any(fnmatch(str(inner), glob) or fnmatch(path.name, glob) for glob in exclude):
        return False
    return any(fnmatch(path.name, glob) for glob in patterns)
