"""Comments for what is left: each stands on a line of its own above its statement, and is ours to take away again."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence

from migrate_cli.model import LeaveTodo
from migrate_cli.rewrite.source import Patch, Source

OPENING = "# migrate: todo["
_RANK = 2  # nearest to the statement, below lines that edits put there


def todo_patches(source: Source, tree: ast.Module, todos: Sequence[LeaveTodo]) -> list[Patch]:
    """Patches that drop the comments of earlier runs and put in those of `todos`; none when there are no todos."""
    if not todos:
        return []
    lines: dict[int, dict[str, None]] = {}
    starts = opening_lines(source, tree)
    for todo in todos:
        line = line_above(source, tree, starts, todo.span.start) if todo.text else None
        if line is not None:
            lines.setdefault(line, {})[todo.text] = None
    return [*stale(source), *(put(source, line, list(texts)) for line, texts in sorted(lines.items()))]


def put(source: Source, line: int, texts: Sequence[str]) -> Patch:
    """The patch that puts comments above a line, at its indent."""
    start = source.starts[line - 1]
    indent = source.indent(start)
    added = b"".join(indent + text.encode("ascii", "replace") + source.newline for text in texts)
    return Patch(start, start, added, rank=_RANK)


def stale(source: Source) -> Iterator[Patch]:
    """Patches that drop the comments of earlier runs; text that only looks like one stays."""
    if OPENING.encode() not in source.data:
        return
    reader = io.StringIO(source.data.decode("utf-8"), newline="").readline
    try:
        found = [t for t in tokenize.generate_tokens(reader) if t.type == tokenize.COMMENT]
    except (tokenize.TokenError, SyntaxError):
        return
    for token in found:
        row, column = token.start
        if token.string.startswith(OPENING) and not token.line[:column].strip():
            start = source.starts[row - 1]
            yield Patch(start, source.line_end(start), b"")


def opening_lines(source: Source, tree: ast.Module) -> dict[int, int]:
    """The last line of every statement and clause, by the line on which it opens and nothing stands before it."""
    found: dict[int, int] = {}
    for node in ast.walk(tree):
        if not isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            continue
        top = node.pattern if isinstance(node, ast.match_case) else node
        line = first_line(top)
        last = top.end_lineno or line
        start = source.starts[line - 1]
        if (
            isinstance(node, ast.match_case)
            or not source.data[start : start + indentation(source, line)].strip()
        ):
            found[line] = max(found.get(line, 0), last)
    return found


def first_line(node: ast.stmt | ast.ExceptHandler | ast.pattern) -> int:
    """Where a statement begins, its decorators included."""
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(int(d.lineno) for d in decorators)])


def indentation(source: Source, line: int) -> int:
    """The width of the whitespace that opens a line."""
    data = source.line(line)
    return len(data) - len(data.lstrip(b" \t\f"))


def line_above(source: Source, tree: ast.Module, starts: dict[int, int], offset: int) -> int | None:
    """The line of the innermost statement that holds a place, above which a comment can stand."""
    line, _ = source.place(offset)
    inner = max((first for first, last in starts.items() if first <= line <= last), default=None)
    if inner is None:
        return None
    head = max(
        (first for first in simple_lines(tree) if first[0] <= inner <= first[1]), default=(inner, inner)
    )[0]
    while head > 1 and source.line(head - 1).rstrip(b"\r\n").endswith(b"\\"):
        head -= 1
    return head


def simple_lines(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """First and last line of every statement without a body, of decorators and of the heads of compound ones."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        body = getattr(node, "body", None) or getattr(node, "cases", None)
        if body is None:
            yield first_line(node), node.end_lineno or node.lineno
            continue
        below = body[0].pattern if isinstance(body[0], ast.match_case) else body[0]
        yield first_line(node), max(first_line(below) - 1, node.lineno)
