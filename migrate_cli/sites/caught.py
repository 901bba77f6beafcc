"""How a program waits for errors of the SDK, and what it does with one: clauses, retry helpers, uses of the error."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate_cli.files.secrets import mask
from migrate_cli.index.flow import uses_of, uses_of_name
from migrate_cli.index.module import Module
from migrate_cli.index.syntax import dotted, terminal
from migrate_cli.index.tree import Tree, tree_of
from migrate_cli.index.values import External, Sdk
from migrate_cli.model import Caught, Certainty, Site, SiteKind, Span, Use, Way
from migrate_cli.sites.arguments import Reader

MAX_EVALUATIONS = 2000  # to follow one error
TEXT = "str()"  # in a route: the text of the error
_TEXTS = {"builtins.str", "builtins.repr", "str", "repr"}
_CASES = {"lower", "upper", "casefold", "strip"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
Try = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))


def with_caught(reader: Reader, module: Module, sites: Iterable[Site]) -> list[Site]:
    """The sites, each exception with the clause or call that waits for it and with the uses of the error."""
    sites = list(sites)
    wanted = {s.span for s in sites if waits(s)}
    if not wanted:
        return sites
    tree = tree_of(module)
    nodes = {span: use.node for use in module.references if (span := module.span(use.node)) in wanted}
    taken: set[ast.AST] = set()
    found: list[Site] = []
    for site in sites:
        node = nodes.get(site.span) if waits(site) else None
        holder = holder_of(tree, node) if node is not None else None
        if holder is None:
            call = tree.parents.get(node) if node is not None else None
            made = own(module, call) if isinstance(call, ast.Call) and call.func is node else None
            found.append(replace(site, caught=made))
            continue
        first = holder not in taken
        taken.add(holder)
        if isinstance(holder, ast.ExceptHandler):
            caught = replace(clause(tree, holder), first=first)
            followed = tuple(error_uses(reader, module, holder)) if first and holder.name else ()
            found.append(replace(site, caught=caught, uses=followed))
        else:
            caught = replace(handed(reader, module, holder), first=first)
            caught, followed = told_apart(reader, tree, holder, caught) if first else (caught, ())
            found.append(replace(site, caught=caught, uses=followed))
    return found


def told_apart(reader: Reader, tree: Tree, call: ast.Call, caught: Caught) -> tuple[Caught, tuple[Use, ...]]:
    """`if isinstance(error, A):` with the uses of the error in its body."""
    branch = tree.parents.get(call)
    name = call.args[0] if call.args else None
    if caught.way != "isinstance" or not isinstance(branch, ast.If) or not isinstance(name, ast.Name):
        return caught, ()
    module = tree.module
    body = Span(module.start(branch.body[0]), module.span(branch.body[-1]).end)
    reader.resolver.fresh_budget(MAX_EVALUATIONS)
    uses = [
        use
        for load in tree.loads.get(name.id, ())
        if body.start <= module.start(load) < body.end
        for direct in uses_of(reader.resolver, module, load, reader.places.span)
        for use in (direct, *text_uses(reader, module, direct, 0))
    ]
    return replace(caught, name=name.id, body=body), tuple(uses)


def waits(site: Site) -> bool:
    """Whether a site names an exception that is known to be the SDK's."""
    return site.kind is SiteKind.EXCEPTION and site.certainty is not Certainty.GUESS


def holder_of(tree: Tree, node: ast.AST) -> ast.ExceptHandler | ast.Call | None:
    """The clause whose type a class is, or the call that it is an argument of; tuples of classes are looked through."""
    part = node
    for outer in tree.above(node):
        if isinstance(outer, ast.ExceptHandler):
            return outer if part is outer.type else None
        if isinstance(outer, ast.Call):
            return outer if part is not outer.func else None
        first = not isinstance(outer, ast.BoolOp) or part is outer.values[0]
        if not first or not isinstance(outer, (ast.Tuple, ast.List, ast.keyword, ast.BoolOp)):
            return None
        part = outer
    return None


def clause(tree: Tree, handler: ast.ExceptHandler) -> Caught:
    """`except (A, B) as name:` and what its body does."""
    module = tree.module
    assert handler.type is not None
    parent = tree.parents.get(handler)
    others = [h for h in getattr(parent, "handlers", ()) if h is not handler]
    body = Span(module.start(handler.body[0]), module.span(handler.body[-1]).end)
    return Caught(
        "except",
        module.path,
        module.span(handler.type),
        module.code(handler.type),
        tuple(class_names(handler.type)),
        tuple(name for h in others for name in class_names(h.type)),
        handler.name,
        body,
        tuple(sorted(set(deeds(handler)))),
    )


def class_names(node: ast.expr | None) -> Iterator[str]:
    """Last names of the classes that a clause lists; a clause without any catches all."""
    if node is None:
        yield "BaseException"
    elif isinstance(node, (ast.Tuple, ast.List)):
        for part in node.elts:
            yield from class_names(part)
    elif isinstance(node, ast.BoolOp):
        yield from class_names(
            node.values[0]
        )  # `except A or B` is what people write for a tuple: it catches A
    else:
        yield (dotted(node) or ast.unparse(node)).rsplit(".", 1)[-1]


def deeds(handler: ast.ExceptHandler) -> Iterator[str]:
    """What a clause does, as far as it matters: raise, sleep, continue."""
    stack: list[ast.AST] = list(handler.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Raise):
            yield "raise"
        elif isinstance(node, ast.Continue):
            yield "continue"
        elif isinstance(node, ast.Call) and terminal(node) == "sleep":
            yield "sleep"
        if not isinstance(node, _FUNCTIONS):
            stack += ast.iter_child_nodes(node)


def handed(reader: Reader, module: Module, call: ast.Call) -> Caught:
    """`retry_if_exception_type(A)`, `on_exception(expo, (A, B))`, `isinstance(e, A)`."""
    classes = [n for a in call.args for n in class_names(a) if n.endswith(("Error", "Exception"))]
    classes += [n for k in call.keywords for n in class_names(k.value) if n.endswith(("Error", "Exception"))]
    return Caught(
        called(reader, module, call),
        module.path,
        module.span(call),
        mask(module.code(call)),
        tuple(classes),
        does=("combined",) if isinstance(tree_of(module).parents.get(call), ast.BinOp) else (),
        given=tuple(mask(module.code(a)) for a in call.args),
        keywords=tuple(k.arg or "**" for k in call.keywords),
        function=module.code(call.func),
    )


def own(module: Module, call: ast.Call) -> Caught:
    """`RateLimitError("slow down")`: an error that the program makes itself."""
    return Caught(
        "made",
        module.path,
        module.span(call),
        mask(module.code(call)),
        (),
        given=tuple(mask(module.code(a)) for a in call.args),
        keywords=tuple(k.arg or "**" for k in call.keywords),
        function=module.code(call.func),
    )


def called(reader: Reader, module: Module, call: ast.Call) -> str:
    """Dotted name of what is called, as far as it resolves."""
    scope, block = tree_of(module).place(call)
    reader.resolver.fresh_budget()
    found = reader.resolver.eval(module, scope, block, call.func)
    paths = [f.value.path for f in found if isinstance(f.value, (External, Sdk))]
    return (paths[0] if paths else dotted(call.func)).removeprefix("builtins.")


def error_uses(reader: Reader, module: Module, handler: ast.ExceptHandler) -> Iterator[Use]:
    """The uses of the error of a clause; its text and the body of its answer are followed too."""
    scope, _ = tree_of(module).place(handler)
    bound = next((b for b in scope.bindings.get(str(handler.name), ()) if b.node is handler), None)
    if bound is None:
        return
    reader.resolver.fresh_budget(MAX_EVALUATIONS)
    place = reader.places.span
    for use in uses_of_name(reader.resolver, module, scope, str(handler.name), bound, place):
        yield use
        yield from text_uses(reader, module, use, 0)


def text_uses(reader: Reader, module: Module, use: Use, depth: int) -> Iterator[Use]:
    """The uses of `str(e)`, of `e.message.lower()` and of `e.response.json()`: what such a call gives."""
    as_text = use.way is Way.ARGUMENT and use.detail in _TEXTS
    as_case = use.way is Way.METHOD and use.detail in _CASES
    as_body = use.way is Way.METHOD and use.detail == "json"
    if depth > 2 or use.path != module.path or not (as_text or as_case or as_body):
        return
    node = next((u.node for u in module.calls if module.span(u.node) == use.outer), None)
    if not isinstance(node, ast.Call):
        return
    step = (TEXT,) if as_text else ("json()",) if as_body else ()
    through = (*use.through, str(use.detail)) if as_case else use.through
    for further in uses_of(reader.resolver, module, node, reader.places.span):
        route = (*use.route, *step, *further.route)
        longer = replace(further, route=route, through=(*through, *further.through))
        yield longer
        yield from text_uses(reader, module, longer, depth + 1)
