"""A file beside the configuration with findings that are accepted; it holds no words of letters.

An entry names a rule and a hash of the sentence, so that it stays good when lines move or are
wrapped anew, and ends when the sentence is edited. A finding about the letter as a whole has an
empty hash and holds for its file.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from appeal_lint.errors import ConfigError
from appeal_lint.model import Category, Finding, Report, Suppressed

FILE_NAME = ".appeal-lint-baseline.json"


@dataclass(frozen=True)
class Entry:
    """Findings that are accepted: up to `count` of a rule in sentences with the same words.

    `path` is counted from the folder of the baseline; None means any letter. `expires` is the last
    ISO day on which the entry counts.
    """

    rule: str
    hash: str
    path: str | None = None
    count: int = 1
    reason: str | None = None
    expires: str | None = None
    excerpt: str | None = None

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What two entries for the same findings share."""
        return self.rule, self.hash, self.path

    def expired(self, today: date) -> bool:
        """Whether the entry no longer counts."""
        return self.expires is not None and self.expires < today.isoformat()


@dataclass(frozen=True)
class Baseline:
    """The entries of a file."""

    file: Path
    entries: tuple[Entry, ...] = ()

    def path_of(self, letter: str) -> str:
        """A letter's path as entries have it."""
        return Path(os.path.relpath(letter, self.file.parent)).as_posix()

    def applied(self, report: Report, today: date) -> tuple[Report, frozenset[Entry]]:
        """The report with accepted findings set apart, and the entries that were of use."""
        path = self.path_of(report.path)
        left = Counter(
            {
                entry: entry.count
                for entry in self.entries
                if entry.path in (None, path) and not entry.expired(today)
            }
        )
        kept: list[Finding] = []
        gone: list[Suppressed] = []
        used: set[Entry] = set()
        for finding in report.findings:
            key = (finding.rule, hash_of(report, finding))
            entry = next((e for e in left if (e.rule, e.hash) == key and left[e] > 0), None)
            if entry is None or finding.category is Category.SUPPRESSION:
                kept.append(finding)
                continue
            left[entry] -= 1
            used.add(entry)
            gone.append(Suppressed(finding, "baseline", entry.reason))
        if not gone:
            return report, frozenset()
        report = replace(report, findings=tuple(kept), suppressed=(*report.suppressed, *gone))
        return report, frozenset(used)

    def entries_for(self, reports: Iterable[Report], *, excerpts: bool = False) -> list[Entry]:
        """Entries that accept all findings of reports, but for those about suppressions."""
        counts: Counter[Entry] = Counter()
        for report in reports:
            for finding in report.findings:
                if finding.category is not Category.SUPPRESSION:
                    words = " ".join(finding.excerpt.split())[:80] or None
                    counts[
                        Entry(
                            finding.rule,
                            hash_of(report, finding),
                            self.path_of(report.path),
                            excerpt=words if excerpts else None,
                        )
                    ] += 1
        return [replace(entry, count=count) for entry, count in counts.items()]


def hash_of(report: Report, finding: Finding) -> str:
    """A hash of the sentences that a finding is about; empty when it is about the letter.

    What is missing or misplaced is shown at some sentence, but editing that one mends nothing.
    """
    if finding.category is Category.STRUCTURE:
        return ""
    touched = [each.span for each in report.sentences if each.span.overlaps(finding.span)]
    if len(touched) > max(3, len(report.sentences) // 2) or finding.span.start == finding.span.end:
        return ""
    texts = [report.text[span.start : span.end] for span in touched] or [finding.excerpt]
    if any("appeal-lint:" in each for each in texts):
        from appeal_lint.document.directives import strip

        texts = [strip(each) for each in texts]
    words = " ".join(unicodedata.normalize("NFKC", " ".join(texts)).split())
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def load_baseline(file: Path) -> Baseline:
    """Read and check a baseline; raises ConfigError."""
    from appeal_lint.rules.validate import validate
    from appeal_lint.rules.yaml import Located

    try:
        data = json.loads(file.read_bytes())
    except OSError as problem:
        raise ConfigError(f"cannot be read: {problem.strerror}", path=str(file)) from None
    except UnicodeDecodeError:
        raise ConfigError("not UTF-8 text", path=str(file)) from None
    except json.JSONDecodeError as problem:
        raise ConfigError(
            f"not valid JSON: {problem.msg}",
            path=str(file), line=problem.lineno, column=problem.colno,
        ) from None  # fmt: skip
    validate(Located(data, {}, str(file)), _schema(), ConfigError)
    return Baseline(file, tuple(Entry(**entry) for entry in data["findings"]))


def _schema() -> dict[str, Any]:
    from appeal_lint.rules.schema import TEXT, closed

    return closed(
        {
            "version": {"const": 1},
            "findings": {
                "type": "array",
                "items": closed(
                    {
                        "rule": TEXT,
                        "hash": {"type": "string", "pattern": "^([0-9a-f]{32})?$"},
                        "path": TEXT,
                        "count": {"type": "integer", "minimum": 1},
                        "reason": TEXT,
                        "expires": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                        "excerpt": TEXT,
                    },
                    ("rule", "hash"),
                ),
            },
        },
        ("version", "findings"),
    )


def save_baseline(file: Path, entries: Sequence[Entry]) -> None:
    """Write a baseline in one step; the same entries give the same bytes. Raises OSError."""
    from appeal_lint.files import write_atomic

    counts: Counter[Entry] = Counter()
    for entry in entries:
        counts[replace(entry, count=1)] += entry.count
    merged = [replace(entry, count=count) for entry, count in counts.items()]
    ordered = sorted(merged, key=lambda entry: (entry.path or "", entry.rule, entry.hash))
    data: dict[str, Any] = {"version": 1, "findings": [_written(entry) for entry in ordered]}
    write_atomic(file, (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode())


def _written(entry: Entry) -> dict[str, Any]:
    values = asdict(entry)
    return {
        name: value
        for name, value in values.items()
        if value is not None and not (name == "count" and value == 1)
    }
