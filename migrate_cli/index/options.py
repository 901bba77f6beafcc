"""Options of a command line: argparse and its relatives, click and typer, absl flags."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate_cli.index import environment
from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.syntax import default_of, dotted
from migrate_cli.index.values import Found, Options, Unknown, step, union, unknown

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

PARSING = {"parse_args", "parse_known_args", "parse_intermixed_args", "parse_known_intermixed_args"}
_ADDING = ("add_argument", "add_option")
_DECORATORS = {"option", "argument"}
_FLAG_MAKERS = tuple(f"DEFINE_{kind}" for kind in ("string", "enum", "integer", "float", "bool", "boolean"))
_PARAMETERS = {
    "typer.Option",
    "typer.Argument",
    "fastapi.Query",
    "fastapi.Header",
    "fastapi.Form",
    "fastapi.Body",
}
_NONE = "has no default"


def parsed(path: str, module: Module) -> tuple[Found, ...] | None:
    """What `parser.parse_args()` gives, None for any other call."""
    owner, _, method = path.rpartition(".")
    return (Found(Options(module)),) if method in PARSING and "arg" in owner.lower() else None


def option(resolver: Resolver, found: Found, name: str) -> tuple[Found, ...]:
    """The option `name` of what a parser gave: its default, since what a user gives is not known."""
    options = found.value
    assert isinstance(options, Options)
    near = list(_added(options.module, name))
    far = (
        [(m, u) for m in _elsewhere(resolver, options.module, name) for u in _added(m, name)]
        if not near
        else []
    )
    groups = []
    for module, use in [(options.module, use) for use in near] or far:
        call = use.node
        assert isinstance(call, ast.Call)
        flag = flag_of(call) or name
        given = [k.value for k in call.keywords if k.arg in ("default", "const", name)]
        if not given:
            groups.append(unknown(f"the command-line option `{flag}` {_NONE}"))
            continue
        inner = union(*(resolver.eval(module, use.scope, use.block, part) for part in given))
        words = step(module, call, f"default of the command-line option `{flag}`{restriction(call)}")
        groups.append(tuple(f.via(words, likely=True) for f in inner))
    return union(*groups) or unknown(f"`{name}` of the command line, which is not declared in these files")


RESTRICTED = ", which takes certain values only"


def restriction(call: ast.Call) -> str:
    """What is to be said of an option whose default must be one of its choices."""
    given = {k.arg: k.value for k in call.keywords}
    limited = "choices" in given or "click_type" in given or isinstance(given.get("type"), ast.Call)
    return RESTRICTED if limited else ""


def _added(module: Module, name: str) -> Iterator[Use]:
    """Calls that declare the option, or set its default."""
    for use in module.calls_of(_ADDING):
        assert isinstance(use.node, ast.Call)
        if destination(use.node) == name:
            yield use
    for use in module.calls_of(("set_defaults",)):
        assert isinstance(use.node, ast.Call)
        if any(k.arg == name for k in use.node.keywords):
            yield use


def _elsewhere(resolver: Resolver, home: Module, name: str) -> Iterator[Module]:
    """Other files that declare options and write this one's name."""
    project = resolver.project
    known = set(project.mentioning("add_argument"))
    dashed = name.replace("_", "-").encode()
    for path in sorted(known):
        if path != home.path and dashed in project.data(path).replace(b"_", b"-"):
            module = project.module(path)
            if module is not None:
                yield module


def destination(call: ast.Call) -> str | None:
    """The attribute under which argparse keeps an option."""
    for keyword in call.keywords:
        if keyword.arg == "dest" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    flag = flag_of(call)
    return flag.lstrip("-").replace("-", "_") if flag else None


def flag_of(call: ast.Call) -> str | None:
    """`--model` among the literal names of an option: the first long one, else the first of all."""
    names = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return next((n for n in names if n.startswith("--")), names[0] if names else None)


# --- parameters that a decorator, or their default, declares as an option ---


def given(resolver: Resolver, module: Module, scope: Scope, argument: ast.arg) -> tuple[Found, ...]:
    """What a parameter is when click or typer fills it in; empty when neither does."""
    groups = [annotated(resolver, module, scope, argument)]
    outer = scope.parent or module.scope
    for decorator in getattr(scope.node, "decorator_list", ()):
        if not isinstance(decorator, ast.Call) or dotted(decorator).rsplit(".", 1)[-1] not in _DECORATORS:
            continue
        if click_name(decorator) != argument.arg:
            continue
        flag = flag_of(decorator) or argument.arg
        keywords = {k.arg: k.value for k in decorator.keywords}
        default = resolver.eval(module, outer, (), keywords["default"]) if "default" in keywords else ()
        found = _or_variable(module, keywords.get("envvar"), decorator, default)
        words = step(
            module, decorator, f"default of the command-line option `{flag}`{restriction(decorator)}"
        )
        missing = unknown(f"the command-line option `{flag}` {_NONE}")
        groups.append(tuple(f.via(words, likely=True) for f in found) or missing)
    return union(*groups)


def click_name(call: ast.Call) -> str | None:
    """The parameter that click gives an option to: a name without dashes, else that of the longest flag."""
    names = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    plain = [n for n in names if not n.startswith("-")]
    flag = plain[0] if plain else flag_of(call)
    return flag.split("/")[0].lstrip("-").replace("-", "_").lower() if flag else None


def annotated(resolver: Resolver, module: Module, scope: Scope, argument: ast.arg) -> tuple[Found, ...]:
    """What `Annotated[str, typer.Option(envvar=…)] = default` adds to a parameter's default."""
    call = option_in(argument.annotation)
    node = scope.node
    if call is None or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return ()
    outer = scope.parent or module.scope
    default = default_of(node, argument.arg)
    value = resolver.eval(module, outer, (), default) if default is not None else ()
    variable = next((k.value for k in call.keywords if k.arg == "envvar"), None)
    flag = flag_of(call) or f"--{argument.arg.replace('_', '-')}"
    words = step(module, call, f"default of the command-line option `{flag}`{restriction(call)}")
    found = _or_variable(module, variable, call, value)
    return tuple(f.via(words, likely=True) for f in found) or unknown(
        f"the command-line option `{flag}` {_NONE}"
    )


def option_in(annotation: ast.expr | None) -> ast.Call | None:
    """The `typer.Option(…)` inside an `Annotated[…]`."""
    if not isinstance(annotation, ast.Subscript) or not isinstance(annotation.slice, ast.Tuple):
        return None
    calls = (part for part in annotation.slice.elts[1:] if isinstance(part, ast.Call))
    return next((c for c in calls if dotted(c).rsplit(".", 1)[-1] in ("Option", "Argument")), None)


def declared(resolver: Resolver, module: Module, use: Use, path: str) -> tuple[Found, ...] | None:
    """The default in `typer.Option("gpt-4o", "--model")`, None for a call that is no such thing."""
    call = use.node
    assert isinstance(call, ast.Call)
    if path not in _PARAMETERS:
        return None
    keywords = {k.arg: k.value for k in call.keywords}
    first = call.args[0] if call.args else keywords.get("default")
    value = resolver.eval(module, use.scope, use.block, first) if first is not None else ()
    found = _or_variable(module, keywords.get("envvar"), call, _without_ellipsis(value))
    words = step(
        module,
        call,
        f"default of a command-line option{restriction(call)}" if "typer" in path else f"default of {path}",
    )
    return tuple(f.via(words, likely=True) for f in found) or unknown(f"{dotted(call)}(…) {_NONE}")


def _without_ellipsis(found: tuple[Found, ...]) -> tuple[Found, ...]:
    return tuple(f for f in found if getattr(f.value, "value", None) is not Ellipsis)


def _or_variable(
    module: Module, variable: ast.expr | None, node: ast.AST, default: tuple[Found, ...]
) -> tuple[Found, ...]:
    """The environment variable that an option falls back to, with the default behind it."""
    names = variable.elts[0] if isinstance(variable, (ast.List, ast.Tuple)) and variable.elts else variable
    if isinstance(names, ast.Constant) and isinstance(names.value, str):
        return environment.declared(module, node, "envvar", names.value, default)
    return tuple(f for f in default if not isinstance(f.value, Unknown))


def flag(resolver: Resolver, module: Module, name: str) -> tuple[Found, ...]:
    """`FLAGS.name` of absl: the default of its definition."""
    groups = []
    for use in module.calls_of(_FLAG_MAKERS):
        call = use.node
        assert isinstance(call, ast.Call)
        if len(call.args) > 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == name:
            words = step(module, call, f"default of the command-line option `--{name}`")
            found = resolver.eval(module, use.scope, use.block, call.args[1])
            groups.append(tuple(f.via(words, likely=True) for f in found))
    return union(*groups) or unknown(f"the command-line option `--{name}`")
