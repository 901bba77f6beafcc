"""`[tool.migrate]` in the `pyproject.toml` at a project's root: what its people tell about their code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from migrate_cli.files.prefilter import read_bytes
from migrate_cli.model import UserError

FILE = "pyproject.toml"
TABLE = "[tool.migrate]"
_NAME = re.compile(r"[\w*?\[\]!-]+(\.[\w*?\[\]!-]+)*(:[\w]+(\.[\w]+)*)?")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A name that is declared to be an OpenAI client, or to return one, and the line that says so.

    `app.llm:client` and `app.llm.get_client` name what a module holds; `self.llm` and the pattern `*.llm_client`
    name expressions as they are written.
    """

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one project."""

    clients: tuple[Declaration, ...] = ()


def load_config(root: Path) -> Config:
    """The settings below `root`; all defaults without such a table. Raises UserError for one that is wrong."""
    try:
        data = read_bytes(root / FILE)
    except OSError:
        return Config()
    if b"migrate" not in data:
        return Config()
    return parse_config(data)


def parse_config(data: bytes) -> Config:
    """The settings in the bytes of a `pyproject.toml`. Raises UserError."""
    text = data.decode("utf-8", errors="replace")
    tool = _tables(text).get("tool", {})
    table = tool.get("migrate", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise UserError(f"{FILE}: {TABLE} must be a table")
    unknown = sorted(table.keys() - {"clients"})
    if unknown:
        raise UserError(f"{FILE}: {TABLE} has no setting `{unknown[0]}`; it knows `clients`")
    return Config(clients=_clients(table.get("clients", []), text))


def _tables(text: str) -> dict[str, object]:
    """The tables of the file; none when it is broken and has no settings of ours."""
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        tables: dict[str, object] = tomllib.loads(text)
        return tables
    except tomllib.TOMLDecodeError as error:
        if "tool.migrate" not in text:
            return {}
        raise UserError(f"{FILE} is not valid TOML, so {TABLE} cannot be read: {error}") from None


def _clients(value: object, text: str) -> tuple[Declaration, ...]:
    """The declared clients, each with its line."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UserError(f'{FILE}: {TABLE} clients must be a list of names, such as ["app.llm:client"]')
    for item in value:
        if not _NAME.fullmatch(item):
            raise UserError(
                f'{FILE}: {TABLE} clients: "{item}" is not a name; write app.llm:client, self.llm or *.llm_client'
            )
    return tuple(Declaration(item, _line(text, item)) for item in dict.fromkeys(value))


def _line(text: str, item: str) -> int:
    """The first line below the table's head that writes the name."""
    start = max(text.find("clients"), 0)
    found = text.find(item, start)
    return text.count("\n", 0, max(found, 0)) + 1
