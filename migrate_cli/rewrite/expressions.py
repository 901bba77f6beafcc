"""Edits inside expressions: replacements, keywords and keys, nested in each other.

The inner edits are made first; an outer call or dictionary is then read again and changed by name, so that no
position ever has to be kept up to date.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from migrate_cli.model import Span
from migrate_cli.rewrite import literals
from migrate_cli.rewrite.changes import Changes
from migrate_cli.rewrite.errors import Conflict, NotFound, Refused
from migrate_cli.rewrite.source import Patch, Source, splice
from migrate_cli.rewrite.syntax import is_enclosed, parse_expression

_ATOMS = (
    ast.Name,
    ast.Attribute,
    ast.Call,
    ast.Subscript,
    ast.Constant,
    ast.JoinedStr,
    ast.List,
    ast.Dict,
    ast.Set,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,  # this one and the next come with parentheses of their own, or are no expression
    ast.NamedExpr,
    ast.Yield,
    ast.YieldFrom,
)
_ROOMY = {  # where any expression may stand without parentheses
    (ast.Assign, "value"),
    (ast.AnnAssign, "value"),
    (ast.AugAssign, "value"),
    (ast.Return, "value"),
    (ast.Expr, "value"),
    (ast.keyword, "value"),
    (ast.Call, "args"),
    (ast.List, "elts"),
    (ast.Dict, "values"),
    (ast.arguments, "defaults"),
    (ast.arguments, "kw_defaults"),
    (ast.If, "test"),
    (ast.While, "test"),
    (ast.Lambda, "body"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """An expression to change: a replacement for all of it, or changes to its keywords or keys; `wrap` goes around.

    `tail` is a byte offset and what is written instead of all that follows it.
    """

    node: ast.expr
    parent: ast.AST | None
    field: str
    span: Span
    replacement: str | None
    changes: Changes | None
    template: ast.expr | None
    wrap: tuple[str, str] | None = None
    tail: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Editor:
    """Makes the edits of one file."""

    source: Source
    targets: tuple[Target, ...]
    quote: str

    def patches(self) -> list[Patch]:
        """One patch per outermost target. Raises RewriteError."""
        return [
            Patch(t.span.start, t.span.end, self._text(t).encode("utf-8")) for t in _outermost(self.targets)
        ]

    def _text(self, target: Target) -> str:
        inner = [t for t in self.targets if t is not target and _holds(target.span, t.span)]
        if target.replacement is not None:
            if inner or target.changes:
                raise Conflict("an edit replaces an expression that another edit changes")
            return self._fitted(target, self._replacement(target, target.replacement))
        changes = target.changes
        if changes is None and target.wrap is None and target.tail is None:
            raise NotFound("nothing to do at this place")
        if target.tail is not None:
            return self._wrapped(target, self._with_tail(target, inner, *target.tail))
        if changes is not None:
            _check_values(self.source, target.node, changes, inner)
        data = self.source.data[target.span.start : target.span.end]
        patches = [Patch(t.span.start, t.span.end, self._text(t).encode("utf-8")) for t in _outermost(inner)]
        text = splice(data, patches, target.span.start).decode("utf-8")
        if changes is None:
            return self._wrapped(target, text)
        quote = _other(_quote(self.source, target.template)) if target.template else self.quote
        newline = self.source.newline.decode("ascii")
        return self._wrapped(target, _keyed(target.node, text, changes, newline, quote))

    def _with_tail(self, target: Target, inner: Sequence[Target], start: int, code: str) -> str:
        if any(t.span.end > start for t in inner):
            raise Conflict("an edit replaces a part of an expression that another edit changes")
        data = self.source.data[target.span.start : start]
        patches = [Patch(t.span.start, t.span.end, self._text(t).encode("utf-8")) for t in _outermost(inner)]
        if target.template:
            quote = _quote(self.source, target.template)[:1]
            code = code.replace(quote, _other(quote)) if _other(quote) not in code else code
        text = splice(data, patches, target.span.start).decode("utf-8") + code
        parse_expression(f"({text})")
        return text

    def _wrapped(self, target: Target, text: str) -> str:
        if target.wrap is None:
            return self._fitted(target, text)
        before, after = target.wrap
        code = f"{before}{text}{after}"
        outside = f"({code})" if _needs_parentheses(target, parse_expression(f"({code})"), code) else code
        return self._fitted(target, outside)

    def _replacement(self, target: Target, code: str) -> str:
        new = parse_expression(code)
        code = code.replace("\r\n", "\n").replace("\n", self.source.newline.decode("ascii"))
        old = self.source.text(target.span)
        fitted = literals.refit(old, code)
        if literals.parts(fitted) is None:
            quote = _other(_quote(self.source, target.template)) if target.template else self.quote
            fitted = literals.requote(code, quote)
        return f"({fitted})" if _needs_parentheses(target, new, fitted) else fitted

    def _fitted(self, target: Target, text: str) -> str:
        """`text` with the spaces that keep it apart from a word before or after it."""
        if target.template is not None:
            _check_template(self.source, target, text)
        data, start, end = self.source.data, target.span.start, target.span.end
        before, after = data[start - 1 : start].decode("latin-1"), data[end : end + 1].decode("latin-1")
        # `else"x"` needs no space, `else x` does; and `else(x)` must not become a prefixed string.
        glued = _is_word(text[0]) or (text[0] in "\"'" and data[start : start + 1] not in b"\"'")
        if _is_word(before) and glued:
            text = f" {text}"
        return f"{text} " if _is_word(after) and _is_word(text[-1]) else text


def _keyed(node: ast.expr, text: str, changes: Changes, newline: str, quote: str) -> str:
    if isinstance(node, ast.Dict):
        from migrate_cli.rewrite.items import edit_dict

        return edit_dict(text, changes, newline, quote)
    from migrate_cli.rewrite.arguments import edit_call

    return edit_call(text, changes, newline, quote)


def _check_values(source: Source, node: ast.expr, changes: Changes, inner: Sequence[Target]) -> None:
    """Raises Conflict when a value to be replaced also has edits of its own, unless they say the same."""
    for name, code in changes.values:
        for value in _values(node, name):
            span = source.span(value)
            for other in inner:
                same = other.span == span and other.replacement == code
                if _holds(span, other.span) and not same:
                    raise Conflict(f"an edit replaces {name!r}, and another edit changes its value")


def _values(node: ast.expr, name: str) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        return [k.value for k in node.keywords if k.arg == name]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == name]
    return []


def _needs_parentheses(target: Target, new: ast.expr, code: str) -> bool:
    if isinstance(target.node, ast.GeneratorExp):
        return True  # its span may include the parentheses of the call it is alone in
    if is_enclosed(code):
        return False
    if isinstance(new, ast.Tuple):
        return True
    if isinstance(new, ast.Constant) and isinstance(new.value, int | float | complex):
        return isinstance(target.parent, ast.Attribute)
    if isinstance(new, _ATOMS) or type(new).__name__ == "TemplateStr":
        return False
    return not any(isinstance(target.parent, kind) and target.field == field for kind, field in _ROOMY)


def _check_template(source: Source, target: Target, text: str) -> None:
    """Inside an f-string, older Pythons know neither its own quote, nor a backslash, nor true positions."""
    found = source.text(target.span)
    try:
        same = ast.dump(parse_expression(f"({found})")) == ast.dump(target.node)
    except Refused:
        same = False
    if not same:
        raise NotFound("the expression inside this f-string cannot be located")
    if _quote(source, target.template) in text or "\\" in text or "\n" in text or "#" in text:
        raise Refused("the new code does not fit inside this f-string")


def _quote(source: Source, template: ast.expr | None) -> str:
    text = source.text(source.span(template)) if template else ""
    return next((c for c in text if c in "\"'"), '"')


def _other(quote: str) -> str:
    return "'" if quote == '"' else '"'


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or character > "\x7f"


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _outermost(targets: Sequence[Target]) -> list[Target]:
    return [
        t
        for t in targets
        if not any(o is not t and _holds(o.span, t.span) and o.span != t.span for o in targets)
    ]
