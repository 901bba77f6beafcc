"""What an expression can stand for: the abstract values of the resolver.

A resolution is a set of `Found` values, each with the evidence chain that led to it. What cannot be known is
`Unknown` with a reason; it is a value like the others, so nothing is guessed and nothing is silent.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.model import Certainty, Location, SiteId, Span, Step


@dataclass(frozen=True, slots=True)
class Sdk:
    """The openai package or something in it, by dotted path (`openai`, `openai.OpenAI`)."""

    path: str


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the project."""

    module: Module
    scope: Scope


@dataclass(frozen=True, slots=True)
class Client:
    """An OpenAI client. `site` is its constructor, None when only a type annotation says so.

    `derived` is the project class that it is an instance of, when that class derives from the SDK's.
    """

    cls: str
    site: SiteId | None
    derived: Class | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """An attribute chain below a client: `chat.completions.create`."""

    client: Client
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the project; `given` is the annotation `Box[OpenAI]` that names its type arguments."""

    cls: Class
    given: Display | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the project; `owner` is the class it was reached through."""

    module: Module
    scope: Scope
    owner: Class | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A module of the project."""

    module: Module


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal, and the node that writes it."""

    value: object
    module: Module
    node: ast.expr


@dataclass(frozen=True, slots=True)
class Environment:
    """A read of an environment variable; `default` is the literal given for the case that it is not set.

    `name` is the literal that names it, where that is known.
    """

    variable: str
    read: str
    module: Module
    node: ast.AST
    default: object = None
    default_node: ast.expr | None = None
    default_module: Module | None = None
    name: Constant | None = None


HOLE = "\ufffc"  # stands for a part of a text that is only known at run time


@dataclass(frozen=True, slots=True)
class Text:
    """A text put together at run time; in `pattern` a HOLE stands for each part that is not known."""

    pattern: str
    module: Module
    node: ast.AST


@dataclass(frozen=True, slots=True)
class PathName:
    """The name of a file or folder: `start` says where it begins, at the project's "root", "cwd" or "unknown"."""

    text: str
    start: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A configuration file of the project, opened or read as text."""

    path: str


@dataclass(frozen=True, slots=True)
class Document:
    """What the configuration file `path` holds under `keys`; `ini` when it is asked by section and option.

    `others` are files that hold the same settings with it, `folded` says that the case of keys does not count.
    """

    path: str
    keys: tuple[str, ...] = ()
    ini: bool = False
    others: tuple[str, ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A scalar in a configuration file of the project, under `keys`."""

    value: str | int | float | bool | None
    path: str
    keys: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Options:
    """What a command-line parser of `module` gave."""

    module: Module


@dataclass(frozen=True, slots=True)
class Display:
    """A display or comprehension, or a `dict(…)` call, with the scope its parts are read in."""

    module: Module
    node: ast.expr
    scope: Scope
    block: Block


@dataclass(frozen=True, slots=True)
class External:
    """Something from a package outside the project, by dotted path; `made` when it is the result of calling it.

    `origin` is the call that made it, or the annotation with type arguments that promised it.
    """

    path: str
    made: bool = False
    origin: Display | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Collection:
    """What an annotation promises to hold or to give other things.

    `shape`: list (any element is `parts[0]`), dict (values are `parts[1]`), items (its pairs), tuple (one part each)
    or callable (`parts[-1]` is what it returns).
    """

    shape: str
    parts: tuple[ast.expr, ...]
    module: Module
    scope: Scope


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not known, and why."""

    because: str


@dataclass(frozen=True, slots=True)
class Rest(Unknown):
    """What a function takes as `*args` or, when `named`, as `**kwargs`."""

    module: Module
    scope: Scope
    named: bool


Abstract = (
    Sdk
    | Client
    | Resource
    | Class
    | Instance
    | Function
    | Package
    | Constant
    | Environment
    | Display
    | Text
    | PathName
    | Opened
    | Document
    | Written
    | Options
    | External
    | Collection
    | Unknown
)


@dataclass(frozen=True, slots=True)
class Found:
    """An abstract value with the steps that lead to it, use first."""

    value: Abstract
    steps: tuple[Step, ...] = ()
    certainty: Certainty = Certainty.PROVED

    def via(self, *steps: Step, likely: bool = False) -> Found:
        """The same value, reached through `steps`."""
        certainty = Certainty.LIKELY if likely and self.certainty is Certainty.PROVED else self.certainty
        return Found(self.value, (*steps, *self.steps)[:MAX_STEPS], certainty)

    def becomes(self, value: Abstract) -> Found:
        """Another value, reached the same way."""
        return Found(value, self.steps, self.certainty)


MAX_STEPS = 12
MAX_VALUES = 24


def step(module: Module, node: ast.AST, text: str) -> Step:
    """A step at `node`, on one line."""
    line = node.lineno  # type: ignore[attr-defined]
    column = node.col_offset + 1  # type: ignore[attr-defined]
    return Step(Location(module.path, line, column, line, column), text)


def unknown(because: str) -> tuple[Found, ...]:
    """A set with nothing but the reason."""
    return (Found(Unknown(because)),)


def union(*groups: tuple[Found, ...]) -> tuple[Found, ...]:
    """All values once, first chain wins; Unknown stays among them, None constants go when anything else is known.

    A value that is reached both surely and in a way that is only likely is sure. Of two ways to a client that are
    as sure the shorter one stays.
    """
    if len(groups) == 1 and len(groups[0]) < 2:
        return groups[0]
    seen: dict[Abstract, Found] = {}
    for group in groups:
        for found in group:
            known = seen.setdefault(found.value, found)
            if known is found:
                continue
            if known.certainty is found.certainty:
                shorter = isinstance(found.value, Client) and len(found.steps) < len(known.steps)
                seen[found.value] = found if shorter else known
            elif found.certainty is Certainty.PROVED:
                seen[found.value] = found
    values = tuple(seen.values())
    if len(values) < 2:
        return values
    informative = tuple(f for f in values if not _is_none(f.value))
    return (informative or values)[:MAX_VALUES]


def _is_none(value: Abstract) -> bool:
    return isinstance(value, Constant) and value.value is None
