"""Reads one catalogue file as plain data: the compiled JSON beside it when there is one, else the YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from migrate_cli.model import UserError

SCHEMA = 1  # of all files together; an update of another one is not for this version of the program


def read_data(directory: Path, name: str) -> dict[str, Any]:
    """Return the top-level mapping of `name` (without suffix, such as `providers/ernie`) below `directory`.

    Raises UserError naming the file and, for a syntax error, its line.
    """
    compiled = directory / f"{name}.json"
    if compiled.is_file():
        return _read_json(compiled)
    return read_yaml(directory / f"{name}.yaml")


def read_yaml(path: Path) -> dict[str, Any]:
    """The top-level mapping of a YAML file, dates as written. Raises UserError naming file and line."""
    import yaml

    text = _text(path)
    try:
        data = yaml.load(text, Loader=_yaml_loader())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise UserError(f"{path}{line}: not valid YAML: {problem}") from error
    return _mapping(data, path)


def _read_json(path: Path) -> dict[str, Any]:
    import json

    try:
        data = json.loads(_text(path))
    except ValueError as error:
        raise UserError(f"{path}: not valid JSON: {error}") from error
    return _mapping(data, path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UserError(f"{path}: catalogue file is missing; check MIGRATE_CATALOGUE") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: catalogue file cannot be read: {error}") from error


def _mapping(data: Any, path: Path) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise UserError(f"{path}: a mapping is expected at the top level")
    return data


def _yaml_loader() -> Any:
    """A safe loader, in C where there is one, that leaves dates as text, so that YAML and JSON agree."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }
    return type("CatalogueLoader", (base,), {"yaml_implicit_resolvers": resolvers})
