"""`functions` and `function_call` of a request as `tools` and `tool_choice`."""

from __future__ import annotations

import re

from migrate_cli.model import (
    Argument,
    Operation,
    Origin,
    ReplaceExpression,
    Shape,
    ShapeKind,
    Site,
    WrapExpression,
)
from migrate_cli.rules.parameter_support import NOT_GIVEN
from migrate_cli.rules.support import rename
from migrate_cli.rules.tools.choices import How, forced, verdict
from migrate_cli.targets.endpoint import Target

_FUNCTION = '{"type": "function", "function": '
_EACH = f"[{_FUNCTION}function}} for function in "
_NAME = re.compile(r"[A-Za-z_][\w.]*")


def edits(site: Site, target: Target, blocks: list[str]) -> list[Operation]:
    """The operations of one call; what stands in their way goes to `blocks`."""
    place = f"line {site.location.line}"
    if site.argument("tools") is not None or site.argument("tool_choice") is not None:
        blocks.append(f"{place}: functions beside tools")
        return []
    found: list[Operation] = []
    for argument in site.named("functions"):
        found += [rename(site, argument, "tools"), *_functions(argument)]
    for argument in site.named("function_call"):
        change = _choice(site, target, argument)
        if change is None:
            blocks.append(f"{place}: `function_call` is only known at run time")
        else:
            found += [rename(site, argument, "tool_choice"), *change]
    return found


def _functions(argument: Argument) -> list[Operation]:
    shape, code = argument.shape, argument.code
    if code in NOT_GIVEN:
        return []
    if shape is not None and _is_here(shape, argument):
        return [WrapExpression(i.path, i.span, _FUNCTION, "}") for i in shape.items]
    known = shape is not None and shape.kind is ShapeKind.LIST and bool(shape.items)
    guard = f"{code} and " if not known and _NAME.fullmatch(code) else ""
    return [WrapExpression(argument.path, argument.span, f"{guard}{_EACH}", "]")]


def _is_here(shape: Shape, argument: Argument) -> bool:
    """Whether a list is written out as the very argument, item for item."""
    place = (shape.kind, shape.path, shape.span) == (ShapeKind.LIST, argument.path, argument.span)
    return place and shape.complete and not any(i.added or _elsewhere(i, shape) for i in shape.items)


def _elsewhere(item: Shape, shape: Shape) -> bool:
    return item.path != shape.path or not (
        shape.span.start < item.span.start and item.span.end < shape.span.end
    )


def _choice(site: Site, target: Target, argument: Argument) -> list[Operation] | None:
    if argument.literal in ("auto", "none") or argument.code in NOT_GIVEN:
        return []
    if all(v.origin is Origin.NONE or v.literal in ("auto", "none") for v in argument.values):
        return []
    choice = forced(argument)
    if choice is None:
        return None
    found = verdict(site, target, choice)
    if found.how in (How.SWAP, How.AUTO):
        return [ReplaceExpression(argument.path, argument.span, str(found.code))]
    return [WrapExpression(argument.path, argument.span, _FUNCTION, "}")]
