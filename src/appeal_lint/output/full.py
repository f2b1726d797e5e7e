"""For people: what the letter has, then what to change, where, why and to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appeal_lint.casetext import case_pairs
from appeal_lint.model import Finding, PartState, PointResult, Report, Severity
from appeal_lint.output import Result, Style
from appeal_lint.plain import one_line, printable
from appeal_lint.positions import Source
from appeal_lint.terminal import cut, paint, width_of, wrap
from appeal_lint.texts import counted, text

LEVEL = Severity.WARNING
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_OPTIONAL = frozenset({"outlook"})
_GUTTER = 5
_CONTEXT = 34


def render(result: Result, style: Style) -> str:
    """The whole report."""
    lines: list[str] = []
    for report in result.reports:
        lines.extend(_letter(report, style))
        if lines[-1]:
            lines.append("")
    lines.extend(_footer(result, style))
    return "\n".join(lines) + "\n"


def _letter(report: Report, style: Style) -> Iterator[str]:
    source = Source(report.text)
    yield paint(one_line(report.path), "bold", on=style.color)
    yield ""
    if report.parts:
        yield from _anatomy(report, source, style)
        yield from _case(report, style)
        yield ""
    if report.points is not None:
        yield from _checklist(report.points, source, style)
        yield ""
    told: set[tuple[str, str, str]] = set()
    for finding in report.findings:
        reason = (finding.rule, finding.why, finding.advice)
        yield from _finding(finding, report, source, style, brief=reason in told)
        told.add(reason)
        yield ""
    for skipped in (each for each in report.skipped if not each.off):
        yield text(
            "skipped",
            style.lang,
            count=len(skipped.rules),
            what=skipped.what,
            reason=skipped.reason,
        )


def _anatomy(report: Report, source: Source, style: Style) -> Iterator[str]:
    title = text("anatomy.title", style.lang)
    words = text("anatomy.words", style.lang, count=report.words)
    yield f"  {paint(title, 'bold', on=style.color)} ({words})"
    names = {part: text(f"part.{part}", style.lang) for part in report.parts}
    column = max(width_of(name) for name in names.values())
    for part, state in report.parts.items():
        pad = " " * (column - width_of(names[part]))
        mark, color, where = _state(part, state, source, style)
        yield f"    {paint(mark, color, on=style.color)} {names[part]}{pad}  {where}"


def _case(report: Report, style: Style) -> Iterator[str]:
    yield ""
    yield "  " + paint(text("case.title", style.lang), "bold", on=style.color)
    pairs = list(case_pairs(report, style.lang))
    column = max(width_of(label) for label, _ in pairs)
    last = ""
    for label, content in pairs:
        head = f"    {'' if label == last else label}".ljust(4)
        head += " " * (column + 6 - width_of(head))
        lines = wrap(content, style.width, " " * width_of(head), head)
        yield from [lines[0].replace(label, paint(label, "cyan", on=style.color), 1), *lines[1:]]
        last = label


_MARKS = {"answered": ("✓", "green"), "weak": ("~", "yellow"), "missing": ("✗", "red")}


def _checklist(points: Sequence[PointResult], source: Source, style: Style) -> Iterator[str]:
    yield "  " + paint(text("checklist.title", style.lang), "bold", on=style.color)
    if not points:
        yield from wrap(text("checklist.none", style.lang), style.width, "    ", "    ")
        return
    kinds = {point.kind: text(f"checklist.{point.kind}", style.lang) for point in points}
    column = max(width_of(kind) for kind in kinds.values())
    for point in points:
        mark, color = _MARKS[point.state]
        if point.optional and point.state == "missing":
            mark, color = "·", "dim"
        kind = kinds[point.kind]
        head = f"    {mark} {kind}{' ' * (column - width_of(kind))}  "
        where = (
            text("checklist.line", style.lang, line=source.position(point.span.start).line)
            if point.span
            else text("checklist.optional", style.lang)
            if point.optional
            else text(f"checklist.{point.state}", style.lang)
        )
        if point.state == "weak" and point.span:
            where = text("checklist.weak", style.lang) + ", " + where
        lines = wrap(f"{point.text} ({where})", style.width, " " * width_of(head), head)
        yield from [lines[0].replace(mark, paint(mark, color, on=style.color), 1), *lines[1:]]


def _state(part: str, state: PartState, source: Source, style: Style) -> tuple[str, str, str]:
    if not state.present:
        if part in _OPTIONAL:
            return "·", "dim", paint(text("anatomy.optional", style.lang), "dim", on=style.color)
        return "✗", "red", paint(text("anatomy.missing", style.lang), "red", on=style.color)
    lines = sorted({source.position(span.start).line for span in state.spans})
    first, last = lines[0], max(source.position(span.end - 1).line for span in state.spans)
    key = "anatomy.lines" if first == last else "anatomy.range"
    return "✓", "green", paint(text(key, style.lang, first=first, last=last), "dim", on=style.color)


def _finding(
    finding: Finding, report: Report, source: Source, style: Style, *, brief: bool
) -> Iterator[str]:
    """One finding; a brief one leaves out why and advice, which stand above already."""
    color = _COLORS[finding.severity]
    level = paint(
        text(f"severity.{finding.severity.label}", style.lang), color, "bold", on=style.color
    )
    rule = paint(f"{finding.rule} {finding.name}", "dim", on=style.color)
    yield f"{one_line(report.path)}:{finding.start.line}:{finding.start.column}  {level}  {rule}"
    yield from (
        paint(line, "bold", on=style.color)
        for line in wrap(printable(finding.message), style.width, "  ")
    )
    yield from _excerpt(finding, source, style, color)
    pairs = [] if brief else [("label.why", finding.why), ("label.fix", finding.advice)]
    if finding.suggestions:
        pairs.append(("label.try", " / ".join(f'"{s.text}"' for s in finding.suggestions[:3])))
    labels = [text(key, style.lang) for key, _ in pairs]
    column = max((width_of(label) for label in labels), default=0)
    for label, (_, content) in zip(labels, pairs):
        head = "  " + label + " " * (column - width_of(label)) + "  "
        lines = wrap(printable(content), style.width, " " * width_of(head), head)
        first = "  " + paint(label, "cyan", on=style.color) + lines[0][2 + len(label) :]
        yield from [first, *lines[1:]]
    if finding.confidence is not None:
        sure = text("label.judgement", style.lang, percent=round(100 * finding.confidence))
        yield f"  ({sure})"


def _excerpt(finding: Finding, source: Source, style: Style, color: str) -> Iterator[str]:
    """The line of the finding, cut to the width, with a caret line below it."""
    line = source.line_span(finding.start.line)
    room = style.width - _GUTTER - 2
    start, end = finding.span.start, min(finding.span.end, line.end)
    left = line.start
    if width_of(source.text[line.start : end]) > room:
        left = max(line.start, start - _CONTEXT // 2)
    shown = printable(source.text[left : min(line.end, left + room)].replace("\t", " "))
    prefix = "…" if left > line.start else ""
    fitting = cut(shown, room - len(prefix))
    if fitting != shown or left + room < line.end:
        shown = fitting[:-1] + "…"
    offset = width_of(prefix + shown[: start - left])
    length = max(1, width_of(shown[start - left : end - left]))
    gutter = f"{finding.start.line:>{_GUTTER - 1}}"
    bar = paint("│", "dim", on=style.color)
    yield f"{paint(gutter, 'dim', on=style.color)} {bar} {prefix}{shown}"
    carets = paint("^" * min(length, room - offset), color, on=style.color)
    yield f"{' ' * (_GUTTER - 1)} {bar} {' ' * offset}{carets}"


def _footer(result: Result, style: Style) -> Iterator[str]:
    errors, warnings, infos = (
        result.count(level) for level in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    )
    if not errors + warnings + infos:
        yield paint(text("footer.clean", style.lang), "green", on=style.color)
    else:
        counts = text(
            "footer.counts",
            style.lang,
            errors=counted("footer.error", style.lang, errors),
            warnings=counted("footer.warning", style.lang, warnings),
            infos=counted("footer.info", style.lang, infos) if infos else "",
        )
        many = len(result.reports)
        files = text("footer.files", style.lang, count=many) + ": " if many > 1 else ""
        yield paint(files + counts, "bold", on=style.color)
        first = next(f for report in result.reports for f in report.findings)
        yield text("footer.explain", style.lang, rule=first.rule)
    if result.hidden:
        yield counted("footer.hidden", style.lang, result.hidden)
    accepted = sum(len(report.suppressed) for report in result.reports)
    if accepted:
        yield counted("footer.accepted", style.lang, accepted)
