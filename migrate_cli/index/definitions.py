"""The names that literals are defined under: `DEFAULT_MODEL`, `Settings.model`, `ask(model)`, `--model`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.index.module import Module, Scope
from migrate_cli.index.options import flag_of, option_in
from migrate_cli.index.syntax import all_parameters as parameters_of
from migrate_cli.index.syntax import default_of, dotted, terminal

_OPTIONS = {"add_argument", "add_option", "option", "argument"}
# Calls that hand their argument on, so that a literal in them is still that of the name on the left.
_CLEAR = {
    "Field", "field", "attrib", "ib", "Option", "Argument", "Query", "getenv", "get", "pop", "setdefault", "config",
    "str", "cast", "strip", "lower", "copy", "deepcopy", "Final", "SecretStr", "AnyUrl", "HttpUrl",
}  # fmt: skip
_TAKEN = {"default", "fallback", "value", "default_value"}


def names(module: Module) -> dict[ast.AST, str]:
    """The name of every literal of a module that is defined under one."""
    found: dict[ast.AST, str] = {}
    for place in reversed(list(_definitions(module))):  # an inner name wins over an outer one
        for node, name in _literals(*place):
            found.setdefault(node, name)
    return found


def _definitions(module: Module) -> Iterator[tuple[ast.expr, str]]:
    """Expressions and the names they are bound to, outer ones first."""
    for use in module.stores:
        node = use.node
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Attribute, ast.Subscript)):
            yield node.value, _place(node.targets[0])
    for node, scope in module.scopes.items():
        yield from _bound(scope)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _defaults(node, qualified(scope))
            yield from ((value, f"{qualified(scope)}()") for value in scope.returns)
    for use in module.calls:
        call = use.node
        if isinstance(call, ast.Call) and terminal(call) in _OPTIONS and (flag := flag_of(call)):
            yield from ((k.value, flag) for k in call.keywords if k.arg in ("default", "const"))
        elif isinstance(call, ast.Call) and terminal(call) == "set_defaults":
            yield from ((k.value, f"--{k.arg.replace('_', '-')}") for k in call.keywords if k.arg)


def _bound(scope: Scope) -> Iterator[tuple[ast.expr, str]]:
    for name, bindings in scope.bindings.items():
        inside = f"{scope.name}.{name}" if scope.kind == "class" else name
        yield from ((b.value, inside) for b in bindings if b.value is not None and b.kind == "value")
    for name, stores in scope.attributes.items():
        yield from ((store[0], f"{scope.name}.{name}") for store in stores)


def _place(target: ast.Attribute | ast.Subscript) -> str:
    """`config.model` or `params["model"]`, as it is written."""
    return ast.unparse(target).replace("'", '"')


def _defaults(node: ast.FunctionDef | ast.AsyncFunctionDef, function: str) -> Iterator[tuple[ast.expr, str]]:
    for argument in parameters_of(node.args):
        default = default_of(node, argument.arg)
        if default is None:
            continue
        option = option_in(argument.annotation)
        if option is None and isinstance(default, ast.Call) and terminal(default) in ("Option", "Argument"):
            option = default
        dashed = f"--{argument.arg.replace('_', '-')}"
        yield default, f"{function}({argument.arg})" if option is None else long_flag(option) or dashed


def long_flag(call: ast.Call) -> str | None:
    """The first `--name` among the arguments of an option."""
    flag = flag_of(call)
    return flag if flag is not None and flag.startswith("--") else None


def qualified(scope: Scope) -> str:
    """`ask`, or `Client.ask` for a method; a constructor goes by its class."""
    owner = scope.enclosing_class()
    if owner is None:
        return scope.name
    return owner.name if scope.name == "__init__" else f"{owner.name}.{scope.name}"


def _literals(node: ast.expr, name: str) -> Iterator[tuple[ast.AST, str]]:
    """Literals that the value of an expression can be, or hold, with their names."""
    if isinstance(node, ast.Constant):
        yield node, name
    elif isinstance(node, ast.IfExp):
        yield from (pair for part in (node.body, node.orelse) for pair in _literals(part, name))
    elif isinstance(node, ast.BoolOp):
        yield from (pair for part in node.values for pair in _literals(part, name))
    elif isinstance(node, (ast.NamedExpr, ast.Await, ast.Starred)):
        yield from _literals(node.value, name)
    elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        yield from (pair for part in node.elts for pair in _literals(part, name))
    elif isinstance(node, ast.BinOp):
        yield from (pair for part in (node.left, node.right) for pair in _literals(part, name))
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield from _literals(value, _entry(name, key) if key is not None else name)
    elif isinstance(node, ast.Call):
        yield from _in_call(node, name)


def _in_call(node: ast.Call, name: str) -> Iterator[tuple[ast.AST, str]]:
    word = terminal(node) or ""
    if isinstance(node.func, ast.Attribute):
        yield from _literals(node.func.value, name)  # "GPT-4".lower()
    for part in node.args if word in _CLEAR else ():
        yield from _literals(part, name)
    for keyword in node.keywords:
        if keyword.arg is None:
            continue
        if keyword.arg in _TAKEN:
            yield from _literals(keyword.value, name)
        elif word == "dict":
            yield from _literals(keyword.value, f'{name}["{keyword.arg}"]')
        elif word[:1].isupper():
            yield from _literals(keyword.value, f"{dotted(node)}({keyword.arg})")


def _entry(name: str, key: ast.expr) -> str:
    return f'{name}["{key.value!s}"]' if isinstance(key, ast.Constant) else name
