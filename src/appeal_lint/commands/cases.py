"""`appeal-lint cases`: list the types of case, or the facts that have grown old."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from appeal_lint.settings import Settings, load_rules, shared_options


@click.command("cases", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--platform", help="Only types of this marketplace.")
@click.option(
    "--stale", is_flag=True, help="List facts that were last checked more than 18 months ago."
)
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that --stale counts from."
)
@click.option("--output-format", "-f", type=click.Choice(["text", "json"]), default="text")
@shared_options
@click.pass_context
def command(
    context: click.Context,
    platform: str | None,
    stale: bool,
    today: datetime | None,
    output_format: str,
    settings: Settings,
) -> None:
    """List the types of case; 'appeal-lint explain TYPE' tells more about one."""
    from appeal_lint.case import Handbook
    from appeal_lint.case.facts import stale_facts
    from appeal_lint.casetext import PLATFORMS
    from appeal_lint.texts import text

    config = settings.at(Path())
    bundle = load_rules(config)
    handbook = Handbook.of(bundle)
    if stale:
        old = stale_facts(handbook, today.date() if today else date.today())
        for fact in old:
            click.echo(f"{fact.case}: {fact.name.get(config.lang)} ({fact.checked}; {fact.source})")
        click.echo(text("cases.stale", config.lang, count=len(old)))
        context.exit(1 if old else 0)
    cases = [
        case
        for _, case in sorted(handbook.cases.items())
        if platform is None or platform in case.platforms
    ]
    if output_format == "json":
        entries = [
            {
                "id": case.id,
                "title": {"en": case.title.en, "zh": case.title.zh},
                "platforms": list(case.platforms),
                "level": list(case.levels),
                "tracks": list(case.tracks),
                "answer": case.answer,
            }
            for case in cases
        ]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=2))
    else:
        column = max((len(case.id) for case in cases), default=0)
        for case in cases:
            names = ", ".join(PLATFORMS[name] for name in case.platforms)
            click.echo(f"{case.id:{column}}  {case.title.get(config.lang)} ({names})")
        click.echo(text("cases.count", config.lang, count=len(cases)))
    context.exit(2 if bundle.problems else 0)
