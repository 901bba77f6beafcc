"""Values that a program reads from YAML, TOML, JSON and INI files of the project."""

from __future__ import annotations

import ast
import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate_cli.index import pathnames
from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.syntax import dotted
from migrate_cli.index.values import (
    Constant,
    Display,
    Document,
    Found,
    Opened,
    PathName,
    Unknown,
    Written,
    step,
    union,
    unknown,
)
from migrate_cli.model import Certainty, Step

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

OPENERS = {"builtins.open", "io.open", "codecs.open", "anyio.open_file", "aiofiles.open", "smart_open.open"}
PARSERS = {
    "yaml.safe_load", "yaml.load", "yaml.full_load", "yaml.unsafe_load", "ruamel.yaml.safe_load",
    "ruamel.yaml.YAML.load", "json.load", "json.loads", "orjson.loads", "ujson.load", "ujson.loads", "json5.load",
    "json5.loads", "commentjson.load", "commentjson.loads", "tomllib.load", "tomllib.loads", "tomli.load",
    "tomli.loads", "toml.load", "toml.loads", "rtoml.load", "tomlkit.load", "tomlkit.loads", "tomlkit.parse",
    "omegaconf.OmegaConf.load", "anyconfig.load", "box.Box.from_yaml", "box.Box.from_json", "box.Box.from_toml",
}  # fmt: skip
# What wraps a mapping and answers as it does.
SAME = {
    "builtins.dict", "box.Box", "easydict.EasyDict", "munch.Munch", "munch.munchify", "munch.DefaultMunch",
    "dotmap.DotMap", "addict.Dict", "omegaconf.OmegaConf.create", "omegaconf.OmegaConf.to_container",
    "ml_collections.ConfigDict", "copy.copy", "copy.deepcopy", "types.MappingProxyType",
}  # fmt: skip
INI_PARSERS = {"configparser.ConfigParser", "configparser.RawConfigParser", "configparser.SafeConfigParser"}
DYNACONF = {"dynaconf.Dynaconf", "dynaconf.LazySettings"}
_DYNACONF_FILES = ("settings.toml", "settings.yaml", "settings.yml", "settings.json", "settings.ini")
_HYDRA = {"hydra.main"}
_READING = {"read", "read_text", "open", "read_bytes", "readlines", "decode"}
_GETTERS = {"get", "pop", "setdefault", "getint", "getfloat", "getboolean"}
_COPIES = {"copy", "to_dict", "as_dict", "toDict", "dict"}


def called(
    resolver: Resolver, module: Module, use: Use, path: str, *, made: bool
) -> tuple[Found, ...] | None:
    """What opening, parsing or wrapping a configuration file gives, None when the call is none of these."""
    call = use.node
    assert isinstance(call, ast.Call)
    if path in INI_PARSERS and not made:
        return ini(resolver, module)
    if path in DYNACONF and not made:
        return dynaconf(resolver, module, use)
    if path in OPENERS:
        return union(*(opened(resolver, module, call, f) for f in _first(resolver, module, use, "file")))
    if path == "omegaconf.OmegaConf.select" and len(call.args) > 1:
        return got(resolver, module, use, _first(resolver, module, use), call.args[1:])
    if path in PARSERS or path in SAME:
        whole = path.rpartition(".")[2] in ("loads", "parse")  # these take the text itself
        found = _first(resolver, module, use, "f", "path", "filename")
        found = tuple(f for f in found if not (whole and isinstance(f.value, Constant)))
        known = [parsed(resolver, module, call, f) for f in found]
        followed = [group for group in known if group is not None]
        return union(*followed) if followed else None
    return None


def _first(resolver: Resolver, module: Module, use: Use, *names: str) -> tuple[Found, ...]:
    call = use.node
    assert isinstance(call, ast.Call)
    given = call.args[0] if call.args else next((k.value for k in call.keywords if k.arg in names), None)
    return resolver.eval(module, use.scope, use.block, given) if given is not None else ()


def opened(resolver: Resolver, module: Module, node: ast.AST, found: Found) -> tuple[Found, ...]:
    """The file that a name means."""
    name = pathnames.of(found)
    if name is None:
        return unknown("read from a file whose name is only known at run time")
    place = pathnames.find(resolver, module.path, name)
    if place is None:
        return unknown(f"read from {posixpath.basename(name.text) or 'a file'}, which is not among the files")
    path, sure = place
    return (found.becomes(Opened(path)).via(step(module, node, f"{path} is read"), likely=not sure),)


def parsed(resolver: Resolver, module: Module, node: ast.AST, found: Found) -> tuple[Found, ...] | None:
    """The document in an opened file, or in the file of that name; None for a value that is neither."""
    value = found.value
    if isinstance(value, PathName) or (isinstance(value, Constant) and isinstance(value.value, str)):
        files = opened(resolver, module, node, found)
        return union(*(parsed(resolver, module, node, f) or () for f in files))
    if isinstance(value, Opened):
        return _document(resolver, found, Document(value.path))
    if isinstance(value, Document):
        return (found,)
    return (found,) if isinstance(value, Unknown) else None


def _document(resolver: Resolver, found: Found, document: Document) -> tuple[Found, ...]:
    if resolver.project.beside.entries(document.path) is None:
        return unknown(f"{document.path} could not be read as configuration")
    return (found.becomes(document),)


def ini(resolver: Resolver, module: Module) -> tuple[Found, ...] | None:
    """The INI files that the `read(…)` calls of a module name, for the parser that is made there."""
    groups = []
    for use in module.calls_of(("read", "read_file")):
        call = use.node
        assert isinstance(call, ast.Call)
        for found in resolver.eval(module, use.scope, use.block, call.args[0]) if call.args else ():
            for f in (found,) if isinstance(found.value, Opened) else opened(resolver, module, call, found):
                if isinstance(f.value, Opened) and resolver.project.beside.entries(f.value.path) is not None:
                    groups.append((f.becomes(Document(f.value.path, ini=True)),))
    return union(*groups) if groups else None


def dynaconf(resolver: Resolver, module: Module, use: Use) -> tuple[Found, ...] | None:
    """The settings files that `Dynaconf(settings_files=[…])` reads, or those it looks for by itself."""
    call = use.node
    assert isinstance(call, ast.Call)
    given = [k.value for k in call.keywords if k.arg in ("settings_files", "settings_file")]
    names: list[PathName] = []
    for node in given:
        for found in resolver.eval(module, use.scope, use.block, node):
            listed = resolver.elements(found) if isinstance(found.value, Display) else (found,)
            names += [name for f in listed if (name := pathnames.of(f)) is not None]
    names = names or [PathName(name, "cwd") for name in _DYNACONF_FILES]
    places = [pathnames.find(resolver, module.path, name) for name in names]
    paths = [p[0] for p in places if p is not None and resolver.project.beside.entries(p[0]) is not None]
    if not paths:
        return None
    words = step(module, call, f"Dynaconf reads {paths[0]}" + (" and others" if paths[1:] else ""))
    return (Found(Document(paths[0], others=tuple(paths[1:]), folded=True)).via(words, likely=True),)


def hydra(resolver: Resolver, module: Module, scope: Scope) -> tuple[Found, ...]:
    """The configuration that `@hydra.main(config_path=…, config_name=…)` gives the function `scope`."""
    for decorator in getattr(scope.node, "decorator_list", ()):
        if not (isinstance(decorator, ast.Call) and dotted(decorator) in _HYDRA):
            continue
        given = {k.arg: k.value.value for k in decorator.keywords if isinstance(k.value, ast.Constant)}
        folder, name = given.get("config_path") or "", given.get("config_name")
        if not isinstance(name, str):
            return unknown("a configuration whose name is given on the command line")
        here = posixpath.dirname(module.path)
        base = posixpath.normpath(posixpath.join(here, str(folder), name.removesuffix(".yaml")))
        place = pathnames.find(resolver, module.path, PathName(f"{base}.yaml", "root"))
        if place is None:
            return unknown(f"{name}.yaml is not among the files")
        words = step(module, decorator, f"hydra reads {place[0]}")
        return _document(resolver, Found(Document(place[0])).via(words, likely=True), Document(place[0]))
    return ()


def method(
    resolver: Resolver, module: Module, use: Use, receiver: Found, name: str
) -> tuple[Found, ...] | None:
    """What a method of an opened file or of a document gives, None when it is not followed."""
    value = receiver.value
    call = use.node
    assert isinstance(call, ast.Call)
    if isinstance(value, PathName) and name in ("open", "read_text", "read_bytes"):
        return opened(resolver, module, call, receiver)
    if isinstance(value, Opened) and name in _READING:
        return (receiver,)
    if isinstance(value, Document) and name in _COPIES and not call.args:
        return (receiver,)
    if isinstance(value, Document) and name in _GETTERS and call.args:
        return got(resolver, module, use, (receiver,), call.args)
    return None


def got(
    resolver: Resolver, module: Module, use: Use, receivers: tuple[Found, ...], given: list[ast.expr]
) -> tuple[Found, ...]:
    """`get(key, default)`, `get(section, option, fallback=…)` and `select(config, "a.b")`."""
    call = use.node
    assert isinstance(call, ast.Call)
    by_section = len(given) > 1 and all(isinstance(r.value, Document) and r.value.ini for r in receivers)
    depth = (
        2 if by_section and not any(isinstance(r.value, Document) and r.value.keys for r in receivers) else 1
    )
    found = receivers
    for node in given[:depth]:
        keys = resolver.eval(module, use.scope, use.block, node)
        found = union(*(item(resolver, module, node, f, keys) for f in found))
    defaults = [
        *given[depth : depth + 1],
        *(k.value for k in call.keywords if k.arg in ("default", "fallback")),
    ]
    fallback = [resolver.eval(module, use.scope, use.block, node) for node in defaults]
    known = [f for f in found if not isinstance(f.value, Unknown)]
    if known:
        fallback = [tuple(f.via(likely=True) for f in group) for group in fallback]
    return union(tuple(known) or found if not fallback else tuple(known), *fallback)


def item(
    resolver: Resolver, module: Module, node: ast.AST, found: Found, keys: tuple[Found, ...]
) -> tuple[Found, ...]:
    """`document[key]`."""
    groups = []
    for key in keys:
        if isinstance(key.value, Constant) and isinstance(key.value.value, (str, int)):
            inner = entry(resolver, found, str(key.value.value))
            groups.append(
                tuple(f.via(*key.steps, likely=key.certainty is not Certainty.PROVED) for f in inner)
            )
        else:
            groups.append(unknown(f"an entry of {_name(found)} that is chosen at run time"))
    return union(*groups)


def entry(resolver: Resolver, found: Found, key: str) -> tuple[Found, ...]:
    """What stands under `key` in a document: a scalar, or the part of the document below it."""
    document = found.value
    if not isinstance(document, Document):
        return (found,)
    parts = key.split(".") if "." in key and not document.ini else [key]
    folded = document.ini or document.folded
    for path, keys in _places(resolver, document, parts):
        known = resolver.project.beside.under(path, keys, folded=folded)
        if known is None:
            continue
        if len(known.keys) > len(keys):
            return (found.becomes(replace(document, path=path, keys=known.keys[: len(keys)])),)
        where = resolver.project.beside.place(path, known.span)
        words = Step(where, f"`{'.'.join(known.keys)}` in {path}")
        return (found.becomes(Written(known.value, path, known.keys, known.span)).via(words),)
    return unknown(f"no `{'.'.join((*document.keys, *parts))}` in {document.path}")


def _places(resolver: Resolver, document: Document, parts: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Where `parts` of a document can stand: in it, in a default section, in the file of a hydra group."""
    inside = (*document.keys, *parts)
    places = [(path, inside) for path in (document.path, *document.others)]
    if document.folded and not document.keys:
        places += [(path, ("default", *parts)) for path, _ in places]
    if document.ini and document.keys:
        places.append((document.path, ("DEFAULT", *parts)))
    if not document.keys and not document.ini:
        for known in resolver.project.beside.entries(document.path) or ():
            group = known.keys[-1] == parts[0] if known.keys[:1] == ("defaults",) else False
            if group and isinstance(known.value, str):
                folder = posixpath.join(posixpath.dirname(document.path), parts[0])
                places.append((posixpath.join(folder, f"{known.value}.yaml"), tuple(parts[1:])))
    return places


def _name(found: Found) -> str:
    return found.value.path if isinstance(found.value, Document) else "a file"
