"""The cache folder: for its owner's eyes, out of version control and of backups."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_TAG = b"Signature: 8a477f597d28d172789f06886806bc55\n# A cache of appeal-lint.\n"
_OWN = ("findings", "settings", "stamps")
_COMPILED = "rules-*.bin"


def prepare(folder: Path) -> None:
    """Make the folder with its marks; a folder that exists stays as it is. Raises OSError."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    (folder / ".gitignore").write_bytes(b"*\n")
    (folder / "CACHEDIR.TAG").write_bytes(_TAG)


def clear(folder: Path) -> None:
    """Delete what this program has put into the folder, and nothing else."""
    import shutil

    for name in _OWN:
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in folder.glob(_COMPILED):
        with suppress(OSError):
            path.unlink()


def keep(folder: Path, name: str, content: bytes) -> None:
    """Write an entry, readable by its owner only; a cache that cannot be written is no error."""
    from appeal_lint.files import write_atomic

    with suppress(OSError):
        prepare(folder)
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, content, mode=0o600)
