"""JUnit XML: a suite per letter, a failed case per finding, one passed case for a clean letter."""

from __future__ import annotations

from xml.etree import ElementTree

from appeal_lint.model import Report, Severity
from appeal_lint.output import Result, Style
from appeal_lint.output.checkstyle import document
from appeal_lint.plain import one_line, printable, relative

LEVEL = Severity.WARNING


def render(result: Result, style: Style) -> str:
    """One document."""
    root = ElementTree.Element("testsuites", name="appeal-lint")
    for report in result.reports:
        _suite(root, report, relative(report.path, style.root))
    for problem in result.problems:
        suite = _empty(root, one_line(problem.path), 1, failures=0, errors=1)
        case = ElementTree.SubElement(suite, "testcase", name="readable", classname="appeal-lint")
        ElementTree.SubElement(case, "error", message=one_line(problem.message))
    return document(root)


def _empty(
    root: ElementTree.Element, name: str, tests: int, *, failures: int, errors: int
) -> ElementTree.Element:
    return ElementTree.SubElement(
        root, "testsuite", name=name, tests=str(tests), failures=str(failures), errors=str(errors)
    )


def _suite(root: ElementTree.Element, report: Report, path: str) -> None:
    path = one_line(path)
    count = len(report.findings)
    suite = _empty(root, path, max(1, count), failures=count, errors=0)
    if not count:
        ElementTree.SubElement(suite, "testcase", name="appeal-lint", classname=path)
    for finding in report.findings:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            name=f"{finding.rule} {finding.name} {finding.start.line}:{finding.start.column}",
            classname=path,
            file=path,
            line=str(finding.start.line),
        )
        failure = ElementTree.SubElement(
            case, "failure", type=finding.severity.label, message=one_line(finding.message)
        )
        failure.text = printable(f"{finding.excerpt}\n\n{finding.why}\n{finding.advice}")
