"""How much of written notices is read: ids, documents asked for, type of case.

python benchmarks/notices.py corpus/notices/dev.jsonl [--show] [--no-model]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from appeal_lint.case import Handbook, read_notice
from appeal_lint.case.detect import CaseReader
from appeal_lint.judgement import load_judge
from appeal_lint.rules import load_bundle


def spans_of(quote: str, text: str) -> list[tuple[int, int]]:
    """All places of a quotation in a text, whatever the case of its letters."""
    found: list[tuple[int, int]] = []
    at = text.lower().find(quote.lower())
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.lower().find(quote.lower(), at + 1)
    return found


def main(path: Path, show: bool, model: bool) -> None:
    """Print recall and precision per kind; with `show` also what was missed."""
    judge = load_judge() if model else None
    reader = CaseReader(Handbook.of(load_bundle()))
    counts = {kind: [0, 0, 0] for kind in ("asin", "order", "document")}
    right = total = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        notice = read_notice(data["notice"], reader, judge=judge)
        if data["case_type"] is not None:
            total += 1
            right += bool(notice.ranked) and notice.ranked[0][0] == data["case_type"]
        for kind, key in (("asin", "asins"), ("order", "order_ids")):
            if key not in data:
                continue
            gold, found = set(data[key]), set(notice.ids(kind))
            for at, part in enumerate((gold & found, gold - found, found - gold)):
                counts[kind][at] += len(part)
        text = notice.document.text
        quotes = {quote: spans_of(quote, text) for quote in data["documents"]}
        for quote, places in quotes.items():
            hit = any(a < ask.span.end and ask.span.start < b
                      for a, b in places for ask in notice.documents)  # fmt: skip
            counts["document"][0 if hit else 1] += 1
            if show and not hit:
                print(f"missed {data['id']}: {quote}")
        for ask in notice.documents:
            known = any(a < ask.span.end and ask.span.start < b
                        for places in quotes.values() for a, b in places)  # fmt: skip
            counts["document"][2] += not known
            if show and not known:
                print(f"not asked {data['id']}: {ask.text}")
    for kind, (hits, missed, wrong) in counts.items():
        recall, precision = hits / max(1, hits + missed), hits / max(1, hits + wrong)
        print(f"{kind:9} recall {recall:.3f}  precision {precision:.3f}  of {hits + missed}")
    print(f"case type {right} of {total}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--show" in sys.argv, "--no-model" not in sys.argv)
