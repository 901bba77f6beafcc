"""What a notebook holds beside its own Python: shell lines, magics, files that cells write, keys in outputs.

Their sites carry `form`, so that no rule edits them as Python.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from migrate_cli.files.notebook import Notebook
from migrate_cli.index.module import Module, parse_module
from migrate_cli.index.resolve import Resolver
from migrate_cli.model import Site, SiteId, Span
from migrate_cli.sites.around.rows import with_rows
from migrate_cli.sites.around.sheet import Sheet
from migrate_cli.sites.keys import key_sites
from migrate_cli.sites.page import Page
from migrate_cli.sites.places import CellOf, Places
from migrate_cli.sites.shell_lines import shell_sites

ReadSites = Callable[[Resolver, Module, CellOf], list[Site]]

# A shell line or a magic in a notebook that is kept as a `.py` file, by Databricks or by jupytext.
_COMMENTED = re.compile(r"^# (?:MAGIC )?(?=[%!])", re.MULTILINE)


def notebook_sites(
    resolver: Resolver, notebook: Notebook, module: Module, cell_of: CellOf, read: ReadSites
) -> list[Site]:
    """Sites outside the Python of the cells; `read` reads the sites of a module."""
    shell = Page.of(module.path, notebook.shell)
    shell = replace(shell, settle=Places(cell_of).settle)
    found = [replace(moved(site, shell.starts, module, 0), form="shell") for site in shell_sites(shell)]
    sites = list(with_rows(Sheet(Page.of(module.path, module.text), "shell"), found))
    for name, cell, mark in notebook.written_files():
        sites += written(resolver, name, (cell.number, cell.code, mark), module, cell_of, read)
    return [*sites, *output_keys(notebook, module.path)]


def written(
    resolver: Resolver,
    name: str,
    cell: tuple[int, str, int],
    module: Module,
    cell_of: CellOf,
    read: ReadSites,
) -> Iterator[Site]:
    """Sites of a cell that `%%writefile` makes a Python file of: a namespace of its own."""
    number, code, mark = cell
    first, newline, rest = code.partition("\n")
    try:
        inner = parse_module(module.path, newline + rest)
    except (SyntaxError, ValueError, RecursionError):
        return

    def own(path: str, line: int) -> tuple[int, int] | None:
        return (number, line) if path == module.path else cell_of(path, line)

    reason = f"{first.split()[0]} writes {name}: change the cell by hand"
    for site in read(resolver, inner, own):
        yield replace(moved(site, inner.starts, module, mark), form="cell", ignored=site.ignored or reason)


def moved(site: Site, starts: tuple[int, ...], module: Module, lines: int) -> Site:
    """A site of a text with line starts `starts` on the lines of `module` that stand `lines` further down."""

    def place(offset: int) -> int:
        line = bisect_right(starts, offset) - 1
        index = min(line + lines, len(module.starts) - 1)
        end = module.starts[index + 1] - 1 if index + 1 < len(module.starts) else len(module.data)
        return min(module.starts[index] + offset - starts[line], end)

    def feeding(client: SiteId) -> SiteId:
        return (client[0], place(client[1]), client[2]) if client[0] == module.path else client

    span = Span(place(site.span.start), place(site.span.end))
    return replace(site, span=span, anchor=span, clients=tuple(feeding(c) for c in site.clients))


def output_keys(notebook: Notebook, path: str) -> Iterator[Site]:
    """Literal keys in outputs and in text cells, at their lines of the notebook's file."""
    if b"sk-" not in notebook.data and b"OPENAI" not in notebook.data:
        return
    text = notebook.data.decode("utf-8-sig")
    page = Page.of(path, text)
    inside = [(page.span(cell.start, cell.end)) for cell in notebook.cells]
    for site in key_sites(page):
        if not any(cell.start <= site.span.start < cell.end for cell in inside):
            yield replace(site, form="output")


def commented_shell(module: Module, settle: Places) -> list[Site]:
    """Shell lines and magics in the comments of a notebook that is kept as a `.py` file."""
    if b"# MAGIC" not in module.data and b"# %%" not in module.data:
        return []
    shown = []
    for line in module.text.splitlines(keepends=True):
        match = _COMMENTED.match(line)
        code = line.rstrip("\r\n")
        kept = (
            " " * match.end() + code[match.end() :]
            if match is not None and "%%" not in code[:4]
            else " " * len(code)
        )
        shown.append(kept + line[len(code) :])
    page = Page(module.path, module.text, module.data, module.starts, settle.settle)
    return [replace(site, form="shell") for site in shell_sites(page, "".join(shown))]
