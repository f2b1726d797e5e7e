"""`appeal-lint brief`: what to know before the letter is written."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from appeal_lint.errors import InputError
from appeal_lint.settings import Settings, load_rules, shared_options


@click.command("brief", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("notice", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--case", metavar="TYPE", help="The kind of enforcement, when it is read wrong.")
@click.option("--platform", help="The marketplace: amazon, ebay, walmart, tiktok, etsy.")
@click.option(
    "--output-format",
    "-f",
    type=click.Choice(["text", "md", "json"]),
    default="text",
    help="Form of the briefing.",
)
@shared_options
def command(
    notice: Path,
    case: str | None,
    platform: str | None,
    output_format: str,
    settings: Settings,
) -> None:
    """Read a notice and say what the block is, what to answer and what to gather.

    NOTICE is the platform's message as a file, or '-' for standard input. The briefing holds
    no sentence for the letter itself: reviewers refuse what they have read before.
    """
    from appeal_lint.briefing import brief
    from appeal_lint.linter import Linter
    from appeal_lint.pages import as_markdown, as_text
    from appeal_lint.readers import read
    from appeal_lint.terminal import width_of_terminal
    from appeal_lint.texts import text

    config = settings.at(Path())
    config = config.with_values(case=case, platform=platform, select=("SEC",))
    try:
        content = sys.stdin.buffer.read() if str(notice) == "-" else notice.read_bytes()
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror}", path=str(notice)) from None
    linter = Linter(load_rules(config), config, date.today())
    answered = linter.read_notice(read(content, str(notice), config.encoding))
    page = brief(answered, linter.case_of(answered), linter.handbook, config.lang)
    if output_format == "json":
        entry = {
            "schema_version": 1,
            "case": {
                "id": page.case.id,
                "title": page.case.title,
                "confidence": round(page.case.confidence, 3),
                "source": page.case.source,
                "also": list(page.case.also),
            },
            "track": page.track,
            "notice": dict(page.notice),
            "sections": {
                section.key: [
                    {"text": entry, "more": list(more)} for entry, more in section.entries
                ]
                for section in page.sections
            },
        }
        click.echo(json.dumps(entry, ensure_ascii=False, indent=2))
    elif output_format == "md":
        click.echo("\n".join(as_markdown(text("brief.title", config.lang), page.sections)))
    else:
        click.echo("\n".join(as_text(page.sections, width_of_terminal())), nl=False)
