"""Abstract values as the model's `Value`: where each comes from, in places and words. Keys are masked here."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate_cli.files.secrets import looks_like_key, mask
from migrate_cli.index.definitions import names
from migrate_cli.index.module import Module
from migrate_cli.index.sdk import SETTINGS
from migrate_cli.index.values import (
    HOLE,
    Client,
    Constant,
    Display,
    Document,
    Environment,
    External,
    Found,
    Function,
    Instance,
    Opened,
    Options,
    Resource,
    Sdk,
    Text,
    Unknown,
    Written,
)
from migrate_cli.model import Location, Origin, Span, Step, Value

if TYPE_CHECKING:
    from migrate_cli.sites.arguments import Reader

_NOWHERE = Location("", 0, 0, 0, 0)
_PRIVATE = ("KEY", "TOKEN", "SECRET", "PASSWORD", "CREDENTIAL")


def value(reader: Reader, found: Found) -> Value:
    """An abstract value as the model's `Value`; keys are masked here, once and for all."""
    inner = found.value
    if isinstance(inner, Constant) and isinstance(inner.value, (str, int, float, bool, type(None))):
        return constant(reader, found, inner)
    if isinstance(inner, Environment):
        return environment(reader, found, inner)
    if isinstance(inner, Written):
        return written(reader, found, inner)
    if isinstance(inner, Display):
        return dynamic(reader, inner.module, inner.node, "a list, tuple or dictionary", found)
    if isinstance(inner, Text):
        computed = dynamic(reader, inner.module, inner.node, "put together at run time", found)
        return replace(computed, known=mask(inner.pattern.partition(HOLE)[0]))
    return dynamic(reader, None, None, because(found), found)


def constant(reader: Reader, found: Found, inner: Constant) -> Value:
    """A literal, with the name it is defined under."""
    literal, secret = hidden(inner.value)
    return Value(
        Origin.NONE if inner.value is None else Origin.LITERAL,
        inner.module.path,
        inner.module.span(inner.node),
        reader.places.node(inner.module, inner.node),
        literal=literal,
        via=reader.places.chain(found.steps),
        certainty=found.certainty,
        secret=secret,
        named=defined(reader, inner.module, inner.node),
    )


def hidden(literal: object) -> tuple[str | int | float | bool | None, bool]:
    """A literal, masked when it is a key, and whether it is one."""
    if isinstance(literal, str) and looks_like_key(literal):
        return mask(literal), True
    return (literal, False) if isinstance(literal, (str, int, float, bool)) else (None, False)


def defined(reader: Reader, module: Module, node: ast.AST) -> str | None:
    """The name that a literal is defined under in its file."""
    table = reader.resolver.fact((module.path, "names"), lambda: names(module))
    return table.get(node) if isinstance(table, dict) else None


def environment(reader: Reader, found: Found, inner: Environment) -> Value:
    """A read of an environment variable, with its literal default and the dotenv files that set it."""
    default, secret = hidden(inner.default)
    where, home, name = inner.default_node, inner.default_module, inner.name
    steps = (*found.steps, *settings(reader, inner.variable))
    return Value(
        Origin.ENVIRONMENT,
        inner.module.path,
        inner.module.span(inner.node),
        reader.places.node(inner.module, inner.node),
        literal=default,
        variable=inner.variable,
        read=inner.read,
        via=reader.places.chain(steps),
        certainty=found.certainty,
        default_path=home.path if home is not None else None,
        default_span=home.span(where) if home is not None and where is not None else None,
        secret=secret,
        named=inner.variable,
        name_path=name.module.path if name is not None else None,
        name_span=name.module.span(name.node) if name is not None else None,
    )


def settings(reader: Reader, variable: str) -> tuple[Step, ...]:
    """Where dotenv files of the project set a variable; what they set it to only when it can be no key."""
    beside = reader.resolver.project.beside
    steps = []
    for path, entry in beside.variable(variable):
        private = any(word in variable.upper() for word in _PRIVATE) or not isinstance(entry.value, str)
        text, secret = hidden(entry.value)
        shown = "" if private or secret or not text else f" to {text}"
        steps.append(Step(beside.place(path, entry.key or entry.span), f"{variable} is set{shown} in {path}"))
    return tuple(steps)


def written(reader: Reader, found: Found, inner: Written) -> Value:
    """A value that a configuration file of the project holds; a key may only be known as one by its name."""
    literal, secret = hidden(inner.value)
    if isinstance(literal, str) and not secret:
        name = inner.keys[-1] if inner.keys else ""
        shown = mask(f'{name}="{literal}"').removeprefix(f'{name}="').removesuffix('"')
        literal, secret = shown, shown != literal
    return Value(
        Origin.FILE,
        inner.path,
        inner.span,
        reader.resolver.project.beside.place(inner.path, inner.span),
        literal=literal,
        via=reader.places.chain(found.steps),
        certainty=found.certainty,
        secret=secret,
        named=".".join(inner.keys),
    )


def because(found: Found) -> str:
    """Why a value is not known, in words that name the thing."""
    inner = found.value
    if isinstance(inner, Unknown):
        return inner.because
    if isinstance(inner, External):
        return external(inner)
    if isinstance(inner, Sdk):
        kind = "the module setting " if inner.path.removeprefix("openai.") in SETTINGS else ""
        return f"{kind}`{inner.path}`"
    if isinstance(inner, Instance):
        return f"an object of class {inner.cls.scope.name}"
    if isinstance(inner, Function):
        return f"the function {inner.scope.name}()"
    if isinstance(inner, (Client, Resource)):
        return "an OpenAI client" if isinstance(inner, Client) else f"`{'.'.join(inner.chain)}` of a client"
    if isinstance(inner, (Document, Opened)):
        return f"a part of {inner.path}"
    return "the command line" if isinstance(inner, Options) else f"an object ({type(inner).__name__.lower()})"


def external(inner: External) -> str:
    """Something of another package, in words."""
    package, _, name = inner.path.partition(".")
    if package == "builtins":
        return f"what {name}() gives" if inner.made else f"`{name}`, which is not bound in this file"
    if not inner.made:
        return f"`{inner.path}` of another package"
    if inner.origin is None and package != "openai":
        return f"annotated as {inner.path}, and nothing in these files says more"
    return f"comes from {inner.path}" if inner.path.endswith("[]") else f"what {inner.path}() gives"


def dynamic(reader: Reader, module: Module | None, node: ast.AST | None, because: str, found: Found) -> Value:
    """A value that is only known at run time."""
    if module is not None and node is not None:
        path, span, place = module.path, module.span(node), reader.places.node(module, node)
    else:
        path, span, place = "", Span(0, 0), _NOWHERE
    return Value(
        Origin.DYNAMIC,
        path,
        span,
        place,
        because=because,
        via=reader.places.chain(found.steps),
        certainty=found.certainty,
    )
