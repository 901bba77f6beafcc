"""Fills in a module's tables in one walk over its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.index.module import Binding, Block, Module, Scope, Use
from migrate_cli.index.narrowing import narrowings, pattern_class
from migrate_cli.index.syntax import (
    FunctionNode,
    all_parameters,
    first_parameter,
    grown_text,
    is_type_checking,
    next_of,
    part_of,
    terminal,
    unpacked,
)

_TRANSPARENT = (ast.With, ast.AsyncWith)
_HOLDERS = (ast.expr, ast.comprehension, ast.keyword)  # what can stand between an expression and its parts
_SETTERS = {"setattr", "__setattr__"}


class Builder:
    """Walks a file once and fills in the module's tables."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.blocks = 0

    def body(self, statements: list[ast.stmt], scope: Scope, block: Block, typing_only: bool = False) -> None:
        """Enter a list of statements, which stand in `scope` and `block`."""
        for statement in statements:
            self._statement(statement, scope, block, typing_only)

    def _inner(self, block: Block) -> Block:
        self.blocks += 1
        return (*block, self.blocks)

    def _bind(self, scope: Scope, name: str, binding: Binding) -> None:
        target = scope
        if name in scope.outer:
            while target.parent is not None and (target is scope or name not in target.bindings):
                target = target.parent
        target.bindings.setdefault(name, []).append(binding)

    def _statement(self, node: ast.stmt, scope: Scope, block: Block, typing_only: bool) -> None:
        self.module.where[node] = (scope, block)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self._function(node, scope, block)
        elif isinstance(node, ast.ClassDef):
            self._class_(node, scope, block)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            self._import_(node, scope, block, typing_only)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            self._assign(node, scope, block)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            scope.outer.update(node.names)
        elif isinstance(node, ast.Return):
            if node.value is not None:
                scope.returns.append(node.value)
                self._expression(node.value, scope, block)
        else:
            self._compound(node, scope, block, typing_only)

    def _compound(self, node: ast.stmt, scope: Scope, block: Block, typing_only: bool) -> None:
        if isinstance(node, (ast.For, ast.AsyncFor)):
            self._expression(node.iter, scope, block)
            inner = self._inner(block)
            self._target(node.target, node.iter, scope, inner, node, element=True)
            self.body(node.body, scope, inner)
            self.body(node.orelse, scope, block)
        elif isinstance(node, _TRANSPARENT):
            for item in node.items:
                self._expression(item.context_expr, scope, block)
                if item.optional_vars is not None:
                    self._target(item.optional_vars, item.context_expr, scope, block, node, entered=True)
            self.body(node.body, scope, block, typing_only)
        elif isinstance(node, ast.If):
            self._expression(node.test, scope, block)
            guard = typing_only or is_type_checking(node.test)
            inner = self._inner(block)
            self._narrow(node.test, scope, inner)
            self.body(node.body, scope, inner, guard)
            self.body(node.orelse, scope, self._inner(block), typing_only)
        elif isinstance(node, ast.Match):
            self._expression(node.subject, scope, block)
            for case in node.cases:
                self._case(case, node.subject, scope, block, typing_only)
        else:
            self._generic(node, scope, block, typing_only)

    def _generic(self, node: ast.AST, scope: Scope, block: Block, typing_only: bool) -> None:
        """Try, while, match and simple statements: visit fields in order; statement lists open a block."""
        if isinstance(node, ast.Delete):
            self.module.stores.append(Use(node, scope, block))
        elif isinstance(node, ast.Assert):
            self._narrow(node.test, scope, block)
        for name, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                is_try = name in ("body", "finalbody") and hasattr(node, "handlers")
                self.body(value, scope, block if is_try else self._inner(block), typing_only)
            elif isinstance(value, list):
                for item in value:
                    self._part(item, scope, block, typing_only)
            else:
                self._part(value, scope, block, typing_only)

    def _part(self, item: object, scope: Scope, block: Block, typing_only: bool) -> None:
        if isinstance(item, ast.ExceptHandler):
            inner = self._inner(block)
            if item.type is not None:
                self._expression(item.type, scope, inner)
            if item.name:
                self._bind(scope, item.name, Binding("opaque", item, self.module.start(item), inner))
            self.body(item.body, scope, inner, typing_only)
        elif isinstance(item, ast.expr):
            self._expression(item, scope, block)

    def _case(
        self, case: ast.match_case, subject: ast.expr, scope: Scope, block: Block, typing_only: bool
    ) -> None:
        """One `case`: a class pattern says what its subject is and what it captures under a name."""
        inner, pattern = self._inner(block), case.pattern
        start, cls = self.module.start(pattern), pattern_class(pattern)
        whole = isinstance(pattern, ast.MatchAs) and pattern.pattern is None
        for name in _captures(pattern):
            bound = Binding("value" if whole else "opaque", pattern, start, inner, subject if whole else None)
            self._bind(scope, name, bound)
        if cls is not None:
            self._expression(cls, scope, inner)
            for known in (getattr(pattern, "name", None), getattr(subject, "id", None)):
                if known is not None:
                    scope.narrowed.setdefault(known, []).append(Binding("narrowed", cls, start, inner))
        if case.guard is not None:
            self._expression(case.guard, scope, inner)
        self.body(case.body, scope, inner, typing_only)

    def _narrow(self, test: ast.expr, scope: Scope, block: Block) -> None:
        """`isinstance(name, cls)`: inside `block` the name is what the class says."""
        for name, cls in narrowings(test):
            binding = Binding("narrowed", cls, self.module.start(test), block)
            scope.narrowed.setdefault(name, []).append(binding)

    def _import_(
        self, node: ast.Import | ast.ImportFrom, scope: Scope, block: Block, typing_only: bool
    ) -> None:
        self.module.imports.append(Use(node, scope, block))
        start = self.module.start(node)
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound, target = (
                    (alias.asname, alias.name) if alias.asname else (alias.name.split(".")[0],) * 2
                )
                binding = Binding("import", node, start, block, module=target, typing_only=typing_only)
                self._bind(scope, bound, binding)
            return
        source = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name == "*":
                self.module.star_imports.append((source, start))
                continue
            binding = Binding(
                "from", node, start, block, module=source, name=alias.name, typing_only=typing_only
            )
            self._bind(scope, alias.asname or alias.name, binding)

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign, scope: Scope, block: Block) -> None:
        self.module.stores.append(Use(node, scope, block))
        if node.value is not None:
            self._expression(node.value, scope, block)
        if isinstance(node, ast.AnnAssign):
            self._expression(node.annotation, scope, block)
            self._annotate(node, scope)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if node.value is None:
                continue
            if isinstance(node, ast.AugAssign) and isinstance(target, ast.Name):
                text = grown_text(node, target)
                kind = "value" if text is not None else "opaque"
                self._bind(scope, target.id, Binding(kind, node, self.module.start(node), block, text))
            else:
                self._target(target, node.value, scope, block, node)

    def _annotate(self, node: ast.AnnAssign, scope: Scope) -> None:
        if isinstance(node.target, ast.Name):
            scope.annotations[node.target.id] = node.annotation
        owner = self._self_class(node.target, scope)
        if owner is not None and isinstance(node.target, ast.Attribute):
            owner.annotations[node.target.attr] = node.annotation

    @staticmethod
    def _self_class(target: ast.expr, scope: Scope) -> Scope | None:
        """The class whose `self` (or `cls`) attribute `target` is."""
        if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)):
            return None
        function: Scope | None = scope
        while function is not None:
            owner = function.enclosing_class()
            if owner is not None and first_parameter(function.node) == target.value.id:
                return owner
            function = function.parent
        return None

    def _target(
        self,
        target: ast.expr,
        value: ast.expr,
        scope: Scope,
        block: Block,
        node: ast.AST,
        *,
        item: int | None = None,
        element: bool = False,
        entered: bool = False,
    ) -> None:
        start = self.module.start(node)
        if isinstance(target, ast.Name):
            kind = "element" if element else "value"
            self._bind(scope, target.id, Binding(kind, node, start, block, value, item, entered=entered))
        elif isinstance(target, (ast.Tuple, ast.List)):
            values = None if element else unpacked(target, value)
            for index, part in enumerate(target.elts):
                if values is not None:
                    inner = part.value if isinstance(part, ast.Starred) else part
                    self._target(inner, values[index], scope, block, node)
                else:
                    self._target(part, value, scope, block, node, item=index, element=element)
        elif isinstance(target, ast.Starred):
            self._target(target.value, value, scope, block, node, element=True)
        elif isinstance(target, ast.Attribute):
            owner = self._self_class(target, scope)
            if owner is not None and not element:
                part = value if item is None else part_of(value, item)
                owner.attributes.setdefault(target.attr, []).append((part, scope, block))
            self._expression(target.value, scope, block)
        else:
            self._expression(target, scope, block)
            if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
                self._in_dict(target.value, target.slice.value, value, scope, block)

    def _in_dict(self, holder: ast.expr, name: object, value: ast.expr, scope: Scope, block: Block) -> None:
        """`self.__dict__["name"] = value` sets an attribute."""
        if isinstance(holder, ast.Attribute) and holder.attr == "__dict__" and isinstance(name, str):
            owner = self._self_class(holder, scope)
            if owner is not None:
                owner.attributes.setdefault(name, []).append((value, scope, block))

    def _set_by_call(self, call: ast.Call, scope: Scope, block: Block) -> None:
        """`setattr(self, "name", value)` and its forms through `object` and `super()` set an attribute."""
        name, value = call.args[-2:]
        holder = call.args[0] if len(call.args) == 3 else None
        owner = (
            self._self_class(ast.Attribute(holder, "", ast.Load()), scope)
            if holder
            else scope.nearest_class()
        )
        if owner is not None and isinstance(name, ast.Constant) and isinstance(name.value, str):
            owner.attributes.setdefault(name.value, []).append((value, scope, block))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope, block: Block) -> None:
        self._bind(scope, node.name, Binding("function", node, self.module.start(node), block))
        for decorator in node.decorator_list:
            self._expression(decorator, scope, block)
        inner = self._parameters(node, scope, block)
        if node.returns is not None:
            self._expression(node.returns, scope, block)
        self.body(node.body, inner, self._inner(block))

    def _parameters(self, node: FunctionNode, scope: Scope, block: Block) -> Scope:
        inner = Scope("function", node, scope)
        self.module.scopes[node] = inner
        arguments = node.args
        for default in [*arguments.defaults, *(d for d in arguments.kw_defaults if d is not None)]:
            self._expression(default, scope, block)
        for argument in all_parameters(arguments):
            if argument.annotation is not None:
                self._expression(argument.annotation, scope, block)
            self._bind(inner, argument.arg, Binding("param", argument, self.module.start(argument), ()))
        return inner

    def _class_(self, node: ast.ClassDef, scope: Scope, block: Block) -> None:
        self._bind(scope, node.name, Binding("class", node, self.module.start(node), block))
        for expression in [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]:
            self._expression(expression, scope, block)
        inner = Scope("class", node, scope)
        self.module.scopes[node] = inner
        self.body(node.body, inner, self._inner(block))

    def _expression(self, node: ast.AST, scope: Scope, block: Block) -> None:
        """Register calls, references, walrus targets, lambdas and comprehensions below `node`."""
        module, here = self.module, (scope, block)
        stack: list[ast.AST] = [node]
        while stack:
            current = stack.pop()
            module.where[current] = here
            if isinstance(current, ast.Constant):
                continue
            if isinstance(current, (ast.Name, ast.Attribute, ast.Subscript)):
                module.references.append(Use(current, scope, block))
                stack.extend(self._below(current))
            elif isinstance(current, ast.Call):
                module.calls.append(Use(current, scope, block))
                if terminal(current) in _SETTERS and len(current.args) >= 2:
                    self._set_by_call(current, scope, block)
                stack += [current.func, *current.args, *(k.value for k in current.keywords)]
            elif isinstance(current, ast.Lambda):
                inner = self._parameters(current, scope, block)
                inner.returns.append(current.body)
                self._expression(current.body, inner, self._inner(block))
            elif isinstance(current, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
                self._comprehension(current, scope, block)
            else:
                self._less_common(current, scope, block)
                stack += [n for n in ast.iter_child_nodes(current) if isinstance(n, _HOLDERS)]

    def _less_common(self, node: ast.AST, scope: Scope, block: Block) -> None:
        """Expressions that bind a name, hand a value out or compare."""
        if isinstance(node, ast.NamedExpr):
            self._target(node.target, node.value, scope, block, node)
        elif isinstance(node, (ast.Yield, ast.YieldFrom)) and node.value is not None:
            scope.yields.append(node.value if isinstance(node, ast.Yield) else next_of(node.value))
        elif isinstance(node, ast.Compare):
            self.module.compares.append(Use(node, scope, block))

    @staticmethod
    def _below(node: ast.AST) -> Iterator[ast.AST]:
        """What stands below an attribute or subscript chain, skipping the chain's own links."""
        while isinstance(node, (ast.Attribute, ast.Subscript)):
            if isinstance(node, ast.Subscript):
                yield node.slice
            node = node.value
        if not isinstance(node, ast.Name):
            yield node

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope, block: Block
    ) -> None:
        inner = Scope("function", node, scope)
        self.module.scopes[node] = inner
        inside = self._inner(block)
        for generator in node.generators:
            self._expression(generator.iter, inner, inside)
            self._target(generator.target, generator.iter, inner, inside, generator.target, element=True)
            for condition in generator.ifs:
                self._expression(condition, inner, inside)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for part in parts:
            self._expression(part, inner, inside)


def _captures(pattern: ast.AST) -> Iterator[str]:
    for node in ast.walk(pattern):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            yield name
