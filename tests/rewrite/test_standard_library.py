"""Real code: a fixed sample of the running interpreter's own library survives edits anywhere in it."""

from __future__ import annotations

import ast
import os
import random
import warnings
from pathlib import Path

import pytest

from migrate_cli.model import InsertStatement, Operation, RemoveArgument, SetArgument
from migrate_cli.rewrite.selfcheck import self_check
from migrate_cli.rewrite.source import Source
from migrate_cli.rewrite.transform import rewrite

LIBRARY = Path(os.__file__).parent
SAMPLE = sorted(
    p for p in [*LIBRARY.glob("*.py"), *LIBRARY.glob("*/[a-m]*.py")] if 500 < p.stat().st_size < 20_000
)
FILES = random.Random(7).sample([p for p in SAMPLE if not {"test", "site-packages"} & set(p.parts)], 150)
CALLS_PER_FILE = 8


def read(path: Path) -> tuple[str, ast.Module, Source]:
    text = path.read_bytes().decode("utf-8", "replace").lstrip("\ufeff")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return text, ast.parse(text), Source.of(text)


def in_templates(tree: ast.Module) -> set[ast.AST]:
    """Nodes inside f-strings, whose positions older Pythons get wrong."""
    return {n for s in ast.walk(tree) if isinstance(s, ast.JoinedStr) for n in ast.walk(s)}


def calls(tree: ast.Module, seed: str) -> list[ast.Call]:
    outside = in_templates(tree)
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n not in outside]
    return random.Random(seed).sample(found, min(CALLS_PER_FILE, len(found)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_argument_in_and_out_again(path: Path) -> None:
    text, tree, source = read(path)
    chosen = calls(tree, path.name)
    edits: list[Operation] = [SetArgument("x.py", source.span(c), "migrate_new", '"new"') for c in chosen]
    longer = rewrite(text, edits)
    assert self_check(text, longer) is None
    added = [n for n in ast.walk(read_tree(longer)) if isinstance(n, ast.Call) and has_new(n)]
    assert len(added) == len(chosen)
    back = Source.of(longer)
    shorter = rewrite(longer, [RemoveArgument("x.py", back.span(c), "migrate_new") for c in added])
    assert ast.dump(read_tree(shorter)) == ast.dump(tree)
    untouched = {c.lineno for c in chosen} | {
        n for c in chosen for n in range(c.lineno, (c.end_lineno or 0) + 1)
    }
    kept = [line for i, line in enumerate(text.splitlines(keepends=True), 1) if i not in untouched]
    assert [line for line in kept if line not in shorter] == []


@pytest.mark.parametrize("path", FILES[:50], ids=lambda path: str(path.relative_to(LIBRARY)))
def test_statement_beside_any_other(path: Path) -> None:
    text, tree, source = read(path)
    simple = [n for n in ast.walk(tree) if isinstance(n, ast.Assign | ast.Return) and alone(source, n)]
    chosen = random.Random(path.name).sample(simple, min(8, len(simple)))
    edits = [InsertStatement("x.py", source.span(n), "migrate_new = 1") for n in chosen]
    after = rewrite(text, edits)
    assert self_check(text, after) is None
    lines = [line for line in after.split("\n") if line.strip() != "migrate_new = 1"]
    assert lines == text.split("\n")
    assert after.count("migrate_new = 1") == len(chosen)


def read_tree(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def has_new(call: ast.Call) -> bool:
    return any(k.arg == "migrate_new" for k in call.keywords)


def alone(source: Source, node: ast.stmt) -> bool:
    """Whether nothing else stands on the statement's lines."""
    span = source.span(node)
    head = source.data[source.line_start(span.start) : span.start]
    tail = source.data[span.end : source.line_end(span.end)]
    return not head.strip() and not tail.strip()
