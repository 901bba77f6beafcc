"""Filling in the templates of `native.yaml`: a small language, told at the head of that file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def fill(template: Any, values: Any) -> Any:
    """`template` with the values of an answer in their places; a field without a value is left out."""
    if isinstance(template, str):
        return _look_up(values, template[1:].split(".")) if template.startswith("$") else template
    if not isinstance(template, Mapping):
        return template
    for name, operation in _OPERATIONS.items():
        if name in template:
            return operation(template, values)
    filled = {name: fill(part, values) for name, part in template.items()}
    return {name: value for name, value in filled.items() if value is not None}


def camel_case(value: Any) -> Any:
    """All names of a value in CamelCase, however deep; what is null is left out."""
    if isinstance(value, Mapping):
        given = {name: item for name, item in value.items() if item is not None}
        return {
            "".join(word.capitalize() for word in name.split("_")): camel_case(i) for name, i in given.items()
        }
    return [camel_case(item) for item in value] if isinstance(value, list) else value


def _each(template: Mapping[str, Any], values: Any) -> list[Any]:
    return [fill(template["as"], item) for item in fill(template["$each"], values) or ()]


def _or(template: Mapping[str, Any], values: Any) -> Any:
    found = (fill(choice, values) for choice in template["$or"])
    return next((value for value in found if value is not None), None)


def _camel(template: Mapping[str, Any], values: Any) -> Any:
    return camel_case(fill(template["$camel"], values))


def _parts(template: Mapping[str, Any], values: Any) -> list[dict[str, str]]:
    text = fill(template["$parts"], values)
    return [{"text": text}] if text else []


_OPERATIONS: Mapping[str, Callable[[Mapping[str, Any], Any], Any]] = {
    "$each": _each,
    "$or": _or,
    "$camel": _camel,
    "$parts": _parts,
}


def _look_up(values: Any, path: list[str]) -> Any:
    for name in path:
        if isinstance(values, Mapping):
            values = values.get(name)
        elif isinstance(values, list) and name.isdecimal() and int(name) < len(values):
            values = values[int(name)]
        else:
            return None
    return values
