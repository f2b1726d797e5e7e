"""`appeal-lint test`: run the examples that stand in the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from appeal_lint.model import Report
from appeal_lint.options import EngineOptions, engine_options
from appeal_lint.rules import Example, Rule
from appeal_lint.selection import choose
from appeal_lint.settings import Settings, load_rules, shared_options, split_words

if TYPE_CHECKING:
    from appeal_lint.linter import Linter


@click.command("test", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--select", multiple=True, metavar="RULES", help="Only the examples of these rules.")
@engine_options
@shared_options
@click.pass_context
def command(
    context: click.Context,
    select: tuple[str, ...],
    settings: Settings,
    engines: EngineOptions,
) -> None:
    """Run the examples in the rules: each bad one must be found, each good one must not.

    Tests the built-in rules and those of --rule-folder or the configuration.
    """
    config = engines.apply(settings.at(Path()))
    from appeal_lint.linter import Linter

    config = config.with_values(select=split_words(select) or None)
    bundle = load_rules(config)
    rules = choose(bundle.rules, config)
    linter = Linter(
        bundle, replace(config, select=(), ignore=(), extend_ignore=(), rules={}), date.today()
    )
    silent = {rule for each in linter.skipped for rule in each.rules}
    for each in linter.skipped:
        click.echo(f"{len(each.rules)} rules not tested: {each.what} {each.reason}", err=True)
    rules = tuple(rule for rule in rules if rule.id not in silent)
    failures = list(run_examples(linter, rules))
    for failure in failures:
        click.echo(failure)
    count = sum(len(rule.bad) + len(rule.good) for rule in rules)
    click.echo(f"{len(rules)} rules, {count} examples, {len(failures)} failed")
    context.exit(2 if bundle.problems else int(bool(failures)))


def run_examples(linter: Linter, rules: tuple[Rule, ...]) -> Iterator[str]:
    """One line for every example that does not come out as it should."""
    for rule in rules:
        for example in rule.bad:
            problem = _bad(linter, rule, example)
            if problem:
                yield f"{rule.path}: {rule.id} bad example {problem}: {_short(example)}"
        for example in rule.good:
            report = _lint(linter, rule, example)
            found = [finding for finding in report.findings if finding.rule == rule.id]
            if found:
                where = f"{rule.path}: {rule.id} good example has {found[0].excerpt!r}"
                yield f"{where}: {_short(example)}"


def _lint(linter: Linter, rule: Rule, example: Example) -> Report:
    from appeal_lint.reuse.find import beside

    shared = beside(example.text, example.beside) if example.beside else ()
    return linter.lint(
        example.text, notice=example.notice, only=rule.id, case=example.case, shared=shared
    )


def _bad(linter: Linter, rule: Rule, example: Example) -> str | None:
    report = _lint(linter, rule, example)
    found = [finding for finding in report.findings if finding.rule == rule.id]
    if not found:
        reasons = [f"{each.what} {each.reason}" for each in report.skipped if not each.off]
        return "; ".join(["is not found", *reasons])
    if example.match is not None and all(
        " ".join(finding.excerpt.split()) != example.match for finding in found
    ):
        return f"is found at {found[0].excerpt!r}, not at {example.match!r}"
    if example.fix is not None and not any(
        suggestion.text == example.fix for finding in found for suggestion in finding.suggestions
    ):
        offered = [suggestion.text for finding in found for suggestion in finding.suggestions]
        return f"offers {offered}, not {example.fix!r}"
    return None


def _short(example: Example) -> str:
    text = " ".join(example.text.split())
    return text if len(text) <= 90 else text[:89] + "…"
