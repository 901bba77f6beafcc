"""Programs that behave differently by model name: `if model in ["gpt-4", …]`, `model.startswith("gpt-4")`.

A model name whose variable is compared like that cannot simply be exchanged (SDK15).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.index.module import Module
from migrate_cli.index.syntax import default_of, last_name
from migrate_cli.model import Argument, Origin, Span, Value
from migrate_cli.sites.arguments import Reader

MODEL = re.compile(r"(gpt-|chatgpt-|o[134](-|$)|text-(davinci|embedding)|dall-e|whisper-|tts-|davinci|curie)")
TESTS = ("startswith", "endswith")


def with_guards(reader: Reader, argument: Argument) -> Argument:
    """The argument with `guarded` set on the literals whose variable the program compares with model names."""
    values = []
    for value in argument.values:
        module = reader.resolver.project.module(value.path) if value.path else None
        here = reader.resolver.project.module(argument.path)
        place = None
        if module is not None and here is not None and value.origin is not Origin.DYNAMIC:
            names = {bound_name(module, value), argument_name(argument)} - {None}
            place = next(
                (
                    p
                    for m in {module, here}
                    for n, p, test in comparisons(m)
                    if n in names and may_hold(test, value)
                ),
                None,
            )
        values.append(replace(value, guarded=place))
    return replace(argument, values=tuple(values))


def argument_name(argument: Argument) -> str | None:
    """Last name of a plain name or attribute passed as the argument."""
    return argument.code.rsplit(".", 1)[-1] if re.fullmatch(r"[\w.]+", argument.code) else None


def bound_name(module: Module, value: Value) -> str | None:
    """The name that the literal's statement or parameter binds it to."""
    wanted = value.default_span or value.span
    for scope in module.scopes.values():
        for name, bindings in scope.bindings.items():
            if any(b.value is not None and covers(module.span(b.value), wanted) for b in bindings):
                return name
        for name, stores in scope.attributes.items():
            if any(covers(module.span(node), wanted) for node, _, _ in stores):
                return name
        parameter = parameter_of(module, scope.node, wanted)
        if parameter is not None:
            return parameter
    return None


def parameter_of(module: Module, node: ast.AST, wanted: Span) -> str | None:
    """The parameter whose default stands at the span."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    arguments = node.args
    for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        default = default_of(node, parameter.arg)
        if default is not None and module.span(default) == wanted:
            return parameter.arg
    return None


def covers(outer: Span, inner: Span) -> bool:
    """Whether one span lies inside another."""
    return outer.start <= inner.start and inner.end <= outer.end


def may_hold(test: ast.Compare | ast.Call, value: Value) -> bool:
    """Whether a comparison may be true of this very value: one that is not stays untrue when the name changes."""
    if value.origin not in (Origin.LITERAL, Origin.FILE) or not isinstance(value.literal, str):
        return True
    literal = value.literal
    if isinstance(test, ast.Call):
        wanted = tuple(c for a in test.args for c in constants(a))
        return literal.startswith(wanted) if test.func.attr == "startswith" else literal.endswith(wanted)  # type: ignore[attr-defined]
    if len(test.ops) > 1:
        return True
    sides = (test.left, test.comparators[0])
    wanted = tuple(c for side in sides for c in constants(side))
    inside = isinstance(test.ops[0], (ast.In, ast.NotIn)) and isinstance(test.left, ast.Constant)
    return any(c in literal if inside else c == literal for c in wanted)


def constants(node: ast.expr) -> tuple[str, ...]:
    """The texts that a literal, or a literal collection, holds."""
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple, ast.Set)) else [node]
    return tuple(p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))


def comparisons(module: Module) -> Iterator[tuple[str, str, ast.Compare | ast.Call]]:
    """(name, place in words, test) for every comparison of a variable with a model name."""
    for node in (use.node for use in module.compares):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(names_model(side) for side in sides):
                for side in sides:
                    name = last_name(side)
                    if name is not None:
                        yield name, f"{module.path}:{node.lineno}", node
    for use in module.calls_of(TESTS):
        call = use.node
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and any(map(names_model, call.args))
        ):
            name = last_name(call.func.value)
            if name is not None:
                yield name, f"{module.path}:{call.lineno}", call


def names_model(node: ast.expr) -> bool:
    """Whether a literal, or one inside a literal collection, looks like an OpenAI model name."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and MODEL.match(node.value) is not None
    return isinstance(node, (ast.List, ast.Tuple, ast.Set)) and any(map(names_model, node.elts))
