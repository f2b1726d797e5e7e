"""Single sentences of non-native and of native writers: how many are rightly found fault with.

python benchmarks/sentences.py corpus/sentences/test.jsonl
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import appeal_lint
from appeal_lint.model import Category, Severity


def main(path: Path) -> None:
    """Print recall by country and the number of correct sentences that were flagged."""
    hit: Counter[str] = Counter()
    total: Counter[str] = Counter()
    alarms = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        found = any(
            finding.category is Category.ENGLISH and finding.severity >= Severity.WARNING
            for finding in appeal_lint.lint(data["text"]).findings
        )
        if data["correct"]:
            alarms += found
        else:
            total[data["country"]] += 1
            hit[data["country"]] += found
    for country, count in sorted(total.items()):
        print(f"{country:8} {hit[country]} of {count}")
    print(f"recall {sum(hit.values()) / sum(total.values()):.2f}, correct ones flagged: {alarms}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
