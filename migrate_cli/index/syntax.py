"""Small questions about a syntax tree that several modules ask."""

from __future__ import annotations

import ast

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def all_parameters(arguments: ast.arguments) -> list[ast.arg]:
    """Every parameter of a signature, in order."""
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [*named, *(a for a in (arguments.vararg, arguments.kwarg) if a is not None)]


def is_type_checking(test: ast.expr) -> bool:
    """`TYPE_CHECKING` or `typing.TYPE_CHECKING`."""
    return "TYPE_CHECKING" in (getattr(test, "id", None), getattr(test, "attr", None))


def terminal(node: ast.AST) -> str | None:
    """Last name of what a call calls."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None


def first_parameter(node: ast.AST) -> str | None:
    """Name of the first positional parameter (`self`), unless the function is a static method."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    if any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list):
        return None
    positional = [*node.args.posonlyargs, *node.args.args]
    return positional[0].arg if positional else None


def default_of(function: FunctionNode, name: str) -> ast.expr | None:
    """The default expression of parameter `name`, or None."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    offset = len(positional) - len(arguments.defaults)
    for index, argument in enumerate(positional):
        if argument.arg == name:
            return arguments.defaults[index - offset] if index >= offset else None
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if argument.arg == name:
            return default
    return None


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute chain, seen through a call or subscript at its end; empty for anything else."""
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    parts.append(node.id)
    return ".".join(reversed(parts))


def is_abstract(node: ast.AST) -> bool:
    """Whether a function has no body of its own: a docstring, `...`, `pass` or `raise NotImplementedError`."""
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and all(
        isinstance(s, (ast.Pass, ast.Raise))
        or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        for s in node.body
    )


def decorated(node: ast.AST, name: str) -> bool:
    """Whether a function carries the plain decorator `name`."""
    return any(isinstance(d, ast.Name) and d.id == name for d in getattr(node, "decorator_list", ()))


def root_name(node: ast.AST) -> str | None:
    """First name of an attribute and subscript chain."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def part_of(value: ast.expr, index: int) -> ast.expr:
    """`value[index]`, standing where the value does."""
    key = ast.copy_location(ast.Constant(index), value)
    return ast.copy_location(ast.Subscript(value, key, ast.Load()), value)


def unpacked(target: ast.Tuple | ast.List, value: ast.expr) -> list[ast.expr] | None:
    """What each part of an unpacking target gets of a display, `*rest` a list; None when it cannot be told."""
    if not isinstance(value, (ast.Tuple, ast.List)):
        return None
    given, extra = value.elts, len(value.elts) - len(target.elts)
    stars = [i for i, part in enumerate(target.elts) if isinstance(part, ast.Starred)]
    if not stars:
        return given if extra == 0 else None
    if extra < -1 or any(isinstance(part, ast.Starred) for part in given):
        return None
    start, end = stars[0], stars[0] + extra + 1
    rest = ast.copy_location(ast.List(given[start:end], ast.Load()), value)
    return [*given[:start], rest, *given[end:]]


def grown_text(node: ast.AugAssign, target: ast.Name) -> ast.expr | None:
    """`name + value` for `name += value`, standing where the statement does; None for other operators."""
    if not isinstance(node.op, ast.Add):
        return None
    before = ast.copy_location(ast.Name(target.id, ast.Load()), target)
    return ast.copy_location(ast.BinOp(before, node.op, node.value), node)


def next_of(value: ast.expr) -> ast.expr:
    """`next(value)`: any one of its elements, standing where the value does."""
    function = ast.copy_location(ast.Name("next", ast.Load()), value)
    return ast.copy_location(ast.Call(function, [value], []), value)


def any_of(value: ast.expr) -> ast.expr:
    """`value[_]`: what a dictionary holds under some key, standing where the value does."""
    key = ast.copy_location(ast.Name("_", ast.Load()), value)
    return ast.copy_location(ast.Subscript(value, key, ast.Load()), value)


def called(function: ast.expr, args: list[ast.expr], keywords: list[ast.keyword], like: ast.expr) -> ast.Call:
    """`function(*args, **keywords)`, standing where `like` does."""
    return ast.copy_location(ast.Call(function, args, keywords), like)


def last_name(node: ast.AST) -> str | None:
    """Last name of a name or an attribute."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)


def entries(node: ast.expr) -> dict[object, ast.expr]:
    """Literal keys of a dict display or a `dict(…)` call, with their value expressions."""
    if isinstance(node, ast.Dict):
        return {
            key.value: value
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant)
        }
    if isinstance(node, ast.Call):
        return {k.arg: k.value for k in node.keywords if k.arg is not None}
    return {}


def taken_in(node: ast.expr) -> list[ast.expr]:
    """The mappings that a dictionary takes in whole, the one that wins last.

    `**` in a display or `dict(…)`, the argument of `dict(…)`, and the mapping that `{k: v for k, v in d.items() if v}`
    sifts.
    """
    if isinstance(node, ast.Dict):
        return [value for name, value in zip(node.keys, node.values, strict=True) if name is None]
    if isinstance(node, ast.Call):
        return [*node.args, *(k.value for k in node.keywords if k.arg is None)]
    sifted = _sifted(node) if isinstance(node, ast.DictComp) else None
    return [] if sifted is None else [sifted]


def _sifted(node: ast.DictComp) -> ast.expr | None:
    target = node.generators[0].target
    if len(node.generators) > 1 or not isinstance(target, ast.Tuple):
        return None
    passed = [getattr(n, "id", None) for n in target.elts] == [
        getattr(n, "id", 0) for n in (node.key, node.value)
    ]
    return gone_through(node) if passed else None


def gone_through(node: ast.DictComp) -> ast.expr | None:
    """The mapping whose `items()` a comprehension goes through, whatever it makes of them."""
    items = node.generators[0].iter
    reader = items.func if isinstance(items, ast.Call) else None
    return reader.value if isinstance(reader, ast.Attribute) and reader.attr == "items" else None


def is_super(node: ast.expr) -> bool:
    """`super()` or `super(C, self)`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
