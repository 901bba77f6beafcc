"""A simple call of the Responses API as a chat: the edits of the call and of everything that reads its answer."""

from __future__ import annotations

import re
from dataclasses import replace

from migrate_cli.catalogue.types import Action
from migrate_cli.model import (
    Argument,
    HopKind,
    Operation,
    Origin,
    RemoveArgument,
    RenameArgument,
    ReplaceExpression,
    ReplaceTail,
    ShapeKind,
    Site,
    Span,
    Use,
    Way,
    WrapExpression,
)
from migrate_cli.rules.endpoints.service import method
from migrate_cli.rules.support import models_of
from migrate_cli.targets.endpoint import Target

SIMPLE = {"model", "input", "instructions", "max_output_tokens", "store"}
ROLES = {"system", "user", "assistant"}
TEXT = re.compile(r"[rRfF]{0,2}(\"\"\"|'''|\"|')(?:(?!\1).)*\1", re.DOTALL)
CALLED = re.compile(r"(.+?)\.\s*responses\.\s*create", re.DOTALL)
MASKED = "…"


def chat_edits(site: Site, target: Target) -> tuple[Site, tuple[Operation, ...]] | None:
    """The call as a chat and the edits that make it one; None when it is more than a simple one."""
    called = CALLED.fullmatch(
        site.code.encode("utf-8")[: site.anchor.end - site.anchor.start].decode("utf-8", "replace")
    )
    if called is None or method(site) != "create" or not simple(site):
        return None
    reads = [read(use) for use in site.uses if use.way is not Way.ALIAS and use.route and whole(use)]
    others = [use for use in site.uses if use.way is not Way.ALIAS and not use.route]
    given = messages(site)
    if given is None or others or not reads or any(edit is None for edit in reads):
        return None
    renamed = [*given, *cap(site, target)]
    kept = site.argument("store")
    if kept is not None:
        renamed.append(RemoveArgument(site.path, site.span, "store"))
    call = ReplaceExpression(site.path, site.anchor, f"{called[1]}.chat.completions.create")
    as_chat = replace(site, endpoint="chat.completions", symbol="chat.completions.create")
    return as_chat, (call, *renamed, *(edit for edit in reads if edit is not None))


def simple(site: Site) -> bool:
    """Whether the call has nothing but the fields that a chat has too, all written at the call itself."""
    store = site.argument("store")
    return (
        not site.unfollowed
        and not site.positional
        and site.anchor.start == site.span.start
        and {a.name for a in site.arguments} <= SIMPLE
        and all(a.dictionary is None and a.statement is None for a in site.arguments)
        and (store is None or store.literal is False)
    )


def messages(site: Site) -> list[Operation] | None:
    """The edits that turn `input` and `instructions` into `messages`; None when their kind is not known."""
    asked, told = site.argument("input"), site.argument("instructions")
    if asked is None or (told is not None and (not is_text(told) or MASKED in told.code)):
        return None
    system = f'{{"role": "system", "content": {told.code}}}, ' if told is not None else ""
    if is_text(asked):
        around = (f'[{system}{{"role": "user", "content": ', "}]")
    elif is_messages(asked):
        around = (f"[{system}*", "]") if system else ("", "")
    else:
        return None
    edits: list[Operation] = [RenameArgument(site.path, site.span, "input", "messages")]
    if around[0]:
        edits.append(WrapExpression(asked.path, asked.span, *around))
    if told is not None:
        edits.append(RemoveArgument(site.path, site.span, "instructions"))
    return edits


def is_text(argument: Argument) -> bool:
    """Whether a value is text: a literal, or one with holes."""
    values = argument.values
    known = bool(values) and all(v.origin is Origin.LITERAL and isinstance(v.literal, str) for v in values)
    return known or TEXT.fullmatch(argument.code.strip()) is not None


def is_messages(argument: Argument) -> bool:
    """Whether a value is a list of plain messages, written out at the call."""
    shape = argument.shape
    if shape is None or shape.kind is not ShapeKind.LIST or not shape.complete or not shape.items:
        return False
    if shape.span != argument.span or any(item.added for item in shape.items):
        return False
    return all(
        item.kind is ShapeKind.DICT
        and {entry.key for entry in item.entries} == {"role", "content"}
        and item.text("role") in ROLES
        and item.text("content") is not None
        for item in shape.items
    )


def cap(site: Site, target: Target) -> list[Operation]:
    """The edit that gives the cap of the answer the name that the provider knows."""
    if site.argument("max_output_tokens") is None:
        return []
    model = (models_of(site, target) or (None,))[0]
    entry = target.parameter("max_tokens", model)
    name = (
        entry.rename_to
        if entry is not None and entry.action is Action.RENAME and entry.rename_to
        else "max_tokens"
    )
    return [RenameArgument(site.path, site.span, "max_output_tokens", name)]


def whole(use: Use) -> bool:
    """Whether a use reads from the answer itself, not from what another one has read of it already."""
    return bool(use.hops) and len(use.hops) == len(use.route)


def read(use: Use) -> Operation | None:
    """The edit of one place that reads the answer; None when it reads anything but its text."""
    first = use.hops[0]
    if (
        use.route[0] != "output_text"
        or first.kind is not HopKind.ATTRIBUTE
        or use.certainty.value != "proved"
    ):
        return None
    start = first.end - len(".output_text")
    if not use.code.encode("utf-8")[: first.end - use.span.start].endswith(b".output_text"):
        return None
    return ReplaceTail(use.path, Span(use.span.start, first.end), start, ".choices[0].message.content")
