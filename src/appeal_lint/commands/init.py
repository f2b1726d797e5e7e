"""`appeal-lint init`: a configuration, a hook and a workflow to start from."""

from __future__ import annotations

from pathlib import Path

import click

from appeal_lint import __version__
from appeal_lint.config.files import FILE_NAMES, PROJECT_FILE, find_configs, preset_file
from appeal_lint.errors import AppealLintError
from appeal_lint.files import write_atomic

_CONFIG = """\
# Settings of appeal-lint; 'appeal-lint config keys' lists all keys.
schema-version: 1
extends: {extends}

# Names of brands, stores and products, so that they are not taken for errors.
# vocabulary: [Lanhai, Glattwerk]

# Rules by id, name or category: off, info, warning or error.
# rules:
#   begging: error

# Other values for some letters.
# overrides:
#   - files: "disputes/*"
#     rules: {{missing-actions: off}}
"""
_HOOK = """\
repos:
  - repo: local
    hooks:
      - id: appeal-lint
        name: appeal-lint
        entry: appeal-lint check --force-exclude --no-progress
        language: python
        additional_dependencies: ["appeal-lint=={version}"]
        types_or: [plain-text, markdown]
        exclude: '(^|/)(requirements[^/]*|LICENSE|README|CHANGELOG)|\\.notice\\.(txt|md)$'
        require_serial: true
"""
_WORKFLOW = """\
name: letters
on: [push, pull_request]
permissions:
  contents: read
jobs:
  appeal-lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install "appeal-lint=={version}"
      - run: appeal-lint check --no-progress .
"""


@click.command("init", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--preset", multiple=True, metavar="NAME", help="What to build on (default: generic)."
)
@click.pass_context
def command(context: click.Context, folder: Path, preset: tuple[str, ...]) -> None:
    """Write a configuration, a pre-commit hook and a GitHub workflow into FOLDER.

    Files that are there already are left alone, and each line says what was done.
    """
    for name in preset:
        preset_file(name)
    names = ", ".join(f"preset:{name}" for name in preset or ("generic",))
    made = {
        FILE_NAMES[0]: _CONFIG.format(extends=f"[{names}]"),
        ".pre-commit-config.yaml": _HOOK.format(version=__version__),
        ".github/workflows/appeal-lint.yml": _WORKFLOW.format(version=__version__),
    }
    here = [path for path in find_configs(folder.resolve()) if path.parent == folder.resolve()]
    for name, content in made.items():
        path = folder / name
        if name == FILE_NAMES[0] and here:
            path = folder / here[0].name
        if path.exists():
            click.echo(f"left alone  {path}")
            if name == ".pre-commit-config.yaml":
                click.echo("\n# add this to it:\n" + content)
            continue
        try:
            write_atomic(path, content.encode(), mode=0o644)
        except OSError as problem:
            raise AppealLintError(
                f"cannot be written: {problem.strerror}", path=str(path)
            ) from None
        click.echo(f"wrote       {path}")
    if here and here[0].name != PROJECT_FILE and preset:
        click.echo(f"\n# add this to {here[0].name}:\nextends: [{names}]")
