"""Where a new import goes: beside its like, as an import sorter would put it, and above its first use."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from itertools import pairwise

from migrate_cli.rewrite.bindings import Importing, Wanted, loads
from migrate_cli.rewrite.source import Patch, Source
from migrate_cli.rewrite.statements import line_after
from migrate_cli.rewrite.syntax import first_line, is_docstring

_CELL = re.compile(rb"^# ---- cell-* \d+\r?$", re.MULTILINE)  # how `files.notebook` marks a cell
_STANDARD, _OTHER, _LOCAL = range(3)
_Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    statement: Importing
    index: int
    key: _Key


def place(source: Source, tree: ast.Module, wanted: Wanted) -> Patch:
    """The patch that puts `wanted` on a line of its own at the head of the module."""
    run = _first_run(source, tree)
    patch = _in_run(source, tree, run, wanted) if run else _at_head(source, tree, wanted)
    used = [source.at(load.node.lineno, load.node.col_offset) for load in loads(tree, wanted.bound)]
    return _at_head(source, tree, wanted) if any(offset < patch.start for offset in used) else patch


def is_standard(module: str) -> bool:
    """Whether `module` belongs to Python's standard library."""
    return module.partition(".")[0] in sys.stdlib_module_names


def _first_run(source: Source, tree: ast.Module) -> list[_Entry]:
    """The first imports that follow each other, within one notebook cell, without `__future__`."""
    run: list[_Entry] = []
    for index, statement in enumerate(tree.body):
        is_import = isinstance(statement, ast.Import | ast.ImportFrom) and not _is_future(statement)
        if run and (not is_import or _CELL.search(_between(source, tree.body[index - 1], statement))):
            break
        if isinstance(statement, ast.Import | ast.ImportFrom) and is_import:
            run.append(_Entry(statement, index, _key(statement)))
    return run


def _in_run(source: Source, tree: ast.Module, run: list[_Entry], wanted: Wanted) -> Patch:
    code = wanted.code.encode("utf-8") + source.newline
    section = _STANDARD if is_standard(wanted.module) else _OTHER
    key = (section, int(wanted.name is not None), wanted.module.lower())
    peers = [entry for entry in run if entry.key[0] == section]
    if peers:
        ordered = [p.key for p in peers] == sorted(p.key for p in peers)
        earlier = [p for p in peers if p.key <= key] if ordered else peers
        if earlier:
            return line_after(source, source.span(earlier[-1].statement).end, code)
        return _before(source, tree, peers[0].index, code, comments=False)
    gap = source.newline if _has_sections(source, run) else b""
    later = next((entry for entry in run if entry.key[0] > section), None)
    if later is not None:
        return _before(source, tree, later.index, code + gap, comments=True)
    return line_after(source, source.span(run[-1].statement).end, gap + code)


def _at_head(source: Source, tree: ast.Module, wanted: Wanted) -> Patch:
    """Below the docstring and `__future__` imports, or above the first statement."""
    code = wanted.code.encode("utf-8") + source.newline
    index = 0
    while index < len(tree.body) and (
        (index == 0 and is_docstring(tree.body[0])) or _is_future(tree.body[index])
    ):
        index += 1
    if index == 0 and tree.body:
        first_is_import = isinstance(tree.body[0], ast.Import | ast.ImportFrom)
        return _before(source, tree, 0, code + (b"" if first_is_import else source.newline), comments=True)
    end = source.span(tree.body[index - 1]).end if tree.body else len(source.data)
    gap = source.newline if tree.body else b""
    following = source.line_end(end)
    is_tight = following < len(source.data) and source.data[following : source.line_end(following)].strip()
    return line_after(source, end, gap + code + (source.newline if is_tight else b""))


def _before(source: Source, tree: ast.Module, index: int, code: bytes, *, comments: bool) -> Patch:
    """Above a statement; with `comments`, above those that belong to it, but below the file's head."""
    line = first_line(tree.body[index])
    floor = (tree.body[index - 1].end_lineno or 0) if index else 0
    top = line
    while top - 1 > floor and source.line(top - 1).startswith(b"#"):
        top -= 1
    # A comment on the first two lines may be a licence, a cookie or `#!`; in a notebook, comments may be cell
    # markers and magics, which have to come first.
    is_free = top > 2 and not _CELL.search(source.data)
    start = source.starts[(top if comments and is_free else line) - 1]
    return Patch(start, start, code)


def _has_sections(source: Source, run: list[_Entry]) -> bool:
    """Whether the run parts its sections by blank lines; with one section alone, it may be taken to."""
    pairs = [(a, b) for a, b in pairwise(run) if a.key[0] != b.key[0]]
    return all(_between(source, a.statement, b.statement).count(b"\n") > 1 for a, b in pairs)


def _between(source: Source, first: ast.stmt, second: ast.stmt) -> bytes:
    return source.data[source.span(first).end : source.span(second).start]


def _key(statement: Importing) -> _Key:
    if isinstance(statement, ast.Import):
        name = statement.names[0].name
        return (_STANDARD if is_standard(name) else _OTHER), 0, name.lower()
    name = statement.module or ""
    if statement.level:
        return _LOCAL, 1, name.lower()
    return (_STANDARD if is_standard(name) else _OTHER), 1, name.lower()


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__" and not statement.level
