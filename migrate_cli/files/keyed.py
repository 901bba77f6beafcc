"""Configuration files as keys and values, each with its place: YAML, JSON, TOML, INI and dotenv files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from migrate_cli.files.entry import Entry
from migrate_cli.files.keyed_json import read_json
from migrate_cli.files.keyed_lines import read_dotenv, read_ini
from migrate_cli.files.keyed_toml import read_toml
from migrate_cli.files.keyed_yaml import read_yaml

__all__ = ["Entry", "entries", "reader"]

Reader = Callable[[str], tuple[Entry, ...]]

_BY_SUFFIX: dict[str, Reader] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
    ".jsonc": read_json,
    ".json5": read_json,
    ".toml": read_toml,
    ".ini": read_ini,
    ".cfg": read_ini,
    ".conf": read_ini,
    ".properties": read_ini,
    ".env": read_dotenv,
    ".envrc": read_dotenv,
}
_BY_NAME: dict[str, Reader] = {
    "Pipfile": read_toml,
    "Pipfile.lock": read_json,
    "poetry.lock": read_toml,
    "pdm.lock": read_toml,
    "uv.lock": read_toml,
    ".env": read_dotenv,
    ".flaskenv": read_dotenv,
}
_SAMPLES = ("env.example", "env.sample", "env.template", "env.dist")


def reader(path: str) -> Reader | None:
    """What reads a file of this name, or None when it is no format with keys and values."""
    pure = PurePosixPath(path)
    found = _BY_NAME.get(pure.name) or _BY_SUFFIX.get(pure.suffix.lower())
    if found is None and (pure.name.startswith((".env.", ".env-", ".env_")) or pure.name in _SAMPLES):
        return read_dotenv
    return found


def entries(path: str, text: str) -> tuple[Entry, ...]:
    """The scalars of the file `path`, whose decoded text is `text`.

    Aliases and merged mappings of YAML appear under every path that reaches them, with the place of their only
    spelling. Raises ValueError, with one line, for a file that is none of these formats or is broken.
    """
    read = reader(path)
    if read is None:
        raise ValueError("not a configuration file with keys and values")
    try:
        return read(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except ValueError as error:
        raise ValueError(" ".join(str(error).split())) from None
