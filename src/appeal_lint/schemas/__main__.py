"""Write the generated schemas: python -m appeal_lint.schemas."""

from __future__ import annotations

import json
from pathlib import Path

from appeal_lint.config.keys import config_schema
from appeal_lint.rules.schema import published_rule_schema

FOLDER = Path(__file__).resolve().parent
GENERATED = {
    "rule.schema.json": published_rule_schema,
    "config.schema.json": config_schema,
}


def content(name: str) -> str:
    """The text that the schema file should have."""
    return json.dumps(GENERATED[name](), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for each in GENERATED:
        (FOLDER / each).write_text(content(each), encoding="utf-8")
