"""`appeal-lint fix`: short for `appeal-lint check --fix`."""

from __future__ import annotations

from typing import Any

import click

from appeal_lint.commands.check import command as check

_HELP = """Put certain suggestions into the letters; short for `check --fix`.

Only findings with one suggestion that changes no meaning are fixed. Each change is
proved by linting again: one that brings in a new finding is taken back. Encoding, line
ends and the file's mode stay. --diff shows the changes and writes nothing.
"""


def _fix(**values: Any) -> Any:
    return click.get_current_context().invoke(check, **{**values, "fix": True})


command = click.Command(
    "fix",
    params=[param for param in check.params if param.name != "fix"],
    callback=_fix,
    help=_HELP,
    context_settings=check.context_settings,
)
