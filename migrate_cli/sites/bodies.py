"""What a raw request carries: its URL, the fields of its body and its key, as arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.syntax import entries, terminal
from migrate_cli.index.values import Display, External
from migrate_cli.model import Argument
from migrate_cli.sites.arguments import Reader, argument, unpacked

BODIES = ("json", "data", "content", "body", "payload")
KEY_HEADERS = {"authorization", "api-key"}
# docs.anthropic.com/en/api/overview, ai.google.dev/gemini-api/docs/api-key
FOREIGN_HEADERS = {"x-api-key", "anthropic-version", "anthropic-beta", "x-goog-api-key"}
MAX_NESTING = 4
_BEARER = "Bearer "


def url_argument(reader: Reader, module: Module, scope: Scope, block: Block, node: ast.expr) -> Argument:
    """The URL of a request."""
    return argument(reader, module, scope, block, "url", node)


def body_arguments(
    reader: Reader, module: Module, scope: Scope, block: Block, call: ast.Call
) -> Iterator[Argument]:
    """The fields of the body of `call`, each named as in the body."""
    given = [k.value for k in call.keywords if k.arg in BODIES]
    if not given and terminal(call) in ("Request", "urlopen", "post", "put", "patch"):
        given = call.args[1:2]
    for node in given:
        place = serialised(reader, module, scope, block, node)
        if place is not None:
            yield from unpacked(reader, *place)[0]


def serialised(
    reader: Reader, module: Module, scope: Scope, block: Block, node: ast.expr, depth: int = 0
) -> tuple[Module, Scope, Block, ast.expr] | None:
    """The object inside `json.dumps(…).encode()`, wherever it is assigned; None when it cannot be followed."""
    if depth > MAX_NESTING:
        return None
    if isinstance(node, ast.Call):
        if terminal(node) in ("encode", "bytes", "str") and isinstance(node.func, ast.Attribute):
            return serialised(reader, module, scope, block, node.func.value, depth + 1)
        if terminal(node) in ("dumps", "bytes") and node.args:
            return serialised(reader, module, scope, block, node.args[0], depth + 1)
    for found in reader.resolver.eval(module, scope, block, node):
        value = found.value
        if isinstance(value, Display):
            return module, scope, block, node
        if isinstance(value, External) and value.origin is not None and value.origin.node is not node:
            origin = value.origin
            inner = serialised(reader, origin.module, origin.scope, origin.block, origin.node, depth + 1)
            if inner is not None:
                return inner
    return None


def key_argument(
    reader: Reader, module: Module, scope: Scope, block: Block, call: ast.Call
) -> Iterator[Argument]:
    """The key in the headers of `call`, as the argument `api_key`; a literal one is masked."""
    for display in headers(reader, module, scope, block, call):
        yield from _key(reader, display)


def headers(reader: Reader, module: Module, scope: Scope, block: Block, call: ast.Call) -> Iterator[Display]:
    """The dictionaries that `call` is given as `headers`."""
    for keyword in call.keywords:
        if keyword.arg == "headers":
            for found in reader.resolver.eval(module, scope, block, keyword.value):
                if isinstance(found.value, Display):
                    yield found.value


def for_another_vendor(reader: Reader, module: Module, scope: Scope, block: Block, call: ast.Call) -> bool:
    """Whether the headers of `call` are another vendor's."""
    names = {
        name.lower()
        for display in headers(reader, module, scope, block, call)
        for name in entries(display.node)
        if isinstance(name, str)
    }
    return not names.isdisjoint(FOREIGN_HEADERS)


def _key(reader: Reader, display: Display) -> Iterator[Argument]:
    for name, node in entries(display.node).items():
        if isinstance(name, str) and name.lower() in KEY_HEADERS:
            inner = bearer(node)
            yield argument(reader, display.module, display.scope, display.block, "api_key", inner)


def bearer(node: ast.expr) -> ast.expr:
    """The expression behind `Bearer ` in a header, else the whole header."""
    if isinstance(node, ast.JoinedStr) and len(node.values) == 2:
        first, second = node.values
        if (
            isinstance(first, ast.Constant)
            and isinstance(second, ast.FormattedValue)
            and first.value == _BEARER
        ):
            return second.value
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant) and node.left.value == _BEARER:
        return node.right
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant) and node.left.value == "Bearer %s":
        return node.right
    if (
        isinstance(node, ast.Call)
        and terminal(node) == "format"
        and len(node.args) == 1
        and not node.keywords
    ):
        return node.args[0]
    return node
