"""Before, edits, after: two strings and operations that find their place by a snippet of the source."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable

from migrate_cli.model import (
    AddImport,
    InsertStatement,
    Operation,
    RemoveArgument,
    RemoveImport,
    RemoveItem,
    RemoveStatement,
    RenameArgument,
    RenameItem,
    ReplaceExpression,
    SetArgument,
    SetItem,
    Span,
)
from migrate_cli.rewrite.transform import rewrite

PATH = "app.py"
Edit = Callable[[str], Operation]


def span_of(source: str, snippet: str) -> Span:
    """The span of `snippet`, which must occur once; `⟦…⟧` in it marks the part that is meant."""
    head, opened, rest = snippet.partition("⟦")
    part, _, tail = rest.partition("⟧")
    whole, lead = (head + part + tail, len(head.encode())) if opened else (snippet, 0)
    meant = part if opened else snippet
    data = source.encode()
    assert data.count(whole.encode()) == 1, f"{whole!r} must occur once"
    start = data.index(whole.encode()) + lead
    return Span(start, start + len(meant.encode()))


def set_argument(call: str, name: str, code: str) -> Edit:
    return lambda source: SetArgument(PATH, span_of(source, call), name, code)


def remove_argument(call: str, name: str) -> Edit:
    return lambda source: RemoveArgument(PATH, span_of(source, call), name)


def rename_argument(call: str, name: str, to: str) -> Edit:
    return lambda source: RenameArgument(PATH, span_of(source, call), name, to)


def set_item(display: str, name: str, code: str) -> Edit:
    return lambda source: SetItem(PATH, span_of(source, display), name, code)


def remove_item(display: str, name: str) -> Edit:
    return lambda source: RemoveItem(PATH, span_of(source, display), name)


def rename_item(display: str, name: str, to: str) -> Edit:
    return lambda source: RenameItem(PATH, span_of(source, display), name, to)


def replace(expression: str, code: str) -> Edit:
    return lambda source: ReplaceExpression(PATH, span_of(source, expression), code)


def insert_after(statement: str, code: str) -> Edit:
    return lambda source: InsertStatement(PATH, span_of(source, statement), code)


def insert_before(statement: str, code: str) -> Edit:
    return lambda source: InsertStatement(PATH, span_of(source, statement), code, after=False)


def remove(statement: str) -> Edit:
    return lambda source: RemoveStatement(PATH, span_of(source, statement))


def add_import(code: str) -> Edit:
    return lambda source: AddImport(PATH, code)


def remove_import(module: str, name: str, path: str = PATH) -> Edit:
    return lambda source: RemoveImport(path, module, name)


def edited(before: str, *edits: Edit) -> str:
    return rewrite(before, tuple(edit(before) for edit in edits))


def check(before: str, edits: list[Edit], after: str) -> None:
    """Make the edits and compare; both texts must be valid Python."""
    compiles(before)
    compiles(after)
    assert edited(before, *edits) == after


def same(before: str, *edits: Edit) -> None:
    """The edits leave the text alone."""
    compiles(before)
    assert edited(before, *edits) == before


def compiles(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(text, "<case>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
