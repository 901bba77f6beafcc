"""Literal structures of a request: the dicts and lists that an argument is written as, followed through names.

Names are followed as the program runs to the call: the binding that reaches it, then what `append`, `extend`,
`insert`, `+=` and `d["k"] = v` put in before it. What cannot be known is OPEN; an OPEN item of a list that is not
complete stands for any number of items.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migrate_cli.files.secrets import mask
from migrate_cli.index.attributes import enclosing
from migrate_cli.index.module import Binding, Block, Module, Scope
from migrate_cli.index.names import reaching
from migrate_cli.index.syntax import terminal
from migrate_cli.index.values import Constant, Display, Found
from migrate_cli.model import Certainty, Entry, Shape, ShapeKind, Span
from migrate_cli.sites import growth
from migrate_cli.sites.values import hidden

if TYPE_CHECKING:
    from migrate_cli.sites.arguments import Reader

# Arguments that are followed through names; any other has a shape only where a display stands right at it.
FOLLOWED = {
    "messages", "tools", "functions", "tool_choice", "function_call", "response_format", "extra_body", "input",
    "stop", "modalities", "stream_options", "audio", "reasoning", "thinking", "text", "prompt", "logit_bias",
    "web_search_options", "prediction", "include", "metadata", "extra_headers", "model_kwargs", "text_format",
    "default_headers",
}  # fmt: skip
MAX_DEPTH = 24
MAX_EVALUATIONS = 200  # a structure that lies further away is as good as unknown
_DISPLAYS = (ast.Dict, ast.List, ast.Tuple, ast.ListComp)
_COPIES = {"list", "tuple", "copy", "deepcopy"}


@dataclass(frozen=True, slots=True)
class At:
    """Where an expression stands, and up to where the program has run when it is used."""

    module: Module
    scope: Scope
    block: Block
    limit: growth.Limit
    depth: int = 0

    def moved(self, node: ast.AST, *, copied: bool = False) -> At:
        """The place of a part; what is copied there does not change any more."""
        scope, block = self.module.where.get(node, (self.scope, self.block))
        limit = growth.Limit(scope, self.module.start(node), block) if copied else self.limit
        return At(self.module, scope, block, limit, self.depth + 1)

    def deeper(self) -> At:
        """The same place, one step further from the call."""
        return replace(self, depth=self.depth + 1)


def shape(
    reader: Reader, module: Module, scope: Scope, block: Block, name: str, node: ast.expr
) -> Shape | None:
    """The literal structure of one argument, None where it is a plain value or nothing is known of it."""
    if isinstance(node, ast.Constant) or not (name in FOLLOWED or isinstance(node, _DISPLAYS)):
        return None
    reader.resolver.fresh_budget(MAX_EVALUATIONS)
    at = At(module, scope, block, growth.Limit(scope, module.span(node).end, block))
    found = walk(reader, at, node)
    if found.kind in (ShapeKind.DICT, ShapeKind.LIST):
        return found
    # token ids come from a call a line above
    return (
        found if name == "input" and isinstance(node, ast.Name) and found.span != module.span(node) else None
    )


def loose(reader: Reader, module: Module, scope: Scope, node: ast.Dict) -> Shape:
    """The literal structure of a dictionary that no argument is known to hold."""
    reader.resolver.fresh_budget(MAX_EVALUATIONS)
    scope, block = module.where.get(node, (scope, ()))
    return walk(reader, At(module, scope, block, growth.Limit(scope, None)), node)


def walk(reader: Reader, at: At, node: ast.expr) -> Shape:
    """The shape of an expression."""
    if at.depth > MAX_DEPTH:
        return leaf(reader, at.module, node)
    if isinstance(node, ast.Constant):
        return leaf(reader, at.module, node, constant=True)
    if isinstance(node, ast.Dict):
        return _dict(reader, at, node)
    if isinstance(node, (ast.List, ast.Tuple)):
        return _list(reader, at, node, node.elts)
    if isinstance(node, ast.ListComp):
        item = walk(reader, at.moved(node.elt), node.elt)
        return replace(leaf(reader, at.module, node), kind=ShapeKind.LIST, items=(item,), complete=False)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.BitOr)):
        return _joined(reader, at, node)
    if isinstance(node, (ast.NamedExpr, ast.Await)):
        return walk(reader, at.deeper(), node.value)
    if isinstance(node, ast.IfExp):
        return _either(reader, at, node, [node.body, node.orelse])
    if isinstance(node, ast.BoolOp):
        return _either(reader, at, node, node.values)
    if isinstance(node, ast.Call):
        return _standing_for(reader, at, node, _called(reader, at, node))
    if isinstance(node, ast.Name):
        return _standing_for(reader, at, node, _named(reader, at, node))
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return _standing_for(reader, at, node, _resolved(reader, at, node))
    return leaf(reader, at.module, node)


def _standing_for(reader: Reader, at: At, node: ast.expr, found: Shape) -> Shape:
    """What an expression leads to, with the expression; where that is not known, the expression itself."""
    if found.kind is ShapeKind.OPEN:
        return leaf(reader, at.module, node)
    span = at.module.span(node)
    if (found.path, found.span) == (at.module.path, span):
        return found
    return replace(found, name=mask(at.module.code(node)), name_span=span)


def leaf(reader: Reader, module: Module, node: ast.expr, *, constant: bool = False) -> Shape:
    """A constant, or something that is only known at run time."""
    span = module.span(node)
    place, code = reader.places.node(module, node), mask(module.code(node))
    value = node.value if constant and isinstance(node, ast.Constant) else None
    if not constant or not isinstance(value, (str, int, float, bool, type(None))):
        return Shape(ShapeKind.OPEN, module.path, span, place, code)
    return Shape(ShapeKind.CONSTANT, module.path, span, place, code, hidden(value)[0])


def _dict(reader: Reader, at: At, node: ast.Dict) -> Shape:
    entries: list[Entry] = []
    complete = True
    for key, value in zip(node.keys, node.values, strict=True):
        inner = walk(reader, at.moved(value), value)
        if key is None:
            entries = merged(entries, [as_added(e) for e in inner.entries])
            complete = complete and inner.kind is ShapeKind.DICT and inner.complete
        elif isinstance(key, ast.Constant) and isinstance(key.value, str):
            entries = merged(entries, [Entry(key.value, at.module.span(key), inner)])
        else:
            complete = False
    return _as_dict(leaf(reader, at.module, node), entries, complete=complete)


def _list(reader: Reader, at: At, node: ast.expr, parts: list[ast.expr]) -> Shape:
    items: list[Shape] = []
    complete = True
    for part in parts:
        inner = walk(reader, at.moved(part, copied=isinstance(part, ast.Starred)), _bare(part))
        if not isinstance(part, ast.Starred):
            items.append(inner)
        elif inner.kind is ShapeKind.LIST:
            items += (replace(i, added=True) for i in inner.items)
            complete = complete and inner.complete
        else:
            items.append(inner)
            complete = False
    whole = leaf(reader, at.module, node)
    return replace(whole, kind=ShapeKind.LIST, items=tuple(items), complete=complete)


def _bare(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Starred) else node


def _joined(reader: Reader, at: At, node: ast.BinOp) -> Shape:
    """`[a] + b` and `{…} | d`: what both sides hold, none of it with a place in one display."""
    left, right = (walk(reader, at.moved(n, copied=True), n) for n in (node.left, node.right))
    whole = leaf(reader, at.module, node)
    kinds = {left.kind, right.kind}
    complete = left.complete and right.complete and ShapeKind.OPEN not in kinds
    if isinstance(node.op, ast.Add) and ShapeKind.LIST in kinds:
        items = [
            i for side in (left, right) for i in (side.items if side.kind is ShapeKind.LIST else (side,))
        ]
        held = tuple(replace(i, added=True) for i in items)
        return replace(whole, kind=ShapeKind.LIST, items=held, complete=complete)
    if isinstance(node.op, ast.BitOr) and ShapeKind.DICT in kinds:
        return _as_dict(
            whole, merged([*map(as_added, left.entries)], [*map(as_added, right.entries)]), complete=complete
        )
    return whole


def _either(reader: Reader, at: At, node: ast.expr, parts: list[ast.expr]) -> Shape:
    """`tools if x else None`, `messages or []`: the one structure among the alternatives."""
    found = [walk(reader, at.moved(p), p) for p in parts]
    structures = [s for s in found if s.items or s.entries]
    if len(structures) != 1:
        return leaf(reader, at.module, node)
    known = all(s.kind is not ShapeKind.OPEN or _is_unset(s) for s in found)
    return replace(structures[0], complete=structures[0].complete and known)


def _is_unset(found: Shape) -> bool:
    return found.code.rpartition(".")[2] in ("NOT_GIVEN", "omit", "NotGiven()", "Omit()")


def _called(reader: Reader, at: At, node: ast.Call) -> Shape:
    """`dict(a=1)`, `list(x)`, `x.copy()`, and what a function of the project returns."""
    name, function = terminal(node), node.func
    if name == "dict" and isinstance(function, ast.Name):
        return _dict_call(reader, at, node)
    if name in _COPIES and not node.keywords:
        inner = node.args[0] if len(node.args) == 1 else None
        if inner is None and not node.args and isinstance(function, ast.Attribute):
            inner = function.value
        if inner is not None:
            return walk(reader, at.moved(inner, copied=True), inner)
    return _resolved(reader, at, node)


def _dict_call(reader: Reader, at: At, node: ast.Call) -> Shape:
    entries: list[Entry] = []
    complete = True
    for part in (*node.args, *(k.value for k in node.keywords if k.arg is None)):
        inner = walk(reader, at.moved(part, copied=True), part)
        entries = merged(entries, [as_added(e) for e in inner.entries])
        complete = complete and inner.kind is ShapeKind.DICT and inner.complete
    for keyword in node.keywords:
        if keyword.arg is not None:
            start = at.module.start(keyword)
            span = Span(start, start + len(keyword.arg.encode()))
            inner = walk(reader, at.moved(keyword.value), keyword.value)
            entries = merged(entries, [Entry(keyword.arg, span, inner)])
    return _as_dict(leaf(reader, at.module, node), entries, complete=complete)


def _named(reader: Reader, at: At, node: ast.Name) -> Shape:
    """What a name stands for: the binding that reaches it, and what is put in later."""
    home: Scope | None = at.scope
    while home is not None and (
        node.id not in home.bindings or (home.kind == "class" and home is not at.scope)
    ):
        home = home.parent
    if home is None:
        return leaf(reader, at.module, node)
    bindings = [b for b in home.bindings[node.id] if not b.typing_only]
    if home is at.scope:
        bindings = reaching(at.module, bindings, node, at.block)
    bound = _only(bindings)
    if bound is None or bound.kind != "value" or bound.value is None or bound.item is not None:
        return _resolved(reader, at, node)
    own = home is at.limit.scope
    limit = at.limit if own else growth.Limit(home, None)
    inner = At(at.module, *at.module.where.get(bound.value, (home, bound.block)), limit, at.depth + 1)
    if isinstance(bound.node, ast.AugAssign):
        inner = replace(inner, limit=growth.Limit(home, bound.start, bound.block))
    found = walk(reader, inner, bound.value)
    if own and at.block[: len(bound.block)] != bound.block:
        found = replace(found, complete=False)  # not on every path
    return grown(
        reader, replace(inner, limit=limit), found, growth.Names.of(at.module, home, node.id, bound.start)
    )


def _only(bindings: list[Binding]) -> Binding | None:
    """The one binding that counts: a `+=` in a branch holds what it adds to."""
    if len(bindings) > 1 and all(isinstance(b.node, ast.AugAssign) for b in bindings[1:]):
        return bindings[-1]
    return bindings[0] if len(bindings) == 1 else None


def _resolved(reader: Reader, at: At, node: ast.expr) -> Shape:
    """What the resolver says of an expression: one display, or one text that is no default."""
    found = reader.resolver.eval(at.module, at.scope, at.block, node)
    displays = [f for f in found if isinstance(f.value, Display)]
    if len(displays) == 1:
        return _display(reader, at, displays[0], alone=len(found) == 1)
    if len(found) == 1 and found[0].certainty is Certainty.PROVED:
        value = found[0].value
        plain = isinstance(value, Constant) and isinstance(value.value, str) and value.value
        if plain and isinstance(value, Constant) and not any("passed" in s.text for s in found[0].steps):
            return leaf(reader, value.module, value.node, constant=True)
    return leaf(reader, at.module, node)


def _display(reader: Reader, at: At, found: Found, *, alone: bool) -> Shape:
    display = found.value
    assert isinstance(display, Display)
    if not isinstance(display.node, (*_DISPLAYS, ast.Call)) or at.depth > MAX_DEPTH:
        return leaf(reader, display.module, display.node)
    limit = at.limit if display.scope is at.limit.scope else growth.Limit(display.scope, None)
    inner = At(display.module, display.scope, display.block, limit, at.depth + 1)
    if isinstance(display.node, ast.Call) and terminal(display.node) != "dict":
        return leaf(reader, display.module, display.node)
    shape = walk(reader, inner, display.node)
    names = growth.Names.keeping(display, enclosing(display.scope))
    shape = grown(reader, inner, shape, names)
    return shape if alone else replace(shape, complete=False)


def merged(entries: list[Entry], more: list[Entry]) -> list[Entry]:
    """Entries of a dict with later ones in the place of those they replace."""
    later = {e.key for e in more}
    return [*(e for e in entries if e.key not in later), *more]


def as_added(entry: Entry) -> Entry:
    """An entry that stands in another display."""
    return replace(entry, shape=replace(entry.shape, added=True))


def _as_dict(whole: Shape, entries: list[Entry], *, complete: bool) -> Shape:
    return replace(whole, kind=ShapeKind.DICT, entries=tuple(entries), complete=complete)


def grown(reader: Reader, at: At, found: Shape, names: growth.Names) -> Shape:
    """A list or dict with what is put in after it was made."""
    if found.kind not in (ShapeKind.DICT, ShapeKind.LIST):
        return found
    for change in growth.changes(names, at.limit):
        found = _changed(reader, at, found, change)
        if not change.ordered or change.optional:
            found = replace(found, complete=False)
    return found


def _changed(reader: Reader, at: At, found: Shape, change: growth.Growth) -> Shape:
    how, value = change.how, change.value
    place = At(at.module, change.use.scope, change.use.block, at.limit, at.depth + 1)
    inner = walk(reader, place, value) if value is not None else None
    inner = replace(inner, added=True, optional=change.optional) if inner is not None else None
    if how is growth.How.PART and found.kind is ShapeKind.LIST and change.key is not None:
        return _part_changed(found, change)
    if inner is None or how is growth.How.UNKNOWN:
        return replace(found, complete=False)
    if found.kind is ShapeKind.LIST and how in (growth.How.APPEND, growth.How.FIRST):
        first = how is growth.How.FIRST
        return replace(found, items=(inner, *found.items) if first else (*found.items, inner))
    if found.kind is ShapeKind.LIST and how is growth.How.EXTEND:
        if inner.kind is ShapeKind.LIST:
            more = tuple(replace(i, added=True, optional=inner.optional or i.optional) for i in inner.items)
            return replace(found, items=(*found.items, *more), complete=found.complete and inner.complete)
        return replace(found, items=(*found.items, inner), complete=False)
    if found.kind is ShapeKind.DICT and how is growth.How.STORE and change.key is not None:
        entry = Entry(str(change.key.value), at.module.span(change.key), inner)
        return replace(found, entries=tuple(merged([*found.entries], [entry])))
    if found.kind is ShapeKind.DICT and how is growth.How.MERGE and inner.kind is ShapeKind.DICT:
        more_entries = [as_added(e) for e in inner.entries]
        complete = found.complete and inner.complete
        return replace(found, entries=tuple(merged([*found.entries], more_entries)), complete=complete)
    return replace(found, complete=False)


def _part_changed(found: Shape, change: growth.Growth) -> Shape:
    """`messages[0]["content"] = text`: that entry is not known any more, of any item where it is not known which."""
    assert change.key is not None
    key = change.key.value
    items = list(found.items)
    for index in range(len(items)) if change.index is None else [change.index]:
        if -len(items) <= index < len(items):
            item = items[index]
            entries = tuple(
                replace(e, shape=replace(e.shape, kind=ShapeKind.OPEN, value=None, items=(), entries=()))
                if e.key == key
                else e
                for e in item.entries
            )
            items[index] = replace(item, entries=entries, complete=False)
    return replace(found, items=tuple(items))
