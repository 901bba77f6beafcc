"""Fields of pydantic settings classes: environment variables with the field's value as their default."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, environment
from migrate_cli.index.module import Scope
from migrate_cli.index.syntax import entries
from migrate_cli.index.values import Class, Client, Constant, Environment, External, Found, Instance

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

READ = "settings field"
_BASE = "BaseSettings"
_PACKAGE = "pydantic"  # itself, pydantic_settings, and what frameworks hand on: langchain_core.pydantic_v1
_NAMES = ("validation_alias", "alias", "env")


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
    return environment.declared(cls.module, node, READ, variable(resolver, cls, name), literals)


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
    statement = declaration(scope, name)
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call):
        given = {k.arg: k.value for k in value.keywords}
        for keyword in _NAMES:
            if keyword in given and (text := _first_text(given[keyword])) is not None:
                return text
    fields = _configured(scope, "fields")
    inner = entries(fields).get(name) if fields is not None else None
    if isinstance(inner, ast.Dict):
        inner = entries(inner).get("env")
    return _first_text(inner) if inner is not None else None


def _first_text(node: ast.expr) -> str | None:
    """A string, or the first of several: `AliasChoices("A", "B")`, `["A", "B"]`."""
    if isinstance(node, ast.Call) and node.args:
        return _first_text(node.args[0])
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and node.elts:
        return _first_text(node.elts[0])
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


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
