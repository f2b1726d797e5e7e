"""Sentences of non-native and of native writers: how many are rightly found fault with.

python benchmarks/sentences.py corpus/sentences/test.jsonl [--no-model]

Each stands in a short faultless letter, since the sentence model reads letters; with `--no-model`
rules judge it alone.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import appeal_lint
from appeal_lint.model import Category, Severity

BEFORE = """Dear Seller Performance Team,

Our listing B0D83KQW1N was removed on 4 May 2026 because two buyers received a used lamp.
Returned lamps went back to the shelf without inspection, because our procedure had no step for it.

"""
AFTER = """

On 6 May we pulled all 62 lamps from the shelf and opened every box.
From 8 May the returns clerk signs a card for each lamp before it is stocked.
We ask you to reinstate the listing.

Kind regards,
Ellen Marsh
"""


def faulted(sentence: str, *, model: bool) -> bool:
    """Whether the English of a sentence is found fault with, at warning or above."""
    start, end = len(BEFORE), len(BEFORE) + len(sentence)
    config = {"engines": {"judgement": model}}
    return any(
        finding.category is Category.ENGLISH
        and finding.severity >= Severity.WARNING
        and finding.span.start < end
        and start < finding.span.end
        for finding in appeal_lint.lint(BEFORE + sentence + AFTER, config=config).findings
    )


def main(path: Path, *, model: bool) -> None:
    """Print recall by country and the number of correct sentences that were flagged."""
    hit: Counter[str] = Counter()
    total: Counter[str] = Counter()
    alarms = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        found = faulted(data["text"], model=model)
        if data["correct"]:
            alarms += found
        else:
            total[data["country"]] += 1
            hit[data["country"]] += found
    for country, count in sorted(total.items()):
        print(f"{country:8} {hit[country]} of {count}")
    print(f"recall {sum(hit.values()) / sum(total.values()):.2f}, correct ones flagged: {alarms}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), model="--no-model" not in sys.argv)
