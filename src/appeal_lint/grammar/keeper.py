"""Runs a command until standard input closes: a server ends with its parent, however that ends."""

from __future__ import annotations

import subprocess
import sys
from threading import Thread


def main(command: list[str]) -> int:
    """Run the command; its exit code, or 0 when it was ended because input closed."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def wait_for_parent() -> None:
        sys.stdin.buffer.read()
        process.kill()

    Thread(target=wait_for_parent, daemon=True).start()
    return process.wait()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
