"""Entry point of the command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; ends the process with exit code 0, 1, 2 or 130."""
    from appeal_lint.commands import cli

    # Letters and reports hold any script; a terminal that cannot show one must not end the run.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli(prog_name="appeal-lint")


if __name__ == "__main__":
    main()
