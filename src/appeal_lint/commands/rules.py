"""`appeal-lint rules`: list the rules."""

from __future__ import annotations

import json
from pathlib import Path

import click

from appeal_lint.selection import choose
from appeal_lint.settings import Settings, load_rules, shared_options, split_words


@click.command("rules", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@shared_options
@click.pass_context
def command(
    context: click.Context,
    select: tuple[str, ...],
    output_format: str,
    settings: Settings,
) -> None:
    """List the rules: id, level, name and what each finds."""
    config = settings.at(Path())
    config = config.with_values(select=split_words(select) or None)
    bundle = load_rules(config)
    rules = choose(bundle.rules, config)
    if output_format == "json":
        entries = [
            {
                "id": rule.id,
                "name": rule.name,
                "category": rule.category.value,
                "severity": rule.severity.label,
                "check": rule.check,
                "message": rule.message,
                "fix": rule.fix,
            }
            for rule in rules
        ]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=2))
    else:
        column = max((len(rule.name) for rule in rules), default=0)
        for rule in rules:
            click.echo(
                f"{rule.id}  {rule.severity.label:7}  {rule.name:{column}}  {rule.category.value}"
            )
        click.echo(f"{len(rules)} rules; appeal-lint explain ID tells more about one.")
    context.exit(2 if bundle.problems else 0)
