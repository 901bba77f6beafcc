"""What the program does with the answers of its calls and of its raw requests."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

from migrate_cli.index.flow import uses_of
from migrate_cli.index.module import Module
from migrate_cli.model import Certainty, Site, SiteKind, Span, Use
from migrate_cli.sites.arguments import Reader

MAX_EVALUATIONS = 4000  # to follow one answer


def with_uses(reader: Reader, module: Module, sites: Iterable[Site]) -> list[Site]:
    """The sites, each call with the uses of its answer; a guess is not followed."""
    sites = list(sites)
    wanted = {s.span for s in sites if followed(s)}
    if not wanted:
        return sites
    nodes = {span: use.node for use in module.calls if (span := module.span(use.node)) in wanted}
    return [
        replace(s, uses=uses(reader, module, nodes[s.span])) if followed(s) and s.span in nodes else s
        for s in sites
    ]


# Answers that no rule looks at: what has to be replaced as a whole.
UNREAD = (
    "assistants",
    "threads",
    "vector_stores",
    "fine_tuning",
    "batches",
    "files",
    "uploads",
    "realtime",
    "evals",
)


def followed(site: Site) -> bool:
    """Whether a rule may act on what the program does with what a site gives."""
    asks = site.kind in (SiteKind.CALL, SiteKind.REQUEST)
    if not site.legacy and (site.endpoint or "").split(".")[0] in UNREAD:
        return False
    return asks and site.endpoint is not None and site.certainty is not Certainty.GUESS


def uses(reader: Reader, module: Module, node: ast.AST) -> tuple[Use, ...]:
    """The uses of what the expression `node` gives."""
    assert isinstance(node, ast.expr)
    reader.resolver.fresh_budget(MAX_EVALUATIONS)
    return uses_of(reader.resolver, module, node, reader.places.span)


def uses_at(reader: Reader, module: Module, span: Span) -> tuple[Use, ...]:
    """The uses of what the call at `span` gives; none where no call stands there."""
    node = next((use.node for use in module.calls if module.span(use.node) == span), None)
    return uses(reader, module, node) if node is not None else ()
