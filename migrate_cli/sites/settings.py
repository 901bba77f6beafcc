"""Settings of the `openai` module: `openai.api_key = …` and every other way to write one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Block, Module, Scope, Use
from migrate_cli.index.sdk import SETTINGS
from migrate_cli.index.values import Constant, Found, Sdk
from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader, argument

COMPUTED = "…"  # a setting whose name is only known at run time


def setting_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Assignments to settings of the module, `setattr(openai, …)` and `del` among them."""
    for use in module.stores:
        node = use.node
        assert isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete))
        targets: list[ast.expr] = (
            node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [node.target]
        )
        alone = len(targets) == 1 and not isinstance(node, (ast.AugAssign, ast.Delete))
        for target, value in pairs(targets, getattr(node, "value", None)):
            if isinstance(target, ast.Attribute) and target.attr in SETTINGS:
                whole: ast.AST = node if alone and target is targets[0] else target
                yield from of(reader, module, use.scope, use.block, target.value, target.attr, value, whole)
    for use in module.calls_of(("setattr", "delattr")):
        call = use.node
        assert isinstance(call, ast.Call)
        for name in named(reader, module, use, call) if len(call.args) > 1 else ():
            given = call.args[2] if len(call.args) > 2 else None
            yield from of(reader, module, use.scope, use.block, call.args[0], name, given, call)


def named(reader: Reader, module: Module, use: Use, call: ast.Call) -> list[str]:
    """The settings that `setattr(…, name, …)` can mean; an ellipsis for a name that is computed."""
    names = [f.value for f in reader.resolver.eval(module, use.scope, use.block, call.args[1])]
    known = [n.value for n in names if isinstance(n, Constant) and isinstance(n.value, str)]
    found = [name for name in known if name in SETTINGS]
    return found or ([COMPUTED] if len(known) < len(names) and isinstance(call.func, ast.Name) else [])


def pairs(targets: list[ast.expr], value: ast.expr | None) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Each target with the expression it is given; the parts of a tuple that match one by one."""
    for target in targets:
        if isinstance(target, (ast.Tuple, ast.List)):
            exact = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
            values = value.elts if exact else [None] * len(target.elts)  # type: ignore[union-attr]
            for part, given in zip(target.elts, values, strict=True):
                yield from pairs([part], given)
        else:
            yield target, value


def of(
    reader: Reader,
    module: Module,
    scope: Scope,
    block: Block,
    owner: ast.expr,
    name: str,
    value: ast.expr | None,
    whole: ast.AST,
) -> Iterator[Site]:
    """The site of one setting, when `owner` is the module; only a plain assignment of one target is sure."""
    reader.resolver.fresh_budget()
    found = [f for f in reader.resolver.eval(module, scope, block, owner) if not is_stand_in(f)]
    if not any(isinstance(f.value, Sdk) and f.value.path == "openai" for f in found):
        return
    sure = isinstance(whole, (ast.Assign, ast.AnnAssign)) and len(found) == 1 and value is not None
    yield Site(
        SiteKind.SETTING,
        module.path,
        module.span(whole),
        reader.places.node(module, whole),
        f"openai.{name}",
        module.span(value if value is not None else whole),
        mask(module.code(whole)),
        certainty=Certainty.PROVED if sure else Certainty.LIKELY,
        evidence=reader.places.chain(found[0].steps),
        arguments=(argument(reader, module, scope, block, name, value),) if value is not None else (),
        dotted=True,
        branch=branch(scope, block),
    )


def branch(scope: Scope, block: Block) -> tuple[int, ...]:
    """The branches of a file that a statement stands in: what is set in one holds in those below it.

    A function or class is one too; it is told from the others by a negative number.
    """
    line = getattr(scope.node, "lineno", 0)
    return (-line, *block) if line else block


def is_stand_in(found: Found) -> bool:
    """Whether a value is only there for when the package is missing (`openai = None`)."""
    return isinstance(found.value, Constant) and found.value.value is None
