"""Checkstyle XML."""

from __future__ import annotations

from xml.etree import ElementTree

from appeal_lint.model import Severity
from appeal_lint.output import Result, Style
from appeal_lint.plain import one_line, relative

LEVEL = Severity.WARNING


def render(result: Result, style: Style) -> str:
    """One document; files that could not be read are errors of line 1."""
    root = ElementTree.Element("checkstyle", version="4.3")
    for report in result.reports:
        name = one_line(relative(report.path, style.root))
        file = ElementTree.SubElement(root, "file", name=name)
        for finding in report.findings:
            ElementTree.SubElement(
                file,
                "error",
                line=str(finding.start.line),
                column=str(finding.start.column),
                severity=finding.severity.label,
                message=one_line(f"{finding.message} {finding.advice}"),
                source=f"appeal-lint.{finding.rule}",
            )
    for problem in result.problems:
        file = ElementTree.SubElement(root, "file", name=one_line(problem.path))
        ElementTree.SubElement(
            file,
            "error",
            line="1",
            column="1",
            severity="error",
            message=one_line(problem.message),
            source="appeal-lint",
        )
    return document(root)


def document(root: ElementTree.Element) -> str:
    """An XML document as text."""
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
