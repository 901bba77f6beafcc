"""From operations to text.

`ast` finds the place of each operation; only the touched expressions and imports pass through libcst; the
result is put back as patches. So the rest of the file stays as it is, byte by byte, by construction.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrate_cli.model import AddImport, LeaveTodo, Operation, RemoveImport
from migrate_cli.rewrite import literals, statements
from migrate_cli.rewrite.errors import Conflict, Refused
from migrate_cli.rewrite.expressions import Editor
from migrate_cli.rewrite.hollow import widened
from migrate_cli.rewrite.imports import add_imports, remove_imports
from migrate_cli.rewrite.locate import locate
from migrate_cli.rewrite.source import Patch, Source, splice
from migrate_cli.rewrite.syntax import parse
from migrate_cli.rewrite.todo import todo_patches


def rewrite(source: str, operations: Sequence[Operation]) -> str:
    """The text of one file with `operations` made: those with a span, then imports in, then imports out.

    `source` is the decoded text without its byte-order mark. An edit inside something that another one
    removes is moot. Raises Conflict when two operations disagree, NotFound when one does not find its place,
    Refused when an edit cannot be made without risk; the message holds no source text.
    """
    if not operations:
        return source
    try:
        text = _edited(source, operations)
        text = add_imports(source, text, [o for o in operations if isinstance(o, AddImport)])
        unwanted = [o for o in operations if isinstance(o, RemoveImport)]
        return remove_imports(source, text, unwanted) if unwanted else text
    except RecursionError:
        raise Refused("the file is nested too deeply") from None
    except SyntaxError:  # libcst's complaint about a node that cannot be written so
        raise Refused("the edit would give invalid code") from None


def _edited(text: str, operations: Sequence[Operation]) -> str:
    source = Source.of(text)
    tree = parse(text)
    todos = [o for o in operations if isinstance(o, LeaveTodo)]
    operations = [o for o in operations if not isinstance(o, LeaveTodo)]
    located = locate(tree, source, widened(tree, source, operations))
    editor = Editor(source, located.targets, literals.habit(text))
    removed = [source.span(a.node) for a in located.anchors if a.removed]
    inside: list[Patch] = [
        p for p in editor.patches() if not any(s.start <= p.start and p.end <= s.end for s in removed)
    ]
    around = statements.patches(source, located.anchors)
    comments = todo_patches(source, tree, todos)
    try:
        return splice(source.data, [*inside, *around, *comments]).decode("utf-8")
    except Conflict:
        if not comments:
            raise
    return splice(source.data, [*inside, *around]).decode("utf-8")  # a comment is worth less than an edit
