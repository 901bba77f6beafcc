"""Hints in the code of files that use OpenAI: one walk over the nodes, one small reader per topic."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Sequence

from migrate_cli.catalogue.frameworks import frameworks
from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module
from migrate_cli.index.syntax import last_name
from migrate_cli.model import Site, SiteKind
from migrate_cli.selection import is_test
from migrate_cli.sites.hints.defaults import DEFAULT, bound, falls_back
from migrate_cli.sites.hints.topics import (
    DEAD,
    DEAD_SDK,
    DROPPING,
    GOLDEN,
    IDENTITY,
    PRICES,
    SPLITTER,
    THRESHOLD,
    WINDOW,
)
from migrate_cli.sites.places import Places

_LIKENESS = re.compile(r"(?i)similarity|cosine|(?:^|_)(?:sim|score|distance)(?:$|_)|threshold")
_WINDOWS = {
    4096,
    4097,
    8191,
    8192,
    16384,
    16385,
    32768,
    127_000,
    128_000,
    200_000,
    272_000,
    400_000,
    1_047_576,
}
_LIMIT = re.compile(
    r"(?i)(?:max|limit|window|budget|ctx|context).*(?:token|length|len|size|window|ctx|context)|token.*(?:max|limit)"
)
_SELF = re.compile(
    r"(?i)\byou(?:'re| are)\s+(?:a |an |the )?(?:\w+ ){0,3}?(?:chatgpt|gpt-?[345]\w*|openai)\b"
    r"|(?:trained|developed|created|made) by openai"
)
# Modules of vendors' own packages that have seen no release since 2025, or whose service has closed.
_COUNTERS = {"get_openai_callback", "completion_cost", "cost_per_token"}
_PRECISE = 20  # a text that a model wrote is compared word by word only when it is short

Reader = Callable[[ast.AST, "_About"], "str | None"]


class _About:
    """What a reader may ask about the file."""

    def __init__(self, module: Module, sites: Sequence[Site]) -> None:
        self.is_test = is_test(module.path)
        endpoints = {site.endpoint for site in sites}
        self.embeds = "embeddings" in endpoints
        self.calls = any(site.kind in (SiteKind.CALL, SiteKind.FRAMEWORK) for site in sites)
        self.falling = bound(module)
        self.data = module.data


def code_hints(module: Module, places: Places, sites: Sequence[Site]) -> Iterator[Site]:
    """Every hint of a file that has `sites` of OpenAI; nothing inside of them, they have rules of their own."""
    about = _About(module, sites)
    covered = [(site.span.start, site.span.end) for site in sites if site.kind is not SiteKind.IMPORT]
    docstrings: set[ast.AST] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr):
            docstrings.add(node.value)  # met before the text itself
        for reader in _READERS.get(type(node), ()) if node not in docstrings else ():
            topic = reader(node, about)
            if topic is None:
                continue
            span = module.span(node)
            if not any(start <= span.start and span.end <= end for start, end in covered):
                code = mask(module.data[span.start : span.end].decode("utf-8", "replace"))
                place = places.span(module, span)
                yield Site(SiteKind.HINT, module.path, span, place, topic, span, code)


def _threshold(node: ast.AST, about: _About) -> str | None:
    """`score > 0.83` in a file that embeds."""
    assert isinstance(node, ast.Compare)
    sides = (node.left, *node.comparators)
    named = any(_LIKENESS.search(last_name(side) or "") for side in sides)
    cut = any(
        isinstance(side, ast.Constant) and isinstance(side.value, float) and 0 < side.value < 1
        for side in sides
    )
    return THRESHOLD if about.embeds and named and cut and isinstance(node.ops[0], _ORDER) else None


_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def _window(node: ast.AST, about: _About) -> str | None:
    """`MAX_CONTEXT_TOKENS = 8192`."""
    assert isinstance(node, ast.Assign | ast.AnnAssign)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    value = node.value
    named = any(_LIMIT.search(last_name(target) or "") for target in targets)
    sized = isinstance(value, ast.Constant) and type(value.value) is int and value.value in _WINDOWS
    return WINDOW if named and sized else None


def _table(node: ast.AST, about: _About) -> str | None:
    """`{"gpt-4o": 0.005, …}`, `{"gpt-4": 8192, …}`: a table by OpenAI's model names."""
    assert isinstance(node, ast.Dict)
    models = frameworks().models
    named = [
        value
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and models.match(key.value)
    ]
    if len(named) < 2:
        return None
    numbers = [n.value for value in named for n in ast.walk(value) if isinstance(n, ast.Constant)]
    if any(isinstance(number, float) for number in numbers):
        return PRICES
    sized = [n for n in numbers if type(n) is int and n >= 1024]
    return WINDOW if sized else None


def _counter(node: ast.AST, about: _About) -> str | None:
    """`get_openai_callback()` and its kin know OpenAI's prices only."""
    assert isinstance(node, ast.Call)
    return PRICES if last_name(node.func) in _COUNTERS else None


def _splitter(node: ast.AST, about: _About) -> str | None:
    """`TokenTextSplitter(chunk_size=8000)` in a file that embeds."""
    assert isinstance(node, ast.Call)
    name = last_name(node.func) or ""
    sizes = [k.value for k in node.keywords if k.arg in ("chunk_size", "max_tokens", "tokens_per_chunk")]
    large = any(isinstance(s, ast.Constant) and type(s.value) is int and s.value > 512 for s in sizes)
    return SPLITTER if "Splitter" in name and "oken" in name + _encoder(node) and large else None


def _encoder(node: ast.Call) -> str:
    """Whether a splitter counts tokens: `RecursiveCharacterTextSplitter.from_tiktoken_encoder`."""
    return "token" if (last_name(node.func) or "").endswith("encoder") else ""


def _default(node: ast.AST, about: _About) -> str | None:
    """`Agent(role=…)` of CrewAI without a model."""
    assert isinstance(node, ast.Call)
    return DEFAULT if about.falling and falls_back(node, about.falling, about.data) else None


def _dropping(node: ast.AST, about: _About) -> str | None:
    """`litellm.drop_params = True`."""
    assert isinstance(node, ast.Assign)
    target, value = node.targets[0], node.value
    own = (
        isinstance(target, ast.Attribute)
        and target.attr == "drop_params"
        and isinstance(target.value, ast.Name)
        and target.value.id == "litellm"
    )
    return DROPPING if own and isinstance(value, ast.Constant) and value.value is True else None


def _dead_sdk(node: ast.AST, about: _About) -> str | None:
    """`import qianfan`."""
    assert isinstance(node, ast.Import | ast.ImportFrom)
    names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    if isinstance(node, ast.ImportFrom) and node.level:
        return None
    return DEAD_SDK if any(n == dead or n.startswith(f"{dead}.") for n in names for dead in DEAD) else None


def _identity(node: ast.AST, about: _About) -> str | None:
    """`"You are ChatGPT, trained by OpenAI"`."""
    assert isinstance(node, ast.Constant)
    text = node.value
    return IDENTITY if isinstance(text, str) and about.calls and _SELF.search(text) else None


def _golden(node: ast.AST, about: _About) -> str | None:
    """`assert "Paris" in answer` in a test that asks the model."""
    assert isinstance(node, ast.Assert)
    test = node.test
    if not (
        about.is_test and about.calls and isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.In)
    ):
        return None
    left = test.left
    return (
        GOLDEN
        if isinstance(left, ast.Constant) and isinstance(left.value, str) and len(left.value) <= _PRECISE
        else None
    )


_READERS: dict[type[ast.AST], Collection[Reader]] = {
    ast.Compare: (_threshold,),
    ast.Import: (_dead_sdk,),
    ast.ImportFrom: (_dead_sdk,),
    ast.Assign: (_window, _dropping),
    ast.AnnAssign: (_window,),
    ast.Dict: (_table,),
    ast.Call: (_counter, _splitter, _default),
    ast.Constant: (_identity,),
    ast.Assert: (_golden,),
}
