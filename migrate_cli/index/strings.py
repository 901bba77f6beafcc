"""What is known of a text that is put together at run time: f-strings, `+`, `%`, `format`, `join`, `urljoin`.

Only texts that can be an address or a path are followed: a URL's host decides who is talked to, and the host is
known long before the rest is. Everything else that is computed stays what it was, a value of run time.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.syntax import last_name
from migrate_cli.index.values import HOLE, Constant, Environment, Found, Text, Written, unknown
from migrate_cli.model import Certainty

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

MAX_TEXTS = 6
MAX_NESTING = 12
LONGEST = 500  # characters of a text that are kept
JOINERS = {"urllib.parse.urljoin", "urlparse.urljoin", "posixpath.join", "os.path.join"}
# Classes of URLs: an instance stands for the text it is made of.
URL_CLASSES = {
    "httpx.URL", "httpx2.URL", "yarl.URL", "starlette.datastructures.URL", "pydantic.HttpUrl", "pydantic.AnyUrl",
    "pydantic.AnyHttpUrl", "furl.furl", "pydantic.networks.HttpUrl", "aiohttp.client.URL",
}  # fmt: skip
_STRIPS = {
    "strip", "rstrip", "lstrip", "lower", "removesuffix", "removeprefix", "geturl", "human_repr", "unicode_string",
}  # fmt: skip
METHODS = _STRIPS | {"format", "join", "joinpath", "replace", "with_path"}
_TELLING = re.compile(
    r"url|base|host|endpoint|uri|api|server|path|route|prefix|domain|root|gateway", re.IGNORECASE
)
_FIELD = re.compile(r"\{(?P<name>[^{}!:]*)[^{}]*\}")
_PERCENT = re.compile(r"%(?:\((?P<name>\w+)\))?[-#0 +]*\d*(?:\.\d+)?[sdrif]")


def computed(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.JoinedStr | ast.BinOp
) -> tuple[Found, ...]:
    """The texts that an f-string or an operation can give, where they can be addresses."""
    reason = "an f-string" if isinstance(node, ast.JoinedStr) else "computed at run time"
    if not promising(node):
        return unknown(reason)
    return kept(Folder(resolver, module, scope, block).fold(node, 0)) or unknown(reason)


def method(
    resolver: Resolver,
    module: Module,
    scope: Scope,
    block: Block,
    node: ast.Call,
    receiver: tuple[Found, ...],
) -> tuple[Found, ...]:
    """What a method of a text gives: the text itself where it strips nothing of note; empty when it is no text."""
    assert isinstance(node.func, ast.Attribute)
    if not any(isinstance(f.value, (Constant, Environment, Text, Written)) for f in receiver):
        return ()
    if node.func.attr in _STRIPS:
        same = tuple(f for f in receiver if _unchanged(f, node))
        if len(same) == len(receiver):
            return same
    return kept(Folder(resolver, module, scope, block).fold(node, 0))


def joined(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call
) -> tuple[Found, ...]:
    """What `urljoin(base, path)` gives; empty when it gives no address."""
    return kept(Folder(resolver, module, scope, block).fold(node, 0))


def texts(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.expr
) -> tuple[Found, ...]:
    """Every text that an expression can be, as patterns; one that is not known at all is a mere HOLE."""
    return tuple(Folder(resolver, module, scope, block).fold(node, 0))


def pattern_of(found: Found) -> str:
    """What is known of one value as a text: `HOLE` for nothing, `${NAME}` for a variable without a default."""
    value = found.value
    if isinstance(value, Text):
        return value.pattern
    if isinstance(value, (Constant, Written)) and isinstance(value.value, (str, int, float)):
        return str(value.value)
    if isinstance(value, Environment):
        return value.default if isinstance(value.default, str) and value.default else f"${{{value.variable}}}"
    return HOLE


def promising(node: ast.expr) -> bool:
    """Whether an expression may be an address, by its literals and names; most are settled here, unresolved."""
    if isinstance(node, ast.JoinedStr):
        return any(
            "/" in str(part.value) or "." in str(part.value)
            if isinstance(part, ast.Constant)
            else isinstance(part, ast.FormattedValue) and telling(part.value)
            for part in node.values
        )
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.Add, ast.Mod, ast.Div)):
        return False
    leaves = list(_leaves(node))
    if any(isinstance(leaf, ast.Constant) and not isinstance(leaf.value, str) for leaf in leaves):
        return False
    return any(telling(leaf) for leaf in leaves)


def _leaves(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp):
        yield from _leaves(node.left)
        yield from _leaves(node.right)
    else:
        yield node


def telling(node: ast.expr) -> bool:
    """Whether a part of a text has to do with addresses."""
    if isinstance(node, (ast.JoinedStr, ast.BinOp)):
        return promising(node)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and ("/" in node.value or "." in node.value)
    if isinstance(node, ast.Call):
        return telling(node.func) or any(telling(a) for a in node.args[:2])
    if isinstance(node, (ast.List, ast.Tuple)):
        return any(telling(e) for e in node.elts[:2])
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)
    if isinstance(node, ast.Subscript):
        return telling(node.value) or telling(node.slice)
    return name is not None and _TELLING.search(name) is not None


def kept(found: Iterable[Found]) -> tuple[Found, ...]:
    """The texts that can be addresses; empty when none can."""
    known = [f for f in found if isinstance(f.value, Text)]
    if not any(_is_address(f.value.pattern) for f in known if isinstance(f.value, Text)):
        return ()
    return tuple(dict.fromkeys(known))


def _is_address(pattern: str) -> bool:
    start = pattern[:LONGEST]
    return "://" in start or start.startswith(("/", "${")) or ".com" in start or f"{HOLE}/" in start


def _unchanged(found: Found, node: ast.Call) -> bool:
    """Whether stripping leaves a value what it is, a slash or a space at its end apart."""
    before = pattern_of(found)
    if before == HOLE or isinstance(found.value, Text):
        return False
    after = _stripped(before, node)
    return after is not None and before.strip(" \t\n/") == after.strip(" \t\n/")


def _stripped(pattern: str, node: ast.Call) -> str | None:
    """A text after a method that takes something away or turns it into another form of itself."""
    assert isinstance(node.func, ast.Attribute)
    name = node.func.attr
    given = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if len(given) != len(node.args) or len(given) > 1:
        return None
    if name in ("strip", "rstrip", "lstrip", "removesuffix", "removeprefix") and pattern.startswith("${"):
        return pattern
    if name in ("strip", "rstrip", "lstrip", "lower", "removesuffix", "removeprefix"):
        stripped: str = getattr(pattern, name)(*given)
        return stripped
    return pattern if not given else None


class Folder:
    """Folds the expressions of one place into texts."""

    def __init__(self, resolver: Resolver, module: Module, scope: Scope, block: Block) -> None:
        self.resolver = resolver
        self.module, self.scope, self.block = module, scope, block

    def fold(self, node: ast.expr, depth: int) -> list[Found]:
        """The texts that `node` can be."""
        if depth > MAX_NESTING:
            return [self._text(node, HOLE)]
        found: list[Found] | None = None
        if isinstance(node, ast.JoinedStr):
            found = self._concatenated(node, [self.fold(part, depth + 1) for part in node.values])
        elif isinstance(node, ast.FormattedValue):
            found = [self._text(node, HOLE)] if node.format_spec else self.fold(node.value, depth + 1)
        elif isinstance(node, ast.BinOp):
            found = self._operation(node, depth)
        elif isinstance(node, ast.IfExp):
            found = [*self.fold(node.body, depth + 1), *self.fold(node.orelse, depth + 1)]
        elif isinstance(node, ast.BoolOp):
            found = [f for part in node.values for f in self.fold(part, depth + 1)]
        elif isinstance(node, ast.Call):
            found = self._call(node, depth)
        return (found if found is not None else self._evaluated(node))[:MAX_TEXTS]

    def _text(self, node: ast.AST, pattern: str, *parts: Found) -> Found:
        steps = tuple(s for part in parts for s in part.steps)
        sure = all(part.certainty is Certainty.PROVED for part in parts)
        certainty = Certainty.PROVED if sure else Certainty.LIKELY
        return Found(Text(pattern[:LONGEST], self.module, node), steps, certainty)

    def _evaluated(self, node: ast.expr) -> list[Found]:
        found = self.resolver.eval(self.module, self.scope, self.block, node)
        informative = [f for f in found if not (isinstance(f.value, Constant) and f.value.value is None)]
        return [self._text(node, pattern_of(f), f) for f in informative] or [self._text(node, HOLE)]

    def _concatenated(self, node: ast.expr, parts: list[list[Found]], between: str = "") -> list[Found]:
        """Every way to put one text of each part behind the other."""
        ways: list[Found] = []
        for index, part in enumerate(parts):
            if index == 0:
                ways = list(part)
                continue
            ways = [
                self._text(node, pattern_of(left) + between + pattern_of(right), left, right)
                for left in ways
                for right in part
            ][:MAX_TEXTS]
        return ways or [self._text(node, "")]

    def _operation(self, node: ast.BinOp, depth: int) -> list[Found] | None:
        left = self.fold(node.left, depth + 1)
        if isinstance(node.op, ast.Mod):
            given = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            named: dict[object, ast.expr] = {
                key.value: value
                for key, value in zip(node.right.keys, node.right.values, strict=True)
                if isinstance(key, ast.Constant)
            } if isinstance(node.right, ast.Dict) else {}  # fmt: skip
            return [w for f in left for w in self._filled(node, f, _PERCENT, given, named, depth)]
        if isinstance(node.op, ast.Add):
            return self._concatenated(node, [left, self.fold(node.right, depth + 1)])
        if isinstance(node.op, ast.Div):
            return self._paths(node, [left, self.fold(node.right, depth + 1)])
        return None

    def _paths(self, node: ast.expr, parts: list[list[Found]]) -> list[Found]:
        """Parts of a path behind each other with one slash between."""
        trimmed = [
            [self._text(node, _trim(pattern_of(f), first=i == 0, last=i == len(parts) - 1), f) for f in part]
            for i, part in enumerate(parts)
        ]
        return self._concatenated(node, trimmed, "/")

    def _filled(
        self,
        node: ast.expr,
        template: Found,
        form: re.Pattern[str],
        given: list[ast.expr],
        named: dict[object, ast.expr],
        depth: int,
    ) -> list[Found]:
        """A template with its fields filled in."""
        pattern, parts, place = pattern_of(template), [], 0
        for index, match in enumerate(form.finditer(pattern)):
            name = match["name"] or ""
            key = int(name) if name.isdigit() else index if not name else None
            value = named.get(name) if key is None else given[key] if key < len(given) else None
            parts.append([self._text(node, pattern[place : match.start()], template)])
            parts.append(self.fold(value, depth + 1) if value is not None else [self._text(node, HOLE)])
            place = match.end()
        parts.append([self._text(node, pattern[place:])])
        return self._concatenated(node, parts)

    def _call(self, node: ast.Call, depth: int) -> list[Found] | None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
        if name == "urljoin" and len(node.args) == 2:
            ways = self._concatenated(node, [self.fold(a, depth + 1) for a in node.args], "\0")
            return [self._text(node, _url_joined(*pattern_of(w).split("\0", 1)), w) for w in ways]
        if name == "join" and isinstance(node.func, ast.Attribute) and node.args:
            return self._join(node, node.func, depth)
        if name == "str" and len(node.args) == 1:
            return self.fold(node.args[0], depth + 1)
        if name not in METHODS or not isinstance(node.func, ast.Attribute):
            return None
        receiver = self.fold(node.func.value, depth + 1)
        if name == "format":
            named: dict[object, ast.expr] = {k.arg: k.value for k in node.keywords if k.arg is not None}
            return [w for f in receiver for w in self._filled(node, f, _FIELD, node.args, named, depth)]
        if name in ("joinpath", "with_path"):
            return self._paths(node, [receiver, *(self.fold(a, depth + 1) for a in node.args)])
        if name == "replace":
            return [self._text(node, _replaced(pattern_of(f), node), f) for f in receiver]
        return [self._text(node, _stripped(pattern_of(f), node) or HOLE, f) for f in receiver]

    def _join(self, node: ast.Call, function: ast.Attribute, depth: int) -> list[Found] | None:
        """`"/".join([…])`, `os.path.join(…)` and `URL.join(…)`."""
        parts = [self.fold(a, depth + 1) for a in node.args]
        if isinstance(function.value, ast.Constant):
            listed = node.args[0]
            if not isinstance(listed, (ast.List, ast.Tuple)) or not isinstance(function.value.value, str):
                return None
            inside = [self.fold(e, depth + 1) for e in listed.elts]
            return self._concatenated(node, inside, function.value.value)
        if last_name(function.value) in ("path", "posixpath"):
            return self._paths(node, parts)
        ways = self._concatenated(node, [self.fold(function.value, depth + 1), *parts], "\0")
        return [self._text(node, _url_joined(*pattern_of(w).split("\0", 1)), w) for w in ways]


def _trim(part: str, *, first: bool, last: bool) -> str:
    part = part if first else part.lstrip("/")
    return part if last else part.rstrip("/")


def _url_joined(base: str, path: str = "") -> str:
    """`urljoin`, as far as the base is known."""
    if base.startswith((HOLE, "${")):
        return base.rstrip("/") + "/" + path.lstrip("/")
    try:
        return urljoin(base, path)
    except ValueError:
        return HOLE


def _replaced(pattern: str, node: ast.Call) -> str:
    given = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return pattern.replace(given[0], given[1]) if len(given) == 2 == len(node.args) else HOLE
