"""A hash of what folders hold, without reading files that have not been touched."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from appeal_lint.caching.folder import keep

_SETTLED = 2.0
"""Seconds after which a file's times tell reliably that it was changed again."""

Stamp = tuple[str, int, int, int, int]


def fingerprint(roots: Sequence[Path], cache: Path | None = None) -> str:
    """A hash of the names and contents of all files below `roots`.

    `cache` remembers it by the files' sizes and times, so that the next call reads nothing.
    """
    stamps = [stamp for root in roots for stamp in _stamps(str(root))]
    signature = _hash(repr(stamps).encode())
    store = cache / "stamps" / signature if cache else None
    if store is not None:
        try:
            return store.read_bytes().decode("ascii")
        except (OSError, UnicodeDecodeError):
            pass
    digest = blake2b(digest_size=16)
    for path, *_ in stamps:
        with open(path, "rb") as stream:
            content = stream.read()
        digest.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    key = digest.hexdigest()
    newest = max((stamp[3] for stamp in stamps), default=0)
    if cache is not None and time.time() - newest / 1e9 > _SETTLED:
        keep(cache, f"stamps/{signature}", key.encode())
    return key


def environment() -> str:
    """What else findings depend on: the interpreter and all installed packages' versions.

    The names of the packages' metadata folders hold the versions; reading the metadata itself
    takes longer than a whole run may.
    """
    installed: set[str] = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        installed.update(name for name in names if name.endswith((".dist-info", ".egg-info")))
    return _hash("\0".join([sys.version, *sorted(installed)]).encode("utf-8", "surrogateescape"))


def _stamps(folder: str) -> Iterator[Stamp]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _stamps(entry.path)
        else:
            stat = entry.stat()
            yield entry.path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
