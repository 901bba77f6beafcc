"""Objects that ask OpenAI when they are told no model, in files that use OpenAI in some other way."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from migrate_cli.index.module import Module

DEFAULT = "openai-by-default"
# What falls back to OpenAI -> the keywords of which one must be there, and the words that set a default elsewhere.
_FALLING = {
    "crewai.Agent": (("llm",), ()),
    "llama_index.core.VectorStoreIndex.from_documents": (("embed_model", "service_context"), (b"Settings.",)),
    "llama_index.VectorStoreIndex.from_documents": (("service_context",), (b"set_global_service_context",)),
}
_HOMES = frozenset(name.split(".")[0] for name in _FALLING)


def bound(module: Module) -> Mapping[str, str]:
    """The names that a file binds to something of these packages."""
    found: dict[str, str] = {}
    for use in module.imports:
        node = use.node
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in _HOMES:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def falls_back(node: ast.Call, names: Mapping[str, str], data: bytes) -> bool:
    """Whether a call makes an object that asks OpenAI for want of another model."""
    dotted = ast.unparse(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ""
    first, _, rest = dotted.partition(".")
    path = names.get(first, "") + (f".{rest}" if rest else "")
    if path not in _FALLING or any(k.arg is None for k in node.keywords):
        return False
    keywords, elsewhere = _FALLING[path]
    return not any(k.arg in keywords for k in node.keywords) and not any(word in data for word in elsewhere)
