"""Imports, module settings, environment reads, exceptions and type references of one file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.names import outside
from migrate_cli.index.sdk import DROP_INS, SETTINGS, constructor, is_exception
from migrate_cli.index.syntax import root_name
from migrate_cli.index.values import External, Sdk
from migrate_cli.model import Argument, Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader, argument
from migrate_cli.sites.calls import target

VARIABLE = re.compile(r"(AZURE_)?OPENAI_[A-Z0-9_]+")
READERS = {
    "os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop", "os.unsetenv", "os.putenv",
    "decouple.config", "streamlit.secrets.get", "google.colab.userdata.get",
}  # fmt: skip
TEST_READERS = {"setenv", "delenv"}
MAPPINGS = {"os.environ", "streamlit.secrets"}


def import_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """`import openai` and `from openai… import …`, unless a project module shadows the package."""
    for use in module.imports:
        node = use.node
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else [import_source(node)]
        sdk = [n for n in names if isinstance(outside(n), Sdk)]
        if not sdk or all(reader.resolver.project.shadows(module.path, n) for n in sdk):
            continue
        unsure = any(reader.resolver.project.find(module.path, n) for n in sdk)
        yield Site(
            SiteKind.IMPORT,
            module.path,
            module.span(node),
            reader.places.node(module, node),
            sdk[0],
            module.span(last_of_block(module, node)),
            module.code(node),
            certainty=Certainty.LIKELY if unsure else Certainty.PROVED,
        )


def last_of_block(module: Module, node: ast.AST) -> ast.AST:
    """The last import of the block that an import at the top of a file opens; another import is its own."""
    body = module.tree.body
    index = next((i for i, statement in enumerate(body) if statement is node), None)
    if index is None:
        return node
    while index + 1 < len(body) and isinstance(body[index + 1], (ast.Import, ast.ImportFrom)):
        index += 1
    return body[index]


def import_source(node: ast.AST) -> str:
    """Module of a `from` import, with its leading dots."""
    assert isinstance(node, ast.ImportFrom)
    return "." * node.level + (node.module or "")


def setting_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """`openai.api_key = …` and its relatives."""
    for use in module.stores:
        node = use.node
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if len(targets) != 1 or not isinstance(targets[0], ast.Attribute) or targets[0].attr not in SETTINGS:
            continue
        left = targets[0]
        found = reader.resolver.eval(module, use.scope, use.block, left.value)
        if not any(isinstance(f.value, Sdk) and f.value.path == "openai" for f in found):
            continue
        given: tuple[Argument, ...] = (argument(reader, module, use.scope, use.block, left.attr, node.value),)
        yield Site(
            SiteKind.SETTING,
            module.path,
            module.span(node),
            reader.places.node(module, node),
            f"openai.{left.attr}",
            module.span(node.value),
            mask(module.code(node)),
            certainty=Certainty.PROVED if len(found) == 1 else Certainty.LIKELY,
            evidence=reader.places.chain(found[0].steps),
            arguments=given,
            dotted=True,
        )


def environment_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Reads, writes and tests of OPENAI_* and AZURE_OPENAI_* variables."""
    for use, node, name in variable_uses(reader, module):
        yield Site(
            SiteKind.ENVIRONMENT,
            module.path,
            module.span(node),
            reader.places.node(module, node),
            str(name.value),
            module.span(name),
            mask(module.code(node)),
            arguments=tuple(given_values(reader, module, use, node)),
            variable=str(name.value),
        )


def given_values(reader: Reader, module: Module, use: Use, node: ast.expr) -> Iterator[Argument]:
    """What is written into the variable (`value`, with its statement), or taken when it is not set (`default`)."""
    if isinstance(node, ast.Call):
        defaults = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "default")]
        for default in defaults:
            yield argument(reader, module, use.scope, use.block, "default", default)
    for store in module.stores:
        statement = store.node
        if isinstance(statement, ast.Assign) and node in statement.targets:
            value = statement.value
            alone = statement if len(statement.targets) == 1 else None
            yield argument(reader, module, store.scope, store.block, "value", value, statement=alone)


def variable_uses(reader: Reader, module: Module) -> Iterator[tuple[Use, ast.expr, ast.Constant]]:
    """(use, whole expression, the name's own literal) of every environment access by literal name."""
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        name = variable_name(call.args[0]) if call.args else None
        if name is not None and reads_environment(reader, module, use, call):
            yield use, call, name
    for use in module.references:
        link = use.node
        while isinstance(link, (ast.Attribute, ast.Subscript)):
            name = variable_name(link.slice) if isinstance(link, ast.Subscript) else None
            if name is not None and is_mapping(reader, module, use, link.value):
                yield use, link, name
            link = link.value
    for use in module.compares:
        node = use.node
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            name = variable_name(node.left)
            if name is not None and is_mapping(reader, module, use, node.comparators[0]):
                yield use, node, name


def variable_name(node: ast.expr) -> ast.Constant | None:
    """The literal, when it names an OpenAI variable."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and VARIABLE.fullmatch(node.value):
        return node
    return None


def reads_environment(reader: Reader, module: Module, use: Use, call: ast.Call) -> bool:
    """Whether a call reads or writes the environment."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in TEST_READERS:
        return True
    found = reader.resolver.eval(module, use.scope, use.block, call.func)
    return any(isinstance(f.value, External) and f.value.path in READERS for f in found)


def is_mapping(reader: Reader, module: Module, use: Use, node: ast.expr) -> bool:
    """Whether an expression is the environment or a secrets mapping."""
    found = reader.resolver.eval(module, use.scope, use.block, node)
    return any(isinstance(f.value, External) and f.value.path in MAPPINGS for f in found)


def reference_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Exceptions and other names of the SDK that are neither constructed nor called."""
    roots = sdk_names(module)
    called = {u.node.func for u in module.calls if isinstance(u.node, ast.Call)} if roots else set()
    for use in module.references:
        node = use.node
        if root_name(node) not in roots or isinstance(node, ast.Subscript):
            continue
        if isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        reader.resolver.fresh_budget()
        found = [
            f for f in reader.resolver.eval(module, use.scope, use.block, node) if isinstance(f.value, Sdk)
        ]
        if not found or not isinstance(found[0].value, Sdk):
            continue
        path = found[0].value.path
        if path == "openai" or target(found[0]) is not None or (node in called and constructor(path)):
            continue
        yield Site(
            SiteKind.EXCEPTION if is_exception(path) else SiteKind.TYPE,
            module.path,
            module.span(node),
            reader.places.node(module, node),
            path,
            module.span(node),
            module.code(node),
            evidence=reader.places.chain(found[0].steps),
            dotted=isinstance(node, ast.Attribute),
        )


def sdk_names(module: Module) -> set[str]:
    """Names that some import of the file binds to the SDK."""
    names: set[str] = set()
    for scope in module.scopes.values():
        names |= {n for n in scope.bindings if binds_sdk(scope, n)}
    return names


def binds_sdk(scope: Scope, name: str) -> bool:
    """Whether one of the bindings of `name` imports from the SDK."""
    prefixes = ("openai", *DROP_INS)
    return any(
        b.module is not None and any(b.module == p or b.module.startswith(f"{p}.") for p in prefixes)
        for b in scope.bindings[name]
    )
