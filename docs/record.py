"""Run the commands of the recorded sessions again and write what they print.

python docs/record.py [NAME…]     record docs/sessions/NAME.txt anew (all of them by default)
python docs/record.py --check     fail when a command does not print what is recorded

A line with `$ ` is a command, `> ` goes on with it, `[exit N]` is an exit code that is not 0, and
everything else was printed. Each session starts in an empty folder; its commands run in bash, one
after the other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

SESSIONS = Path(__file__).resolve().parent / "sessions"
EXAMPLES = SESSIONS.parents[1] / "examples"


def commands_of(session: str) -> Iterator[str]:
    """The commands of a session, with the lines that go on."""
    command: list[str] = []
    for line in session.splitlines():
        if command and (line == ">" or line.startswith("> ")):
            command.append(line[2:])
            continue
        if command:
            yield "\n".join(command)
        command = [line[2:]] if line.startswith("$ ") else []
    if command:
        yield "\n".join(command)


def heading_of(session: str) -> list[str]:
    """The lines before the first command."""
    lines = session.splitlines()
    first = next((at for at, line in enumerate(lines) if line.startswith("$ ")), len(lines))
    return lines[:first]


def recorded(session: str) -> str:
    """The session as it runs now."""
    lines = heading_of(session)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "work"
        shutil.copytree(EXAMPLES, folder / "examples")
        environ = _environ(folder.parent)
        for command in commands_of(session):
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                check=False,
            )
            first, *rest = command.split("\n")
            lines += [f"$ {first}", *(f"> {line}".rstrip() for line in rest)]
            lines += [line.rstrip() for line in done.stdout.splitlines()]
            if done.returncode:
                lines.append(f"[exit {done.returncode}]")
    return "\n".join(lines) + "\n"


def _environ(home: Path) -> dict[str, str]:
    """No settings or name of the person who records; the program of this Python first."""
    kept = ("PYTHONPATH", "TMPDIR", "SYSTEMROOT", "APPEAL_LINT_CACHE_DIR")
    name = {"NAME": "Mei Lin", "EMAIL": "mei@agency.example", "DATE": "2026-05-20T09:00:00Z"}
    return {
        **{key: os.environ[key] for key in kept if key in os.environ},
        **{f"GIT_{who}_{key}": name[key] for who in ("AUTHOR", "COMMITTER") for key in name},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def main(arguments: Sequence[str]) -> int:
    """Record or compare the sessions that are named; the exit code."""
    check = "--check" in arguments
    names = [word for word in arguments if not word.startswith("-")]
    paths = [SESSIONS / f"{name}.txt" for name in names] or sorted(SESSIONS.glob("*.txt"))
    stale = 0
    for path in paths:
        old = path.read_text(encoding="utf-8")
        new = recorded(old)
        if new == old:
            continue
        stale += 1
        if check:
            print("\n".join(unified_diff(old.splitlines(), new.splitlines(), path.name, "now")))
        else:
            path.write_text(new, encoding="utf-8")
            print(f"recorded {path.name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
