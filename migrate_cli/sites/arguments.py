"""The arguments that reach a call, wherever they are written, and the values that flow into them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate_cli.files.secrets import mask
from migrate_cli.index.attributes import enclosing
from migrate_cli.index.lookups import members
from migrate_cli.index.module import Block, Module, Scope, Use
from migrate_cli.index.resolve import Resolver
from migrate_cli.index.syntax import entries, first_parameter, taken_in
from migrate_cli.index.values import Display
from migrate_cli.model import Argument, Certainty, Origin, Value
from migrate_cli.sites.places import Places
from migrate_cli.sites.shapes import shape
from migrate_cli.sites.values import value

MAX_NESTING = 4
_DICTIONARIES = (ast.Dict, ast.Call, ast.DictComp)
MAX_EVALUATIONS = 4000  # for one argument: a value that lies further away is as good as unknown
# What is sent, as opposed to how: no rule asks for its values, and following them through a program is dear.
CONTENT = {"messages", "input", "prompt", "instructions", "file", "image", "mask", "metadata", "user"}


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a site needs: the resolver and the way to words."""

    resolver: Resolver
    places: Places


def arguments(reader: Reader, module: Module, use: Use) -> tuple[tuple[Argument, ...], tuple[str, ...]]:
    """Keyword arguments of the call in `use`, and the source of each `**` expression that could not be read."""
    call = use.node
    assert isinstance(call, ast.Call)
    found = [
        argument(reader, module, use.scope, use.block, keyword.arg, keyword.value)
        for keyword in call.keywords
        if keyword.arg is not None
    ]
    unfollowed: list[str] = []
    for keyword in call.keywords:
        if keyword.arg is None:
            spread, known = unpacked(reader, module, use.scope, use.block, keyword.value)
            found += [item for item in spread if item not in found]
            if not known:
                unfollowed.append(mask(module.code(keyword.value)))
    return tuple(found), tuple(unfollowed)


def argument(
    reader: Reader,
    module: Module,
    scope: Scope,
    block: Block,
    name: str,
    node: ast.expr,
    *,
    dictionary: ast.AST | None = None,
    statement: ast.AST | None = None,
    key: ast.AST | None = None,
) -> Argument:
    """One argument with the values of its expression `node`."""
    return Argument(
        name,
        module.path,
        module.span(node),
        # a key may only be known as one by the name it is given
        mask(f"{name}={module.code(node)}").removeprefix(f"{name}="),
        values(reader, module, scope, block, name, node),
        dictionary=module.span(dictionary) if dictionary is not None else None,
        statement=module.span(statement) if statement is not None else None,
        key=module.span(key) if key is not None else None,
        shape=shape(reader, module, scope, block, name, node),
    )


def values(
    reader: Reader, module: Module, scope: Scope, block: Block, name: str, node: ast.expr
) -> tuple[Value, ...]:
    """What the expression of one argument can be."""
    if name in CONTENT and not isinstance(node, ast.Constant):
        return (unresolved(reader, module, node, "the content of the request"),)
    reader.resolver.fresh_budget(MAX_EVALUATIONS)
    found = members(reader.resolver, reader.resolver.eval(module, scope, block, node))
    return tuple(value(reader, f) for f in found) or (
        unresolved(reader, module, node, "it depends on itself"),
    )


def unresolved(reader: Reader, module: Module, node: ast.expr, because: str) -> Value:
    """The value of an expression that is not followed, or that leads nowhere."""
    place = reader.places.node(module, node)
    return Value(Origin.DYNAMIC, module.path, module.span(node), place, because=because)


def unpacked(
    reader: Reader, module: Module, scope: Scope, block: Block, node: ast.expr, depth: int = 0
) -> tuple[list[Argument], bool]:
    """Arguments inside a `**` expression, and whether all of it could be read."""
    if depth > MAX_NESTING:
        return [], False
    items, known = grown(reader, module, Holder.of(scope, node), depth)
    for found in reader.resolver.eval(module, scope, block, node):
        display = found.value
        if not isinstance(display, Display) or not isinstance(display.node, _DICTIONARIES):
            known = False
            continue
        inside, complete = displayed(reader, display, depth)
        later, closed = grown(reader, display.module, Holder.keeping(display), depth)
        sure = found.certainty is Certainty.PROVED
        items += [i if sure else replace(i, certainty=Certainty.LIKELY) for i in (*inside, *later)]
        known = known and complete and closed
    return list(dict.fromkeys(items)), known


@dataclass(frozen=True, slots=True)
class Holder:
    """Where a dictionary is kept: names in one scope, and attributes of `self` in one class."""

    scope: Scope
    names: frozenset[str] = frozenset()
    owner: Scope | None = None
    attributes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, scope: Scope, node: ast.expr) -> Holder:
        """The place that a `**` expression names."""
        return cls(scope, frozenset({node.id}) if isinstance(node, ast.Name) else frozenset())

    @classmethod
    def keeping(cls, display: Display) -> Holder:
        """The places that a display is assigned to."""
        scope, node = display.scope, display.node
        names = {name for name, bound in scope.bindings.items() if any(b.value is node for b in bound)}
        owner = enclosing(scope)
        attributes = owner.attributes if owner is not None else {}
        kept = {attr for attr, values in attributes.items() if any(v is node for v, _, _ in values)}
        return cls(scope, frozenset(names), owner, frozenset(kept))

    def holds(self, node: ast.expr, scope: Scope) -> bool:
        """Whether the expression `node`, standing in `scope`, means this dictionary."""
        if isinstance(node, ast.Name):
            return scope is self.scope and node.id in self.names
        if not isinstance(node, ast.Attribute) or node.attr not in self.attributes:
            return False
        first = first_parameter(scope.node)
        return isinstance(node.value, ast.Name) and node.value.id == first and enclosing(scope) is self.owner


def grown(reader: Reader, module: Module, holder: Holder, depth: int) -> tuple[list[Argument], bool]:
    """What is added to a dictionary after it was made, and whether all of that could be read."""
    if not holder.names and not holder.attributes:
        return [], True
    items = list(stored(reader, module, holder))
    known = True
    for use in module.calls_of(("update", "setdefault")):
        call = use.node
        assert isinstance(call, ast.Call)
        if not isinstance(call.func, ast.Attribute) or not holder.holds(call.func.value, use.scope):
            continue
        inside, complete = (updated if call.func.attr == "update" else preset)(
            reader, module, use, call, depth
        )
        items += inside
        known = known and complete
    return items, known


def updated(
    reader: Reader, module: Module, use: Use, call: ast.Call, depth: int
) -> tuple[list[Argument], bool]:
    """What `k.update(other, name=value, **more)` adds; its own keywords are edited as those of `dict(…)` are."""
    items = [
        argument(reader, module, use.scope, use.block, keyword.arg, keyword.value, dictionary=call)
        for keyword in call.keywords
        if keyword.arg is not None
    ]
    known = True
    for part in (*call.args, *(k.value for k in call.keywords if k.arg is None)):
        inside, complete = unpacked(reader, module, use.scope, use.block, part, depth + 1)
        items += inside
        known = known and complete
    return items, known


def preset(
    reader: Reader, module: Module, use: Use, call: ast.Call, depth: int
) -> tuple[list[Argument], bool]:
    """What `k.setdefault("name", value)` adds, where it stands as a statement of its own."""
    statement = next(
        (s for s in ast.walk(use.scope.node) if isinstance(s, ast.Expr) and s.value is call), None
    )
    key = call.args[0] if len(call.args) == 2 else None
    if statement is None or not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
        return [], False
    value = call.args[1]
    item = argument(reader, module, use.scope, use.block, key.value, value, statement=statement, key=key)
    return [item], True


def displayed(reader: Reader, display: Display, depth: int) -> tuple[list[Argument], bool]:
    """Entries of a dict display or `dict(…)` call, those of the mappings that it takes in included."""
    module, node = display.module, display.node
    keys = (
        {k.value: k for k in node.keys if isinstance(k, ast.Constant)} if isinstance(node, ast.Dict) else {}
    )
    items = [
        argument(
            reader, module, display.scope, display.block, key, expression, dictionary=node, key=keys.get(key)
        )
        for key, expression in entries(node).items()
        if isinstance(key, str)
    ]
    spreads = taken_in(node)
    complete = bool(spreads) or not isinstance(node, ast.DictComp)
    for spread in reversed(spreads):
        inside, known = unpacked(reader, module, display.scope, display.block, spread, depth + 1)
        items += [i for i in inside if all(i.name != own.name for own in items)]
        complete = complete and known
    return items, complete


def stored(reader: Reader, module: Module, holder: Holder) -> Iterator[Argument]:
    """`name["key"] = value` statements on the dictionary."""
    for use in module.stores:
        node = use.node
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target = node.targets[0]
        if (
            isinstance(target, ast.Subscript)
            and holder.holds(target.value, use.scope)
            and isinstance(target.slice, ast.Constant)
            and isinstance(target.slice.value, str)
        ):
            yield argument(
                reader,
                module,
                use.scope,
                use.block,
                target.slice.value,
                node.value,
                statement=node,
                key=target.slice,
            )
