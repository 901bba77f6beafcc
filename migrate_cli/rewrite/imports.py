"""Imports added where they are missing, and dropped where nothing needs them any more."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from migrate_cli.model import AddImport, RemoveImport
from migrate_cli.rewrite.bindings import (
    Function,
    Importing,
    Load,
    Wanted,
    above,
    bindings,
    captured,
    guarded_imports,
    loads,
    local_imports,
)
from migrate_cli.rewrite.errors import Refused
from migrate_cli.rewrite.placement import is_standard, place
from migrate_cli.rewrite.source import Patch, Source, splice
from migrate_cli.rewrite.statements import removals
from migrate_cli.rewrite.syntax import Statements, Visit, names, parse, visits

_LONGEST_ANNOTATION = 200


def wanted(code: str) -> list[Wanted]:
    """The names that an import statement asks for. Raises Refused when `code` is no absolute import."""
    tree = parse(code)
    statement = tree.body[0] if len(tree.body) == 1 else None
    if isinstance(statement, ast.Import):
        return [Wanted(alias.name, None, alias.asname) for alias in statement.names]
    if isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        return [Wanted(statement.module, alias.name, alias.asname) for alias in statement.names]
    raise Refused("only an absolute import can be added")


def add_imports(before: str, text: str, operations: Sequence[AddImport]) -> str:
    """`text` with the imports added that it lacks; `before` is the text prior to any edit. Raises Refused."""
    for operation in dict.fromkeys(operations):
        for want in wanted(operation.code):
            text = _add(before, text, want)
    return text


def remove_imports(before: str, text: str, operations: Sequence[RemoveImport]) -> str:
    """`text` without the imported names that nothing in it reads any more.

    `before` is the text prior to any edit. A name that an `__init__.py` never used itself is there for others
    and stays, as does `import X as X`.
    """
    source, tree = Source.of(text), parse(text)
    asked = {(o.module, o.name) for o in operations}
    is_package = any(o.path.rpartition("/")[2] == "__init__.py" for o in operations)
    tree_before = parse(before) if is_package else tree
    patches: list[Patch] = []
    gone: list[tuple[ast.stmt, Statements, bool]] = []
    for visit in visits(tree):
        node = visit.node
        if not isinstance(node, ast.ImportFrom) or node.level:
            continue
        drop = [
            alias
            for alias in node.names
            if (node.module, alias.name) in asked
            and alias.asname != alias.name
            and not _is_used(tree, text, alias.asname or alias.name)
            and (not is_package or _is_used(tree_before, before, alias.asname or alias.name))
        ]
        if drop and len(drop) == len(node.names) and _is_tried(visit):
            continue
        if drop and len(drop) == len(node.names):
            gone.append((node, visit.block, isinstance(visit.parent, ast.Module)))
        elif drop:
            patches.append(_names_patch(source, node, drop=[(a.name, a.asname) for a in drop]))
    return splice(source.data, [*patches, *removals(source, gone)]).decode("utf-8")


def _is_tried(visit: Visit) -> bool:
    """Whether an import is all that a `try` tries: it is there to fail where the package is missing, and stays."""
    return isinstance(visit.parent, ast.Try) and visit.field == "body" and len(visit.block) == 1


def _add(before: str, text: str, want: Wanted) -> str:
    source, tree = Source.of(text), parse(text)
    reads = loads(tree, want.bound)
    if captured(tree, want) > captured(parse(before), want):
        raise Refused(f"a function has a variable of its own named {want.bound!r}")
    if any(want.bound_by(statement) for statement in tree.body):
        return text
    guarded = [] if is_standard(want.module) else guarded_imports(tree)
    if any(want.bound_by(statement) for statement in guarded):
        return text
    local = _local_homes(reads, want)
    if local is not None:
        return _joined(source, [s for s in local if not want.bound_by(s)], want)
    for name, node in bindings(tree.body):
        if name == want.bound and not (isinstance(node, ast.stmt) and want.bound_by(node)):
            raise Refused(f"the module already uses the name {want.bound!r} for something else")
    homes = [s for s in tree.body if isinstance(s, ast.Import | ast.ImportFrom) and want.extends(s)]
    if homes and not any(not above(homes[0], read.node) for read in reads):
        return _joined(source, homes[:1], want)
    optional = [s for s in guarded if want.extends(s)]
    if optional and not homes:
        return _joined(source, optional, want)
    return splice(source.data, [place(source, tree, want)]).decode("utf-8")


def _local_homes(reads: Sequence[Load], want: Wanted) -> list[Importing] | None:
    """The imports inside functions that already serve, or can serve, every read; None if some read has none.

    An import inside a function is there to be late: a new one at the top would undo that.
    """
    homes: dict[int, Importing] = {}
    for read in reads:
        home = next((h for f in read.functions if (h := _home(f, read, want))), None)
        if home is None:
            return None
        homes[id(home)] = home
    return list(homes.values()) or None


def _home(function: Function, read: Load, want: Wanted) -> Importing | None:
    ready = [s for s in local_imports(function) if above(s, read.node)]
    served = [s for s in ready if want.bound_by(s)]
    return next(iter(served or [s for s in ready if want.extends(s)]), None)


def _joined(source: Source, homes: Sequence[Importing], want: Wanted) -> str:
    patches = [_names_patch(source, home, add=[(want.name or "", want.asname)]) for home in homes]
    return splice(source.data, patches).decode("utf-8")


def _names_patch(
    source: Source,
    statement: ast.stmt,
    add: Sequence[tuple[str, str | None]] = (),
    drop: Sequence[tuple[str, str | None]] = (),
) -> Patch:
    from migrate_cli.rewrite.aliases import edit_names

    span = source.span(statement)
    text = edit_names(source.text(span), source.newline.decode("ascii"), add, drop)
    return Patch(span.start, span.end, text.encode("utf-8"))


def _is_used(tree: ast.Module, text: str, name: str) -> bool:
    """Whether anything but an import mentions `name`: code, `__all__`, quoted annotations, type comments."""
    if re.search(rf"#\s*type:[^\r\n]*\b{re.escape(name)}\b", text):
        return True
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == name:
            return True
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and name in node.value:
            if _mentions(node.value, name):
                return True
        elif isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
            return True
    return False


def _mentions(string: str, name: str) -> bool:
    """Whether a string reads as an expression with `name` in it."""
    if len(string) > _LONGEST_ANNOTATION:
        return False
    try:
        return name in names(parse(string))
    except Refused:
        return False
