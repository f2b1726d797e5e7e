from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(cache: Path, tmp_path: Path) -> Run:
    """Runs the command in an empty folder, as a user would."""

    def call(
        *args: str | Path, stdin: str | bytes | None = None, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "APPEAL_LINT_CACHE_DIR": str(cache), "COLUMNS": "80", **environ}
        data = stdin.encode() if isinstance(stdin, str) else stdin
        result = subprocess.run(
            [sys.executable, "-m", "appeal_lint", *map(str, args)],
            input=data,
            capture_output=True,
            env=env,
            cwd=tmp_path,
            check=False,
        )
        return subprocess.CompletedProcess(
            result.args, result.returncode, result.stdout.decode(), result.stderr.decode()
        )

    return call
