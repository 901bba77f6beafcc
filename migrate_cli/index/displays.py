"""Elements of dictionaries, lists and tuples that are written out in the source."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import environment
from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.syntax import entries
from migrate_cli.index.values import Display, External, Found, step, union, unknown

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)


def subscript(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Subscript
) -> tuple[Found, ...]:
    """`value[key]`."""
    results: list[tuple[Found, ...]] = []
    for found in resolver.eval(module, scope, block, node.value):
        value = found.value
        if isinstance(value, External) and value.path == "os.environ":
            keys = resolver.eval(module, scope, block, node.slice)
            results += [
                environment.variable(resolver, module, scope, block, node, "os.environ[]", k, None)
                for k in keys
            ]
        elif isinstance(value, Display):
            results.append(element(resolver, found, literal(node.slice)))
        elif isinstance(value, External):
            results.append((found.becomes(External(f"{value.path}[]", value.made)),))
        else:
            results.append(unknown("an element of something that is not followed"))
    return union(*results)


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
    values = entries(display.node)
    if key is not None and key in values:
        inner = part_of(resolver, display, values[key])
        return tuple(f.via(step(display.module, values[key], f"entry {key!r}")) for f in inner)
    if key is not None and values:
        return unknown(f"no entry {key!r} in the display")
    return elements(resolver, found)


def elements(resolver: Resolver, found: Found, *, iterated: bool = False) -> tuple[Found, ...]:
    """Any element of a display, and therefore only likely; `iterated` asks for the keys of a dictionary."""
    value = found.value
    if not isinstance(value, Display):
        return unknown("an element of something that is not followed")
    inside = (part_of(resolver, value, part) for part in parts(value.node, iterated=iterated))
    return union(*(tuple(f.via(likely=True) for f in group) for group in inside)) or unknown("an element")


def parts(node: ast.expr, *, iterated: bool) -> list[ast.expr]:
    """The expressions that a display is made of."""
    if isinstance(node, _COMPREHENSIONS):
        return [node.elt]
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return node.elts
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
        return unknown("an index outside the display")
    if isinstance(value, Display) and isinstance(value.node, _COMPREHENSIONS):
        return elements(resolver, found)
    if isinstance(value, External):
        return (found,)
    return unknown("part of something that is not followed")


def view(found: Found, method: str) -> Found | None:
    """What `copy()`, `keys()`, `values()` or `items()` of a dict display gives, None for any other method."""
    display = found.value
    if not isinstance(display, Display) or not isinstance(display.node, (ast.Dict, ast.Call)):
        return None
    if method == "copy":
        return found
    node = display.node
    if isinstance(node, ast.Call):
        rows = {"values": [k.value for k in node.keywords]}
    else:
        pairs = [(k, v) for k, v in zip(node.keys, node.values, strict=True) if k is not None]
        rows = {"keys": [k for k, _ in pairs], "values": [v for _, v in pairs]}
        rows["items"] = [ast.copy_location(ast.Tuple([k, v], ast.Load()), v) for k, v in pairs]
    if method not in rows:
        return None
    listed = ast.copy_location(ast.List(rows[method], ast.Load()), node)
    return found.becomes(Display(display.module, listed, display.scope, display.block))
