"""Who stands around whom in a file: parents of nodes, loads of names, statements, loops, handlers."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.index.module import Binding, Block, Module, Scope
from migrate_cli.index.names import reaching
from migrate_cli.index.syntax import dotted
from migrate_cli.model import Span

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_LEAVING = (ast.Continue, ast.Break, ast.Return, ast.Raise)
_LEAVING_CALLS = {"exit", "sys.exit", "quit", "os._exit"}


class Tree:
    """The syntax tree of one file, read upwards."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.parents: dict[ast.AST, ast.AST] = {}
        self.loads: dict[str, list[ast.Name]] = {}
        self.reads: dict[str, list[ast.Attribute]] = {}
        stack: list[ast.AST] = [module.tree]
        while stack:
            node = stack.pop()
            for value in node.__dict__.values():  # twice as fast as ast.iter_child_nodes
                for child in value if type(value) is list else (value,):
                    if isinstance(child, ast.AST) and not isinstance(child, ast.expr_context):
                        self.parents[child] = node
                        stack.append(child)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                self.loads.setdefault(node.id, []).append(node)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                self.reads.setdefault(node.attr, []).append(node)

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """What stands around a node, innermost first."""
        current = self.parents.get(node)
        while current is not None:
            yield current
            current = self.parents.get(current)

    def within_function(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """What stands around a node up to its function, each with the part of it that holds the node."""
        part = node
        for outer in self.above(node):
            if isinstance(outer, (*_FUNCTIONS, ast.ClassDef)):
                return
            yield outer, part
            part = outer

    def place(self, node: ast.AST) -> tuple[Scope, Block]:
        """The scope and block that a node stands in."""
        where = self.module.where
        current: ast.AST | None = node
        while current is not None:
            inner = self.module.scopes.get(current) if current is not node else None
            if inner is not None and _at_once(inner):
                return inner, where[current][1]
            if current in where:
                return where[current]
            current = self.parents.get(current)
        return self.module.scope, ()

    def statement(self, node: ast.AST) -> Span | None:
        """The simple statement around a node, or the head of the compound one whose head it stands in."""
        part = node
        for outer in (node, *self.above(node)):
            if isinstance(outer, ast.stmt):
                span = self.module.span(outer)
                if hasattr(outer, "body") or hasattr(outer, "cases"):
                    return Span(span.start, self.module.span(part).end) if part is not outer else span
                return span
            if not isinstance(outer, (ast.keyword, ast.comprehension, ast.withitem)) or part is node:
                part = outer if hasattr(outer, "lineno") else part
        return None

    def part(self, node: ast.AST, loop: Span | None) -> Span | None:
        """The statement that holds a node in the loop whose body begins at `loop`."""
        for outer in (node, *self.above(node)) if loop is not None else ():
            parent = self.parents.get(outer)
            body = getattr(parent, "body", None)
            if isinstance(parent, _LOOPS) and body and self.module.span(body[0]) == loop:
                return self.module.span(outer) if outer in body else None
        return None

    def caught(self, node: ast.AST) -> tuple[str, ...]:
        """Names of the exceptions that the innermost `try` around a node catches; a bare `except` catches all."""
        for outer, part in self.within_function(node):
            if isinstance(outer, ast.Try) and part in outer.body and outer.handlers:
                return tuple(name for handler in outer.handlers for name in _classes(handler.type))
        return ()

    def loop(self, node: ast.AST) -> ast.AST | None:
        """The innermost loop statement around a node in its function."""
        return next((o for o, _ in self.within_function(node) if isinstance(o, _LOOPS)), None)

    def reached(self, scope: Scope, name: str, bound: Binding) -> Iterator[tuple[ast.Name, bool]]:
        """Every load of `name` that this binding reaches; true when nothing else of weight can reach it too."""
        for load in self.loads.get(name, ()):
            here, block = self.place(load)
            if owner(here, name) is not scope:
                continue
            bindings = scope.bindings[name]
            if here is scope or _at_once(here):
                near = reaching(self.module, bindings, load, block)
                later = bound.start > self.module.start(load) and not _at_once(scope)
                if (later or bound not in near) and not self._comes_round(load, bound, bindings, block):
                    continue
            else:
                near = bindings
            yield load, bound in near and not any(b is not bound and _matters(b) for b in near)

    def _comes_round(self, load: ast.Name, bound: Binding, bindings: list[Binding], block: Block) -> bool:
        """Whether a binding later in the same loop reaches a use in the next round."""
        position = self.module.start(load)
        loop = self.loop(load)
        if loop is None:
            return False
        around = self.module.span(loop)
        if not around.start <= bound.start < around.end or bound.start < position:
            return False
        hidden = (b for b in bindings if around.start <= b.start < position)
        return not any(block[: len(b.block)] == b.block for b in hidden)

    def governed(self, test: ast.AST) -> Iterator[Span]:
        """Where it is known that an expression was asked for its truth: the parts of the file that it decides on."""
        part = test
        for outer in self.above(test):
            if isinstance(outer, ast.BoolOp):
                yield Span(self.module.span(part).end, self.module.span(outer).end)
            elif isinstance(outer, (ast.If, ast.While)):
                if part is outer.test:
                    yield Span(self.module.span(part).end, self.module.span(outer).end)
                    yield from self._after(outer)
                return
            elif isinstance(outer, ast.IfExp):
                if part is outer.test:
                    yield from (self.module.span(outer.body), self.module.span(outer.orelse))
                    return
            elif isinstance(outer, ast.Assert):
                yield self._rest(outer)
                return
            elif isinstance(outer, ast.comprehension):
                if part in outer.ifs:
                    around, own = self.module.span(self.parents[outer]), self.module.span(part)
                    yield from (Span(around.start, own.start), Span(own.end, around.end))
                return
            elif not isinstance(outer, (ast.UnaryOp, ast.Compare, ast.Call, ast.Attribute, ast.NamedExpr)):
                return
            part = outer

    def _after(self, statement: ast.If | ast.While) -> Iterator[Span]:
        if isinstance(statement, ast.If) and any(_leaves(b) for b in (statement.body, statement.orelse)):
            yield self._rest(statement)

    def _rest(self, statement: ast.stmt) -> Span:
        """From the end of a statement to the end of its block."""
        end = self.module.span(statement).end
        parent = self.parents[statement]
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and statement in block:
                return Span(end, self.module.span(block[-1]).end)
        return Span(end, end)


def tree_of(module: Module) -> Tree:
    """The tree of a file, read once."""
    known = module.notes.get("tree")
    if not isinstance(known, Tree):
        known = module.notes["tree"] = Tree(module)
    return known


def owner(scope: Scope, name: str) -> Scope | None:
    """The scope whose name is meant by `name` where it is read in `scope`."""
    current: Scope | None = scope
    while current is not None:
        if name in current.bindings and not (current.kind == "class" and current is not scope):
            return current
        current = current.parent
    return None


def _at_once(scope: Scope) -> bool:
    """Whether a scope is a comprehension, which runs where it stands."""
    return not isinstance(scope.node, (*_FUNCTIONS, ast.ClassDef, ast.Module))


def _matters(bound: Binding) -> bool:
    """Whether another binding may bring something of another kind: not a mere preset, not another API call."""
    value = bound.value.value if isinstance(bound.value, ast.Await) else bound.value
    if isinstance(value, ast.Constant) or (
        isinstance(value, (ast.List, ast.Dict)) and not ast.unparse(value)[1:-1]
    ):
        return False
    return not (isinstance(value, ast.Call) and dotted(value).endswith((".create", ".acreate")))


def _leaves(block: list[ast.stmt]) -> bool:
    """Whether a block surely does not go on to what follows it."""
    if not block:
        return False
    last = block[-1]
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return dotted(last.value) in _LEAVING_CALLS
    return isinstance(last, _LEAVING)


def _classes(node: ast.expr | None) -> Iterator[str]:
    if node is None:
        yield "BaseException"
    elif isinstance(node, ast.Tuple):
        for part in node.elts:
            yield from _classes(part)
    else:
        yield dotted(node) or ast.unparse(node)
