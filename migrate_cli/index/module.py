"""One parsed file: its scopes and what each binds, its calls, and the spans of its nodes.

Facts come from the stdlib `ast`: measured nine times faster than libcst, which is only imported to write.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from migrate_cli.files.text import line_starts
from migrate_cli.index.syntax import last_name, terminal
from migrate_cli.model import Span

Block = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Binding:
    """One way a name gets its value.

    `kind`: import, from, value, param, function, class, element (of an iterable or an unpacked call), narrowed (`node`
    is a class that the value surely has) or opaque.
    `value` is the source expression; `item` the index inside a tuple for unpacking. `block` and `start` say where.
    """

    kind: str
    node: ast.AST
    start: int
    block: Block
    value: ast.expr | None = None
    item: int | None = None
    module: str | None = None  # import, from: absolute or dotted-relative module
    name: str | None = None  # from: the imported name
    typing_only: bool = False
    entered: bool = False  # bound by `with … as`


@dataclass(eq=False)
class Scope:
    """A module, class, function or comprehension, with the names it binds."""

    kind: str
    node: ast.AST
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    narrowed: dict[str, list[Binding]] = field(default_factory=dict)  # names whose class a test tells
    outer: set[str] = field(default_factory=set)  # names declared global or nonlocal
    returns: list[ast.expr] = field(default_factory=list)
    yields: list[ast.expr] = field(default_factory=list)
    attributes: dict[str, list[tuple[ast.expr, Scope, Block]]] = field(
        default_factory=dict
    )  # classes: self.x = e
    annotations: dict[str, ast.expr] = field(default_factory=dict)  # annotated names and self attributes

    @property
    def name(self) -> str:
        """Name of the function or class, else ``<module>``."""
        return getattr(self.node, "name", "<module>")

    def nearest_class(self) -> Scope | None:
        """The class around this scope at any distance, or itself."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "class":
            scope = scope.parent
        return scope

    def enclosing_class(self) -> Scope | None:
        """The class whose body holds this function, if any."""
        return self.parent if self.parent is not None and self.parent.kind == "class" else None


class Use(NamedTuple):
    """A node worth a look, with the scope and block it stands in."""

    node: ast.AST
    scope: Scope
    block: Block


class Store(NamedTuple):
    """`holder.key = value`, `holder["key"] = value`, `holder.append(value)` and their kin.

    `key` is FED where none is written out.
    """

    key: object
    holder: ast.expr
    value: ast.expr
    use: Use


class Taker(NamedTuple):
    """A call that is handed something, and where: the position or the keyword."""

    use: Use
    place: int | str


FED = object()


@dataclass(eq=False)
class Module:
    """Everything the resolver and the site reader need to know about one file."""

    path: str
    text: str
    data: bytes
    starts: tuple[int, ...]
    tree: ast.Module
    scope: Scope
    scopes: dict[ast.AST, Scope]
    where: dict[ast.AST, tuple[Scope, Block]]
    calls: list[Use] = field(default_factory=list)
    references: list[Use] = field(default_factory=list)  # outermost Name/Attribute/Subscript loads
    imports: list[Use] = field(default_factory=list)
    stores: list[Use] = field(default_factory=list)  # Assign/AnnAssign/AugAssign/Delete statements
    compares: list[Use] = field(default_factory=list)
    star_imports: list[tuple[str, int]] = field(default_factory=list)
    notes: dict[str, object] = field(default_factory=dict)  # what readers of sites remember about the file
    _by_name: dict[str | None, list[Use]] | None = None
    _aliases: dict[str, set[str]] | None = None
    _by_key: dict[object, list[Store]] = field(default_factory=dict)
    _by_holder: dict[str | None, list[Store]] = field(default_factory=dict)
    _stores_read: bool = False
    _takers: dict[object, list[Taker]] | None = None

    def calls_of(self, names: Iterable[str]) -> Iterator[Use]:
        """Calls whose function ends in one of `names`."""
        if self._by_name is None:
            self._by_name = {}
            for use in self.calls:
                self._by_name.setdefault(terminal(use.node), []).append(use)
        for name in names:
            yield from self._by_name.get(name, ())

    def aliases(self, name: str) -> set[str]:
        """`name` and what `from … import name as …` calls it here."""
        if self._aliases is None:
            self._aliases = {}
            for use in self.imports:
                for alias in use.node.names if isinstance(use.node, ast.ImportFrom) else ():
                    self._aliases.setdefault(alias.name, set()).add(alias.asname or alias.name)
        return {name} | self._aliases.get(name, set())

    def kept(self, key: str) -> list[Store]:
        """What the file stores under the attribute or key `key`, on whatever object."""
        self._read_stores()
        return self._by_key.get(key, [])

    def kept_in(self, holder: str) -> list[Store]:
        """What the file stores in, or on, something whose last name is `holder`."""
        self._read_stores()
        return self._by_holder.get(holder, [])

    def _read_stores(self) -> None:
        if self._stores_read:
            return
        from migrate_cli.index.kept import stores

        for store in stores(self):
            self._by_key.setdefault(store.key, []).append(store)
            self._by_holder.setdefault(last_name(store.holder), []).append(store)
        self._stores_read = True

    def takers(self, key: object) -> list[Taker]:
        """The calls that are handed the name `key`, an attribute of that name, or that very lambda."""
        if self._takers is None:
            self._takers = {}
            for use in self.calls:
                assert isinstance(use.node, ast.Call)
                given: list[tuple[int | str, ast.expr]] = [*enumerate(use.node.args)]
                given += [(k.arg or "**", k.value) for k in use.node.keywords]
                for place, node in given:
                    name = node if isinstance(node, ast.Lambda) else last_name(node)
                    if name is not None:
                        self._takers.setdefault(name, []).append(Taker(use, place))
        return self._takers.get(key, [])

    def span(self, node: ast.AST) -> Span:
        """UTF-8 byte span of a node, without its own parentheses."""
        return Span(
            self.starts[node.lineno - 1] + node.col_offset,  # type: ignore[attr-defined]
            self.starts[node.end_lineno - 1] + node.end_col_offset,  # type: ignore[attr-defined]
        )

    def start(self, node: ast.AST) -> int:
        """Byte offset where a node starts."""
        return self.span(node).start

    def code(self, node: ast.AST) -> str:
        """Source text of a node."""
        span = self.span(node)
        return self.data[span.start : span.end].decode("utf-8")


def parse(text: str) -> ast.Module:
    """The syntax tree of a text.

    Raises SyntaxError, ValueError (NUL) or RecursionError when Python itself cannot take it.
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def index_tree(path: str, text: str, tree: ast.Module) -> Module:
    """The facts of a parsed file. Raises RecursionError when it is nested too deeply."""
    from migrate_cli.index.builder import Builder

    data = text.encode("utf-8")
    top = Scope("module", tree, None)
    module = Module(path, text, data, line_starts(data), tree, top, {tree: top}, {})
    Builder(module).body(tree.body, top, ())
    return module


def parse_module(path: str, text: str) -> Module:
    """Parse `text` and index it. Raises what `parse` and `index_tree` do."""
    return index_tree(path, text, parse(text))
