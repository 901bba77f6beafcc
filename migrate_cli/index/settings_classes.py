"""Fields of pydantic settings classes: environment variables with the field's value as their default."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, environment
from migrate_cli.index.module import Module, Scope
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

    That is a field of a type of its own with a constant default, in a class that nothing derives from, that is made
    without arguments, and that neither prefixes variables nor looks at them before they are fields.
    """
    statement, module = declaration(cls.scope, name), cls.module
    base = _base(resolver, cls)
    if not isinstance(statement, ast.AnnAssign) or base is None or not _is_plain(resolver, cls):
        return None
    package = base.rpartition(".")[0]
    version = 2 if package == "pydantic_settings" else 1
    if version == 2 and not _takes_others(cls.scope):
        return None
    if last_name(getattr(statement.annotation, "value", statement.annotation)) in _NO_FIELDS:
        return None
    home = "pydantic" if version == 2 else package
    call = _call(statement)
    value = statement.value if call is None else None
    given = {} if call is None else {k.arg: k.value for k in call.keywords}
    if call is not None and not _is_field(resolver, module, cls.scope, call, given):
        return None
    if not all(
        isinstance(v, ast.Constant) and v.value is not None
        for v in (value, *_defaults(call))
        if v is not None
    ):
        return None
    if call is None and any(
        module.scope.bindings.get(n) and not _imports(module, n, home) for n in _IMPORTED
    ):
        return None
    aliases = [given[key] for key in _NAMES if key in given]
    alias = next((part for part in aliases if isinstance(part, ast.Constant)), None)
    if len(aliases) > 1 or (aliases and (alias is None or not any(key in given for key in _NAMING[version]))):
        return None
    return Declared(version, home, statement, alias, call)


_NO_FIELDS = {"ClassVar", "Final", "InitVar", "PrivateAttr"}
_IMPORTED = ("Field", "Annotated")
_WATCHING = (
    b"env_prefix", b"alias_generator", b"populate_by_name", b"validate_by_name", b"model_validator", b"root_validator",
    b"customise_sources",
)  # fmt: skip


def _is_plain(resolver: Resolver, cls: Class) -> bool:
    """Whether nothing in sight depends on how the fields of a settings class are called from outside."""
    return bool(resolver.fact((cls.scope.node, "plain"), lambda: _seems_plain(resolver, cls)))


def _seems_plain(resolver: Resolver, cls: Class) -> bool:
    module, node = cls.module, cls.scope.node
    assert isinstance(node, ast.ClassDef)
    if any(word in module.data for word in _WATCHING) or _configured(cls.scope, "fields") is not None:
        return False
    if any(isinstance(b.value, Class) for b in attributes.bases(resolver, cls)):
        return False
    used = re.compile(
        rb"(?<!class )\b%b\s*\(\s*[^)\s]|\bclass \w+\([^)]*\b%b\b" % ((node.name.encode(),) * 2)
    )
    project = resolver.project
    return not any(used.search(project.data(path)) for path in project.mentioning(node.name))


def _takes_others(scope: Scope) -> bool:
    """Whether names that are no fields may stand in the file that a class reads: OpenAI's key, which stays there."""
    extra = _configured(scope, "extra")
    allowed = isinstance(extra, ast.Constant) and extra.value in ("ignore", "allow")
    return allowed or _configured(scope, "env_file") is None


def _is_field(
    resolver: Resolver, module: Module, scope: Scope, call: ast.Call, given: Mapping[str | None, ast.expr]
) -> bool:
    """Whether a call is pydantic's `Field(…)`, under its own name and with keywords that are written out."""
    found = resolver.eval(module, scope, (), call.func)
    paths = {f.value.path for f in found if isinstance(f.value, External)}
    known = len(paths) == len(found) == 1 and all(_PACKAGE in p and p.endswith(".Field") for p in paths)
    return known and last_name(call.func) == "Field" and None not in given and "default_factory" not in given


def _defaults(call: ast.Call | None) -> list[ast.expr]:
    """The default that a `Field(…)` gives."""
    if call is None:
        return []
    return [*call.args, *(k.value for k in call.keywords if k.arg == "default")]


def _imports(module: Module, name: str, home: str) -> bool:
    """Whether a name of a file is what an edit would import under it."""
    homes = {"Field": home, "Annotated": "typing"}
    return all(
        b.kind == "from" and b.module == homes[name] and b.name == name for b in module.scope.bindings[name]
    )


def _base(resolver: Resolver, cls: Class) -> str | None:
    """The path of pydantic's own class that a settings class derives from."""
    paths = (b.value.path for b in attributes.bases(resolver, cls) if isinstance(b.value, External))
    return next((path for path in paths if path.endswith(f".{_BASE}")), None)


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
