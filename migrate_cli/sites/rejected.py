"""What has OpenAI's shape on a line and is not reported, with what it was found to be instead."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module
from migrate_cli.index.sdk import CONSTRUCTORS, VENDORS
from migrate_cli.index.syntax import last_name
from migrate_cli.index.values import (
    Class,
    Client,
    Constant,
    Display,
    Environment,
    External,
    Found,
    Function,
    Instance,
    Package,
    Resource,
    Sdk,
    Unknown,
)
from migrate_cli.model import MODEL_ARGUMENTS, Location, Site, Step
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.calls import possible, telling

_BUILTINS = "builtins."


@dataclass(frozen=True, slots=True)
class Rejected:
    """An expression that looks like OpenAI's and is not: `why` says what it is."""

    location: Location
    code: str
    why: tuple[str, ...]
    evidence: tuple[Step, ...]


def rejected_calls(reader: Reader, module: Module, lines: range, taken: list[Site]) -> Iterator[Rejected]:
    """The calls of OpenAI's shape that stand on `lines` of the module's text and are none of the sites `taken`."""
    spans = {site.span for site in taken}
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        on_line = call.lineno in lines or (call.end_lineno or 0) in lines
        if not on_line or module.span(call) in spans or not openai_shaped(call):
            continue
        reader.resolver.fresh_budget()
        values = reader.resolver.eval(module, use.scope, use.block, call.func)
        chain = reader.places.chain(values[0].steps) if values else ()
        code = " ".join(mask(module.code(call)).split())
        yield Rejected(reader.places.node(module, call), code, described(values), chain)


def rejected_imports(reader: Reader, module: Module, lines: range, taken: list[Site]) -> Iterator[Rejected]:
    """The imports on `lines` that name OpenAI and bring in something else."""
    spans = {site.span for site in taken}
    for use in module.imports:
        node = use.node
        assert isinstance(node, (ast.Import, ast.ImportFrom))
        code = module.code(node)
        if node.lineno not in lines or module.span(node) in spans or "openai" not in code.lower():
            continue
        names = [a.name for a in node.names]
        if isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        home = next(
            (path for name in names if (path := reader.resolver.project.find(module.path, name))), None
        )
        why = f"an import of this project's own {home}" if home else f"an import of the package {names[0]}"
        yield Rejected(reader.places.node(module, node), code, (why,), ())


def openai_shaped(call: ast.Call) -> bool:
    """Whether a call could be taken for OpenAI's, by its names or because it is given a model."""
    name = last_name(call.func) or ""
    return (
        possible(call.func)
        or telling(call.func)
        or name in CONSTRUCTORS
        or "openai" in name.lower()
        or any(keyword.arg in MODEL_ARGUMENTS for keyword in call.keywords)
    )


def alternatives(reader: Reader, module: Module, site: Site) -> tuple[str, ...]:
    """What else the function of a call may be, besides what it is reported as."""
    use = next((u for u in module.calls if module.span(u.node) == site.span), None)
    if use is None:
        return ()
    call = use.node
    assert isinstance(call, ast.Call)
    reader.resolver.fresh_budget()
    values = reader.resolver.eval(module, use.scope, use.block, call.func)
    return described(tuple(f for f in values if not isinstance(f.value, (Sdk, Resource, Client))))


def described(values: tuple[Found, ...]) -> tuple[str, ...]:
    """Each value in words, once."""
    return tuple(dict.fromkeys(_described(found) for found in values)) or ("it only leads back to itself",)


def _described(found: Found) -> str:
    value = found.value
    if isinstance(value, External):
        return _foreign(value)
    if isinstance(value, Class):
        return f"the class {value.scope.name} of {_home(value.module, value.scope.node)}"
    if isinstance(value, Instance):
        cls = value.cls
        return f"an object of the class {cls.scope.name} of {_home(cls.module, cls.scope.node)}"
    if isinstance(value, Function):
        return f"the function {value.scope.name}() of {_home(value.module, value.scope.node)}"
    if isinstance(value, Unknown):
        return f"unknown: {value.because}"
    if isinstance(value, Sdk):
        return f"{value.path} of the openai package, which makes no request"
    if isinstance(value, Resource):
        return f"{'.'.join(value.chain)} of an OpenAI client, which makes no request"
    if isinstance(value, Package):
        return f"the module {value.module.path} of this project"
    words = {
        Client: "an OpenAI client itself, which is not called",
        Constant: "a constant",
        Environment: "the value of an environment variable",
        Display: "a list, tuple or dictionary",
    }
    return words.get(type(value), "a value that is not followed")


def _foreign(value: External) -> str:
    if value.path.startswith(_BUILTINS):
        name = value.path.removeprefix(_BUILTINS)
        return (
            f"Python's own `{name}`" if hasattr(builtins, name) else f"`{name}`, which nothing here defines"
        )
    root = value.path.split(".")[0]
    owner = f"{root}, another vendor's SDK of the same shape" if root in VENDORS else f"the package {root}"
    return f"{'what comes of ' if value.made else ''}{value.path}, from {owner}"


def _home(module: Module, node: ast.AST) -> str:
    return f"{module.path}:{getattr(node, 'lineno', 1)}"
