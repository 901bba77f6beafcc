"""`[tool.migrate]` in the `pyproject.toml` at a project's root: what its people tell about their code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from migrate_cli.files.prefilter import read_bytes
from migrate_cli.model import UserError

FILE = "pyproject.toml"
TABLE = "[tool.migrate]"
_SETTINGS = ("clients", "fx", "hourly-rate", "discount", "prices")
_RATES = ("currency", "input", "cached_input", "output")
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
    """The settings of one project. What a report is priced with stays text, as the options for it would be.

    `discounts` are shares off by provider, `*` for all; `prices` what was negotiated, by (provider, model).
    """

    clients: tuple[Declaration, ...] = ()
    fx: str | None = None
    hourly_rate: str | None = None
    discounts: Mapping[str, str] = field(default_factory=dict)
    prices: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)


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
    unknown = sorted(table.keys() - set(_SETTINGS))
    if unknown:
        raise UserError(f"{FILE}: {TABLE} has no setting `{unknown[0]}`; it knows {_listed(_SETTINGS)}")
    return Config(
        clients=_clients(table.get("clients", []), text),
        fx=_number(table.get("fx"), "fx"),
        hourly_rate=_number(table.get("hourly-rate"), "hourly-rate"),
        discounts=_discounts(table.get("discount", {})),
        prices=_prices(table.get("prices", {})),
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _number(value: object, name: str) -> str | None:
    """A number, or text that an option would take."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise UserError(f"{FILE}: {TABLE} {name} must be a number or text")
    return str(value)


def _discounts(value: object) -> dict[str, str]:
    """One share for all providers, or a table of them by provider."""
    shares = value if isinstance(value, dict) else {"*": value}
    return {str(name): _number(share, f"discount.{name}") or "0" for name, share in shares.items()}


def _prices(value: object) -> dict[tuple[str, str], dict[str, str]]:
    """`prices.PROVIDER."MODEL"` with a currency and rates per million tokens."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for provider, models in _table(value, "prices").items():
        for model, rates in _table(models, f"prices.{provider}").items():
            where = f"prices.{provider}.{model}"
            listed = _table(rates, where)
            wrong = sorted(listed.keys() - set(_RATES))
            if wrong:
                raise UserError(f"{FILE}: {TABLE} {where} has no `{wrong[0]}`; it knows {_listed(_RATES)}")
            if "currency" not in listed or "input" not in listed:
                raise UserError(f"{FILE}: {TABLE} {where} needs `currency` and `input`")
            found[provider, model] = {k: _number(v, f"{where}.{k}") or "" for k, v in listed.items()}
    return found


def _table(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise UserError(f"{FILE}: {TABLE} {where} must be a table")
    return value


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
