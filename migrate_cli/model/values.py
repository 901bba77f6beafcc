"""What flows into a call: values, arguments and the literal structures they are written as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from migrate_cli.model.places import Location, Span, Step


class Certainty(str, Enum):
    """How sure we are that a site is OpenAI: direct bindings prove, callers and collections make it likely."""

    PROVED = "proved"
    LIKELY = "likely"
    GUESS = "guess"


class Origin(str, Enum):
    """Where a value was found to come from."""

    LITERAL = "literal"
    ENVIRONMENT = "environment"
    FILE = "file"
    NONE = "none"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Value:
    """One value that can flow into an argument.

    `literal` is the constant (LITERAL), the environment default (ENVIRONMENT, None without one) or what a YAML, TOML,
    JSON or .env file of the project says (FILE). `path` and `span` say where the literal, or the read of the variable,
    stands: that is what an edit changes. `named` is the name it is defined under there (`DEFAULT_MODEL`,
    `Settings.model`, `llm.model`, `--model`), None for a literal at the call.
    `default_span` is where an environment default stands, in `default_path`, and `name_span` where the variable's name
    is written, in `name_path`. `guarded` says where the program compares this name with model names, so that changing
    it changes more than the request. A value that holds a key has `secret` set and its `literal` masked. `known` is the
    start of a text that is put together at run time (DYNAMIC), up to the first part that is not known.
    """

    origin: Origin
    path: str
    span: Span
    location: Location
    literal: str | int | float | bool | None = None
    variable: str | None = None
    read: str | None = None  # source text of the reader: "os.getenv", "os.environ[]", "os.environ.get", ...
    because: str | None = None  # why it is DYNAMIC
    via: tuple[Step, ...] = ()
    certainty: Certainty = Certainty.PROVED
    default_path: str | None = None
    default_span: Span | None = None
    guarded: str | None = None
    secret: bool = False
    named: str | None = None
    known: str | None = None
    name_path: str | None = None
    name_span: Span | None = None


class ShapeKind(str, Enum):
    """What a literal structure is written as."""

    DICT = "dict"
    LIST = "list"  # also a tuple
    CONSTANT = "constant"  # text, number, flag or None
    OPEN = "open"  # anything that is only known at run time


@dataclass(frozen=True, slots=True)
class Entry:
    """One `"key": value` of a dict display or `dict(...)` call; `span` covers the key."""

    key: str
    span: Span
    shape: Shape


@dataclass(frozen=True, slots=True)
class Shape:
    """A dict, list or constant as the source writes it; names are followed to the display they stand for.

    `value` is the constant. `complete` is false when the display holds a `*` or `**` that is not known, or when
    more is added to it later in a way that cannot be followed. `added` marks what `append`, `extend`, `insert`,
    `+=` or `d["k"] = v` put in later: such a part has no place inside the display, but a span of its own. It is
    `optional` when that happens on some paths only, or any number of times.
    `code` is the source text, masked. `name` is the source text of what stands for it where it is used, at
    `name_span`, when it is not written there itself.
    """

    kind: ShapeKind
    path: str
    span: Span
    location: Location
    code: str
    value: str | int | float | bool | None = None
    entries: tuple[Entry, ...] = ()
    items: tuple[Shape, ...] = ()
    complete: bool = True
    added: bool = False
    optional: bool = False
    name: str | None = None
    name_span: Span | None = None

    def get(self, key: str) -> Shape | None:
        """What stands under `key` of a dict, None if it is not written."""
        return next((e.shape for e in self.entries if e.key == key), None)

    def text(self, key: str) -> str | None:
        """The text under `key`, None when it is missing or not a literal text."""
        found = self.get(key)
        return found.value if found is not None and isinstance(found.value, str) else None


@dataclass(frozen=True, slots=True)
class Argument:
    """A keyword that reaches the call, from the call itself or from a dictionary passed with `**`.

    `span` covers the value expression, `code` is its source text (masked when secret). For a keyword written at the
    call `dictionary` and `statement` are None; else one of them is the span, in `path`, of the dict display that
    holds it or of the statement `params["name"] = …` that stores it. `key` is the span of that key. `shape` is the
    literal structure of the value (messages, tools, response_format, extra_body, input, …), None where there is none.
    `certainty` says how sure it is that this dictionary reaches the call.
    """

    name: str
    path: str
    span: Span
    code: str
    values: tuple[Value, ...]
    dictionary: Span | None = None
    statement: Span | None = None
    key: Span | None = None
    shape: Shape | None = None
    certainty: Certainty = Certainty.PROVED

    @property
    def literal(self) -> str | int | float | bool | None:
        """The one literal this argument is known to have, else None."""
        known = {v.literal for v in self.values if v.origin is Origin.LITERAL}
        return (
            known.pop() if len(known) == 1 and all(v.origin is Origin.LITERAL for v in self.values) else None
        )
