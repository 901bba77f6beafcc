"""Keyword arguments of one call."""

from __future__ import annotations

import libcst as cst

from migrate_cli.rewrite import literals, snippet
from migrate_cli.rewrite.changes import Changes
from migrate_cli.rewrite.errors import Refused
from migrate_cli.rewrite.listing import Listing, appended, has_comment, listing, removed, replaced

_TIGHT = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))


def edit_call(text: str, changes: Changes, newline: str, quote: str) -> str:
    """The call `text` with its keywords changed; new strings get their neighbours' quotes, else `quote`.

    Raises NotFound, Conflict or Refused.
    """
    module, call = snippet.read(text, newline)
    if not isinstance(call, cst.Call):
        raise Refused("the edit is meant for a call, and this is none")
    changes.require([name for arg in call.args if (name := _name(arg))])
    quote = snippet.quote_of([arg.value for arg in call.args], quote)
    items = _read(call)
    for name in changes.removed:
        items = removed(items, _index(items, name))
    for old, new in changes.renamed:
        items = _changed(items, old, keyword=cst.Name(_identifier(new)))
    for name, code in changes.values:
        items = _set(module, items, name, code, quote)
    return snippet.write(module, _write(call, items))


def _set(module: cst.Module, items: Listing, name: str, code: str, quote: str) -> Listing:
    try:
        old = _argument(items, _index(items, name)).value
    except ValueError:
        return _added(items, name, literals.requote(code, quote))
    new = snippet.value(new_code(module, old, code, quote))
    if any(has_comment(paren.whitespace_after) for paren in old.lpar) or any(
        has_comment(paren.whitespace_before) for paren in old.rpar
    ):
        new = new.with_changes(lpar=[*old.lpar, *new.lpar], rpar=[*new.rpar, *old.rpar])
    return _changed(items, name, value=new)


def new_code(module: cst.Module, old: cst.BaseExpression, code: str, quote: str) -> str:
    """`code` as it should be written in the place of `old`: a string in its quotes, else in `quote`."""
    fitted = literals.refit(snippet.code_of(module, old), code)
    return fitted if literals.parts(fitted) else literals.requote(fitted, quote)


def _added(items: Listing, name: str, code: str) -> Listing:
    arguments = [a for a in items.members if isinstance(a, cst.Arg)]
    only = arguments[0].value if len(arguments) == 1 else None
    if isinstance(only, cst.GeneratorExp) and not only.lpar:
        items = replaced(items, 0, arguments[0].with_changes(value=snippet.parenthesised(only)))
    equals = [a.equal for a in arguments if isinstance(a.equal, cst.AssignEqual)]
    simple = [e for e in equals if _is_simple(e)]
    new = cst.Arg(
        keyword=cst.Name(_identifier(name)),
        value=snippet.value(code),
        equal=simple[0] if simple else _TIGHT,
    )
    return appended(items, new)


def _is_simple(equal: cst.AssignEqual) -> bool:
    return isinstance(equal.whitespace_before, cst.SimpleWhitespace) and isinstance(
        equal.whitespace_after, cst.SimpleWhitespace
    )


def _identifier(name: str) -> str:
    if not name.isidentifier():
        raise Refused(f"{name!r} cannot be written as a keyword argument")
    return name


def _name(arg: cst.CSTNode) -> str | None:
    return arg.keyword.value if isinstance(arg, cst.Arg) and arg.keyword else None


def _index(items: Listing, name: str) -> int:
    """Where the keyword stands. Raises ValueError when it is not there."""
    return [_name(member) for member in items.members].index(name)


def _argument(items: Listing, index: int) -> cst.Arg:
    member = items.members[index]
    assert isinstance(member, cst.Arg)
    return member


def _changed(items: Listing, name: str, **parts: cst.CSTNode) -> Listing:
    index = _index(items, name)
    return replaced(items, index, _argument(items, index).with_changes(**parts))


def _read(call: cst.Call) -> Listing:
    tail = call.args[-1].whitespace_after_arg if call.args else cst.SimpleWhitespace("")
    return listing(call.args, [arg.comma for arg in call.args], call.whitespace_before_args, tail)


def _write(call: cst.Call, items: Listing) -> cst.Call:
    args: list[cst.Arg] = []
    count = len(items.members)
    for i in range(count):
        comma = _comma(items, i, count)
        space = items.tail if i == count - 1 and comma is None else cst.SimpleWhitespace("")
        args.append(
            _argument(items, i).with_changes(
                comma=comma or cst.MaybeSentinel.DEFAULT, whitespace_after_arg=space
            )
        )
    return call.with_changes(whitespace_before_args=items.lead, args=args)


def _comma(items: Listing, index: int, count: int) -> cst.Comma | None:
    if index < count - 1:
        return items.commas[index]
    return items.trailing.with_changes(whitespace_after=items.tail) if items.trailing else None
