"""Fix every letter of a corpus split: is it stable, and does no fix bring in a finding?

    python benchmarks/fixes.py corpus/drafts/train.jsonl [--unsafe]

Prints counts, every letter whose second fixing changes something, every rule that finds more
afterwards, and the rules whose fixes were taken back.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from appeal_lint.batch import Batch, Draft
from appeal_lint.config import Config
from appeal_lint.evaluation.drafts import load_drafts
from appeal_lint.files import cache_folder
from appeal_lint.model import Report, Severity
from appeal_lint.rules import load_bundle


def main(path: Path, *, unsafe: bool) -> int:
    """Run over all letters; 1 when one is not stable or has a new finding."""
    drafts = [Draft(draft.id, draft.text, draft.notice) for draft in load_drafts(path)]
    config = Config(cache=cache_folder())
    wrong = 0
    made: Counter[str] = Counter()
    back: Counter[str] = Counter()
    with Batch(config, date(2026, 10, 1), lambda: load_bundle((), config.cache), jobs=1) as batch:
        before = batch.lint(drafts)
        fixed = batch.fix(drafts, before, unsafe=unsafe)
        again = batch.fix(
            [replace(draft, text=each.text) for draft, each in zip(drafts, fixed)],
            [each.report for each in fixed],
            unsafe=unsafe,
        )
    for draft, old, new, second in zip(drafts, before, fixed, again):
        made.update(edit.finding.rule for edit in new.made)
        back.update(f"{d.finding.rule} by {d.detail}" for d in new.declined if d.reason == "adds")
        more = _counts(new.report) - _counts(old)
        if second.text != new.text or more or new.restless:
            wrong += 1
            print(f"{draft.path}: more {dict(more)}, restless {new.restless}")
    print(f"{len(drafts)} letters, {made.total()} fixes, {wrong} letters wrong")
    print("made:", ", ".join(f"{rule} {count}" for rule, count in made.most_common()))
    print("taken back:", ", ".join(f"{rule} {count}" for rule, count in back.most_common()))
    return int(bool(wrong))


def _counts(report: Report) -> Counter[str]:
    return Counter(f.rule for f in report.findings if f.severity >= Severity.WARNING)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), unsafe="--unsafe" in sys.argv))
