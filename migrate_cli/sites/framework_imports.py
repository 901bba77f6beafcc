"""Imports of what a framework calls OpenAI by, and of a framework that the file then uses for OpenAI."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from migrate_cli.catalogue.frameworks import Framework, Frameworks, below, frameworks
from migrate_cli.index.module import Module
from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.frameworks import TELLING


def framework_import_sites(reader: Reader, module: Module, uses: Collection[Site]) -> Iterator[Site]:
    """Import statements of OpenAI's part of a framework; `uses` are the file's framework sites."""
    table = frameworks()
    leading = {(s.location.path, s.location.line, s.location.column) for u in uses for s in u.evidence}
    for use in module.imports:
        node = use.node
        place = reader.places.node(module, node)
        leads = (place.path, place.line, place.column) in leading
        used = {s.symbol for s in uses} if leads else set()
        for dotted, source in imported(node):
            framework = table.owner(dotted)
            identifier = framework.id if framework is not None else source.split(".")[0]
            if dotted.startswith(".") or not means_openai(table, framework, dotted, used):
                continue
            if framework is not None and reader.resolver.project.find(module.path, source) is not None:
                continue
            yield Site(
                SiteKind.IMPORT,
                module.path,
                module.span(node),
                place,
                dotted,
                module.span(node),
                module.code(node),
                certainty=Certainty.PROVED if framework is not None else Certainty.LIKELY,
                framework=identifier,
            )
            break


def imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(dotted path, module) of everything that an import statement names."""
    if isinstance(node, ast.Import):
        yield from ((alias.name, alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = "." * node.level + (node.module or "")
        yield from ((f"{source}.{alias.name}", source) for alias in node.names)


def means_openai(table: Frameworks, framework: Framework | None, dotted: str, used: Collection[str]) -> bool:
    """Whether importing a dotted path is a use of OpenAI by itself, or leads to one in the file."""
    if any(symbol == dotted or symbol.startswith(f"{dotted}.") for symbol in used):
        return True
    if framework is None:
        return False
    if below(dotted, framework.modules):
        return True
    entry = framework.use(dotted)
    word = dotted.rsplit(".", 1)[-1]
    return (
        entry is not None
        and entry.judge is None
        and (TELLING.fullmatch(word) is not None or (word in entry.names and telling(word)))
    )


def telling(word: str) -> bool:
    """Whether a name by itself says OpenAI, unlike `Runner` or `get_encoding`."""
    return any(part in word.lower() for part in ("openai", "azure", "dalle", "dall", "gpt"))
