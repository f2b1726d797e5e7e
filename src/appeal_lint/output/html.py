"""One page that needs nothing else: each letter with its marks, and beside it what to change."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from appeal_lint.casetext import case_pairs
from appeal_lint.model import Finding, Report, Severity
from appeal_lint.output import Result, Style
from appeal_lint.plain import printable
from appeal_lint.texts import counted, text

LEVEL = Severity.WARNING

_STYLE = Path(__file__).with_name("html.css")


def render(result: Result, style: Style) -> str:
    """The whole page."""
    body = "\n".join(
        line
        for number, report in enumerate(result.reports)
        for line in _letter(report, number, style.lang)
    )
    problems = "".join(
        f'<p class="case">{_safe(p.path)}: {_safe(p.message)}</p>' for p in result.problems
    )
    lang = "zh-Hans" if style.lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>appeal-lint</title>\n<style>{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n{problems}</main>\n</body>\n</html>\n"
    )


def _safe(content: str) -> str:
    return escape(printable(content), quote=True)


def _letter(report: Report, number: int, lang: str) -> Iterator[str]:
    yield f"<h1>{_safe(report.path)}</h1>"
    about = " · ".join(_safe(content) for _, content in case_pairs(report, lang))
    yield f'<p class="case">{about}</p>'
    yield '<ul class="parts">'
    for part, state in report.parts.items():
        kind = "yes" if state.present else "may" if part == "outlook" else "no"
        mark = {"yes": "✓", "may": "·", "no": "✗"}[kind]
        yield f'<li class="{kind}">{mark} {_safe(text(f"part.{part}", lang))}</li>'
    yield "</ul>"
    yield f'<div class="sheet"><div class="letter">{_marked(report, number)}</div>'
    if not report.findings:
        yield f'<p class="clean">{_safe(text("footer.clean", lang))}</p></div>'
        return
    yield "<div><ol>"
    for index, finding in enumerate(report.findings, 1):
        yield _entry(finding, f"f{number}-{index}", index, lang)
    yield f"</ol>{_total(report, lang)}</div></div>"


def _total(report: Report, lang: str) -> str:
    counts = [
        counted(f"footer.{level.label}", lang, report.count(level)).strip(", ")
        for level in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        if report.count(level)
    ]
    return f'<p class="total">{_safe(" · ".join(counts))}</p>'


def _entry(finding: Finding, anchor: str, index: int, lang: str) -> str:
    level = finding.severity.label
    tries = " / ".join(f"“{s.text}”" for s in finding.suggestions[:3])
    more = f'<p class="do">{_safe(text("label.try", lang))}: {_safe(tries)}</p>' if tries else ""
    place = text("checklist.line", lang, line=finding.start.line)
    return (
        f'<li class="{level}" id="{anchor}"><span class="line">{index} · {_safe(place)} · '
        f"{_safe(text(f'severity.{level}', lang))}</span> "
        f'<span class="rule">{finding.rule} {finding.name}</span>'
        f'<div class="what">{_safe(finding.message)}</div>'
        f'<p class="why">{_safe(finding.why)}</p>'
        f'<p class="do">{_safe(finding.advice)}</p>{more}</li>'
    )


def _marked(report: Report, number: int) -> str:
    """The letter with its marks; where findings overlap, the first keeps its whole mark."""
    source = report.text
    pieces: list[str] = []
    at = 0
    for index, finding in enumerate(report.findings, 1):
        start, end = max(finding.span.start, at), finding.span.end
        link = f'<sup><a href="#f{number}-{index}">{index}</a></sup>'
        if start >= end:
            pieces.append(link)
            continue
        pieces.append(_safe(source[at:start]))
        pieces.append(
            f'<mark class="{finding.severity.label}">{_safe(source[start:end])}</mark>{link}'
        )
        at = end
    pieces.append(_safe(source[at:]))
    return "".join(pieces)
