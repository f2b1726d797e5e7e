"""`appeal-lint eval`: measure the rules on annotated drafts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from appeal_lint.evaluation.drafts import LABELS, SPLITS
from appeal_lint.evaluation.measure import DraftResult, Evaluation, evaluate
from appeal_lint.model import Severity
from appeal_lint.options import EngineOptions, engine_options
from appeal_lint.settings import Settings, load_rules, shared_options, split_words

_BY = ("label", "rule", "case", "platform", "background")
_LEVELS = [severity.label for severity in Severity]


@click.command("eval", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--split", type=click.Choice(SPLITS), help="Only this split of a corpus folder.")
@click.option("--by", type=click.Choice(_BY), multiple=True, help="What the tables are split by.")
@click.option(
    "--errors", is_flag=True, help="List the segments that tool and annotators see differently."
)
@click.option(
    "--severity",
    type=click.Choice(_LEVELS),
    default="warning",
    show_default=True,
    help="Lowest level of findings that counts.",
)
@click.option(
    "--clean",
    type=click.Path(exists=True, path_type=Path),
    help="A folder of texts that deserve no finding.",
)
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Without these rules.")
@click.option(
    "--output-format", "-f", type=click.Choice(["text", "json", "markdown"]), default="text"
)
@click.option(
    "--ratchet",
    type=click.Path(path_type=Path),
    help="Fail when a figure falls below this file's; the file is made when it is missing.",
)
@click.option("--today", metavar="YYYY-MM-DD", help="The day the letters are read on.")
@engine_options
@shared_options
@click.pass_context
def command(
    context: click.Context,
    path: Path,
    split: str | None,
    by: tuple[str, ...],
    errors: bool,
    severity: str,
    clean: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output_format: str,
    ratchet: Path | None,
    today: str | None,
    settings: Settings,
    engines: EngineOptions,
) -> None:
    """Compare the findings with annotated drafts: precision, recall, F1, parts, false alarms.

    PATH is a JSONL file of drafts, or a folder with train.jsonl, dev.jsonl and test.jsonl.
    """
    from appeal_lint.evaluation.drafts import load_drafts
    from appeal_lint.linter import Linter

    config = engines.apply(settings.at(Path()))
    config = config.with_values(
        select=split_words(select) or None, ignore=(*config.ignore, *split_words(ignore))
    )
    drafts = load_drafts(path, split)
    texts = (
        [file.read_text(encoding="utf-8") for file in sorted(clean.glob("*.txt"))] if clean else []
    )
    day = date.fromisoformat(today) if today else date.today()
    linter = Linter(load_rules(config), replace(config), day)
    result = evaluate(drafts, linter.lint, level=Severity.parse(severity), clean=texts)
    chosen = by or ("label",)
    if output_format == "json":
        click.echo(json.dumps(figures(result, chosen, errors), indent=2, ensure_ascii=False))
    else:
        tables = render(result, chosen, errors, markdown=output_format == "markdown")
        click.echo("\n".join(tables))
    if ratchet is not None:
        context.exit(int(not _hold(result, ratchet)))


# -- figures ------------------------------------------------------------------------------


def figures(result: Evaluation, by: tuple[str, ...], errors: bool) -> dict[str, Any]:
    """All figures as JSON-able data; shares are between 0 and 1."""
    data: dict[str, Any] = {
        "drafts": len(result.results),
        "strong": result.strong,
        "macro_f1": round(result.macro_f1, 4),
        "macro_f1_interval": [round(value, 4) for value in result.macro_interval],
        "parts_accuracy": round(result.parts_accuracy, 4),
        "sentence_part_accuracy": round(result.sentence_accuracy, 4),
        "findings_per_strong_letter": round(result.alarms_per_strong, 4),
        "labels": {},
    }
    for label in LABELS:
        score = result.score(label)
        data["labels"][label] = {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "f1_interval": [round(value, 4) for value in result.label_interval(label)],
            "segments": score.hits + score.missed,
        }
    if "rule" in by:
        data["rules"] = {
            rule: {
                "hits": score.hits,
                "right": score.right,
                "on_clean": score.on_clean,
                "per_10000_clean_words": round(
                    1e4 * score.on_clean / max(1, result.clean_words), 2
                ),
            }
            for rule, score in result.rules.items()
        }
    for key in ("case", "platform", "background"):
        if key in by:
            data[key] = {name: figures(group, (), False) for name, group in _groups(result, key)}
    if errors:
        data["errors"] = [
            {
                "draft": e.draft,
                "kind": e.kind,
                "label": e.label,
                "text": e.text,
                "rules": list(e.rules),
            }
            for each in result.results
            for e in each.errors
        ]
    return data


_KEYS: dict[str, Callable[[DraftResult], str]] = {
    "case": lambda result: result.draft.case_type,
    "platform": lambda result: result.draft.platform,
    "background": lambda result: str(result.draft.more.get("english", "unknown")),
}


def _groups(result: Evaluation, key: str) -> Iterator[tuple[str, Evaluation]]:
    groups: dict[str, list[DraftResult]] = {}
    for each in result.results:
        groups.setdefault(_KEYS[key](each), []).append(each)
    for name in sorted(groups):
        yield name, Evaluation(tuple(groups[name]))


# -- tables -------------------------------------------------------------------------------


def render(
    result: Evaluation, by: tuple[str, ...], errors: bool, *, markdown: bool
) -> Iterator[str]:
    """The figures as tables."""
    yield (
        f"{len(result.results)} drafts, {result.strong} of them strong; macro F1 "
        f"{result.macro_f1:.3f} ({_range(result.macro_interval)})"
    )
    yield (
        f"parts right {100 * result.parts_accuracy:.1f} %, part of the segment right "
        f"{100 * result.sentence_accuracy:.1f} %, findings per strong letter "
        f"{result.alarms_per_strong:.2f}"
    )
    if "label" in by:
        rows = [["label", "precision", "recall", "F1", "95 %", "segments"]]
        for label in LABELS:
            score = result.score(label)
            rows.append(
                [label, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}",
                 _range(result.label_interval(label)), str(score.hits + score.missed)]
            )  # fmt: skip
        yield from ["", *_table(rows, markdown)]
    if "rule" in by:
        rows = [["rule", "hits", "right", "precision", "on clean", "per 10,000 clean words"]]
        for rule, rule_score in result.rules.items():
            share = f"{rule_score.right / rule_score.hits:.2f}" if rule_score.hits else "-"
            per = f"{1e4 * rule_score.on_clean / max(1, result.clean_words):.2f}"
            rows.append(
                [
                    rule,
                    str(rule_score.hits),
                    str(rule_score.right),
                    share,
                    str(rule_score.on_clean),
                    per,
                ]
            )
        yield from ["", *_table(rows, markdown)]
    for key in ("case", "platform", "background"):
        if key in by:
            rows = [[key, "drafts", "macro F1", "parts right", "findings per strong letter"]]
            for name, group in _groups(result, key):
                rows.append(
                    [name, str(len(group.results)), f"{group.macro_f1:.3f}",
                     f"{100 * group.parts_accuracy:.1f} %",
                     f"{group.alarms_per_strong:.2f}" if group.strong else "-"]
                )  # fmt: skip
            yield from ["", *_table(rows, markdown)]
    if errors:
        yield ""
        for each in result.results:
            for error in each.errors:
                rules = f" ({', '.join(error.rules)})" if error.rules else ""
                words = " ".join(error.text.split())
                yield f"{error.draft}: {error.kind} {error.label}{rules}: {words}"


def _range(interval: tuple[float, float]) -> str:
    return f"{interval[0]:.2f}-{interval[1]:.2f}"


def _table(rows: list[list[str]], markdown: bool) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths)]
        yield "| " + " | ".join(cells) + " |" if markdown else "  ".join(cells).rstrip()
        if number == 0 and markdown:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


# -- ratchet ------------------------------------------------------------------------------

_SLACK = 0.0005


def _hold(result: Evaluation, path: Path) -> bool:
    """Whether every recorded figure is reached; the first run records them."""
    now = {
        "macro_f1": round(result.macro_f1, 4),
        "parts_accuracy": round(result.parts_accuracy, 4),
        "findings_per_strong_letter": round(result.alarms_per_strong, 4),
        **{f"f1_{label}": round(result.score(label).f1, 4) for label in LABELS},
    }
    if not path.exists():
        from appeal_lint.files import write_atomic

        write_atomic(path, (json.dumps(now, indent=2) + "\n").encode())
        return True
    good = True
    for name, recorded in json.loads(path.read_text(encoding="utf-8")).items():
        fewer_is_better = name == "findings_per_strong_letter"
        worse = now[name] - recorded if fewer_is_better else recorded - now[name]
        if worse > _SLACK:
            click.echo(f"{path}: {name} was {recorded} and is {now[name]}", err=True)
            good = False
    return good
