"""String keys of one dictionary display; `dict(...)` calls go by the rules for keyword arguments."""

from __future__ import annotations

import ast

import libcst as cst

from migrate_cli.rewrite import literals, snippet
from migrate_cli.rewrite.arguments import new_code
from migrate_cli.rewrite.changes import Changes
from migrate_cli.rewrite.errors import Refused
from migrate_cli.rewrite.listing import Listing, appended, listing, removed, replaced

_NONE = cst.SimpleWhitespace("")


def edit_dict(text: str, changes: Changes, newline: str, quote: str) -> str:
    """The dict display `text` with its keys changed; new strings get the quotes of the keys, else `quote`.

    Where a key is written twice, the last one counts, as it does at run time; dropping drops all.
    Raises NotFound, Conflict or Refused.
    """
    module, display = snippet.read(text, newline)
    if not isinstance(display, cst.Dict):
        raise Refused("the edit is meant for a dictionary, and this is none")
    elements = [e for e in display.elements if isinstance(e, cst.DictElement)]
    changes.require([name for e in elements if (name := _name(e)) is not None])
    quote = snippet.quote_of([e.key for e in elements], quote)
    items = _read(display)
    for name in changes.removed:
        while (index := _index(items, name)) is not None:
            items = removed(items, index)
    for old, new in changes.renamed:
        items = _renamed(module, items, old, new, quote)
    for name, code in changes.values:
        items = _set(module, items, name, code, quote)
    return snippet.write(module, _write(display, items))


def _set(module: cst.Module, items: Listing, name: str, code: str, quote: str) -> Listing:
    index = _index(items, name)
    if index is not None:
        element = _element(items, index)
        value = snippet.value(new_code(module, element.value, code, quote))
        return replaced(items, index, element.with_changes(value=value))
    known = [e for e in items.members if isinstance(e, cst.DictElement)]
    colons = [(e.whitespace_before_colon, e.whitespace_after_colon) for e in known]
    before, after = next(
        (c for c in colons if all(isinstance(space, cst.SimpleWhitespace) for space in c)),
        (_NONE, cst.SimpleWhitespace(" ")),
    )
    new = cst.DictElement(
        key=cst.SimpleString(literals.requote(_literal(name), quote)),
        value=snippet.value(literals.requote(code, quote)),
        whitespace_before_colon=before,
        whitespace_after_colon=after,
    )
    return appended(items, new)


def _renamed(module: cst.Module, items: Listing, old: str, new: str, quote: str) -> Listing:
    for index, member in enumerate(items.members):
        if isinstance(member, cst.DictElement) and _name(member) == old:
            key = cst.SimpleString(new_code(module, member.key, _literal(new), quote))
            items = replaced(items, index, member.with_changes(key=key))
    return items


def _literal(name: str) -> str:
    """`name` as a string literal in double quotes where that takes no escapes."""
    plain = f'"{name}"'
    return plain if literals.parts(plain) and "\\" not in name and name.isprintable() else repr(name)


def _name(element: cst.CSTNode) -> str | None:
    """The string that keys `element`, None for `**` and computed keys."""
    if not isinstance(element, cst.DictElement):
        return None
    if not isinstance(element.key, cst.SimpleString | cst.ConcatenatedString):
        return None
    try:
        key = ast.literal_eval(cst.Module([]).code_for_node(element.key).strip())
    except (ValueError, SyntaxError):
        return None
    return key if isinstance(key, str) else None


def _index(items: Listing, name: str) -> int | None:
    found = [i for i, member in enumerate(items.members) if _name(member) == name]
    return found[-1] if found else None


def _element(items: Listing, index: int) -> cst.DictElement:
    member = items.members[index]
    assert isinstance(member, cst.DictElement)
    return member


def _read(display: cst.Dict) -> Listing:
    commas = [element.comma for element in display.elements]
    return listing(
        display.elements, commas, display.lbrace.whitespace_after, display.rbrace.whitespace_before
    )


def _write(display: cst.Dict, items: Listing) -> cst.Dict:
    commas = [*items.commas, items.trailing or cst.MaybeSentinel.DEFAULT]
    return display.with_changes(
        lbrace=display.lbrace.with_changes(whitespace_after=items.lead),
        elements=[m.with_changes(comma=c) for m, c in zip(items.members, commas, strict=False)],
        rbrace=display.rbrace.with_changes(whitespace_before=items.tail),
    )
