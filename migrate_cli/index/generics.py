"""Type variables: what stands for `T` in an object of `Box[OpenAI]`, or in a class derived from it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import promises
from migrate_cli.index.values import Class, Display, External, Found, Instance, union

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

MAX_BASES = 6


def is_variable(found: Found) -> bool:
    """Whether a value is a type variable that nothing bounds."""
    value = found.value
    return isinstance(value, External) and value.path in ("typing.TypeVar", "typing_extensions.TypeVar")


def without_variables(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The same values without type variables."""
    return tuple(f for f in found if not is_variable(f))


def filled(resolver: Resolver, found: tuple[Found, ...], owner: Instance) -> tuple[Found, ...]:
    """Values read from `owner`, with what its type arguments say where there is a type variable."""
    if not any(map(is_variable, found)):
        return found
    groups = [
        argument(resolver, f, owner.cls, owner.given) or (f,) if is_variable(f) else (f,) for f in found
    ]
    return union(*groups)


def argument(
    resolver: Resolver, variable: Found, cls: Class, given: Display | None, depth: int = 0
) -> tuple[Found, ...]:
    """What `given` (or the bases of `cls`) says that a type variable of a class is."""
    parts = arguments(given.node) if given is not None else []
    for name, part in zip(variables(resolver, cls), parts, strict=False):
        if name is _made_by(variable) and given is not None:
            return promises.annotation(resolver, given.module, given.scope, part)
    node = cls.scope.node
    assert isinstance(node, ast.ClassDef)
    outer = cls.scope.parent or cls.module.scope
    for base in node.bases if depth < MAX_BASES else ():
        if isinstance(base, ast.Subscript):
            place = Display(cls.module, base, outer, ())
            for found in resolver.eval(cls.module, outer, (), base.value):
                if isinstance(found.value, Class):
                    told = argument(resolver, variable, found.value, place, depth + 1)
                    if told:
                        return told
    return ()


def variables(resolver: Resolver, cls: Class) -> list[ast.expr | None]:
    """The calls that make the type variables of a class, in order."""
    node = cls.scope.node
    assert isinstance(node, ast.ClassDef)
    outer = cls.scope.parent or cls.module.scope
    found: list[Found] = []
    for base in node.bases:
        for part in arguments(base) if isinstance(base, ast.Subscript) else ():
            found += [f for f in resolver.eval(cls.module, outer, (), part) if is_variable(f)]
    return [_made_by(f) for f in found]


def _made_by(variable: Found) -> ast.expr | None:
    """The call `TypeVar(…)` that a type variable comes from."""
    value = variable.value
    return value.origin.node if isinstance(value, External) and value.origin is not None else None


def arguments(node: ast.expr) -> list[ast.expr]:
    """The type arguments of `Box[A, B]`."""
    if not isinstance(node, ast.Subscript):
        return []
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
