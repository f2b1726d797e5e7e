"""`appeal-lint annotate`: a pre-filled annotation for a person to correct."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from appeal_lint.evaluation.drafts import LABEL_OF, LABELS
from appeal_lint.model import Report, Severity
from appeal_lint.readers import read
from appeal_lint.settings import Settings, load_rules, shared_options


@click.command("annotate", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--notice", type=click.Path(exists=True, path_type=Path), help="The notice it answers."
)
@click.option("--case", help="Case type, when it is read wrong.")
@click.option("--output-file", "-o", type=click.Path(path_type=Path), help="Append the line here.")
@shared_options
def command(
    file: Path,
    notice: Path | None,
    case: str | None,
    output_file: Path | None,
    settings: Settings,
) -> None:
    """Write FILE as an annotated draft: segments, parts and labels as the tool sees them.

    One JSON object on one line, for a person to correct and for 'appeal-lint eval' to read.
    """
    from appeal_lint.linter import Linter

    config = settings.at(file.parent).with_values(case=case)
    linter = Linter(load_rules(config), config, date.today())
    message = read(notice.read_bytes(), str(notice), config.encoding) if notice else None
    report = linter.lint(read(file.read_bytes(), str(file), config.encoding), str(file), message)
    line = json.dumps(annotation(report, file.stem, message), ensure_ascii=False)
    if output_file is None:
        click.echo(line)
    else:
        with output_file.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")


def annotation(report: Report, name: str, notice: str | None) -> dict[str, Any]:
    """The draft in the corpus form; segments and separators give the text back exactly."""
    starts = [sentence.span.start for sentence in report.sentences]
    parts = [sentence.part for sentence in report.sentences]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
        parts.insert(0, parts[0] if parts else "other")
        if len(starts) > 1:
            # A list mark or other layout before the first sentence belongs to it.
            del starts[1], parts[1]
    ends = [*starts[1:], len(report.text)]
    segments = []
    for start, end, part in zip(starts, ends, parts):
        piece = report.text[start:end]
        body = piece.rstrip()
        labels = {
            LABEL_OF[finding.category]
            for finding in report.findings
            if finding.category in LABEL_OF
            and finding.severity >= Severity.WARNING
            and finding.span.start < start + len(body)
            and start < finding.span.end
        }
        segments.append(
            {
                "text": body,
                "sep": piece[len(body) :],
                "labels": [label for label in LABELS if label in labels],
                "part": part,
            }
        )
    return {
        "id": name,
        "platform": report.case.platform,
        "case_type": report.case.id or "unknown",
        "notice": notice,
        "segments": segments,
        "parts": {part: state.present for part, state in report.parts.items()},
    }
