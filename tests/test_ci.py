"""The hook in real pre-commit, the steps of the Action as the shell runs them, the templates."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import EXAMPLES, ROOT, Run

BAD = "Dear Team,\n\nWe beg you to reinstate the store of [STORE NAME].\n"
NEVER = frozenset({"PYTHONPATH", "PRE_COMMIT_HOME", "GIT_DIR", "GIT_INDEX_FILE"})


def sh(*args: str | Path, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key not in NEVER}
    return subprocess.run(
        [str(arg) for arg in args],
        cwd=cwd,
        env={**env, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def pre_commit(*args: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return sh(sys.executable, "-m", "pre_commit", *args, cwd=cwd, **environ)


# -- pre-commit -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds what is in this checkout now, as pre-commit would clone it."""
    folder = tmp_path_factory.mktemp("hooks") / "appeal-lint"
    listed = sh("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).stdout.splitlines()
    needed = ("src/", "rules/", "presets/", "pyproject.toml", "README.md", "LICENSE", "NOTICE",
              ".pre-commit-hooks.yaml")  # fmt: skip
    for name in listed:
        if name.startswith(needed) and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    commit(folder, init=True)
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One pre-commit cache, so that the hook's environment is built once."""
    return tmp_path_factory.mktemp("pre-commit")


def commit(folder: Path, *, init: bool = False) -> subprocess.CompletedProcess[str]:
    if init:
        sh("git", "init", "-q", cwd=folder)
        sh("git", "config", "user.email", "a@example.com", cwd=folder)
        sh("git", "config", "user.name", "A", cwd=folder)
    sh("git", "add", "-A", cwd=folder)
    return sh("git", "commit", "-q", "-m", "x", cwd=folder)


@pytest.fixture
def repo(tmp_path: Path, hooks: Path, home: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    rev = sh("git", "rev-parse", "HEAD", cwd=hooks).stdout.strip()
    hook = {
        "repos": [
            {
                "repo": str(hooks),
                "rev": rev,
                "hooks": [
                    {
                        "id": "appeal-lint-fast",
                        "args": ["--fail-on", "warning"],
                        "files": "^drafts/",
                    }
                ],
            }
        ]
    }
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(hook), encoding="utf-8")
    commit(folder, init=True)
    (folder / "drafts").mkdir()
    installed = sh(
        sys.executable, "-m", "pre_commit", "install", cwd=folder, PRE_COMMIT_HOME=str(home)
    )
    assert installed.returncode == 0, installed.stderr
    return folder


def test_the_hook_refuses_a_bad_draft_and_lets_a_good_one_pass(repo: Path, home: Path) -> None:
    def try_commit() -> subprocess.CompletedProcess[str]:
        sh("git", "add", "-A", cwd=repo)
        return sh("git", "commit", "-m", "x", cwd=repo, PRE_COMMIT_HOME=str(home))

    draft = repo / "drafts" / "Frau Müller 信 1.txt"
    draft.write_text(BAD, encoding="utf-8")
    refused = try_commit()
    told = refused.stdout + refused.stderr
    assert refused.returncode == 1, told
    assert "EMO001 begging" in told
    assert "TPL011 placeholder" in told
    assert "Traceback" not in told

    draft.write_bytes((EXAMPLES / "strong.txt").read_bytes())
    passed = try_commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr

    # What is staged is linted, not what lies in the folder.
    sh("git", "add", "-A", cwd=repo)
    draft.write_text(draft.read_text(encoding="utf-8") + "\nPS: a line.\n", encoding="utf-8")
    sh("git", "add", "-A", cwd=repo)
    draft.write_text(BAD, encoding="utf-8")
    partly = sh("git", "commit", "-m", "x", cwd=repo, PRE_COMMIT_HOME=str(home))
    assert partly.returncode == 0, partly.stdout + partly.stderr
    assert draft.read_text(encoding="utf-8") == BAD

    # A notice is no letter, and files elsewhere are not looked at.
    draft.write_bytes((EXAMPLES / "strong.txt").read_bytes())
    (repo / "drafts" / "a.notice.txt").write_text(BAD, encoding="utf-8")
    (repo / "notes.txt").write_text(BAD, encoding="utf-8")
    other = try_commit()
    assert other.returncode == 0, other.stdout + other.stderr


def test_every_hook_runs_a_command_line_that_exists(run: Run) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["appeal-lint", "appeal-lint-fast", "appeal-lint-fix"]
    for hook in hooks:
        program, *args = shlex.split(hook["entry"])
        assert program == "appeal-lint"
        result = run(*args, EXAMPLES / "strong.txt")
        assert result.returncode == 0, result.stderr
        assert hook["require_serial"] is True


def test_without_models_nothing_heavy_is_loaded_and_it_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD, encoding="utf-8")
    result = run("a.txt", "--no-model", "--no-cache")
    assert "rules skipped: model" in result.stdout
    code = (
        "import sys; from appeal_lint.commands import cli\n"
        "try: cli(['a.txt', '--no-model', '--no-cache', '-f', 'none'], prog_name='appeal-lint')\n"
        "except SystemExit: pass\n"
        "print([name for name in ('spacy', 'numpy') if name in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip().endswith("[]"), loaded.stdout
    needed = run("a.txt", "--no-model", "--require", "model")
    assert needed.returncode == 2


def test_init_writes_a_hook_that_pre_commit_accepts(run: Run, tmp_path: Path) -> None:
    assert run("init").returncode == 0
    checked = sh(
        sys.executable,
        "-m",
        "pre_commit",
        "validate-config",
        ".pre-commit-config.yaml",
        cwd=tmp_path,
    )
    assert checked.returncode == 0, checked.stdout


# -- GitHub Action --------------------------------------------------------------------------------


def action() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return data


class Runner:
    """Runs steps of the Action with bash, as GitHub does, without installing anything."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        self.output.touch()
        bin_folder = folder / "temp" / "appeal-lint" / "bin"
        bin_folder.mkdir(parents=True)
        for name, target in (("appeal-lint", f'{sys.executable} -m appeal_lint "$@"'),):
            script = bin_folder / name
            script.write_text(f"#!/bin/sh\nexec {target}\n", encoding="utf-8")
            script.chmod(0o755)

    def lint(self, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
        defaults = {name: str(each.get("default", "")) for name, each in action()["inputs"].items()}
        values = {**defaults, **{key.replace("_", "-"): value for key, value in inputs.items()}}
        (step,) = [step for step in action()["runs"]["steps"] if step["id"] == "lint"]
        env = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text)
            for name, text in step["env"].items()
        }
        self.output.write_text("", encoding="utf-8")
        result = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={
                **os.environ,
                **env,
                "RUNNER_TEMP": str(self.folder / "temp"),
                "GITHUB_OUTPUT": str(self.output),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                "GITHUB_ACTIONS": "true",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        lines = self.output.read_text(encoding="utf-8").splitlines()
        return result, dict(line.split("=", 1) for line in lines)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_the_action_annotates_counts_and_fails(runner: Runner) -> None:
    (runner.folder / "a draft.txt").write_text(BAD, encoding="utf-8")
    (runner.folder / "b.txt").write_text(BAD, encoding="utf-8")
    result, outputs = runner.lint(src="b.txt", sarif_file="out.sarif", model="none")
    assert result.returncode == 1, result.stderr
    assert "::error file=b.txt" in result.stdout
    assert outputs["exit-code"] == "1"
    assert int(outputs["errors"]) >= 1
    assert (runner.folder / "out.sarif").is_file()
    assert (runner.folder / "summary.md").read_text(encoding="utf-8").startswith("### appeal-lint")
    result, outputs = runner.lint(src=".", fail_on="never", model="none")
    assert (result.returncode, outputs["exit-code"]) == (0, "0")


@pytest.mark.parametrize("name", ["src", "args", "config", "sarif_file", "fail_on", "redact"])
def test_no_input_of_the_action_is_run_as_code(runner: Runner, name: str) -> None:
    (runner.folder / "b.txt").write_text(BAD, encoding="utf-8")
    evil = '$(touch pwned) `touch pwned` "; touch pwned; #'
    runner.lint(**{"src": "b.txt", "model": "none", name: evil})
    assert not (runner.folder / "pwned").exists()


def test_no_step_mixes_inputs_into_its_script() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step["run"]


# -- templates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gitlab-ci.yml", "azure-pipelines.yml", "Jenkinsfile"])
def test_templates_run_a_command_line_that_exists(run: Run, tmp_path: Path, name: str) -> None:
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    if name.endswith(".yml"):
        assert yaml.safe_load(text)
    (line,) = re.findall(r"appeal-lint check [^\n']*", text)
    (tmp_path / "a.txt").write_text(BAD, encoding="utf-8")
    result = run(*shlex.split(line)[1:])
    assert result.returncode == 1, result.stderr
    for written in re.findall(r"--output-file=\w+:(\S+)", line):
        assert (tmp_path / written).stat().st_size > 0


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    import signal

    process = subprocess.Popen(
        [sys.executable, "-m", "appeal_lint", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What runs in the background of a shell ignores interrupts, and so would its children.
        preexec_fn=lambda: signal.signal(  # noqa: PLW1509
            signal.SIGINT, signal.default_int_handler
        ),
    )
    assert process.stdin is not None
    import time

    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in errors
