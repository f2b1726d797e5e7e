"""`appeal-lint completion`: command completion for the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print a script that completes commands and options in a shell.

    \b
    bash:  eval "$(appeal-lint completion bash)"     in ~/.bashrc
    zsh:   eval "$(appeal-lint completion zsh)"      in ~/.zshrc
    fish:  appeal-lint completion fish | source      in config.fish
    """  # noqa: D301
    kind = get_completion_class(shell)
    assert kind is not None
    root = context.find_root()
    click.echo(kind(root.command, {}, "appeal-lint", "_APPEAL_LINT_COMPLETE").source())
