"""Resolves an expression to the set of values it can have, each with its evidence chain.

On demand, without running anything, and without flow analysis beyond this: inside one scope a binding that
surely happens later hides the earlier ones. Limits keep a bad file from costing more than its share.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from math import inf
from time import process_time
from typing import TypeVar, cast

from migrate_cli.index import calls, displays, members, names, pathnames, promises, strings
from migrate_cli.index.declared import Declared
from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.project import Project
from migrate_cli.index.values import Constant, Display, Found, Function, union, unknown

MAX_DEPTH = 40
BUDGET = 8_000
LOADING = 20  # evaluations that parsing one more file counts for
CLOCK_EVERY = 256  # evaluations between two looks at the clock
COMPLETE = 1_000_000  # deeper than any evaluation: nothing was cut

T = TypeVar("T")

_DISPLAYS = (
    ast.Dict,
    ast.Tuple,
    ast.List,
    ast.Set,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


class Resolver:
    """Evaluates expressions of a project; results are remembered for its lifetime.

    A result that was cut short, because it led back to an evaluation still under way or went too deep, is only a
    draft: it serves the evaluation that it belongs to and is then forgotten, so that the order in which questions
    are asked changes no answer.
    """

    def __init__(self, project: Project, declared: Declared | None = None) -> None:
        self.project = project
        self.declared = declared or Declared()
        self.spent = 0
        self.late = False
        self._loaded = 0  # files that were parsed when the budget was given
        self._deadline = inf
        self._memo: dict[Hashable, tuple[Found, ...]] = {}
        self._drafts: dict[Hashable, tuple[tuple[Found, ...], int]] = {}
        self._open: dict[Hashable, int] = {}
        self._cut = COMPLETE  # depth of the shallowest open evaluation that the current one leads back to
        self._texts: dict[ast.expr, ast.expr | None] = {}
        self._facts: dict[Hashable, object] = {}
        self._settled: dict[Hashable, object] = {}
        self._asked: dict[Hashable, tuple[Found, ...]] = {}  # by a reader of sites, cut short by depth

    def start_file(self, seconds: float) -> None:
        """Give the file that is read next so much time; `late` tells afterwards whether it was not enough."""
        self.late = False
        self._deadline = process_time() + seconds

    def _out_of_time(self) -> bool:
        if self.spent % CLOCK_EVERY == 0:
            self._look_at_clock()
        return self.late

    def _look_at_clock(self) -> None:
        self.late = self.late or process_time() > self._deadline

    def fresh_budget(self, limit: int = BUDGET) -> None:
        """Start counting again, for the next site, which may cost `limit` evaluations."""
        self.spent = BUDGET - limit
        self._loaded = self.project.loaded
        self._look_at_clock()

    def used_up(self) -> bool:
        """Whether the budget is spent, on evaluations and on parsing; what is computed from now on is only a draft."""
        over = self.late or self.spent + LOADING * (self.project.loaded - self._loaded) > BUDGET
        if over:
            self._cut = -1
        return over

    def eval(self, module: Module, scope: Scope, block: Block, node: ast.AST) -> tuple[Found, ...]:
        """What `node`, standing in `scope` and `block`, can be."""
        return self.once(node, lambda: self._eval(module, scope, block, node))

    def fact(self, key: Hashable, compute: Callable[[], object]) -> object:
        """`compute()`, remembered under `key`: something that is known of the project, and no value."""
        if key not in self._facts:
            self._facts[key] = None  # while it is computed
            self._facts[key] = compute()
        return self._facts[key]

    def settled(self, key: Hashable, compute: Callable[[], T]) -> T:
        """`compute()`, remembered under `key` once nothing in it was cut short: it is the same for whoever asks."""
        if key in self._settled:
            return cast("T", self._settled[key])
        before, self._cut = self._cut, COMPLETE
        try:
            found = compute()
        finally:
            own, self._cut = self._cut, min(before, self._cut)
        if own >= len(self._open):
            self._settled[key] = found
        return found

    def once(self, key: Hashable, compute: Callable[[], tuple[Found, ...]]) -> tuple[Found, ...]:
        """`compute()`, remembered under `key`; empty when it leads back to itself."""
        known = self._memo.get(key)
        if known is not None:
            return known
        if not self._open and key in self._asked:
            return self._asked[key]
        draft = self._drafts.get(key)
        if draft is not None:
            self._cut = min(self._cut, draft[1])
            return draft[0]
        self.spent += 1
        if key in self._open:
            self._cut = min(self._cut, self._open[key])
            return ()
        depth = len(self._open)
        if self._out_of_time():
            self._cut = -1
            return unknown("the time for this file is up")
        if depth > MAX_DEPTH or self.used_up():
            self._cut = -1
            return unknown("too deep to follow")
        return self._compute(key, depth, compute)

    def _compute(
        self, key: Hashable, depth: int, compute: Callable[[], tuple[Found, ...]]
    ) -> tuple[Found, ...]:
        before, self._cut = self._cut, COMPLETE
        drafts = len(self._drafts)
        self._open[key] = depth
        try:
            found = compute()
        except RecursionError:  # what lies above has room enough to go on
            found, self._cut = unknown("nested too deeply to follow"), -1
        finally:
            del self._open[key]
            own, self._cut = self._cut, before
        if own >= depth:
            self._memo[key] = found
        else:
            self._drafts[key] = (found, own)
            self._cut = min(before, own)
            if depth == 0 and not self.used_up():
                self._asked[key] = found
        if len(self._drafts) > drafts and (own >= depth or depth == 0):
            for late in list(self._drafts)[drafts:]:
                del self._drafts[late]
        return found

    def _eval(self, module: Module, scope: Scope, block: Block, node: ast.AST) -> tuple[Found, ...]:
        if isinstance(node, ast.Constant):
            return (Found(Constant(node.value, module, node)),)
        if isinstance(node, ast.Name):
            if self.declared and (told := self.declared.written(node)):
                return told
            return names.name(self, module, scope, block, node)
        if isinstance(node, ast.Attribute):
            return members.attribute(self, module, scope, block, node)
        if isinstance(node, ast.Call):
            return calls.call(self, module, scope, block, node)
        if isinstance(node, ast.Subscript):
            return displays.subscript(self, module, scope, block, node)
        if isinstance(node, (ast.Await, ast.NamedExpr, ast.Starred)):
            return self.eval(module, scope, block, node.value)
        if isinstance(node, ast.IfExp):
            return union(*(self.eval(module, scope, block, n) for n in (node.body, node.orelse)))
        if isinstance(node, ast.BoolOp):
            return union(*(self.eval(module, scope, block, n) for n in node.values))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return union(*(self.eval(module, scope, block, n) for n in (node.left, node.right)))
        if isinstance(node, _DISPLAYS):
            return (Found(Display(module, node, scope, block)),)
        if isinstance(node, ast.Lambda):
            return (Found(Function(module, module.scopes[node])),)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            path = pathnames.divided(self, module, scope, block, node)
            if path:
                return path
        if isinstance(node, (ast.JoinedStr, ast.BinOp)):
            return strings.computed(self, module, scope, block, node)
        return unknown("computed at run time")

    def parsed(self, node: ast.expr, text: str) -> ast.expr | None:
        """A quoted annotation as an expression that stands where the quotes do; None when it is no expression."""
        if node not in self._texts:
            try:
                expression = ast.parse(text, mode="eval").body
            except SyntaxError:
                self._texts[node] = None
                return None
            for part in ast.walk(expression):
                ast.copy_location(part, node)
            self._texts[node] = expression
        return self._texts[node]

    def member(self, module: Module, found: Found, attr: str, node: ast.AST) -> tuple[Found, ...]:
        """Attribute `attr` of one value; `node` is where it is read."""
        return members.member(self, module, found, attr, node)

    def result(
        self, module: Module, scope: Scope, block: Block, node: ast.Call, function: Found
    ) -> tuple[Found, ...]:
        """What the call `node` gives when it calls `function`."""
        return calls.result(self, module, scope, block, node, function)

    def returned(self, function: Function) -> tuple[Found, ...]:
        """Union of a function's returns and yields."""
        return calls.returned(self, function)

    def yielded(self, found: Found) -> tuple[Found, ...]:
        """What a function, as a generator or context manager, yields."""
        return calls.returned(self, found.value) if isinstance(found.value, Function) else ()

    def elements(self, found: Found, *, iterated: bool = False) -> tuple[Found, ...]:
        """Any element of a display; `iterated` where a loop over it would give the keys of a dictionary."""
        return displays.elements(self, found, iterated=iterated)

    def element(self, found: Found, key: object) -> tuple[Found, ...]:
        """Element `key` of a display."""
        return displays.element(self, found, key)

    def item(self, found: Found, index: int) -> tuple[Found, ...]:
        """Element `index` of an unpacked value."""
        return displays.item(self, found, index)

    def annotation(self, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
        """What an annotation promises; empty when it promises nothing that matters."""
        return promises.annotation(self, module, scope, node)
