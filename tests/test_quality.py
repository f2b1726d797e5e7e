"""The code itself, and the promises of the README."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import tomllib

from tests.conftest import ROOT


@pytest.mark.parametrize(
    "tool",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
    ],
    ids=" ".join,
)
def test_static_checks(tool: tuple[str, ...]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_readme_names_files_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("examples/blame.txt", "examples/begging.md", "docs/writing-rules.md", "NOTICE"):
        assert name in readme
        assert (ROOT / name).exists()


def test_wheel_holds_rules_and_pipeline(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)],
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    import zipfile

    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"appeal_lint/data/{p.relative_to(ROOT)}" for p in (ROOT / "rules").rglob("*.yml")}
    assert rules <= names
    assert "appeal_lint/pipeline/en_appeal/config.cfg" in names
    assert "appeal_lint/py.typed" in names
    assert not [name for name in names if name.startswith(("corpus", "tests"))]


def test_no_registry_hosts_or_machine_paths() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yml", ".toml", ".json", ".cfg", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            for word in ("files." + "pythonhosted", "pypi" + ".org", "/work" + "/", "/ro" + "ot/"):
                assert word not in text, (name, word)


def test_versions_agree() -> None:
    import appeal_lint

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == appeal_lint.__version__
