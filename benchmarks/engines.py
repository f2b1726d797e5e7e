"""What each grammar engine finds in annotated drafts, alone, beside our rules, and all together.

    python benchmarks/engines.py corpus/drafts --split dev --languagetool-jars FOLDER

Prints precision, recall and F1 of the label `english`, false alarms per strong letter, and the time
per letter after the first one. Without jars or URL the rows with LanguageTool are left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from appeal_lint.config import Config, LanguageToolSettings
from appeal_lint.evaluation.drafts import SPLITS, Draft, load_drafts
from appeal_lint.evaluation.measure import evaluate
from appeal_lint.linter import Linter
from appeal_lint.model import Category, Report
from appeal_lint.rules import Bundle, load_bundle


@dataclass(frozen=True)
class Row:
    """A set of engines and rules."""

    name: str
    config: Config


def rows(bundle: Bundle, server: LanguageToolSettings) -> Iterator[Row]:
    """The settings that are compared: the rules of English, or only those of one engine."""
    base = Config(select=("ENG",), languagetool=server)
    ours = replace(base, engines=("harper",))
    yield Row("default: rules, judgement, Harper", ours)
    yield Row("rules and Harper, no judgement", replace(ours, judgement=False))
    yield Row("Harper alone", _alone(bundle, ours, "harper"))
    if server.url or server.jars:
        yield Row("LanguageTool alone", _alone(bundle, base, "languagetool"))
        yield Row("all together", replace(base, engines=("harper", "languagetool")))


def _alone(bundle: Bundle, config: Config, engine: str) -> Config:
    rules = tuple(
        rule.id
        for rule in bundle.rules
        if rule.check == "grammar" and rule.options["engine"] == engine
    )
    return replace(config, select=rules, engines=(engine,), judgement=False)


def measured(row: Row, bundle: Bundle, drafts: list[Draft]) -> str:
    """One line of the table; raises when an engine did not run."""
    linter = Linter(bundle, row.config, date.today())
    linter.lint(drafts[0].text)
    spent = 0.0

    def lint(text: str, path: str, notice: str | None) -> Report:
        nonlocal spent
        start = time.perf_counter()
        report = linter.lint(text, path, notice)
        spent += time.perf_counter() - start
        problems = [f"{each.what} {each.reason}" for each in report.skipped if not each.off]
        if problems:
            raise click.ClickException("; ".join(problems))
        return report

    result = evaluate(drafts, lint)
    score = result.score("english")
    strong = [each.report for each in result.results if each.draft.strong]
    alarms = sum(
        finding.category is Category.ENGLISH and finding.severity.label != "info"
        for report in strong
        for finding in report.findings
    )
    return (
        f"{row.name:<34}{score.precision:>7.3f}{score.recall:>7.3f}{score.f1:>7.3f}"
        f"{alarms / max(1, len(strong)):>9.2f}{1000 * spent / len(drafts):>9.0f}"
    )


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--split", type=click.Choice(SPLITS))
@click.option("--languagetool-url", metavar="URL", envvar="APPEAL_LINT_LANGUAGETOOL_URL")
@click.option(
    "--languagetool-jars",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    envvar="APPEAL_LINT_LANGUAGETOOL_JARS",
)
def main(
    path: Path, split: str | None, languagetool_url: str | None, languagetool_jars: Path | None
) -> None:
    """Print the table."""
    drafts = list(load_drafts(path, split))
    bundle = load_bundle()
    server = LanguageToolSettings(languagetool_url, languagetool_jars, timeout=120)
    click.echo(f"{len(drafts)} drafts")
    click.echo(f"{'':<34}{'P':>7}{'R':>7}{'F1':>7}{'alarms':>9}{'ms':>9}")
    for row in rows(bundle, server):
        click.echo(measured(row, bundle, drafts))


if __name__ == "__main__":
    main()
