"""What JSON Schema finds wrong with a file, told in plain English."""

import datetime
import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators

Found = tuple[tuple[str | int, ...], str]  # a path into the data, and the reason

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of named entries",
    "null": "nothing",
}


def schema_problems(data: Any, schema: dict) -> Iterator[Found]:
    """Every place where the data departs from the schema, with what was expected there."""
    for error in _Validator(schema).iter_errors(data):
        yield from _explain(error)


def _check_type(validator, types, instance, schema):
    """As JSON Schema's own, but a date is text only where the schema asks for a date."""
    names = [types] if isinstance(types, str) else types
    if isinstance(instance, datetime.date):
        if "string" not in names or schema.get("format") != "date":
            yield ValidationError("type")
    elif not any(validator.is_type(instance, name) for name in names):
        yield ValidationError("type")


def _check_format(validator, form, instance, schema):
    if form == "date" and isinstance(instance, str):
        yield ValidationError("format")
    elif form == "date-time" and isinstance(instance, str):
        try:
            moment = datetime.datetime.fromisoformat(instance)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            yield ValidationError("format")


def _check_pattern(validator, pattern, instance, schema):
    """As JSON Schema means it: `$` is the very end, not the end but for a line break."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError("pattern")


_Validator = validators.extend(
    Draft202012Validator, {"type": _check_type, "format": _check_format, "pattern": _check_pattern}
)


def _explain(error: ValidationError) -> Iterator[Found]:
    path = tuple(error.absolute_path)
    if error.validator in ("anyOf", "oneOf") and error.context:
        yield from _explain_choice(error, path)
    elif error.validator == "additionalProperties":
        yield from _explain_unknown(error, path)
    elif error.validator == "required":
        yield path, f"{_missing(error)} is missing."
    elif error.validator in _REASONS:
        yield path, _REASONS[error.validator](error)
    else:
        yield path, f"{_found(error.instance)} is not what is expected here."


def _explain_choice(error: ValidationError, path: tuple) -> Iterator[Found]:
    """Of several allowed shapes, explain the one the writer most likely meant."""
    if "x-expected" in error.schema:
        yield path, _expected_and_found(error)
        return
    branches = defaultdict(list)
    for cause in error.context:
        branches[cause.schema_path[0]].append(cause)
    meant = [b for b in branches.values() if not any(_is_wrong_kind(c, error) for c in b)]
    if meant:
        for cause in min(meant, key=len):
            yield from _explain(cause)
    else:
        shapes = [_expected(cause) for branch in branches.values() for cause in branch[:1]]
        yield path, f"expected {_either(shapes)}; found {_found(error.instance)}."


def _is_wrong_kind(cause: ValidationError, error: ValidationError) -> bool:
    at_the_top = len(cause.absolute_path) == len(error.absolute_path)
    one_step_in = len(cause.absolute_path) == len(error.absolute_path) + 1
    return (at_the_top and cause.validator in ("type", "format", "enum", "const")) or (
        one_step_in and cause.validator == "const"  # a branch chosen by, say, its `kind`
    )


def _explain_unknown(error: ValidationError, path: tuple) -> Iterator[Found]:
    known = sorted(error.schema.get("properties", {}))
    patterns = error.schema.get("patternProperties", {})
    for key in error.instance:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        near = difflib.get_close_matches(key, known, n=1)
        if near:
            hint = f"did you mean “{near[0]}”?"
        else:
            hint = f"known here: {', '.join(known)}." if known else "no other name fits here."
        yield (*path, key), f"“{_cut(key)}” is not known here; {hint}"


def _missing(error: ValidationError) -> str:
    """jsonschema yields one error for each missing name, but tells which only in its text."""
    return f"“{error.message.split(chr(39))[1]}”"


def _explain_type(error: ValidationError) -> str:
    types, instance = error.validator_value, error.instance
    hint = ""
    if "string" in types and isinstance(instance, (bool, int, float, datetime.date)):
        if error.schema.get("format") is None:
            hint = " Put it in quotes if it is meant as text."
    elif "boolean" in types and isinstance(instance, str):
        hint = " Write true or false, without quotes."
    elif ("integer" in types or "number" in types) and isinstance(instance, str):
        hint = " Write the figure alone, without quotes, commas or units."
    return f"{_expected_and_found(error)}{hint}"


def _explain_format(error: ValidationError) -> str:
    quoted_date = error.validator_value == "date" and _is_date(error.instance)
    hint = " Write it without quotes." if quoted_date else ""
    return f"{_expected_and_found(error)}{hint}"


def _is_date(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _expected(error: ValidationError) -> str:
    schema = error.schema if isinstance(error.schema, dict) else {}
    if "x-expected" in schema:
        return schema["x-expected"]
    if error.validator == "pattern":
        return "another way of writing"
    if error.validator == "const":
        return f"“{error.validator_value}”"
    if error.validator == "enum":
        return _either([f"“{value}”" for value in error.validator_value])
    if schema.get("format") == "date":
        return "a date such as 2016-08-31"
    if schema.get("format") == "date-time":
        return "a date and time such as 2016-08-31T09:30:00+01:00"
    types = schema.get("type", [])
    return _either([_KINDS[name] for name in ([types] if isinstance(types, str) else types)])


def _expected_and_found(error: ValidationError) -> str:
    return f"expected {_expected(error)}; found {_found(error.instance)}."


def _at_least(error: ValidationError) -> str:
    return f"expected {error.validator_value} or more; found {_found(error.instance)}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


_REASONS: dict[str, Callable[[ValidationError], str]] = {
    "type": _explain_type,
    "format": _explain_format,
    "enum": _expected_and_found,
    "const": _expected_and_found,
    "pattern": _expected_and_found,
    "minLength": lambda e: (
        "expected some text; found nothing."
        if not e.instance
        else f"this text is too short; write at least {e.validator_value} characters."
    ),
    "maxLength": lambda e: (
        f"this text has {len(e.instance):,} characters; at most {e.validator_value:,} are allowed."
    ),
    "minItems": lambda e: (
        f"this list needs at least {_count(e.validator_value, 'entry', 'entries')}; "
        f"it has {len(e.instance)}."
    ),
    "maxItems": lambda e: (
        f"this list has {len(e.instance):,} entries; at most {e.validator_value:,} are allowed."
    ),
    "minProperties": lambda e: (
        f"this needs at least {_count(e.validator_value, 'named entry', 'named entries')}."
    ),
    "maxProperties": lambda e: f"at most {e.validator_value:,} named entries are allowed here.",
    "uniqueItems": lambda e: "an entry stands in this list twice.",
    "minimum": _at_least,
    "maximum": lambda e: f"expected at most {e.validator_value}; found {_found(e.instance)}.",
    "exclusiveMinimum": lambda e: (
        f"expected more than {e.validator_value}; found {_found(e.instance)}."
    ),
    "dependentRequired": lambda e: f"{_missing(e)} is missing; it belongs to what stands here.",
    "not": lambda e: f"{_found(e.instance)} is not allowed here.",
}


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return f"the date {value.isoformat()}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"“{_cut(value)}”" if value.strip() else "an empty text"
    return _KINDS["array"] if isinstance(value, list) else _KINDS["object"]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def _either(words: list[str]) -> str:
    words = list(dict.fromkeys(words))
    return " or ".join([", ".join(words[:-1])] * (len(words) > 1) + words[-1:])
