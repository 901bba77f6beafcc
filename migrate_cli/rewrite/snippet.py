"""Between one expression's text and its libcst tree.

Only the touched expression passes through libcst, not the file: that is many times faster, and libcst loses
some form feeds and lone carriage returns between statements.
"""

from __future__ import annotations

import ast

import libcst as cst

from migrate_cli.rewrite import syntax
from migrate_cli.rewrite.errors import Refused


def read(text: str, newline: str) -> tuple[cst.Module, cst.BaseExpression]:
    """The tree of one expression, which may span lines, inside parentheses of our own.

    Raises Refused when it is no expression or does not come back byte for byte.
    """
    wrapped = f"({text})"
    try:
        module = cst.parse_module(wrapped)
    except (cst.ParserSyntaxError, RecursionError):
        raise Refused("libcst cannot read this expression") from None
    line = module.body[0] if len(module.body) == 1 else None
    statement = line.body[0] if isinstance(line, cst.SimpleStatementLine) and line.body else None
    if not isinstance(statement, cst.Expr) or module.code != wrapped:
        raise Refused("the whitespace of this expression is too unusual to keep")
    if newline not in text:
        module = module.with_changes(default_newline=newline)
    return module, statement.value


def write(module: cst.Module, expression: cst.BaseExpression) -> str:
    """The text of `expression` in the newlines of `module`, without the parentheses `read` added."""
    return module.code_for_node(expression)[1:-1]


def value(code: str) -> cst.BaseExpression:
    """New code as the value of an argument or item, in parentheses if it needs them. Raises Refused."""
    tree = syntax.parse_expression(code)
    if isinstance(tree, ast.Tuple) and not syntax.is_enclosed(code):
        code = f"({code})"
    try:
        return cst.parse_expression(code)
    except (cst.ParserSyntaxError, RecursionError):
        raise Refused("libcst cannot read the new code") from None


def parenthesised(expression: cst.BaseExpression) -> cst.BaseExpression:
    """`expression` in one more pair of parentheses."""
    return expression.with_changes(
        lpar=[cst.LeftParen(), *expression.lpar], rpar=[*expression.rpar, cst.RightParen()]
    )


def code_of(module: cst.Module, expression: cst.BaseExpression) -> str:
    """The text of `expression` without its own parentheses."""
    return module.code_for_node(expression.with_changes(lpar=[], rpar=[]))


def quote_of(candidates: list[cst.BaseExpression], default: str) -> str:
    """The quote character that the string literals among `candidates` use most, else `default`."""
    quotes = [c.quote[0] for c in candidates if isinstance(c, cst.SimpleString)]
    if quotes.count("'") == quotes.count('"'):
        return default
    return max("\"'", key=quotes.count)
