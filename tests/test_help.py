"""Help, doctor and completion; every text of the interface in both languages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from appeal_lint.commands import cli
from appeal_lint.localhelp import fold, table, wanted_language
from appeal_lint.texts import catalogue
from tests.conftest import EXAMPLES, Run


def helps(command: click.Command, context: click.Context) -> Iterator[str]:
    if command.help:
        yield command.help
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            yield option.help
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from helps(inner, context)


def test_every_help_text_has_a_chinese_one() -> None:
    texts = {fold(text) for text in helps(cli, click.Context(cli))}
    assert len(texts) > 100
    chinese = table("zh")
    assert not texts - set(chinese)
    assert not set(chinese) - texts - {"Show this message and exit."}


def test_both_catalogues_have_the_same_keys_and_values() -> None:
    import string

    english, chinese = catalogue("en"), catalogue("zh")
    assert set(english) == set(chinese)

    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    differ = {k for k in english if names(english[k]) != names(chinese[k]) - {"count"} | (
        names(english[k]) & {"count"})}  # fmt: skip
    assert not {k for k in differ if not k.endswith((".one", ".many"))}


@pytest.mark.parametrize(
    ("arguments", "environ", "lang"),
    [
        (["--lang", "zh"], {}, "zh"),
        (["--lang=zh"], {"LANG": "en_GB.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"APPEAL_LINT_LANG": "zh"}, "zh"),
        ([], {}, "en"),
    ],
)
def test_the_language_of_the_interface(
    arguments: list[str], environ: dict[str, str], lang: str
) -> None:
    assert wanted_language(arguments, environ) == lang


def test_help_and_report_follow_the_locale(run: Run) -> None:
    chinese = run("similar", "--help", LANG="zh_CN.UTF-8", LC_ALL="", APPEAL_LINT_LANG="")
    assert "找出不同客户的信" in chinese.stdout
    assert "Find sentences" in run("similar", "--help", LC_ALL="C").stdout
    assert "读信并说明" in run("check", "--lang", "zh", "--help").stdout
    letter = EXAMPLES / "strong.txt"
    assert "申诉信的组成" in run(letter, LC_ALL="zh_CN.UTF-8").stdout
    assert "What the letter has" in run(letter, "--lang", "en", LC_ALL="zh_CN.UTF-8").stdout


def test_help_of_every_command_fits_the_screen(run: Run) -> None:
    for name in cli.list_commands(click.Context(cli)):
        shown = run(name, "--help", LC_ALL="C")
        assert shown.returncode == 0
        assert all(len(line) <= 80 for line in shown.stdout.splitlines()), name


def test_doctor(run: Run, tmp_path: Path) -> None:
    result = run("doctor")
    assert result.returncode == 0, result.stdout
    assert "rules" in result.stdout
    signs = {sign["name"]: sign["state"] for sign in json.loads(run("doctor", "--json").stdout)}
    assert {"model", "judgement", "harper", "rules"} <= {n for n, s in signs.items() if s == "ok"}
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "broken.yml").write_text("id: [\n", encoding="utf-8")
    broken = run("doctor", "--rule-folder", "mine")
    assert broken.returncode == 2
    assert "broken.yml" in broken.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(run: Run, shell: str) -> None:
    script = run("completion", shell).stdout
    assert "_APPEAL_LINT_COMPLETE" in script
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize(
    ("words", "at", "found"),
    [("appeal-lint ba", "1", "baseline"), ("appeal-lint check --out", "2", "--output-format")],
)
def test_completion_of_commands_and_options(run: Run, words: str, at: str, found: str) -> None:
    result = run(COMP_WORDS=words, COMP_CWORD=at, _APPEAL_LINT_COMPLETE="bash_complete")
    assert f"plain,{found}" in result.stdout
