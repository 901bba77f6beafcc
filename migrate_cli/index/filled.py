"""What a function that puts addresses together gives to one call: its own arguments filled in.

What a function returns is worked out once, for all its callers; a helper that joins URLs would so give every caller
the addresses of all the others.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import parameters, strings
from migrate_cli.index.callers import implied
from migrate_cli.index.module import Module, Use
from migrate_cli.index.syntax import all_parameters, default_of
from migrate_cli.index.values import Class, Found, Function, Text, step, unknown

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver


def filled_in(
    resolver: Resolver, use: Use, module: Module, function: Function, found: tuple[Found, ...]
) -> tuple[Found, ...]:
    """What a function returns to this very call, with the texts that its callers' arguments are part of made anew."""
    scope = function.scope
    words = {parameters.passing(name, scope) for name in scope.bindings}
    if not any(isinstance(f.value, Text) and any(s.text in words for s in f.steps) for f in found):
        return found
    given = _given(resolver, use, module, function)
    if not given:
        return found
    folder = _Filled(resolver, function, given)
    texts = tuple(f for part in scope.returns for f in folder.fold(part, 0))
    others = tuple(f for f in found if not isinstance(f.value, Text))
    return (*others, *strings.kept(texts)) or unknown(f"{scope.name}() gives no address here")


def _given(resolver: Resolver, use: Use, module: Module, function: Function) -> dict[str, list[Found]]:
    """The texts that a call passes for each parameter; one whose argument cannot be seen is left out."""
    call, node, scope = use.node, function.scope.node, function.scope
    assert isinstance(call, ast.Call)
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return {}
    owner = scope.enclosing_class()
    cls = Class(function.module, owner) if owner is not None else None
    offset = implied(resolver, module, use, call, cls, scope)
    outer = scope.parent or function.module.scope
    given = {}
    for parameter in all_parameters(node.args):
        value = parameters.argument_for(call, scope, parameter.arg, offset)
        default = default_of(node, parameter.arg)
        if value is not None:
            found = strings.texts(resolver, module, use.scope, use.block, value)
            place = step(module, value, parameters.passing(parameter.arg, scope))
            given[parameter.arg] = [f.via(place) for f in found]
        elif default is not None and not any(k.arg is None for k in call.keywords):
            given[parameter.arg] = list(strings.texts(resolver, function.module, outer, (), default))
    return given


class _Filled(strings.Folder):
    """Folds the expressions of a function whose parameters are known."""

    def __init__(self, resolver: Resolver, function: Function, given: dict[str, list[Found]]) -> None:
        super().__init__(resolver, function.module, function.scope, ())
        self._given = given

    def fold(self, node: ast.expr, depth: int) -> list[Found]:
        """The texts that `node` can be; a local name is what it is assigned."""
        if not isinstance(node, ast.Name):
            return super().fold(node, depth)
        if node.id in self._given:
            return self._given[node.id]
        bound = self.scope.bindings.get(node.id, ())
        values = [b.value for b in bound if b.kind == "value" and b.item is None and b.value is not None]
        if not values or len(values) < len(bound) or depth > strings.MAX_NESTING:
            return super().fold(node, depth)
        return [f for value in values for f in self.fold(value, depth + 1)][: strings.MAX_TEXTS]
