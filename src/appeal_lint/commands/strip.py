"""`appeal-lint strip`: the letter without the comments that speak to the linter."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from appeal_lint.document.directives import strip
from appeal_lint.errors import InputError
from appeal_lint.files import write_atomic
from appeal_lint.readers import editable
from appeal_lint.readers.decode import decoded


@click.command("strip", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--output-file",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write here, FILE itself included (default: standard output).",
)
@click.option("--encoding", help="Encoding of the letter, when it is guessed wrong.")
def command(file: Path, output_file: Path | None, encoding: str | None) -> None:
    """Print the letter without the lines and comments that speak to the linter.

    All other bytes stay as they are: encoding, line ends and what looks odd.
    """
    name = str(file)
    try:
        content = sys.stdin.buffer.read() if name == "-" else file.read_bytes()
    except OSError as problem:
        raise InputError(f"cannot be read: {problem.strerror}", path=name) from None
    if not editable(name if name != "-" else "stdin.txt"):
        raise InputError("only plain text and Markdown hold such comments", path=name)
    stripped = strip_bytes(content, name, encoding)
    if output_file is None:
        sys.stdout.buffer.write(stripped)
        return
    try:
        write_atomic(output_file, stripped)
    except OSError as problem:
        raise InputError(f"cannot be written: {problem.strerror}", path=str(output_file)) from None


def strip_bytes(content: bytes, name: str, encoding: str | None = None) -> bytes:
    """A letter's bytes without directives; raises InputError when they are no text."""
    try:
        source = decoded(content, encoding)
    except InputError as problem:
        raise InputError(problem.message, path=name, hint=problem.hint) from None
    text = strip(source.text)
    return content if text == source.text else source.encode(text)
