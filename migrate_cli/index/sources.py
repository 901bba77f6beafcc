"""Where values come in from outside the program: the environment, files, the command line.

The resolver asks here before it takes a call, an attribute or an element of another package's object for unknown.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import django, documents, environment, menus, options, pathnames
from migrate_cli.index.module import Module, Use
from migrate_cli.index.values import (
    Document,
    External,
    Found,
    Opened,
    Options,
    PathName,
    union,
    unknown,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

KINDS = (Document, Opened, Options, PathName)
_MANY = {"collections.ChainMap"}
_SECRETS = "streamlit.secrets"
_SECRET_CLASSES = {"pydantic.SecretStr", "pydantic.v1.SecretStr", "pydantic.types.SecretStr"}
_FLAGS = "absl.flags.FLAGS"


def called(resolver: Resolver, module: Module, use: Use, function: External) -> tuple[Found, ...] | None:
    """What calling something of another package gives, None when nothing comes in through it."""
    path, call = function.path, use.node
    assert isinstance(call, ast.Call)
    place = environment.getter(path, made=function.made)
    if place is not None and (call.args or call.keywords):
        return environment.read(resolver, module, use.scope, use.block, call, path, place)
    if path == "builtins.vars" and call.args:
        found = resolver.eval(module, use.scope, use.block, call.args[0])
        return found if any(isinstance(f.value, Options) for f in found) else None
    if path in _SECRET_CLASSES and call.args:
        return resolver.eval(module, use.scope, use.block, call.args[0])
    if path in _MANY:
        return union(*(resolver.eval(module, use.scope, use.block, part) for part in call.args))
    return (
        options.parsed(path, module)
        or options.declared(resolver, module, use, path)
        or menus.chosen(resolver, module, use, path)
        or pathnames.called(resolver, module, use, path)
        or documents.called(resolver, module, use, path, made=function.made)
    )


def method(resolver: Resolver, module: Module, use: Use, receiver: Found) -> tuple[Found, ...]:
    """What a method of a path, an opened file, a document or a set of options gives."""
    call, value = use.node, receiver.value
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    name = call.func.attr
    found: tuple[Found, ...] | None = None
    if isinstance(value, PathName):
        found = pathnames.method(resolver, module, use, value, name)
    elif isinstance(value, Options) and name == "get" and call.args:
        keys = resolver.eval(module, use.scope, use.block, call.args[0])
        found = item(resolver, module, call, receiver, keys)
    found = found or documents.method(resolver, module, use, receiver, name)
    return found if found is not None else unknown(f"what `{name}()` of {_words(receiver)} gives")


def attribute(resolver: Resolver, found: Found, name: str) -> tuple[Found, ...] | None:
    """Attribute of a value that came from outside, None for any other value."""
    value = found.value
    if isinstance(value, Options):
        return (found,) if name == "__dict__" else options.option(resolver, found, name)
    if isinstance(value, Document):
        return documents.entry(resolver, found, name)
    if isinstance(value, PathName):
        if name == "parent":
            return (found.becomes(pathnames.up(value, 1)),)
        return (found,) if name == "parents" else unknown("part of a file's name")
    if isinstance(value, Opened):
        return unknown(f"`{name}` of {_words(found)}")
    return None


def item(
    resolver: Resolver, module: Module, node: ast.AST, found: Found, keys: tuple[Found, ...]
) -> tuple[Found, ...] | None:
    """Element of a value that came from outside, None for any other value."""
    value = found.value
    names = [getattr(key.value, "value", None) for key in keys]
    if isinstance(value, Options):
        texts = [name for name in names if isinstance(name, str)]
        return union(*(options.option(resolver, found, text) for text in texts)) or unknown(
            "an option that is chosen at run time"
        )
    if isinstance(value, PathName):
        level = names[0] if names and isinstance(names[0], int) else 0
        return (found.becomes(pathnames.up(value, level + 1)),)
    if isinstance(value, Document):
        return documents.item(resolver, module, node, found, keys)
    return None


def of_package(
    resolver: Resolver, module: Module, node: ast.AST, found: Found, name: str
) -> tuple[Found, ...] | None:
    """`st.secrets.NAME`, `FLAGS.name` and Django's `settings.NAME`; None for any other attribute of a package."""
    path = getattr(found.value, "path", "")
    if path == _SECRETS and name not in environment.METHODS:
        return environment.declared(module, node, "st.secrets", name, ())
    if path == _FLAGS and not name.startswith("_"):
        return options.flag(resolver, module, name)
    return django.setting(resolver, name) if path == django.SETTINGS and name.isupper() else None


def _words(found: Found) -> str:
    value = found.value
    if isinstance(value, (Document, Opened)):
        return value.path
    return "a file's name" if isinstance(value, PathName) else "the command line"
