"""Fields of pydantic settings classes: environment variables with the field's value as their default."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, environment
from migrate_cli.index.module import Scope
from migrate_cli.index.syntax import entries, last_name
from migrate_cli.index.values import Class, Client, Constant, Environment, External, Found, Instance

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

READ = "settings field"
RENAMABLE = "settings field that can be renamed"
_BASE = "BaseSettings"
_PACKAGE = "pydantic"  # itself, pydantic_settings, and what frameworks hand on: langchain_core.pydantic_v1
_NAMES = ("validation_alias", "alias", "env")
_NAMING = {1: ("env",), 2: ("validation_alias", "alias")}  # the keywords of `Field` that count, by version


@dataclass(frozen=True, slots=True)
class Declared:
    """A field as it is written: its `statement`, the `alias` that names its variable, and its `Field(…)` call."""

    version: int
    package: str
    statement: ast.AnnAssign
    alias: ast.Constant | None
    call: ast.Call | None


def is_settings(resolver: Resolver, cls: Class, depth: int = 0) -> bool:
    """Whether a class derives from pydantic's `BaseSettings`."""
    return bool(resolver.fact((cls.scope.node, "settings"), lambda: _is_settings(resolver, cls, depth)))


def _is_settings(resolver: Resolver, cls: Class, depth: int) -> bool:
    for base in attributes.bases(resolver, cls):
        value = base.value
        if isinstance(value, External) and value.path.endswith(f".{_BASE}"):
            return _PACKAGE in value.path
        if (
            isinstance(value, Class)
            and depth < attributes.MAX_BASES
            and is_settings(resolver, value, depth + 1)
        ):
            return True
    return False


def field(resolver: Resolver, cls: Class, name: str, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The field `name` as the environment gives it; `found` is what the class itself says of it."""
    node = declaration(cls.scope, name)
    if node is None or name == "model_config" or name.startswith("_"):
        return found
    if any(isinstance(f.value, (Instance, Client)) for f in found):
        return found  # a group of settings, or an object made of them
    literals = tuple(f for f in found if isinstance(f.value, (Constant, Environment)) and not _is_required(f))
    read = READ if renamable(resolver, cls, name) is None else RENAMABLE
    return environment.declared(cls.module, node, read, variable(resolver, cls, name), literals)


def renamable(resolver: Resolver, cls: Class, name: str) -> Declared | None:
    """How a field is written whose variable can be named anew where it is declared; None where a person has to look.

    That is a field with a type of its own, in a class without prefix and without a table of variables.
    """
    statement = declaration(cls.scope, name)
    base = _base(resolver, cls)
    if (
        not isinstance(statement, ast.AnnAssign)
        or base is None
        or _configured(cls.scope, "fields") is not None
    ):
        return None
    package = base.rpartition(".")[0]
    version = 2 if package == "pydantic_settings" else 1
    call = _call(statement)
    call = call if call is not None and last_name(call.func) == "Field" else None
    given = {k.arg: k.value for k in call.keywords} if call is not None else {}
    if None in given:
        return None
    alias = next((_first_constant(given[key]) for key in _NAMING[version] if key in given), None)
    if alias is None and (prefix(resolver, cls) or any(key in given for key in _NAMING[version])):
        return None
    return Declared(version, "pydantic" if version == 2 else package, statement, alias, call)


def _call(statement: ast.stmt | None) -> ast.Call | None:
    """The call that a field is given, or the one in its `Annotated[…]`."""
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call):
        return value
    annotation = getattr(statement, "annotation", None)
    if not isinstance(annotation, ast.Subscript) or last_name(annotation.value) != "Annotated":
        return None
    told = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else []
    return next(
        (part for part in told if isinstance(part, ast.Call) and last_name(part.func) == "Field"), None
    )


def _base(resolver: Resolver, cls: Class, depth: int = 0) -> str | None:
    """The path of pydantic's own class that a settings class derives from."""
    for base in attributes.bases(resolver, cls):
        value = base.value
        if isinstance(value, External) and value.path.endswith(f".{_BASE}"):
            return value.path
        if isinstance(value, Class) and depth < attributes.MAX_BASES:
            found = _base(resolver, value, depth + 1)
            if found is not None:
                return found
    return None


def _is_required(found: Found) -> bool:
    return isinstance(found.value, Constant) and found.value.value is Ellipsis


def declaration(scope: Scope, name: str) -> ast.stmt | None:
    """The statement in a class's body that declares the field."""
    node = scope.node
    for statement in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(statement, ast.AnnAssign):
            target: ast.expr | None = statement.target
        elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
        else:
            continue
        if isinstance(target, ast.Name) and target.id == name:
            return statement
    return None


def variable(resolver: Resolver, cls: Class, name: str) -> str:
    """The environment variable that a field is read from."""
    return named(cls.scope, name) or f"{prefix(resolver, cls)}{name}".upper()


def named(scope: Scope, name: str) -> str | None:
    """The variable that `Field(alias=…)`, `Field(env=…)` or `Config.fields` names, None without."""
    call = _call(declaration(scope, name))
    if call is not None:
        given = {k.arg: k.value for k in call.keywords}
        for keyword in _NAMES:
            if keyword in given and (text := _first_text(given[keyword])) is not None:
                return text
    fields = _configured(scope, "fields")
    inner = entries(fields).get(name) if fields is not None else None
    if isinstance(inner, ast.Dict):
        inner = entries(inner).get("env")
    return _first_text(inner) if inner is not None else None


def _first_text(node: ast.expr) -> str | None:
    found = _first_constant(node)
    return None if found is None else str(found.value)


def _first_constant(node: ast.expr) -> ast.Constant | None:
    """A string, or the first of several: `AliasChoices("A", "B")`, `["A", "B"]`."""
    if isinstance(node, ast.Call) and node.args:
        return _first_constant(node.args[0])
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and node.elts:
        return _first_constant(node.elts[0])
    return node if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def prefix(resolver: Resolver, cls: Class, depth: int = 0) -> str:
    """`env_prefix` of a settings class or of the nearest base that sets one."""
    value = _configured(cls.scope, "env_prefix")
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    for base in attributes.bases(resolver, cls):
        if isinstance(base.value, Class) and depth < attributes.MAX_BASES:
            inherited = prefix(resolver, base.value, depth + 1)
            if inherited:
                return inherited
    return ""


def _configured(scope: Scope, option: str) -> ast.expr | None:
    """An option in `model_config = SettingsConfigDict(…)`, in `class Config`, or among the class's keywords."""
    node = scope.node
    assert isinstance(node, ast.ClassDef)
    for keyword in node.keywords:
        if keyword.arg == option:
            return keyword.value
    for statement in node.body:
        if isinstance(statement, ast.Assign) and statement.targets:
            target = statement.targets[0]
            if isinstance(target, ast.Name) and target.id == "model_config":
                return entries(statement.value).get(option)
        elif isinstance(statement, ast.ClassDef) and statement.name == "Config":
            for inner in statement.body:
                name = inner.targets[0] if isinstance(inner, ast.Assign) else None
                if isinstance(inner, ast.Assign) and isinstance(name, ast.Name) and name.id == option:
                    return inner.value
    return None
