"""Names that a project declares to be OpenAI clients, or to return them (`[tool.migrate] clients`)."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from fnmatch import fnmatchcase

from migrate_cli.config import FILE, TABLE, Declaration
from migrate_cli.index.syntax import dotted
from migrate_cli.index.values import Client, Found
from migrate_cli.model import Location, Step


class Declared:
    """The declarations of a project, asked by how a name is written or by the module that holds it."""

    def __init__(self, declarations: Sequence[Declaration] = ()) -> None:
        self._held = {d.text.replace(":", "."): d for d in declarations if not _is_pattern(d.text)}
        self._written = [d for d in declarations if ":" not in d.text]

    def __bool__(self) -> bool:
        return bool(self._held or self._written)

    def written(self, node: ast.expr) -> tuple[Found, ...]:
        """The client that an expression such as `self.llm` is declared to be; empty when it is not."""
        text = dotted(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""
        matching = (d for d in self._written if text and fnmatchcase(text, d.text))
        return tuple(_client(d) for d in list(matching)[:1])

    def held(self, path: str, name: str) -> tuple[Found, ...]:
        """The client that the name `name` of the file `path` is declared to be; empty when it is not."""
        place = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        full = f".{place}.{name}"
        matching = [d for text, d in self._held.items() if full.endswith(f".{text}") and "." in text]
        return tuple(_client(d) for d in matching[:1])

    def foreign(self, path: str) -> tuple[Found, ...]:
        """The client that a name of a package outside the project is declared to be; empty when it is not."""
        declaration = self._held.get(path)
        return (_client(declaration),) if declaration is not None else ()


def _is_pattern(text: str) -> bool:
    return any(c in text for c in "*?[") or text.split(".")[0] in ("self", "cls")


def _client(declaration: Declaration) -> Found:
    place = Location(FILE, declaration.line, 1, declaration.line, 1)
    return Found(Client("OpenAI", None), (Step(place, f"declared in {FILE} {TABLE} clients"),))
