"""Configuration through the command line: where settings are found and which of them count."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.conftest import EXAMPLES, ROOT, Run

PRESETS = sorted((ROOT / "presets").glob("*.yml"))
LETTER = (EXAMPLES / "blame.txt").read_text(encoding="utf-8") + "\nWe beg you to forgive us.\n"


def write(folder: Path, **files: str) -> None:
    """Write files; in a name `__` is a slash and `_` a dot."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def found(run: Run, *args: str, **environ: str) -> dict[str, set[str]]:
    """The rules that find something, by path."""
    result = run(*args, "--output-format", "json", "--severity", "info", **environ)
    report = json.loads(result.stdout)
    return {
        file["path"].replace("\\", "/"): {finding["rule"] for finding in file["findings"]}
        for file in report["files"]
    }


def test_each_client_folder_has_its_own_settings(run: Run, tmp_path: Path) -> None:
    write(tmp_path, a__draft_txt=LETTER, b__draft_txt=LETTER)
    (tmp_path / "a" / "appeal-lint.yml").write_text("ignore: [EMO]\n")
    (tmp_path / "b" / "appeal-lint.yml").write_text("rules: {begging: error}\nfail-on: error\n")
    result = found(run, "a/draft.txt", "b/draft.txt")
    assert "EMO001" not in result["a/draft.txt"]
    assert "EMO001" in result["b/draft.txt"]
    assert found(run, ".") == result


def test_fail_on_and_severity_are_those_of_the_letter(run: Run, tmp_path: Path) -> None:
    write(tmp_path, a__draft_txt=LETTER, b__draft_txt=LETTER)
    (tmp_path / "a" / "appeal-lint.yml").write_text("select: [begging]\nfail-on: never\n")
    (tmp_path / "b" / "appeal-lint.yml").write_text(
        "select: [begging]\nfail-on: warning\nseverity: error\n"
    )
    assert run("a").returncode == 0
    both = run("a", "b", "-f", "concise")
    assert both.returncode == 1
    assert both.stdout.count("EMO001") == 1


def test_two_files_in_one_folder_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "appeal-lint.yml").write_text("platform: ebay\n")
    (tmp_path / ".appeal-lint.yaml").write_text("platform: etsy\n")
    result = run("config", "show")
    assert "platform: ebay" in result.stdout
    assert "warning: appeal-lint.yml is used; .appeal-lint.yaml beside it is not" in result.stderr


def test_the_users_file_is_only_a_fall_back(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "appeal-lint").mkdir(parents=True)
    (home / "appeal-lint" / "config.yml").write_text("platform: etsy\ndialect: british\n")
    environ = {"XDG_CONFIG_HOME": str(home)}
    assert "platform: etsy" in run("config", "show", **environ).stdout
    assert "etsy" not in run("config", "show", "--no-user-config", **environ).stdout
    assert "etsy" not in run("config", "show", "--isolated", **environ).stdout
    (tmp_path / "appeal-lint.yml").write_text("platform: ebay\n")
    shown = run("config", "show", **environ).stdout
    assert "platform: ebay" in shown
    assert "british" not in shown


def test_order_of_sources(run: Run, tmp_path: Path) -> None:
    def origin(*args: str, **environ: str) -> str:
        lines = run("config", "show", "--origin", *args, **environ).stdout.splitlines()
        return " ".join(next(line for line in lines if line.startswith("severity")).split())

    (tmp_path / "appeal-lint.yml").write_text("extends: preset:strict\n")
    assert origin() == "severity: info # preset:strict:5:1"
    (tmp_path / "appeal-lint.yml").write_text("extends: preset:strict\nseverity: warning\n")
    assert origin("--preset", "strict") == "severity: warning # appeal-lint.yml:2:1"
    environ = {"APPEAL_LINT_SEVERITY": "error"}
    assert origin(**environ) == "severity: error # APPEAL_LINT_SEVERITY"
    assert "--config severity=info" in origin("--config", "severity=info", **environ)


def test_extends_joins_lists_and_the_nearer_file_wins(run: Run, tmp_path: Path) -> None:
    write(tmp_path, agency_yml="vocabulary: [Lanhai]\nplatform: ebay\nrules: {EMO: off}\n")
    (tmp_path / "appeal-lint.yml").write_text(
        "extends: [preset:strict, ./agency.yml]\nvocabulary: [Glattwerk]\nplatform: etsy\n"
    )
    shown = yaml.safe_load(run("config", "show").stdout)
    assert shown["vocabulary"] == ["Lanhai", "Glattwerk"]
    assert shown["platform"] == "etsy"
    assert shown["severity"] == "info"
    assert shown["rules"] == {"EMO": False}


def test_extends_an_installed_package_without_running_it(run: Run, tmp_path: Path) -> None:
    style = tmp_path / "site" / "our_style"
    style.mkdir(parents=True)
    (style / "__init__.py").write_text("raise SystemExit('was run')\n")
    (style / "appeal-lint.yml").write_text("severity: error\n")
    (style / "mild.yml").write_text("fail-on: never\n")
    (tmp_path / "appeal-lint.yml").write_text(
        "extends: [package:our_style, package:our_style/mild.yml]\n"
    )
    path = f"{tmp_path / 'site'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    result = run("config", "show", PYTHONPATH=path)
    shown = yaml.safe_load(result.stdout)
    assert (shown["severity"], shown["fail-on"], result.stderr) == ("error", "never", "")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("extends: package:no_style\n", "a.yml:1:10: no package 'no_style' is installed"),
        ("extends: package:yaml/x.yml\n", "a.yml:1:10: package 'yaml' has no file x.yml"),
        ("extends: ./a.yml\n", "a.yml:1:10: ./a.yml extends itself"),
        ("extends: [./none.yml]\n", "a.yml:1:11: no such file: ./none.yml"),
        ("extends: preset:ebai\n", "a.yml:1:10: no preset 'ebai' (did you mean 'ebay'?)"),
        ("ignroe: [EMO]\n", "a.yml:1:1: unknown key 'ignroe' (did you mean 'ignore'?)"),
        ("severity: eror\n", "a.yml:1:11: 'eror' is not a value of severity"),
        ("rules:\n  beging: off\n", "a.yml:2:3: rules: no rule 'beging' (did you mean 'begging'?)"),
        ("ignore:\n  - EMO\n  - EMO9\n", "a.yml:3:5: ignore: no rule 'EMO9'"),
        ("overrides:\n  - files: x\n    lang: zh\n", "a.yml:3:5: unknown key 'lang'"),
    ],
)
def test_mistakes_are_told_with_their_place(
    run: Run, tmp_path: Path, content: str, message: str
) -> None:
    (tmp_path / "a.yml").write_text(content)
    result = run(EXAMPLES / "strong.txt", "--config", "a.yml")
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_cycle_of_two_files(run: Run, tmp_path: Path) -> None:
    write(tmp_path, a_yml="extends: b.yml\n", b_yml="platform: ebay\nextends: [a.yml]\n")
    result = run("config", "show", "--config", "a.yml")
    assert result.returncode == 2
    assert "b.yml:2:11: a.yml extends itself" in result.stderr


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"APPEAL_LINT_SEVERITY": "lots"}, "APPEAL_LINT_SEVERITY: 'lots' is not a value"),
        ({"APPEAL_LINT_LANG": "fr"}, "APPEAL_LINT_LANG: 'fr' is not a value of lang"),
        ({"APPEAL_LINT_PRESET": "none"}, "no preset 'none'"),
        ({"APPEAL_LINT_CONFIG": "none.yml"}, "none.yml: no such file"),
        ({"APPEAL_LINT_SELECT": "EMO,NIX"}, "APPEAL_LINT_SELECT: select: no rule 'NIX'"),
    ],
)
def test_mistakes_in_the_environment(run: Run, environ: dict[str, str], message: str) -> None:
    result = run(EXAMPLES / "strong.txt", **environ)
    assert result.returncode == 2
    assert message in result.stderr


def test_overrides_by_glob(run: Run, tmp_path: Path) -> None:
    write(tmp_path, disputes__x_txt=LETTER, y_txt=LETTER)
    (tmp_path / "appeal-lint.yml").write_text(
        "overrides:\n  - files: disputes/*\n    ignore: [EMO]\n"
        "  - files: ['y.*']\n    rules: {BLA: off}\n"
    )
    result = found(run, "disputes", "y.txt")
    assert "EMO001" not in result["disputes/x.txt"]
    assert "BLA002" in result["disputes/x.txt"]
    assert "EMO001" in result["y.txt"]
    assert "BLA002" not in result["y.txt"]


def test_extend_select_wins_over_a_wider_ignore(run: Run, tmp_path: Path) -> None:
    write(tmp_path, draft_txt=LETTER)
    found_rules = found(run, "draft.txt", "--ignore", "emotion", "--extend-select", "EMO001")
    assert "EMO001" in found_rules["draft.txt"]
    found_rules = found(run, "draft.txt", "--ignore", "EMO001", "--extend-select", "EMO")
    assert "EMO001" not in found_rules["draft.txt"]
    only = found(run, "draft.txt", "--select", "begging", "--extend-select", "BLA002")
    assert only["draft.txt"] == {"EMO001", "BLA002"}


def test_the_closest_word_decides_on_a_rule(run: Run, tmp_path: Path) -> None:
    write(tmp_path, draft_txt=LETTER)
    (tmp_path / "appeal-lint.yml").write_text("rules: {begging: info, emotion: error}\n")
    report = json.loads(run("draft.txt", "-f", "json", "--severity", "info", "--no-model").stdout)
    levels = {f["rule"]: f["severity"] for f in report["files"][0]["findings"]}
    assert levels["EMO001"] == "info"


def test_pyproject_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.appeal-lint]\nplatfrm = "ebay"\n')
    result = run("config", "show")
    assert "pyproject.toml:2:1: unknown key 'platfrm' (did you mean 'platform'?)" in result.stderr


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_every_preset_is_valid_and_changes_something(run: Run, path: Path) -> None:
    schema = json.loads(run("config", "schema").stdout)
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)
    result = run("rules", "--preset", path.stem)
    assert (result.returncode, result.stderr) == (0, "")
    assert f"preset:{path.stem}" in run("config", "show", "--origin", "--preset", path.stem).stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_key_is_told(run: Run, lang: str) -> None:
    names = json.loads(run("config", "schema").stdout)["properties"]
    listed = run("config", "keys", "--lang", lang).stdout
    assert [name for name in names if f"\n{name} " not in f"\n{listed}"] == []
    assert max(map(len, listed.splitlines())) <= 80
    one = run("config", "keys", "fail-on", "--lang", lang).stdout
    assert "APPEAL_LINT_FAIL_ON" in one
    assert "never" in one
    assert "did you mean 'severity'?" in run("config", "keys", "severty").stderr


def test_init_writes_once_and_never_over(run: Run, tmp_path: Path) -> None:
    first = run("init", "--preset", "amazon-poa")
    assert first.returncode == 0
    names = ["appeal-lint.yml", ".pre-commit-config.yaml", ".github/workflows/appeal-lint.yml"]
    assert [line.split()[-1] for line in first.stdout.splitlines()] == names
    before = {name: (tmp_path / name).read_bytes() for name in names}
    for content in before.values():
        assert yaml.safe_load(content)
    assert "preset:amazon-poa" in run("config", "show", "--origin").stdout
    second = run("init", "--preset", "ebay")
    assert second.stdout.count("left alone") == 3
    assert {name: (tmp_path / name).read_bytes() for name in names} == before
    assert run("init", "elsewhere", "--preset", "nix").returncode == 2
    assert not (tmp_path / "elsewhere").exists()
