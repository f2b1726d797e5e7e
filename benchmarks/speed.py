"""Time the command against its peers, side by side in one run.

    pip install proselint
    python benchmarks/speed.py [--runs 10] [--many 1000]

Prints wall and CPU time (user and system, of the process and its children) of the fastest run:
that is what the machine needs when nothing else disturbs it. The ratio to proselint, measured in
the same minute, is what can be compared between machines. Harper is timed through its binding:
a new process that builds the linter and checks the same letter. Everything is started anew.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LETTER = ROOT / "examples" / "blame.txt"
HARPER = (
    "import harper, sys\n"
    "text = open(sys.argv[1], encoding='utf-8').read()\n"
    "harper.Linter(harper.Dialect.AMERICAN).organized_lints(text, language='plaintext')\n"
)


@dataclass(frozen=True)
class Time:
    """Seconds of the fastest run."""

    wall: float
    cpu: float


def timed(command: list[str], runs: int) -> Time:
    """The fastest of several runs; raises RuntimeError when the command cannot do its work."""
    walls, cpus = [], []
    for _ in range(runs):
        before, start = _cpu(), time.perf_counter()
        code = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        ).returncode
        walls.append(time.perf_counter() - start)
        cpus.append(_cpu() - before)
        if code not in (0, 1):
            raise RuntimeError(f"exit code {code}: {' '.join(command)}")
    return Time(min(walls), min(cpus))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=10)
    arguments.add_argument("--many", type=int, default=1000)
    options = arguments.parse_args()
    tool = [sys.executable, "-m", "appeal_lint", "--isolated", "--no-progress"]
    proselint = shutil.which("proselint", path=str(Path(sys.executable).parent))
    rows: list[tuple[str, Time]] = [
        ("python, nothing", timed([sys.executable, "-c", "pass"], options.runs))
    ]
    if proselint:
        rows.append(("proselint", timed([proselint, "check", str(LETTER)], options.runs)))
    rows.append(("harper", timed([sys.executable, "-c", HARPER, str(LETTER)], options.runs)))
    with tempfile.TemporaryDirectory() as folder:
        one = [*tool, "--cache-dir", folder, str(LETTER)]
        timed(one, 1)
        rows.append(("one letter, known", timed(one, options.runs)))
        fresh = timed([*one, "--no-cache"], max(1, options.runs // 3))
        rows.append(("one letter, new", fresh))
        letters = Path(folder) / "letters"
        letters.mkdir()
        text = LETTER.read_text(encoding="utf-8")
        for number in range(options.many):
            (letters / f"{number}.txt").write_text(f"{text}\nLetter {number}.\n", encoding="utf-8")
        many = [*tool, "--cache-dir", folder, str(letters)]
        timed(many, 1)
        rows.append((f"{options.many} letters, known", timed(many, 3)))
        concise = [*many, "-f", "concise"]
        rows.append((f"{options.many} letters, known, concise", timed(concise, 3)))
    base = dict(rows).get("proselint")
    for name, spent in rows:
        ratio = f"{spent.cpu / base.cpu:6.2f} x proselint" if base else ""
        print(f"{name:<32} {spent.wall:7.3f} s wall {spent.cpu:7.3f} s cpu {ratio}")


if __name__ == "__main__":
    main()
