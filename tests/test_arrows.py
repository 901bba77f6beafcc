"""The house's arrows: imports point downwards, rules stay pure, and only `files/` touches the disk.

Imports are read from the source, those inside functions included, so a late import is no way around.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "migrate_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))

LAYERS = (
    frozenset({"hook"}),
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"api", "api_catalog", "api_probe", "api_verify"}),
    frozenset({"report", "costs", "rewrite", "rules", "runtime"}),
    frozenset({"targets", "sites", "index"}),
    frozenset({"config", "handover", "update"}),
    frozenset({"catalogue", "files"}),
    frozenset({"summary", "selection"}),
    frozenset({"tally"}),
    frozenset({"model", "migrate_cli"}),  # the latter is the package itself: its version
)
# Arrows between different packages of one layer, as few as needed.
SIDEWAYS = frozenset(
    {
        ("report", "costs"),  # a cost report is drawn from its own values
        ("report", "rules"),  # so is a rule's documentation
        ("report", "runtime"),  # and what a run of a program showed
        ("sites", "index"),  # sites are read where the index resolved something
    }
)
DEPTH = {name: depth for depth, names in enumerate(LAYERS) for name in names}

RULES_MUST_NOT = frozenset(
    {"os", "pathlib", "io", "ast", "libcst", "rich", "sys", "shutil", "subprocess", "tempfile"}
)
MAY_OPEN = frozenset({"files", "__main__"})  # the latter opens the null device when a pipe is closed
OWN_DATA = frozenset(
    {"catalogue", "runtime"}
)  # read the package's own data, write the build's and the server's
WRITERS = frozenset(
    {"write_text", "write_bytes", "unlink", "rename", "rmdir", "mkdir", "touch", "symlink_to"}
)
READERS = frozenset({"read_text", "read_bytes", "open"})


def room(path: Path) -> str:
    """The top-level package or module that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py").replace("__init__", "migrate_cli")


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module imported anywhere in the tree, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(tree: ast.AST) -> set[str]:
    """The plain names that are called."""
    return {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}


def methods(tree: ast.AST) -> set[str]:
    """The names that are called on something."""
    return {
        n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    }


def disk_calls(source: str) -> set[str]:
    """What reaches the disk in a module: the builtin `open`, and the methods of paths and of `os`."""
    tree = ast.parse(source)
    return (functions(tree) & {"open"}) | (methods(tree) & (WRITERS | READERS))


def rooms_reached(source: str) -> set[str]:
    """The rooms of this package that a module imports from."""
    own = [name.split(".") for name in imports(ast.parse(source)) if name.split(".")[0] == "migrate_cli"]
    return {parts[1] if len(parts) > 1 and parts[1] in DEPTH else "migrate_cli" for parts in own}


def wrong_arrows(where: str, source: str) -> list[str]:
    """The rooms that a module of room `where` may not import from."""
    reached = rooms_reached(source) - {where}
    return sorted(to for to in reached if DEPTH[to] <= DEPTH[where] and (where, to) not in SIDEWAYS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    assert wrong_arrows(room(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_are_absolute(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level] == []


@pytest.mark.parametrize(
    "path", [p for p in MODULES if room(p) == "rules"], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_rules_see_no_file_no_tree_and_no_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {name.split(".")[0] for name in imports(tree)} & RULES_MUST_NOT == set()
    assert {"print", "open", "input", "exec", "eval"} & functions(tree) == set()


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if room(p) not in MAY_OPEN | OWN_DATA],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_only_files_touches_the_disk(path: Path) -> None:
    assert disk_calls(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("where", "source", "wrong"),
    [
        ("sites", "from migrate_cli.rules.base import rule", ["rules"]),
        ("files", "def f():\n    from migrate_cli import api", ["api"]),
        ("costs", "import migrate_cli.report.text", ["report"]),
        ("model", "import migrate_cli.files.text", ["files"]),
        ("api", "from migrate_cli import __version__, tally\nfrom migrate_cli.files import write", []),
        ("report", "from migrate_cli.costs.money import exchange", []),
        ("rules", "from migrate_cli.rules.base import rule\nimport migrate_clique", []),
    ],
)
def test_the_test_itself_sees_a_wrong_arrow(where: str, source: str, wrong: list[str]) -> None:
    assert wrong_arrows(where, source) == wrong


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("open('x')", {"open"}),
        ("path.write_text('x')", {"write_text"}),
        ("read_bytes(path)\nrename(a, b)\ntext.replace('a', 'b')", set()),
    ],
)
def test_the_test_itself_sees_the_disk(source: str, found: set[str]) -> None:
    assert disk_calls(source) == found
