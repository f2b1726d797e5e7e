"""JSON Schemas of the files in a rule folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appeal_lint.errors import RuleError, did_you_mean
from appeal_lint.model import Category, Severity
from appeal_lint.rules.types import PREFIXES
from appeal_lint.rules.yaml import Located

PARTS = (
    "greeting", "heading", "problem", "actions", "prevention", "responsibility", "request",
    "outlook", "evidence", "closing", "other",
)  # fmt: skip
BLOCKS = (
    "subject", "salutation", "heading", "paragraph", "list_item", "table_row", "sign_off",
    "signature", "attachment",
)  # fmt: skip
FACTS = (
    "date", "count", "percent", "money", "order_id", "asin", "shipment_id", "document", "role",
    "frequency", "duration", "email", "url", "tool", "name", "reference",
)  # fmt: skip

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT, "minItems": 1}


def words_of(options: tuple[str, ...] | list[str]) -> dict[str, Any]:
    """Schema of a list that holds some of `options`."""
    return {"type": "array", "items": {"enum": list(options)}, "minItems": 1}


def closed(properties: Mapping[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """Schema of a mapping that allows no other key than `properties`."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


_EXAMPLE = {
    "anyOf": [
        TEXT,
        closed(
            dict.fromkeys(("text", "match", "fix", "notice", "case", "beside"), TEXT), ("text",)
        ),
    ]
}
_UNLESS = {
    "sentence": TEXTS,
    "around": TEXTS,
    "letter": TEXTS,
    "facts": words_of(FACTS),
    "facts-within": {"enum": ["sentence", "around", "block"]},
    "min-facts": {"type": "integer", "minimum": 1},
}
_KEEP_OR_SKIP = {"enum": ["keep", "skip"]}

RULE_KEYS: dict[str, Any] = {
    "id": {"type": "string", "pattern": f"^(?:{'|'.join(PREFIXES)})[0-9]{{3}}$"},
    "name": {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
    "category": {"enum": [category.value for category in Category]},
    "aliases": TEXTS,
    "severity": {"enum": [severity.label for severity in Severity]},
    "message": {"type": "string", "minLength": 1, "maxLength": 160},
    "why": TEXT,
    "advice": TEXT,
    "zh": closed(dict.fromkeys(("message", "why", "advice"), TEXT), ("message", "why", "advice")),
    "check": TEXT,
    "scope": closed(
        {
            "parts": words_of(PARTS),
            "not_parts": words_of(PARTS),
            "blocks": words_of(BLOCKS),
            "not_blocks": words_of(BLOCKS),
            "cases": TEXTS,
            "not_cases": TEXTS,
            "platforms": TEXTS,
            "tracks": TEXTS,
        }
    ),
    "unless": {"anyOf": [TEXTS, closed(_UNLESS)]},
    "budget": {"type": "integer", "minimum": 0},
    "negated": _KEEP_OR_SKIP,
    "quoted": _KEEP_OR_SKIP,
    "reported": _KEEP_OR_SKIP,
    "suggestions": {"type": "array", "items": {"type": "string"}, "minItems": 1},
    "fix": {"enum": ["safe", "unsafe", "none"]},
    "sources": TEXTS,
    "preview": {"type": "boolean"},
    "weighed": {"type": "boolean"},
    "final": {"enum": [severity.label for severity in Severity]},
    "examples": closed(
        {
            "bad": {"type": "array", "items": _EXAMPLE, "minItems": 3},
            "good": {"type": "array", "items": _EXAMPLE, "minItems": 3},
        },
        ("bad", "good"),
    ),
}
_REQUIRED = (
    "id", "name", "category", "severity", "message", "why", "advice", "zh", "check", "examples",
)  # fmt: skip

_PART = closed(
    {
        "part": {"enum": list(PARTS)},
        "headings": TEXTS,
        "cues": {
            "type": "array",
            "items": closed(
                {"weight": {"type": "number"}, "phrases": TEXTS}, ("weight", "phrases")
            ),
        },
        "proof": TEXTS,
        "tense": {"type": "object", "additionalProperties": {"type": "number"}},
    },
    ("part",),
)
_VOCABULARY = closed(
    {"name": TEXT, "source": TEXT, "words": {"type": "array", "minItems": 1}}, ("name", "words")
)
PLATFORMS = ("amazon", "ebay", "walmart", "tiktok", "etsy")
_FACT_KEYS: dict[str, Any] = {
    "source": TEXT,
    "checked": {"type": "string", "pattern": r"^\d{4}-\d{2}$"},
}
_WORDS = closed({"en": TEXT, "zh": TEXT}, ("en", "zh"))
_LINES = {"type": "array", "items": _WORDS, "minItems": 1}
_QUESTIONS = {
    "type": "array",
    "minItems": 1,
    "items": closed(
        {
            "en": TEXT,
            "zh": TEXT,
            "phrases": TEXTS,
            "facts": words_of(FACTS),
            "parts": words_of(PARTS),
        },
        ("en", "zh"),
    ),
}
_WEIGHTED = {
    "type": "array",
    "minItems": 1,
    "items": closed({"weight": {"type": "number"}, "phrases": TEXTS}, ("weight", "phrases")),
}
_DOCUMENT = closed(
    {
        "name": _WORDS,
        "phrases": TEXTS,
        "need": {"enum": ["required", "if-asked", "helpful"]},
        "max-age-days": {"type": "integer", "minimum": 1},
        "platforms": words_of(PLATFORMS),
        **_FACT_KEYS,
    },
    ("name", "phrases", "need", "source", "checked"),
)
_METRIC = closed(
    {
        "name": _WORDS,
        "phrases": TEXTS,
        "max": {"type": "number"},
        "min": {"type": "number"},
        "window": TEXT,
        "platforms": words_of(PLATFORMS),
        **_FACT_KEYS,
    },
    ("name", "phrases", "window", "platforms", "source", "checked"),
)
_CASE = closed(
    {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"},
        "title": _WORDS,
        "platforms": words_of(PLATFORMS),
        "level": words_of(("account", "listing", "function", "funds")),
        "precedence": {"type": "integer", "minimum": 0, "maximum": 100},
        "answer": {"enum": ["plan", "documents", "explanation", "form"]},
        "tracks": words_of(("plan", "dispute")),
        "parts": {"type": "array", "items": {"enum": list(PARTS)}, "minItems": 1},
        "cues": closed({"notice": _WEIGHTED, "draft": _WEIGHTED}, ("notice", "draft")),
        "wants": _LINES,
        "questions": _QUESTIONS,
        "documents": {"type": "array", "items": _DOCUMENT},
        "metrics": {"type": "array", "items": _METRIC},
        "facts": words_of(FACTS),
        "relevant": TEXTS,
        "irrelevant": TEXTS,
        "root-causes": _LINES,
        "never-say": {
            "type": "array",
            "items": closed(
                {"phrases": TEXTS, "why": _WORDS},
                ("phrases", "why"),
            ),
        },
        "mistakes": _LINES,
        "sources": TEXTS,
    },
    ("id", "title", "platforms", "level", "answer", "tracks", "parts", "cues", "wants", "questions",
     "root-causes", "mistakes"),
)  # fmt: skip
_TOPIC = closed(
    {"id": TEXT, "title": _WORDS, "cues": _WEIGHTED},
    ("id", "title", "cues"),
)
_DOCUMENT_KIND = closed(
    {"id": TEXT, "title": _WORDS, "phrases": TEXTS, "accepts": TEXTS}, ("id", "title", "phrases")
)
_PHRASES = closed({"phrases": TEXTS}, ("phrases",))
_PLATFORM = closed(
    {
        "id": {"enum": list(PLATFORMS)},
        "title": TEXT,
        "names": _PHRASES,
        "own-terms": _PHRASES,
        "hints": _PHRASES,
    },
    ("id", "title", "names"),
)
OTHER_SCHEMAS: dict[str, dict[str, Any]] = {
    "parts": _PART,
    "vocabulary": _VOCABULARY,
    "cases": _CASE,
    "topics": _TOPIC,
    "documents": _DOCUMENT_KIND,
    "platforms": _PLATFORM,
    "tracks": closed({"id": TEXT, "title": _WORDS, "phrases": TEXTS}, ("id", "title", "phrases")),
}


def rule_schema(check: str) -> dict[str, Any]:
    """Schema of a rule whose check kind is `check`."""
    from appeal_lint.checks import check_module

    module = check_module(check)
    return closed({**RULE_KEYS, **module.OPTIONS}, (*_REQUIRED, *module.REQUIRED))


def schema_for(top: str, source: Located) -> tuple[str, dict[str, Any]]:
    """Which kind of file this is, and its schema; raises RuleError for an unknown check."""
    from appeal_lint.checks import check_names

    if not isinstance(source.data, dict):
        raise RuleError("expected a mapping of keys to values", path=source.path, line=1)
    if top in OTHER_SCHEMAS:
        return top, OTHER_SCHEMAS[top]
    check = source.data.get("check")
    if check is None:
        raise source.error("'check' is missing")
    if check not in check_names():
        hint = did_you_mean(str(check), check_names()) or "one of: " + ", ".join(check_names())
        raise source.error(f"there is no check kind {check!r}", ("check",), hint)
    return "rule", rule_schema(check)


def published_rule_schema() -> dict[str, Any]:
    """One JSON Schema for editors: the common keys, and per check kind its own keys."""
    from appeal_lint.checks import check_names

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of appeal-lint",
        "type": "object",
        "properties": {**RULE_KEYS, "check": {"enum": list(check_names())}},
        "required": list(_REQUIRED),
        "allOf": [
            {
                "if": {"properties": {"check": {"const": name}}},
                "then": {**rule_schema(name), "properties": rule_schema(name)["properties"]},
            }
            for name in check_names()
        ],
    }
