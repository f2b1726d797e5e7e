"""Counts of the corpus, as they stand in corpus/STATISTICS.md.

python benchmarks/corpus.py corpus/drafts
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from appeal_lint.evaluation.drafts import LABELS, SPLITS, load_drafts


def table(title: str, values: Iterable[str]) -> None:
    """Print how often each value occurs, the most frequent first."""
    print(f"\n| {title} | drafts |\n| --- | --- |")
    for value, count in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])):
        print(f"| {value} | {count} |")


def main(folder: Path) -> None:
    """Print all tables."""
    splits = {split: load_drafts(folder, split) for split in SPLITS}
    drafts = [draft for split in splits.values() for draft in split]
    words = sorted(len(draft.text.split()) for draft in drafts)
    segments = sum(len(draft.segments) for draft in drafts)
    sizes = ", ".join(f"{split} {len(each)}" for split, each in splits.items())
    print(f"{len(drafts)} drafts ({sizes}), {sum(bool(d.notice) for d in drafts)} with a notice,")
    print(f"{segments} segments, {sum(draft.strong for draft in drafts)} without any label,")
    print(f"{words[0]} to {words[-1]} words, {words[len(words) // 2]} in the middle.")
    table("platform", (draft.platform for draft in drafts))
    table("English", (str(draft.more.get("english")) for draft in drafts))
    table("country", (str(draft.more.get("country")) for draft in drafts))
    table("case type", (draft.case_type for draft in drafts))
    print(f"\n| label | {' | '.join(SPLITS)} |\n| --- |{' --- |' * len(SPLITS)}")
    for label in LABELS:
        counts = (sum(label in s.labels for d in splits[x] for s in d.segments) for x in SPLITS)
        print(f"| {label} | {' | '.join(map(str, counts))} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
