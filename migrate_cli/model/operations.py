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
class InsertStatement:
    """Put the statement `code` on its own line before or after the simple statement at `span`, at its indent."""

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


Operation = (
    SetArgument
    | RemoveArgument
    | RenameArgument
    | SetItem
    | RemoveItem
    | RenameItem
    | ReplaceExpression
    | InsertStatement
    | RemoveStatement
    | AddImport
    | RemoveImport
    | ReplaceText
)
