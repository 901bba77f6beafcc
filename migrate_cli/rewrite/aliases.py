"""The names of one `from module import …` statement."""

from __future__ import annotations

from collections.abc import Callable, Collection

import libcst as cst

from migrate_cli.rewrite.errors import Refused
from migrate_cli.rewrite.listing import Listing, appended, has_comment, listing, removed

_NONE = cst.SimpleWhitespace("")
Alias = tuple[str, str | None]


def edit_names(text: str, newline: str, add: Collection[Alias] = (), drop: Collection[Alias] = ()) -> str:
    """The statement `text` with names (and their `as` names) added and dropped; one must be left.

    A new name goes to its place if the others are sorted, else to the end. Raises Refused when libcst cannot
    read the statement, or it imports `*`.
    """
    module, statement = _read(text, newline)
    if isinstance(statement.names, cst.ImportStar):
        raise Refused("a star import has no names to edit")
    items = _listing(statement, statement.names)
    for alias in add:
        if alias not in _aliases(items):
            items = _added(items, alias)
    for alias in drop:
        items = removed(items, _aliases(items).index(alias))
    return module.with_changes(
        body=[cst.SimpleStatementLine([_written(statement, items)])], has_trailing_newline=False
    ).code


def _read(text: str, newline: str) -> tuple[cst.Module, cst.ImportFrom]:
    try:
        module = cst.parse_module(text)
    except cst.ParserSyntaxError:
        raise Refused("libcst cannot read this import") from None
    line = module.body[0] if module.body else None
    statement = line.body[0] if isinstance(line, cst.SimpleStatementLine) else None
    if not isinstance(statement, cst.ImportFrom) or module.code != text:
        raise Refused("the whitespace of this import is too unusual to keep")
    return module.with_changes(default_newline=newline) if newline not in text else module, statement


def _listing(statement: cst.ImportFrom, names: Collection[cst.ImportAlias]) -> Listing:
    lead: cst.BaseParenthesizableWhitespace = statement.whitespace_after_import
    tail: cst.BaseParenthesizableWhitespace = _NONE
    if statement.lpar is not None and statement.rpar is not None:
        lead, tail = statement.lpar.whitespace_after, statement.rpar.whitespace_before
    return listing(list(names), [name.comma for name in names], lead, tail)


def _written(statement: cst.ImportFrom, items: Listing) -> cst.ImportFrom:
    commas = [*items.commas, items.trailing or cst.MaybeSentinel.DEFAULT]
    names = [m.with_changes(comma=c) for m, c in zip(items.members, commas, strict=True)]
    if statement.lpar is None or statement.rpar is None:
        return statement.with_changes(names=names)
    return statement.with_changes(
        lpar=statement.lpar.with_changes(whitespace_after=items.lead),
        names=names,
        rpar=statement.rpar.with_changes(whitespace_before=items.tail),
    )


def _aliases(items: Listing) -> list[Alias]:
    return [(m.evaluated_name, m.evaluated_alias) for m in items.members if isinstance(m, cst.ImportAlias)]


def _added(items: Listing, alias: Alias) -> Listing:
    name, asname = alias
    new = cst.ImportAlias(name=cst.Name(name), asname=cst.AsName(name=cst.Name(asname)) if asname else None)
    known = [name for name, _ in _aliases(items)]
    items = appended(items, new)
    gaps = [items.lead, items.tail, *(c.whitespace_after for c in items.commas)]
    if any(has_comment(gap) for gap in gaps):
        return items  # a comment speaks of the name it follows: nobody moves
    index = _place(known, name)
    members = list(items.members)
    members.insert(index, members.pop())
    return Listing(items.lead, tuple(members), items.commas, items.trailing, items.tail)


def _place(known: list[str], name: str) -> int:
    """Where `name` goes among `known`, by the first order that they follow, else at the end."""
    orders: list[Callable[[str], tuple[int, str]]] = [_by_kind, lambda n: (0, n), lambda n: (0, n.lower())]
    for order in orders:
        if known == sorted(known, key=order):
            return next((i for i, other in enumerate(known) if order(other) > order(name)), len(known))
    return len(known)


def _by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest: the order import sorters use unless told otherwise."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1, name) if name[:1].isupper() else (2, name)
