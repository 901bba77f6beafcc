"""Reads of environment variables and their defaults, through `os` and through the libraries that wrap it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate_cli.index import parameters
from migrate_cli.index.module import Block, Module, Scope, Use
from migrate_cli.index.syntax import all_parameters, default_of
from migrate_cli.index.values import Constant, Environment, Found, Function, step, union, unknown

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

# Callables and the place of the variable's name among their arguments; the default follows it.
GETTERS = {
    "os.getenv": 0,
    "os.environ.get": 0,
    "os.environ.setdefault": 0,
    "os.environ.pop": 0,
    "decouple.config": 0,
    "streamlit.secrets.get": 0,
    "google.colab.userdata.get": 0,
    "kaggle_secrets.UserSecretsClient.get_secret": 0,
    "dotenv.dotenv_values.get": 0,
    "dotenv.get_key": 1,
    "langchain.utils.get_from_env": 1,
    "langchain_core.utils.get_from_env": 1,
    "langchain.utils.get_from_dict_or_env": 2,
    "langchain_core.utils.get_from_dict_or_env": 2,
    "langchain.utils.env.get_from_env": 1,
    "langchain_core.utils.env.get_from_env": 1,
}
# Objects that are called, or asked by one of METHODS, for a variable.
READERS = {
    "decouple.AutoConfig", "decouple.Config", "environs.Env", "environs.FileAwareEnv", "environ.Env",
    "environ.FileAwareEnv", "starlette.config.Config",
}  # fmt: skip
METHODS = {"str", "get", "get_value", "url", "path", "int", "bool", "float"}
# Mappings of variables: what is read from them by subscript is one.
MAPPINGS = {"os.environ", "dotenv.dotenv_values", "streamlit.secrets"}
_WRAPPED = ("getenv", "get", "config", "str")


def getter(path: str, *, made: bool) -> int | None:
    """The place of the variable's name among the arguments of a call that reads one, else None."""
    if path in GETTERS:
        return GETTERS[path]
    owner, _, method = path.rpartition(".")
    return 0 if (made and path in READERS) or (owner in READERS and method in METHODS) else None


def read(
    resolver: Resolver,
    module: Module,
    scope: Scope,
    block: Block,
    node: ast.Call,
    reader: str,
    place: int = 0,
) -> tuple[Found, ...]:
    """`os.getenv(name, default)` and its relatives."""
    default = node.args[place + 1] if len(node.args) > place + 1 else None
    name = node.args[place] if len(node.args) > place else None
    for keyword in node.keywords:
        if keyword.arg in ("default", "_default"):
            default = keyword.value
        elif keyword.arg in ("key", "var", "env_key", "name") and name is None:
            name = keyword.value
    if name is None:
        return unknown("an environment variable whose name is computed")
    return union(
        *(
            variable(resolver, module, scope, block, node, reader, f, default)
            for f in resolver.eval(module, scope, block, name)
        )
    )


def variable(
    resolver: Resolver,
    module: Module,
    scope: Scope,
    block: Block,
    node: ast.expr,
    reader: str,
    name: Found,
    default: ast.expr | None,
) -> tuple[Found, ...]:
    """One environment variable, when its name is known; a default that is no literal is an alternative."""
    if not (isinstance(name.value, Constant) and isinstance(name.value.value, str)):
        return unknown("an environment variable whose name is computed")
    given = resolver.eval(module, scope, block, default) if default is not None else ()
    return declared(module, node, reader, name.value.value, given, name.value)


def declared(
    module: Module,
    node: ast.AST,
    reader: str,
    name: str,
    given: tuple[Found, ...],
    literal: Constant | None = None,
) -> tuple[Found, ...]:
    """The variable `name`, written in `literal` where that is known, with what it can be when it is not set."""
    known, default_node, place = None, None, None
    others = []
    for f in given:
        if isinstance(f.value, Constant):
            known, default_node, place = f.value.value, f.value.node, f.value.module
        elif isinstance(f.value, Environment):
            others.append(f)
    value = Environment(name, reader, module, node, known, default_node, place, literal)
    words = step(module, node, f"read from the environment variable {name}")
    return (Found(value, (words,)), *others)


# --- functions of the project that read a variable for their callers ---


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A function that reads the variable its parameter `name` says; `default` is a parameter or an expression."""

    name: str
    default: ast.expr | None


def wrapped(resolver: Resolver, module: Module, use: Use, function: Function) -> tuple[Found, ...] | None:
    """What a call of such a function reads, None when the function is none."""
    wrapper = resolver.fact((function.scope.node, "wrapper"), lambda: _wrapper(resolver, function))
    if not isinstance(wrapper, Wrapper):
        return None
    call = use.node
    assert isinstance(call, ast.Call)
    names = _own(resolver, use, module, function, wrapper.name)
    if not any(isinstance(n.value, Constant) and isinstance(n.value.value, str) for n in names):
        return None
    default = wrapper.default
    given: tuple[Found, ...] = ()
    if isinstance(default, ast.Name) and default.id in function.scope.bindings:
        given = _own(resolver, use, module, function, default.id)
    elif default is not None:
        given = resolver.eval(function.module, function.scope, (), default)
    reader = f"{function.scope.name}()"
    literals = [n.value for n in names if isinstance(n.value, Constant)]
    texts = [(each.value, each) for each in literals if isinstance(each.value, str)]
    return union(*(declared(module, call, reader, text, given, each) for text, each in texts))


def _own(resolver: Resolver, use: Use, module: Module, function: Function, name: str) -> tuple[Found, ...]:
    """What this very call gives for a parameter, or its default."""
    found = parameters.own_argument(resolver, use, module, function, name)
    node = function.scope.node
    default = default_of(node, name) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else None
    if found or default is None:
        return found
    return resolver.eval(function.module, function.scope.parent or function.module.scope, (), default)


def _wrapper(resolver: Resolver, function: Function) -> Wrapper | None:
    scope, module = function.scope, function.module
    if not scope.returns or not isinstance(scope.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    if b"env" not in module.data and b"config" not in module.data:
        return None
    own = {argument.arg for argument in all_parameters(scope.node.args)}
    for use in module.calls_of(_WRAPPED):
        call = use.node
        assert isinstance(call, ast.Call)
        if use.scope is not scope or not call.args or not isinstance(call.args[0], ast.Name):
            continue
        if call.args[0].id in own and _reads(resolver, module, use, call):
            default = call.args[1] if len(call.args) > 1 else None
            return Wrapper(call.args[0].id, default)
    for use in module.references:
        node = use.node
        if use.scope is scope and isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
            mapping = resolver.eval(module, use.scope, use.block, node.value) if node.slice.id in own else ()
            if any(_path(f) == "os.environ" for f in mapping):
                return Wrapper(node.slice.id, None)
    return None


def _reads(resolver: Resolver, module: Module, use: Use, call: ast.Call) -> bool:
    found = resolver.eval(module, use.scope, use.block, call.func)
    return any(getter(_path(f), made=getattr(f.value, "made", False)) == 0 for f in found)


def _path(found: Found) -> str:
    return getattr(found.value, "path", "")
