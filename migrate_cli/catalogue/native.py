"""The dialects of the providers' own SDKs, as `native.yaml` tells them.

The templates belong to the code that fills them in: the file is always read from the package's own directory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from migrate_cli.catalogue.source import read_data
from migrate_cli.catalogue.types import Fact, Support

Data = Mapping[str, Any]
AUTHS = ("key", "signed")


@dataclass(frozen=True, slots=True)
class Route:
    """A path below a dialect's bases, with the endpoint it is and the form of its answers.

    `action` tells routes of one path apart; `model` is the one asked when the request names none.
    """

    path: str
    endpoint: str
    form: str
    action: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a body becomes that of the OpenAI-compatible API, in this order.

    `snake_case`: names are CamelCase. `lift`: objects whose fields move to the top, with the fields that belong there
    (empty: all that belong to no other); what stands elsewhere is not read, but the model. `rename`, `message_rename`:
    fields at the top and of each message. `prompt`: a text that is one message of the user. `parts`: content parts
    without a type, by the field that holds them. `tool_choice`: (value, field that holds the one tool to call).
    `framing` are fields that only shape the answer; `form_field` is one that chooses its form by `forms`, and
    `unsettled` what is not proven without it. `stream_header`: (name, value) that asks for a stream. `action_header`:
    where a route's action stands. `demands`: fields that must have a `value` `when` others have theirs, and the
    `message` if not. `fuse`: a list of content parts that counts as one text.
    """

    snake_case: bool = False
    lift: Mapping[str, Any] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    message_rename: Mapping[str, str] = field(default_factory=dict)
    prompt: str | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    tool_choice: tuple[str, ...] = ()
    framing: tuple[str, ...] = ()
    form_field: str | None = None
    forms: Mapping[str, str] = field(default_factory=dict)
    unsettled: str | None = None
    stream_header: tuple[str, ...] = ()
    action_header: str | None = None
    demands: tuple[Mapping[str, Any], ...] = ()
    fuse: str | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """How an answer becomes the SDK's: templates by form, for a whole answer and for a `chunk` of a stream.

    `event` and `failed_event` are one event of a stream, with places for number, data and status; without the latter
    a stream that fails is answered whole. `request_id` is the header that repeats the answer's id.
    `cumulative_without`: unless this framing field is true, each chunk holds all that was said so far.
    """

    whole: Mapping[str, Any] = field(default_factory=dict)
    chunk: Mapping[str, Any] = field(default_factory=dict)
    event: str = "data: {data}\n\n"
    failed_event: str | None = None
    request_id: str | None = None
    cumulative_without: str | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of speaking to a provider. `routes` None: paths and bodies are those of the OpenAI-compatible API.

    See the head of `native.yaml` for every field.
    """

    name: str
    provider: str
    about: str
    support: Support
    auth: str
    fact: Fact
    why: str | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    bases: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    point: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    keeps_null: bool = False
    routes: tuple[Route, ...] | None = None
    read: Reading = Reading()
    write: Writing = Writing()
    errors: Mapping[str, Any] = field(default_factory=dict)


def dialects(provider: str) -> tuple[Dialect, ...]:
    """The dialects in which the provider with this id is spoken to, in the order in which they are tried."""
    return tuple(dialect for dialect in _all() if dialect.provider == provider)


@cache
def _all() -> tuple[Dialect, ...]:
    return parse_native(read_data(Path(__file__).parent, "native"))


def parse_native(data: Data) -> tuple[Dialect, ...]:
    """The dialects of a file. Raises TypeError or ValueError naming a field that is missing, unknown or wrong."""
    return tuple(_dialect(entry) for entry in data["dialects"])


def _dialect(data: Data) -> Dialect:
    rest = dict(data)
    fact = Fact(rest.pop("as_of"), rest.pop("source"), rest.pop("confidence"))
    if rest.get("auth") not in AUTHS:
        raise ValueError(f"{rest.get('name')}: auth must be one of {', '.join(AUTHS)}")
    routes = rest.pop("routes", None)
    return Dialect(
        fact=fact,
        support=Support(rest.pop("support")),
        routes=None if routes is None else tuple(Route(**route) for route in routes),
        read=Reading(**_frozen(rest.pop("read", {}))),
        write=Writing(**_frozen(rest.pop("write", {}))),
        **_frozen(rest),
    )


def _frozen(data: Data) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
