"""Commands, one module each, found by name; `appeal-lint FILE` means `appeal-lint check FILE`."""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module
from typing import Any

import click

from appeal_lint import __version__
from appeal_lint.errors import AppealLintError, did_you_mean
from appeal_lint.localhelp import localised, wanted_language

_HELP = """Read a marketplace seller's appeal as the strictest reviewer would.

\b
  appeal-lint draft.txt              what to change, where, why and to what
  appeal-lint drafts/                every letter in a folder
  appeal-lint explain begging        more about one rule

`appeal-lint FILE` is short for `appeal-lint check FILE`; `appeal-lint check --help`
lists its options. Nothing leaves this computer.
"""


class _Commands(click.Group):
    """A group that imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return localised(command, wanted_language(sys.argv[1:]))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and not self._is_command(ctx, args[0]):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def _is_command(self, ctx: click.Context, word: str) -> bool:
        if word in ("--help", "-h", "--version", "-V"):
            return True
        commands = self.list_commands(ctx)
        if word in commands:
            return True
        if word.startswith("-") or os.path.exists(word) or "." in word or "/" in word:
            return False
        hint = did_you_mean(word, commands)
        if hint:
            raise AppealLintError(f"no such file or command: {word}", hint=hint)
        return False

    def main(self, *args: Any, **kwargs: Any) -> Any:
        localised(self, wanted_language(sys.argv[1:]))
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
            sys.exit(code if isinstance(code, int) else 0)
        except AppealLintError as problem:
            click.echo(f"error: {problem}", err=True)
            sys.exit(2)
        except click.ClickException as problem:
            problem.show()
            sys.exit(problem.exit_code)
        except click.Abort:
            sys.exit(130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)


@click.command(
    cls=_Commands,
    help=_HELP,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, "-V", "--version", message="appeal-lint %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """The command line; see _HELP."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(2)
