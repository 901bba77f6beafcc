"""Edits as data. `span` names the node an operation is about, by exact byte span."""

from __future__ import annotations

from dataclasses import dataclass

from migrate_cli.model.places import Span


@dataclass(frozen=True, slots=True)
class SetArgument:
    """Give the call at `span` the keyword `name` with the value `code`; replaces the value if it is there."""

    path: str
    span: Span
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class RemoveArgument:
    """Drop the keyword `name` from the call at `span`."""

    path: str
    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class RenameArgument:
    """Rename the keyword `name` of the call at `span` to `to`."""

    path: str
    span: Span
    name: str
    to: str


@dataclass(frozen=True, slots=True)
class SetItem:
    """Set the string key `name` of the dict display (or `dict(...)` call) at `span` to `code`."""

    path: str
    span: Span
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Drop the string key `name` from the dict display (or `dict(...)` call) at `span`."""

    path: str
    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class RenameItem:
    """Rename the string key `name` of the dict display (or `dict(...)` call) at `span` to `to`."""

    path: str
    span: Span
    name: str
    to: str


@dataclass(frozen=True, slots=True)
class ReplaceExpression:
    """Replace the expression at `span` by `code`. A string literal keeps its quotes and prefix style where it can."""

    path: str
    span: Span
    code: str


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Give the call at `span`, which has no keyword `argument`, a dict display there that holds the key `name`.

    Several of them, from different rules, make one display.
    """

    path: str
    span: Span
    argument: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class WrapExpression:
    """Write `before` and `after` around the expression at `span`; edits inside it are made as usual."""

    path: str
    span: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReplaceTail:
    """Replace what follows byte `start` of the expression at `span` by `code`; edits before `start` are made as usual.

    `resp["choices"][0]` becomes `resp.choices[0]`, whatever becomes of `resp`.
    """

    path: str
    span: Span
    start: int
    code: str


@dataclass(frozen=True, slots=True)
class InsertStatement:
    """Put the statement `code` on lines of its own before or after the simple statement at `span`, at its indent.

    Before it, the statement may also be a compound one (`if`, `for`, `while`, `with`, `try`, `match`).
    """

    path: str
    span: Span
    code: str
    after: bool = True


@dataclass(frozen=True, slots=True)
class RemoveStatement:
    """Drop the simple statement at `span`; a block that would be left empty gets `pass`. Its comments stay."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class AddImport:
    """Make `code` (`import os`, `from openai import OpenAI`) bound at module level, unless it already is."""

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class RemoveImport:
    """Drop the imported name `name` of `module` everywhere in the file if nothing uses it any more."""

    path: str
    module: str
    name: str


@dataclass(frozen=True, slots=True)
class ReplaceText:
    """Replace the bytes at `span` of a file that is not Python by `code`, as it is; an empty span inserts."""

    path: str
    span: Span
    code: str


@dataclass(frozen=True, slots=True)
class CreateFile:
    """Write a file of our own with this text. One that is there already is replaced only if it holds `mark`."""

    path: str
    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class LeaveTodo:
    """Put the comment `text` on a line of its own above the statement that holds `span`; "" puts none.

    Comments of earlier runs go from every file that has such an operation.
    """

    path: str
    span: Span
    text: str


Operation = (
    SetArgument
    | RemoveArgument
    | RenameArgument
    | SetItem
    | RemoveItem
    | RenameItem
    | ReplaceExpression
    | AddEntry
    | WrapExpression
    | ReplaceTail
    | InsertStatement
    | RemoveStatement
    | AddImport
    | RemoveImport
    | ReplaceText
    | CreateFile
    | LeaveTodo
)
