"""Elements of dictionaries, lists and tuples that are written out in the source."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import containers, environment, grown, holders, lookups, sources, tools
from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.narrowed import telling
from migrate_cli.index.syntax import any_of, dotted, entries, next_of
from migrate_cli.index.values import (
    Collection,
    Display,
    External,
    Found,
    Options,
    Rest,
    Unknown,
    step,
    union,
    unknown,
)
from migrate_cli.model import Certainty

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)
_SEQUENCES = (*_COMPREHENSIONS, ast.List, ast.Set, ast.Tuple)
_EMPTIES = (ast.List, ast.Dict)


def subscript(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Subscript
) -> tuple[Found, ...]:
    """`value[key]`."""
    results: list[tuple[Found, ...]] = []
    for found in resolver.eval(module, scope, block, node.value):
        value = found.value
        if isinstance(value, External) and value.path in environment.MAPPINGS:
            keys = resolver.eval(module, scope, block, node.slice)
            results += [
                environment.variable(resolver, module, scope, block, node, f"{value.path}[]", k, None)
                for k in keys
            ]
        elif isinstance(value, sources.KINDS):
            keys = resolver.eval(module, scope, block, node.slice)
            results.append(sources.item(resolver, module, node, found, keys) or ())
        elif isinstance(value, Display):
            likely = found.certainty is not Certainty.PROVED
            inside = element(resolver, found, literal(node.slice))
            results.append(tuple(f.via(likely=likely) for f in inside))
        elif inside := containers.inside(resolver, found, literal(node.slice)):
            results.append(inside)
        elif isinstance(value, External) and value.path in tools.INJECTED:
            results.append(tools.injected(resolver, module, scope, block, node))
        elif isinstance(value, External):
            origin = Display(module, node, scope, block)
            results.append((found.becomes(External(f"{value.path}[]", value.made, origin)),))
        else:
            results.append(
                (found,) if isinstance(value, Unknown) else unknown(f"an element of `{shown(node.value)}`")
            )
    return holders.by_name(resolver, scope, node.value, literal(node.slice), union(*results)) or union(
        *results
    )


def shown(node: ast.expr) -> str:
    """A short expression as it is written, for words."""
    return dotted(node) or "a collection"


def literal(node: ast.expr) -> object:
    """The constant that a subscript is, negative numbers included, else None."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = literal(node.operand)
        return -inner if isinstance(inner, int) else None
    return node.value if isinstance(node, ast.Constant) else None


def element(resolver: Resolver, found: Found, key: object) -> tuple[Found, ...]:
    """Element `key` of a display; with an unknown key any of them, and then only likely."""
    display = found.value
    assert isinstance(display, Display)
    if isinstance(display.node, (ast.Tuple, ast.List)) and isinstance(key, int):
        return item(resolver, found, key)
    if isinstance(key, str) and isinstance(display.node, _SEQUENCES):
        return unknown(f"a list or tuple, which has no entry {key!r}")
    values = entries(display.node)
    if key is not None and key in values:
        inner = part_of(resolver, display, values[key])
        stored = grown.grown(resolver, display, key)
        return union(tuple(f.via(step(display.module, values[key], f"entry {key!r}")) for f in inner), stored)
    later = grown.grown(resolver, display, key) if key is not None else ()
    if later:
        return later
    taken_in = lookups.spread(resolver, display, key) if key is not None else ()
    if taken_in:
        return taken_in
    if key is not None and values:
        return unknown(f"no entry {key!r} in the display")
    return elements(resolver, found)


def elements(resolver: Resolver, found: Found, *, iterated: bool = False) -> tuple[Found, ...]:
    """Any element of a display, and therefore only likely; `iterated` asks for the keys of a dictionary."""
    value = found.value
    if not isinstance(value, Display):
        told = containers.inside(resolver, found, None, iterated=iterated)
        return told or unknown("an element of something that is not followed")
    inside = [part_of(resolver, value, part) for part in parts(value.node, iterated=iterated)]
    if not (iterated and isinstance(value.node, (ast.Dict, ast.DictComp))):
        inside.append(grown.grown(resolver, value, None))
    told = union(*(tuple(f.via(likely=True) for f in group) for group in inside))
    if all(isinstance(f.value, Unknown) for f in told):
        told = _annotated(resolver, value, iterated=iterated) or told
    return told or unknown("an element of a collection that is empty in the source")


def _annotated(resolver: Resolver, display: Display, *, iterated: bool = False) -> tuple[Found, ...]:
    """What the annotation of an empty display says of its elements: `clients: list[OpenAI] = []`."""
    node = display.node
    if getattr(node, "elts", None) or getattr(node, "keys", None) or not isinstance(node, _EMPTIES):
        return ()
    kept = [b.node for bound in display.scope.bindings.values() for b in bound if b.value is node]
    groups = [
        containers.inside(resolver, f, None, iterated=iterated)
        for statement in kept
        if isinstance(statement, ast.AnnAssign)
        for f in resolver.annotation(display.module, display.scope, statement.annotation)
    ]
    return telling(union(*groups))


def parts(node: ast.expr, *, iterated: bool) -> list[ast.expr]:
    """The expressions that a display is made of."""
    if isinstance(node, _COMPREHENSIONS):
        return [node.elt]
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return [next_of(e.value) if isinstance(e, ast.Starred) else e for e in node.elts]
    if isinstance(node, ast.DictComp):
        return [node.key if iterated else node.value]
    if iterated:
        return [k for k in node.keys if k is not None] if isinstance(node, ast.Dict) else []
    return list(entries(node).values())


def part_of(resolver: Resolver, display: Display, node: ast.expr) -> tuple[Found, ...]:
    """What an expression inside a display can be."""
    scope, block = display.module.where.get(node, (display.scope, display.block))
    return resolver.eval(display.module, scope, block, node)


def item(resolver: Resolver, found: Found, index: int) -> tuple[Found, ...]:
    """Element `index` of an unpacked value."""
    value = found.value
    if isinstance(value, Display) and isinstance(value.node, (ast.Tuple, ast.List)):
        listed = value.node.elts
        if any(isinstance(part, ast.Starred) for part in listed):
            return elements(resolver, found)
        if -len(listed) <= index < len(listed):
            return part_of(resolver, value, listed[index])
        stored = grown.grown(resolver, value, index) or _annotated(resolver, value)
        return stored or unknown("an index outside the display")
    if isinstance(value, Display) and isinstance(value.node, _COMPREHENSIONS):
        return elements(resolver, found)
    if isinstance(value, (Collection, Rest)):
        return containers.inside(resolver, found, index) or unknown("part of something that is not followed")
    if isinstance(value, (External, Options, Unknown)):
        return (found,)
    return unknown("part of something that is not followed")


def view(found: Found, method: str) -> Found | None:
    """What `copy()`, `keys()`, `values()` or `items()` of a dict display gives, None for any other method."""
    display = found.value
    if isinstance(display, Collection) and display.shape == "dict" and method in ("values", "items"):
        shape, parts = ("list", display.parts[1:]) if method == "values" else ("items", display.parts)
        return found.becomes(Collection(shape, parts, display.module, display.scope))
    if not isinstance(display, Display) or not isinstance(display.node, (ast.Dict, ast.Call, ast.DictComp)):
        return None
    if method == "copy":
        return found
    node = display.node
    held = any_of(node)  # whatever is put in later
    if isinstance(node, ast.Call):
        rows = {"values": [*(k.value for k in node.keywords), held]}
    elif isinstance(node, ast.DictComp):
        pair = ast.copy_location(ast.Tuple([node.key, node.value], ast.Load()), node)
        rows = {"keys": [node.key], "values": [node.value, held], "items": [pair]}
    else:
        pairs = [(k, v) for k, v in zip(node.keys, node.values, strict=True) if k is not None]
        rows = {"keys": [k for k, _ in pairs], "values": [v for _, v in pairs]}
        rows["values"].append(held)
        both = [*pairs, (ast.copy_location(ast.Constant(None), node), held)]
        rows["items"] = [ast.copy_location(ast.Tuple([k, v], ast.Load()), v) for k, v in both]
    if method not in rows:
        return None
    listed = ast.copy_location(ast.List(rows[method], ast.Load()), node)
    return found.becomes(Display(display.module, listed, display.scope, display.block))
