"""What jedi, an independent resolver, takes the calls of an OpenAI shape for."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path

RESOURCES = {
    "completions", "responses", "embeddings", "moderations", "images", "transcriptions", "translations", "speech",
    "assistants", "threads", "messages", "runs", "jobs", "batches", "files", "models", "vector_stores", "uploads",
    "ChatCompletion", "Completion", "Embedding", "Image", "Moderation", "Audio", "Model", "File", "FineTune",
}  # fmt: skip
METHODS = {
    "create", "acreate", "parse", "stream", "list", "retrieve", "delete", "update", "generate", "edit", "cancel",
    "content", "create_and_poll", "transcribe", "atranscribe", "translate", "create_variation", "submit_tool_outputs",
}  # fmt: skip


def verdicts(tree: Path) -> dict[tuple[str, int], str]:
    """(file, line) of each attribute call whose last names have the shape -> `openai`, `other` or `unknown`."""
    import jedi

    project = jedi.Project(str(tree), smart_sys_path=False, added_sys_path=[str(tree)])
    found: dict[tuple[str, int], str] = {}
    for file in sorted(tree.rglob("*.py")):
        places = list(_places(file))
        if not places:
            continue
        script = jedi.Script(path=str(file), project=project)
        path = file.relative_to(tree).as_posix()
        for line, (at_line, column) in places:
            found[path, line] = _stronger(found.get((path, line)), _verdict(script, at_line, column))
    return found


def _places(file: Path) -> Iterator[tuple[int, tuple[int, int]]]:
    """The line of each call, and where its method's name stands."""
    source = file.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
        except SyntaxError:
            return
    lines = source.splitlines()
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        method, holder = node.func.attr, node.func.value
        if method in METHODS and getattr(holder, "attr", None) in RESOURCES:
            line, end = node.func.end_lineno or 0, node.func.end_col_offset or 0
            column = len(lines[line - 1][:end].decode("utf-8")) - len(method)
            yield node.lineno, (line, column)


def _verdict(script: object, line: int, column: int) -> str:
    try:
        names = script.infer(line, column)  # type: ignore[attr-defined]
    except Exception:  # jedi has bugs of its own, which say nothing about the place
        return "unknown"
    full = [n.full_name or "" for n in names]
    if any(name.startswith("openai.") for name in full):
        return "openai"
    return "other" if any(full) else "unknown"


def _stronger(one: str | None, other: str) -> str:
    order = ("unknown", "other", "openai")
    return other if one is None or order.index(other) > order.index(one) else one
