"""Requirements that a `setup.py` gives to setuptools as literals, or in a variable of the same file."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.model import Site, Span
from migrate_cli.sites.around.requirements import requirement_site
from migrate_cli.sites.around.sheet import Sheet
from migrate_cli.sites.page import Page

_KEYWORDS = frozenset({"install_requires", "extras_require", "tests_require", "setup_requires", "requires"})


def setup_sites(path: str, text: str) -> list[Site]:
    """The dependency sites of a setup script, in order; none when it does not parse."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return []
    sheet = Sheet(Page.of(path, text), "setup.py")
    found = {s.span: s for node in _given(tree) for s in _requirements(sheet, node)}
    return [found[span] for span in sorted(found)]


def _given(tree: ast.Module) -> Iterator[ast.expr]:
    """What the keywords of `setup(…)` are given, with the values of the names in them."""
    assigned: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    assigned.setdefault(target.id, []).append(node.value)
                elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                    assigned.setdefault(target.value.id, []).append(node.value)
    pending = [
        keyword.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in _KEYWORDS
    ]
    seen: set[str] = set()
    while pending:
        value = pending.pop()
        yield value
        for name in (n.id for n in ast.walk(value) if isinstance(n, ast.Name)):
            if name not in seen:
                seen.add(name)
                pending += assigned.get(name, ())


def _requirements(sheet: Sheet, value: ast.expr) -> Iterator[Site]:
    keys = {id(key) for node in ast.walk(value) if isinstance(node, ast.Dict) for key in node.keys}
    starts = sheet.page.starts
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys:
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            site = requirement_site(sheet, node.value, Span(start, end))
            if site is not None:
                yield site
