"""Write the pages that are made from the rules, the case types and the commands.

python docs/generate.py            write them
python docs/generate.py --check    fail when one is not as it would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from appeal_lint.briefing import playbook_sections
from appeal_lint.case import Handbook
from appeal_lint.casetext import PLATFORMS
from appeal_lint.commands import cli
from appeal_lint.pages import as_markdown, escape
from appeal_lint.rules import Bundle, Example, Rule, load_bundle

DOCS = Path(__file__).resolve().parent
_MADE = "<!-- made by docs/generate.py; change the rule, not this page -->"
_SCOPE = {
    "parts": "only in these parts of the letter",
    "not_parts": "not in these parts of the letter",
    "blocks": "only in these blocks",
    "not_blocks": "not in these blocks",
    "cases": "only in these types of case",
    "not_cases": "not in these types of case",
    "platforms": "only for these platforms",
    "tracks": "only on this track",
}


def pages() -> Mapping[str, str]:
    """All generated pages by their path below docs/."""
    bundle = load_bundle()
    made = {f"rules/{rule.id}-{rule.name}.md": rule_page(rule) for rule in bundle.rules}
    made["rules/README.md"] = rule_index(bundle)
    handbook = Handbook.of(bundle)
    for case in handbook.cases.values():
        title = f"{case.title.en} ({case.id})"
        names = ", ".join(PLATFORMS[name] for name in case.platforms)
        lines = [*as_markdown(title, list(playbook_sections(case, "en")))]
        made[f"cases/{case.id}.md"] = "\n".join([lines[0], "", f"{names}.", *lines[1:]]) + "\n"
    made["cases/README.md"] = "".join(
        [
            "# Types of case\n\n| type | what it is | platforms |\n| --- | --- | --- |\n",
            *(
                f"| [{case.id}]({case.id}.md) | {escape(case.title.en)} "
                f"| {', '.join(PLATFORMS[name] for name in case.platforms)} |\n"
                for _, case in sorted(handbook.cases.items())
            ),
        ]
    )
    made["commands.md"] = "\n".join(command_pages()) + "\n"
    return made


def rule_page(rule: Rule) -> str:
    """The page of one rule."""
    return "\n".join(_rule_lines(rule)).rstrip() + "\n"


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"# {rule.id} {rule.name}"
    yield ""
    yield _MADE
    yield ""
    yield f"Level {rule.severity.label}, category {rule.category.value}, check `{rule.check}`."
    for title, content in (
        ("What it finds", rule.message),
        ("Why reviewers mind", rule.why),
        ("How to fix", rule.advice),
    ):
        yield from ["", f"## {title}", "", escape(content)]
    yield from ["", "## Examples"]
    for title, examples in (("Found", rule.bad), ("Not found", rule.good)):
        yield from ["", f"{title}:", ""]
        for example in examples:
            yield from _example(example)
    yield from ["## Options", ""]
    yield "`severity`, `budget` and `fix`, as for every rule, and the keys of the check"
    yield f"`{rule.check}`; see [writing rules](../writing-rules.md)."
    limits = list(_limits(rule))
    if limits:
        yield from ["", "## Known limits", "", *limits]
    if rule.sources:
        yield from ["", "## Sources", "", *(f"- {escape(source)}" for source in rule.sources)]


def _example(example: Example) -> Iterator[str]:
    for kind in ("notice", "beside"):
        content = getattr(example, kind)
        if content:
            yield from [f"- {kind}:", "", *_quoted(content), ""]
    where = f" (case {example.case})" if example.case else ""
    yield from [f"- letter{where}:", "", *_quoted(example.text), ""]


def _quoted(text: str) -> Iterator[str]:
    yield "  ```text"
    yield from (f"  {line}".rstrip() for line in text.strip().splitlines())
    yield "  ```"


def _limits(rule: Rule) -> Iterator[str]:
    for key, words in _SCOPE.items():
        values = getattr(rule.scope, key)
        if values:
            yield f"- It looks {words}: {', '.join(values)}."
    if rule.budget:
        yield f"- The first {rule.budget} in a letter are fine."
    if rule.unless.sentence or rule.unless.around or rule.unless.letter or rule.unless.facts:
        yield "- It is silent beside certain words or facts: `unless` in the rule's file."
    for key, meaning in (
        ("quoted", "in quotation marks"),
        ("negated", "after a negation"),
        ("reported", "told as another's words"),
    ):
        if getattr(rule, key) == "skip":
            yield f"- A match {meaning} is no finding."


def rule_index(bundle: Bundle) -> str:
    """The list of all rules by category."""
    lines = ["# Rules", "", _MADE, ""]
    categories = sorted({rule.category.value for rule in bundle.rules})
    for category in categories:
        lines += [
            f"## {category}",
            "",
            "| id | name | level | finds |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| [{rule.id}]({rule.id}-{rule.name}.md) | {rule.name} | {rule.severity.label} "
            f"| {escape(rule.message)} |"
            for rule in bundle.rules
            if rule.category.value == category
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def command_pages() -> Iterator[str]:
    """The help of every command, as on a terminal of 80 columns."""
    yield from ["# Commands", "", _MADE.replace("rule", "command")]
    root = click.Context(cli, info_name="appeal-lint", max_content_width=80, terminal_width=80)
    yield from _help(cli, root)


def _help(command: click.Command, context: click.Context) -> Iterator[str]:
    yield from ["", f"## {context.command_path}", "", "```text"]
    yield from (line.rstrip() for line in command.get_help(context).splitlines())
    yield "```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _help(
                inner, click.Context(inner, context, name, max_content_width=80, terminal_width=80)
            )


def stale(made: Mapping[str, str]) -> list[str]:
    """Pages that are missing, not as they would be written, or no longer made."""
    wrong = [
        name
        for name, text in made.items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    there = {
        path.relative_to(DOCS).as_posix()
        for folder in ("rules", "cases")
        for path in (DOCS / folder).glob("*.md")
    }
    return sorted([*wrong, *(there - set(made))])


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    made = pages()
    if "--check" in arguments:
        for name in stale(made):
            print(f"stale: docs/{name}")
        return int(bool(stale(made)))
    for name in stale(made):
        path = DOCS / name
        if name not in made:
            path.unlink()
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_text(made[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
