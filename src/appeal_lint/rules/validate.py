"""Check data against a JSON Schema and say what is wrong where, in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appeal_lint.errors import AppealLintError, did_you_mean
from appeal_lint.rules.yaml import Located, Path


def validate(source: Located, schema: Mapping[str, Any], error: type[AppealLintError]) -> None:
    """Raise `error` for the first place of `source` that the schema forbids."""
    from jsonschema import Draft202012Validator

    problems = sorted(
        Draft202012Validator(schema).iter_errors(source.data),
        # A mistyped key explains a missing one, so it comes first.
        key=lambda problem: (
            problem.validator != "additionalProperties",
            source.place(tuple(problem.absolute_path)),
        ),
    )
    if problems:
        raise describe(source, problems[0], error)


def describe(source: Located, problem: Any, error: type[AppealLintError]) -> AppealLintError:
    """The readable form of a jsonschema error."""
    where: Path = tuple(problem.absolute_path)
    key = ".".join(str(part) for part in where) or "the file"
    hint: str | None = None
    if problem.validator == "additionalProperties":
        known = list(problem.schema.get("properties", ()))
        unknown = next(name for name in problem.instance if name not in known)
        where = (*where, unknown)
        message = f"unknown key {unknown!r}"
        hint = did_you_mean(str(unknown), known)
    elif problem.validator == "required":
        missing = next(name for name in problem.validator_value if name not in problem.instance)
        message = f"{missing!r} is missing" + ("" if not problem.absolute_path else f" in {key}")
    elif problem.validator == "enum":
        message = f"{problem.instance!r} is not a value of {key}"
        options = [str(option) for option in problem.validator_value]
        hint = did_you_mean(str(problem.instance), options) or "one of: " + ", ".join(options)
    elif problem.validator == "type":
        message = f"{key} must be of type {_words(problem.validator_value)}"
    elif problem.validator == "minItems":
        count = problem.validator_value
        message = f"{key} needs at least {count} " + ("entry" if count == 1 else "entries")
    elif problem.validator == "pattern":
        message = f"{problem.instance!r} is not a valid {key}"
        hint = f"pattern: {problem.validator_value}"
    else:
        message = f"{key}: {problem.message}"
    named = problem.validator == "additionalProperties"
    line, column = source.key_place(where) if named else source.place(where)
    return error(message, path=source.path, line=line, column=column, hint=hint)


def _words(kind: str | list[str]) -> str:
    names = {"array": "list", "object": "mapping", "string": "text", "boolean": "true/false"}
    kinds = [kind] if isinstance(kind, str) else kind
    return " or ".join(names.get(each, each) for each in kinds)
