"""Whole statements: lines put in, lines taken out, and the semicolons of those that share one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migrate_cli.rewrite.errors import Refused
from migrate_cli.rewrite.source import Patch, Source
from migrate_cli.rewrite.syntax import Statements, parse

_PRAGMA = re.compile(rb"#\s*(?:noqa|type:|pylint:|pragma|pyright:|ruff:|fmt:|mypy:|isort:|nosec)")
_COMMENT = re.compile(rb"[ \t\f;]*(#[^\r\n]*)?")
_COMPOUND = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.With,
    ast.AsyncWith,
    ast.Try,
    ast.Match,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A simple statement with what shall stand before and after it, and whether it goes away itself."""

    node: ast.stmt
    parent: ast.AST | None
    block: Statements
    before: tuple[str, ...]
    after: tuple[str, ...]
    removed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The statements of one block that share a line, and whether that line also opens the block."""

    members: Statements
    opened: bool


def patches(source: Source, anchors: Sequence[Anchor]) -> list[Patch]:
    """The insertions and removals, as patches. Raises Refused where a line cannot be put in."""
    made: list[Patch] = []
    for anchor in anchors:
        made += _insertions(source, anchor)
    crowded = {id(a.node) for a in anchors if a.before or a.after}
    gone = [(a.node, a.block, isinstance(a.parent, ast.Module)) for a in anchors if a.removed]
    return [*made, *removals(source, gone, crowded)]


def removals(
    source: Source, statements: Iterable[tuple[ast.stmt, Statements, bool]], crowded: Iterable[int] = ()
) -> list[Patch]:
    """Patches that drop statements, each given with its block and whether that block is the module.

    A block left empty gets `pass`. Comments stay, tool directives on the dropped line do not. `crowded` holds
    the `id` of statements that something new stands beside: their blocks are not empty, their lines untidied.
    """
    crowded = frozenset(crowded)
    listed = list(statements)
    gone = {id(node) for node, _, _ in listed}
    rows: dict[int, tuple[Row, bool]] = {}
    made: list[Patch] = []
    for node, block, in_module in listed:
        row = row_of(source, node, block)
        keeper = not in_module and all(id(s) in gone for s in block) and not crowded & {id(s) for s in block}
        if (keeper and node is block[-1]) or (row.opened and node is row.members[-1] and _all(row, gone)):
            span = source.span(node)
            made.append(Patch(span.start, span.end, b"pass"))
            gone.discard(id(node))
        rows[id(row.members[0])] = row, bool(crowded & {id(s) for s in row.members})
    whole: list[tuple[int, int]] = []
    for row, busy in rows.values():
        if not _all(row, gone):
            made += _dropped_members(source, row, gone)
            continue
        made += _dropped_line(source, row, whole, tidy=not busy)
    return made + [Patch(start, end, b"") for start, end in _tidied(source, whole)]


def row_of(source: Source, node: ast.stmt, block: Statements) -> Row:
    """The statements of `block` on the line of `node`. Raises Refused when a backslash joins lines."""
    index = next(i for i, statement in enumerate(block) if statement is node)
    first = last = index
    while first > 0 and block[first - 1].end_lineno == block[first].lineno:
        first -= 1
    while last + 1 < len(block) and block[last].end_lineno == block[last + 1].lineno:
        last += 1
    start = source.span(block[first]).start
    line = source.line_start(start)
    if source.data[:line].rstrip(b"\r\n").endswith(b"\\"):
        raise Refused(f"a backslash joins this statement to another line (line {node.lineno})")
    opened = bool(source.data[line:start].strip(b" \t\f"))
    return Row(block[first : last + 1], opened)


def new_lines(source: Source, code: str, indent: bytes) -> bytes:
    """The statement `code` as lines at `indent`, ended as the file's are. Raises Refused if it is none."""
    parse(code)
    first, *others = re.split(r"\r\n|\r|\n", code.strip("\r\n"))
    # Lines inside a long string must keep their own beginning; anywhere else they move with the first.
    below = b"" if '"""' in code or "'''" in code else indent
    encoded = [indent + first.encode("utf-8")]
    encoded += [(below if line else b"") + line.encode("utf-8") for line in others]
    return source.newline.join(encoded) + source.newline


def line_after(source: Source, offset: int, lines: bytes, rank: int = 0) -> Patch:
    """Put `lines` below the line of `offset`; a file without a last newline stays so."""
    end = source.line_end(offset)
    if end == len(source.data) and end and not source.data.endswith((b"\n", b"\r")):
        return Patch(end, end, source.newline + lines[: -len(source.newline)], rank)
    return Patch(end, end, lines, rank)


def _insertions(source: Source, anchor: Anchor) -> list[Patch]:
    if not anchor.before and not anchor.after:
        return []
    row = row_of(source, anchor.node, anchor.block)
    if row.opened:
        raise Refused(f"no line can be added to a one-line block (line {anchor.node.lineno})")
    span = source.span(anchor.node)
    indent = source.indent(source.span(row.members[0]).start)
    made: list[Patch] = []
    for code in anchor.before:
        if anchor.node is row.members[0]:
            start = source.line_start(span.start)
            made.append(Patch(start, start, new_lines(source, code, indent), rank=1))
        else:
            made.append(Patch(span.start, span.start, _inline(code) + b"; ", rank=1))
    for code in anchor.after:
        if anchor.node is row.members[-1]:
            made.append(line_after(source, span.end, new_lines(source, code, indent)))
        else:
            made.append(Patch(span.end, span.end, b"; " + _inline(code)))
    return made


def _inline(code: str) -> bytes:
    tree = parse(code)
    if "\n" in code.strip() or any(isinstance(statement, _COMPOUND) for statement in tree.body):
        raise Refused("a block cannot be put between statements that share a line")
    return code.strip().encode("utf-8")


def _all(row: Row, gone: set[int]) -> bool:
    return all(id(statement) in gone for statement in row.members)


def _dropped_members(source: Source, row: Row, gone: set[int]) -> list[Patch]:
    """Cut some statements out of a shared line, each with the semicolon on its side."""
    made: list[Patch] = []
    kept_before = False
    for i, statement in enumerate(row.members):
        if id(statement) not in gone:
            kept_before = True
        elif kept_before:
            made.append(Patch(source.span(row.members[i - 1]).end, source.span(statement).end, b""))
        else:
            following = source.span(row.members[i + 1]).start
            made.append(Patch(source.span(statement).start, following, b""))
    return made


def _dropped_line(source: Source, row: Row, whole: list[tuple[int, int]], *, tidy: bool) -> list[Patch]:
    """Cut a line whose statements all go, but for its comment. `whole` collects lines to tidy around."""
    start = source.line_start(source.span(row.members[0]).start)
    last = source.span(row.members[-1]).end
    end = source.line_end(last)
    match = _COMMENT.match(source.data, last)
    comment = match[1] if match else None
    if comment and not _PRAGMA.match(comment):
        code_start = source.span(row.members[0]).start
        return [Patch(code_start, last + len(match[0]) - len(comment) if match else last, b"")]
    if tidy:
        whole.append((start, end))
        return []
    return [Patch(start, end, b"")]


def _tidied(source: Source, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join neighbouring ranges of dropped lines and take along blank lines that would pile up."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(lines):
        if joined and joined[-1][1] == start:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return [_widened(source, start, end) for start, end in joined]


def _widened(source: Source, start: int, end: int) -> tuple[int, int]:
    data, first, last = source.data, start, end
    above = below = 0
    while first > 0 and _blank(source, before := source.line_start(first - 1)):
        first, above = before, above + 1
    stops = []
    while last < len(data) and _blank(source, last):
        last, below = source.line_end(last), below + 1
        stops.append(last)
    if last == len(data):
        # Nothing follows: the blank lines above would end the file, and it may have had no last newline.
        if end == len(data) and not data.endswith((b"\n", b"\r")):
            return len(data[:first].rstrip(b"\r\n")), end
        return first, end
    opens_block = first > 0 and _opens_block(source, first)
    surplus = below if opens_block and above == 0 else min(above, below)
    return start, stops[surplus - 1] if surplus else end


def _blank(source: Source, start: int) -> bool:
    return not source.data[start : source.line_end(start)].strip()


def _opens_block(source: Source, end: int) -> bool:
    """Whether the line that ends at `end` is the header of a block (by its colon; a guess is good enough)."""
    line = source.data[source.line_start(end - 1) : end]
    return line.split(b"#")[0].rstrip().endswith(b":")
