"""API hosts of OpenAI that are written in code, outside any other site: constants, defaults, comparisons.

A literal counts when it is a URL or a host and nothing else, so neither prompts nor docstrings do, and when nobody
merely reads it: a message, a help text or an example.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Collection, Iterator

from migrate_cli.index.module import Module
from migrate_cli.index.syntax import terminal
from migrate_cli.index.values import HOLE
from migrate_cli.model import Site, SiteKind, Span
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.hosts import ApiUrl, api_url

HOSTS = (b"openai.com", b"openai.azure.", b"cognitiveservices.azure.", b"services.ai.azure.")
COMPARING = ("startswith", "endswith")
# Calls and keywords whose text is read by people.
MESSAGES = {
    "print", "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "fatal", "success", "echo",
    "secho", "cprint", "markdown", "link_button", "deprecated", "fail", "skip",
}  # fmt: skip
SHOWN = {
    "help", "description", "title", "message", "msg", "doc", "label", "placeholder", "example", "examples", "prompt",
    "info", "text", "summary", "tooltip", "hint", "caption", "reason", "epilog", "short_help",
}  # fmt: skip


def url_sites(reader: Reader, module: Module, taken: Collection[Span]) -> Iterator[Site]:
    """Every API URL of the file that is not inside one of the spans `taken` by other sites."""
    if not any(host in module.data for host in HOSTS):
        return
    shown = read_by_people(module)
    asked = compared(module)
    spans = sorted(taken)
    ends = furthest(spans)
    for node in list(module.where):
        url = written(node) if isinstance(node, (ast.Constant, ast.JoinedStr)) and node not in shown else None
        if url is None:
            continue
        span = module.span(node)
        index = bisect_right(spans, Span(span.start, len(module.data))) - 1
        if index >= 0 and ends[index] >= span.end:
            continue
        yield Site(
            SiteKind.URL,
            module.path,
            span,
            reader.places.node(module, node),
            url.host.replace(HOLE, "…").lower(),
            span,
            module.code(node),
            endpoint=url.endpoint,
            read=node in asked,
        )


def furthest(spans: list[Span]) -> list[int]:
    """For each span of a sorted list the furthest end of it and of those before it."""
    ends: list[int] = []
    for span in spans:
        ends.append(max(span.end, ends[-1] if ends else 0))
    return ends


def written(node: ast.Constant | ast.JoinedStr) -> ApiUrl | None:
    """The API URL that a literal writes out; parts of an f-string that are not literal are holes."""
    if isinstance(node, ast.Constant):
        return api_url(node.value) if isinstance(node.value, str) and len(node.value) < 2000 else None
    return api_url("".join(str(p.value) if isinstance(p, ast.Constant) else HOLE for p in node.values))


def compared(module: Module) -> set[ast.AST]:
    """Literals that something is only compared with: `url == …`, `… in url`, `url.startswith(…)`."""
    sides: list[ast.expr] = []
    for node in module.where:
        if isinstance(node, ast.Compare):
            sides += [node.left, *node.comparators]
    for use in module.calls_of(COMPARING):
        assert isinstance(use.node, ast.Call)
        sides += use.node.args
    several = [part for side in sides for part in getattr(side, "elts", ())]
    return {*sides, *several}


def read_by_people(module: Module) -> set[ast.AST]:
    """Literals that stand as documentation or go to people, and the pieces of f-strings."""
    shown: set[ast.AST] = set()
    for node in module.where:
        if isinstance(node, ast.Expr):
            shown.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            shown.update(node.values)
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        name = terminal(call) or ""
        if name in MESSAGES or name.endswith(("Error", "Exception", "Warning")):
            shown.update(call.args)
        for keyword in call.keywords:
            if keyword.arg in SHOWN:
                shown.update(ast.walk(keyword.value))
    return shown
