"""The few ways this program touches the disk."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def built_in_rules() -> Path:
    """The rules of this package: inside the wheel, or beside the sources in a checkout."""
    packed = PACKAGE / "data" / "rules"
    return packed if packed.is_dir() else PACKAGE.parents[1] / "rules"


def built_in_presets() -> Path:
    """The presets of this package, found like its rules."""
    packed = PACKAGE / "data" / "presets"
    return packed if packed.is_dir() else PACKAGE.parents[1] / "presets"


def cache_folder() -> Path:
    """Where compiled rules and cached findings are kept for this user."""
    chosen = os.environ.get("APPEAL_LINT_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "appeal-lint"


def write_atomic(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Replace `path` by `content` in one step; readers see the old file or the new one.

    `mode` sets permission bits, else those of an existing file are kept. Raises OSError.
    """
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    if mode is None and path.exists():
        mode = path.stat().st_mode & 0o7777
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
