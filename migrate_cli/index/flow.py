"""What a program does with an object: from the expression that gives it, forward through names, calls and returns.

`uses_of` starts from an expression (a call of the API), `uses_of_name` from one binding of a name (`except … as e`).
What cannot be followed is a use as well, so that the caller knows where the object leaves its sight: STORE, APPEND,
BUILD, ARGUMENT to something unknown, RETURN without callers. Nothing is executed, nothing is guessed: where something
else may reach a place too, the use is likely.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migrate_cli.files.secrets import mask
from migrate_cli.index import flow_steps, flow_targets
from migrate_cli.index.guarded import with_tests
from migrate_cli.index.literals import Literals
from migrate_cli.index.module import Binding, Module, Scope
from migrate_cli.index.tree import Tree, tree_of
from migrate_cli.model import Certainty, Hop, HopKind, Location, Span, Use, Way

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

MAX_STEPS = 1500  # expressions looked at for one object
MAX_CALLS = 6  # functions entered or left on the way
Key = str | int | None
Route = tuple[Key, ...]
PlaceOf = Callable[[Module, Span], Location]


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression that stands for the object at `route`, or for a container that holds it at `inside`.

    The outermost container comes last. `first` and `last` are the first and the last node of the chain written here.
    """

    module: Module
    node: ast.AST
    first: ast.AST
    last: ast.AST
    route: Route = ()
    hops: tuple[Hop, ...] = ()
    inside: tuple[Key, ...] = ()
    loop: Span | None = None
    guarded: bool = False
    through: tuple[str, ...] = ()
    certainty: Certainty = Certainty.PROVED
    calls: int = 0

    def likely(self, when: bool = True) -> Piece:
        """The same, no longer certain."""
        return replace(self, certainty=Certainty.LIKELY) if when else self

    def at(self, node: ast.AST) -> Piece:
        """The same object where another expression begins to stand for it."""
        return replace(self, node=node, first=node, last=node, hops=())

    def over(self, node: ast.AST) -> Piece:
        """The same object as seen from the expression around it, which adds nothing."""
        return replace(self, node=node) if self.hops else replace(self, node=node, first=node, last=node)


Next = Piece | None


class Flow:
    """Follows one object; `uses` fills up."""

    def __init__(self, resolver: Resolver, place: PlaceOf) -> None:
        self.resolver = resolver
        self.place = place
        self.uses: list[tuple[Use, Module, ast.AST]] = []
        self.seen: set[tuple[int, Route, tuple[Key, ...]]] = set()
        self.waiting: deque[Piece] = deque()
        self.steps = 0

    def run(self) -> tuple[Use, ...]:
        """Follow all that waits."""
        while self.waiting and self.steps < MAX_STEPS:
            piece = self.waiting.popleft()
            while piece is not None and self.steps < MAX_STEPS:
                self.steps += 1
                piece = self.climb(piece)  # type: ignore[assignment]
        return tuple(sorted(with_tests(self.uses), key=lambda use: (use.path, use.span)))

    def push(self, piece: Piece) -> None:
        """Follow a piece later, once."""
        key = (id(piece.node), piece.route, piece.inside)
        if key not in self.seen and piece.calls <= MAX_CALLS:
            self.seen.add(key)
            self.waiting.append(piece)

    def tree(self, piece: Piece) -> Tree:
        """The tree of the piece's file."""
        return tree_of(piece.module)

    def use(
        self,
        piece: Piece,
        way: Way,
        outer: ast.AST | None = None,
        detail: str | None = None,
        literals: Literals = (),
        *,
        followed: bool = False,
    ) -> None:
        """Note a use, unless it is of a container that merely holds the object."""
        if piece.inside and way not in (Way.RETURN, Way.YIELD):
            return
        module, tree = piece.module, self.tree(piece)
        node = piece.last
        span = module.span(node)
        part = tree.part(node, piece.loop)
        self.uses.append(
            (
                Use(
                    piece.route,
                    module.path,
                    span,
                    self.place(module, span),
                    mask(module.code(node)),
                    mask(module.code(piece.first)),
                    way,
                    piece.hops,
                    detail,
                    literals,
                    module.span(outer) if outer is not None else None,
                    tree.statement(node),
                    piece.loop if part is not None else None,
                    part,
                    tuple(k.arg or "**" for k in outer.keywords) if isinstance(outer, ast.Call) else (),
                    piece.guarded,
                    through=piece.through,
                    caught=tree.caught(node),
                    certainty=piece.certainty,
                    followed=followed,
                ),
                module,
                node,
            )
        )

    def hop(self, piece: Piece, node: ast.AST, key: Key, kind: HopKind, *, step: bool = True) -> Piece | None:
        """One step into the object, written as `node`; out of a container where the object lies in one."""
        if piece.inside:
            wanted, rest = piece.inside[-1], piece.inside[:-1]
            if wanted is None or key is None or wanted == key:
                return replace(piece, inside=rest).at(node)
            return None
        if piece.node is not piece.last and piece.hops:
            way = Way.TEST if isinstance(piece.node, ast.BoolOp) else Way.READ
            self.use(piece, way, piece.node)
            piece = replace(piece, first=piece.node, hops=())
        hop = Hop(key, kind, piece.module.span(node).end)
        route = (*piece.route, key) if step else piece.route
        guarded = piece.guarded and not step  # a slice of what was tested
        return replace(piece, node=node, last=node, route=route, hops=(*piece.hops, hop), guarded=guarded)

    def climb(self, piece: Piece) -> Piece | None:
        """One step up from an expression: what stands around it says what is done with it."""
        parent = self.tree(piece).parents.get(piece.node)
        if parent is None:
            return None
        return flow_steps.above(type(parent))(self, piece, parent)


def uses_of(resolver: Resolver, module: Module, node: ast.expr, place: PlaceOf) -> tuple[Use, ...]:
    """Every use of what the expression `node` gives, in the order of the source."""
    flow = Flow(resolver, place)
    flow.push(Piece(module, node, node, node))
    return flow.run()


def uses_of_name(
    resolver: Resolver, module: Module, scope: Scope, name: str, bound: Binding, place: PlaceOf
) -> tuple[Use, ...]:
    """Every use of what one binding of `name` in `scope` holds, such as the error of an `except … as name`."""
    flow = Flow(resolver, place)
    start = Piece(module, bound.node, bound.node, bound.node)
    flow_targets.read(flow, start, scope, name, bound)
    return flow.run()
