"""The published JSON Schemas are those that the program checks with."""

from __future__ import annotations

import jsonschema
import pytest
import yaml

from appeal_lint.rules.schema import published_rule_schema
from appeal_lint.schemas.__main__ import FOLDER, GENERATED, content
from tests.conftest import ROOT

RULES = sorted((ROOT / "rules" / "emotion").glob("*.yml"))


@pytest.mark.parametrize("name", GENERATED)
def test_generated_schemas_are_fresh(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == content(name)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_the_published_schema_accepts_the_rules(path: object) -> None:
    assert hasattr(path, "read_text")
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), published_rule_schema())
