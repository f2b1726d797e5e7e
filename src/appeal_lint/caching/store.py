"""Reports of letters that have been linted before, by all that they depend on."""

from __future__ import annotations

import marshal
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from appeal_lint.caching.codec import decode, encode
from appeal_lint.caching.fingerprint import environment, fingerprint
from appeal_lint.caching.folder import keep
from appeal_lint.files import PACKAGE, built_in_rules
from appeal_lint.model import Report

if TYPE_CHECKING:
    from appeal_lint.batch import Draft
    from appeal_lint.config import Config

_LIFETIME = 30 * 86400
"""Seconds after which an entry is deleted."""


class Store:
    """Finds and keeps reports in a folder.

    The key of an entry is a hash of the letter, its notice, the settings that bear on findings,
    the rules, this package and the versions of all installed packages. An entry whose findings
    depend on the day is good for that day only. Raises OSError when a folder of rules is missing.
    """

    def __init__(self, folder: Path, config: Config, today: date) -> None:
        self._folder = folder
        self._today = today.toordinal()
        # Settings that only choose files and what is shown of the findings.
        bearing = replace(
            config, severity=None, fail_on=None, cache=None, source=None, files=(), exclude=(),
            notices=(), baseline=None, ignore_findings=(),
        )  # fmt: skip
        code = fingerprint([PACKAGE, built_in_rules(), *config.rule_folders], folder)
        # Entries of ignore-findings bear on nothing but must name rules, which is seen on linting.
        named = sorted({each.rule for each in config.ignore_findings})
        base = f"{environment()}\0{code}\0{bearing!r}\0{named}\0"
        self._base = base.encode("utf-8", "surrogatepass")

    def find(self, draft: Draft) -> Report | None:
        """The report of a draft, if it is known; a damaged entry is as good as none."""
        try:
            day, data = marshal.loads((self._folder / self._name(draft)).read_bytes())
            if day is not None and day != self._today:
                return None
            return decode(data, draft.path, draft.text)
        except (OSError, EOFError, ValueError, TypeError, LookupError, AttributeError):
            return None

    def keep(self, draft: Draft, report: Report) -> None:
        """Remember a report unless it may be another one next time."""
        if report.lasts == "never":
            return
        day = self._today if report.lasts == "day" else None
        keep(self._folder, self._name(draft), marshal.dumps((day, encode(report))))

    def prune(self) -> None:
        """Once a day, delete entries that are old."""
        mark = self._folder / "findings" / "pruned"
        now = time.time()
        with suppress(OSError):
            if mark.exists() and now - mark.stat().st_mtime < 86400:
                return
            for path in self._folder.glob("findings/*/*.bin"):
                if now - path.stat().st_mtime > _LIFETIME:
                    path.unlink()
            keep(self._folder, "findings/pruned", b"")

    def _name(self, draft: Draft) -> str:
        digest = blake2b(self._base, digest_size=20)
        for text in (draft.text, draft.notice or "", draft.source if draft.notice else ""):
            content = text.encode("utf-8", "surrogatepass")
            digest.update(f"{len(content)}\0".encode() + content)
        digest.update(repr(draft.shared).encode("utf-8", "surrogatepass") if draft.shared else b"")
        digest.update(b"notice" if draft.notice is not None else b"")
        name = digest.hexdigest()
        return f"findings/{name[:2]}/{name[2:]}.bin"
