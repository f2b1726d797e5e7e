"""Names of findings that stay the same when lines move or paragraphs are wrapped anew."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

from appeal_lint.model import Finding, Report


def sentence_key(report: Report, finding: Finding) -> str:
    """The words that a finding stands in, folded: case, spaces and line breaks do not count."""
    touched = [s.span for s in report.sentences if s.span.overlaps(finding.span)]
    start = min((span.start for span in touched), default=finding.span.start)
    end = max((span.end for span in touched), default=finding.span.end)
    return " ".join(report.text[start:end].split()).casefold()


def fingerprints(report: Report, path: str = "") -> tuple[str, ...]:
    """One fingerprint per finding of a report, in the same order.

    It is a hash of the rule, `path`, the folded sentence, and a number where the same rule finds
    more in the same words. Nothing of the letter can be read from it.
    """
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for finding in report.findings:
        key = (finding.rule, sentence_key(report, finding))
        seen[key] += 1
        parts = "\0".join((finding.rule, path, key[1], str(seen[key])))
        found.append(blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest())
    return tuple(found)
