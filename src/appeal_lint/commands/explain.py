"""`appeal-lint explain`: all about one rule, or one type of case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from appeal_lint.case import Handbook, Playbook
from appeal_lint.errors import AppealLintError, did_you_mean
from appeal_lint.rules import Example, Rule
from appeal_lint.settings import Settings, load_rules, shared_options
from appeal_lint.terminal import wrap


@click.command("explain", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name")
@shared_options
def command(
    name: str,
    settings: Settings,
) -> None:
    """Say what a rule finds, why reviewers mind, and what to write instead.

    NAME is a rule's id or name, such as EMO001 or begging, or a type of case, such as
    late-shipment: what reviewers want to read there, documents, figures, mistakes.
    """
    config = settings.at(Path())
    bundle = load_rules(config)
    rules = bundle.rules
    for rule in rules:
        if name.upper() == rule.id or name in (rule.name, *rule.aliases):
            click.echo("\n".join(page(rule.texts(config.lang), config.lang)))
            return
    handbook = Handbook.of(bundle)
    if name in handbook.cases:
        click.echo("\n".join(case_page(handbook.cases[name], config.lang)), nl=False)
        return
    words = [word for rule in rules for word in (rule.id, rule.name)] + list(handbook.cases)
    hint = did_you_mean(name, words) or "see 'appeal-lint rules' and 'appeal-lint cases'"
    raise AppealLintError(f"no rule or type of case {name!r}", hint=hint)


def case_page(playbook: Playbook, lang: str, width: int = 80) -> Iterator[str]:
    """The lines of a case type's page."""
    from appeal_lint.briefing import playbook_sections
    from appeal_lint.casetext import PLATFORMS
    from appeal_lint.pages import as_text

    names = ", ".join(PLATFORMS[platform] for platform in playbook.platforms)
    yield f"{playbook.id}: {playbook.title.get(lang)} ({names})"
    yield ""
    yield from as_text(list(playbook_sections(playbook, lang)), width)


def page(rule: Rule, lang: str, width: int = 80) -> Iterator[str]:
    """The lines of a rule's page."""
    from appeal_lint.texts import text

    level = text(f"severity.{rule.severity.label}", lang)
    yield f"{rule.id} {rule.name} ({level}, {rule.category.value})"
    yield ""
    for key, content in (
        ("explain.finds", rule.message.replace("{match}", "…")),
        ("explain.why", rule.why),
        ("explain.fix", rule.advice),
    ):
        yield text(key, lang)
        yield from wrap(content, width, "  ", "  ")
        yield ""
    for key, examples in (("explain.bad", rule.bad), ("explain.good", rule.good)):
        yield text(key, lang)
        for example in examples[:3]:
            yield from _example(example, width)
        yield ""
    if rule.sources:
        yield text("explain.sources", lang)
        for source in rule.sources:
            yield from wrap(source, width, "    ", "  - ")
        yield ""
    yield text("explain.file", lang, path=rule.path)


def _example(example: Example, width: int) -> Iterator[str]:
    lines = example.text.strip().splitlines()
    if len(lines) == 1:
        yield from wrap(lines[0], width, "    ", "  - ")
        return
    yield "  - " + lines[0]
    for line in lines[1:]:
        yield "    " + line if line else ""
