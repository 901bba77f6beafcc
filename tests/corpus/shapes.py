"""An independent count of what looks like an OpenAI call, by the name of the function alone.

It knows nothing of receivers, so it counts look-alikes too: a yardstick for what a scan may have missed.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path

CURRENT = {
    "completions": ("create", "parse", "stream"),
    "responses": ("create", "parse", "stream"),
    "embeddings": ("create",),
    "moderations": ("create",),
    "batches": ("create",),
    "models": ("list", "retrieve"),
    "images": ("generate", "edit", "create_variation"),
    "audio.transcriptions": ("create",),
    "audio.translations": ("create",),
    "audio.speech": ("create",),
    "fine_tuning.jobs": ("create", "retrieve", "list", "cancel"),
    "beta.assistants": ("create", "retrieve", "update", "delete"),
    "beta.assistants.files": ("create",),
    "beta.threads": ("create", "retrieve", "delete"),
    "beta.threads.messages": ("create", "list"),
    "beta.threads.runs": ("create", "retrieve", "stream"),
}
LEGACY = {
    "ChatCompletion": ("create", "acreate"),
    "Completion": ("create", "acreate"),
    "Embedding": ("create", "acreate"),
    "Image": ("create", "acreate"),
    "Moderation": ("create", "acreate"),
    "Audio": ("transcribe", "translate"),
    "Model": ("list",),
}
ENDINGS = tuple(f".{resource}.{method}" for resource, methods in CURRENT.items() for method in methods)
NAMES = frozenset(f"openai.{resource}.{method}" for resource, methods in LEGACY.items() for method in methods)

Place = tuple[str, int]  # POSIX path relative to the tree, 1-based line


def places(tree: Path) -> frozenset[Place]:
    """Where calls of an OpenAI shape start in the Python files under `tree`."""
    return frozenset(
        (file.relative_to(tree).as_posix(), line)
        for file in sorted(tree.rglob("*.py"))
        for line in _lines(file)
    )


def _lines(file: Path) -> Iterator[int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = ast.parse(file.read_bytes())
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _looks_like_openai(_dotted(node.func)):
            yield node.lineno


def _looks_like_openai(name: str) -> bool:
    return name.endswith(ENDINGS) or name in NAMES


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
