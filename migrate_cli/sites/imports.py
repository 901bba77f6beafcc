"""Imports of the SDK, of drop-ins for it, and of functions that wrap its client."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.index.module import Module
from migrate_cli.index.names import outside
from migrate_cli.index.sdk import WRAPPERS
from migrate_cli.index.sdk_calls import IMPORTERS
from migrate_cli.index.values import Constant, Sdk
from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader

CLIENT_NAMES = (
    ("client", "openai_client", "llm_client", "openai_compatible_client"),
    ("async_client", "openai_async_client", "llm_async_client", "openai_compatible_async_client"),
)
IMPORTING = {path.rsplit(".", 1)[-1] for path in IMPORTERS}


def import_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Statements and calls that import the SDK or a drop-in, unless a project module shadows the package."""
    for use in module.imports:
        names = imported_names(use.node)
        sdk = [n for n in names if isinstance(outside(n), Sdk)]
        wrappers = [n for n in names if n in WRAPPERS and "openai" in n]
        if wrappers and not sdk:
            made = import_site(reader, module, use.node, wrappers[0], use.node, Certainty.PROVED)
            yield replace(made, framework=wrappers[0].split(".")[0])
        if not sdk or all(reader.resolver.project.shadows(module.path, n) for n in sdk):
            continue
        unsure = any(reader.resolver.project.find(module.path, n) for n in sdk)
        certainty = Certainty.LIKELY if unsure else Certainty.PROVED
        yield import_site(reader, module, use.node, sdk[0], last_of_block(module, use.node), certainty)
    for use in module.calls_of(IMPORTING):
        call = use.node
        assert isinstance(call, ast.Call)
        for found in reader.resolver.eval(module, use.scope, use.block, call.args[0]) if call.args else ():
            name = found.value.value if isinstance(found.value, Constant) else None
            if not isinstance(name, str) or not isinstance(outside(name), Sdk):
                continue
            if not reader.resolver.project.shadows(module.path, name):
                yield import_site(reader, module, call, name, call, found.certainty)


def import_site(
    reader: Reader, module: Module, node: ast.AST, name: str, anchor: ast.AST, certainty: Certainty
) -> Site:
    """The site of one import."""
    return Site(
        SiteKind.IMPORT,
        module.path,
        module.span(node),
        reader.places.node(module, node),
        name,
        module.span(anchor),
        module.code(node),
        certainty=certainty,
        free=free_names(module) if name.split(".")[0] == "openai" else (),
    )


def free_names(module: Module) -> tuple[str, ...]:
    """A name for a client and one for an async client that nothing in the file binds."""
    known = module.notes.get("free names")
    if not isinstance(known, tuple):
        bound = {name for scope in module.scopes.values() for name in (*scope.bindings, *scope.outer)}
        found = [next((n for n in names if n not in bound), None) for names in CLIENT_NAMES]
        known = module.notes["free names"] = tuple(name for name in found if name is not None)
    return known


def imported_names(node: ast.AST) -> list[str]:
    """Dotted names that an import statement brings in: of `from x import y` only `x` where that is the SDK."""
    if isinstance(node, ast.Import):
        return [a.name for a in node.names]
    source = import_source(node)
    assert isinstance(node, ast.ImportFrom)
    return [source] if isinstance(outside(source), Sdk) else [f"{source}.{a.name}" for a in node.names]


def last_of_block(module: Module, node: ast.AST) -> ast.AST:
    """The last import of the block that an import at the top of a file opens; another import is its own."""
    body = module.tree.body
    index = next((i for i, statement in enumerate(body) if statement is node), None)
    if index is None:
        return node
    while index + 1 < len(body) and isinstance(body[index + 1], (ast.Import, ast.ImportFrom)):
        index += 1
    return body[index]


def import_source(node: ast.AST) -> str:
    """Module of a `from` import, with its leading dots."""
    assert isinstance(node, ast.ImportFrom)
    return "." * node.level + (node.module or "")
