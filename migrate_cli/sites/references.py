"""References to the SDK's exceptions and types, and reads of the module's settings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrate_cli.index.module import Binding, Block, Module, Scope
from migrate_cli.index.project import Project
from migrate_cli.index.sdk import DROP_INS, SETTINGS, constructor, is_exception
from migrate_cli.index.syntax import all_parameters, dotted, root_name, terminal
from migrate_cli.index.values import Found, Sdk
from migrate_cli.model import Certainty, Site, SiteKind, Span
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.calls import target
from migrate_cli.sites.imports import IMPORTING
from migrate_cli.sites.kept import called_functions, within
from migrate_cli.sites.literals import literals

CLASS_PATH = re.compile(r"openai(\.\w+)*\.[A-Z]\w+")
QUOTED_PATH = re.compile(rb"[\"']openai\.[\w.]*[A-Z]\w+[\"']")
ABOUT = {"__version__", "version", "VERSION", "__name__", "__file__", "__path__", "__doc__", "__spec__"}
PACKAGES = ("openai", *DROP_INS)
AMBIGUOUS = {"openai.Timeout"}  # an exception of openai<1, a type of httpx later
UNIONS = {"Union", "Optional", "Type", "type"}
MAX_HOPS = 6


def reference_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Exceptions and other names of the SDK that are neither constructed nor called, in code and in annotations."""
    roots = sdk_names(reader.resolver.project, module)
    called = called_functions(module) if roots else set()
    made = part_of_constructors(module) if roots else []
    caught: list[Span] | None = None
    for node, scope, block in mentioned(reader, module, roots):
        reader.resolver.fresh_budget()
        found = [f for f in reader.resolver.eval(module, scope, block, node) if isinstance(f.value, Sdk)]
        path = found[0].value.path if found and isinstance(found[0].value, Sdk) else "openai"
        if path == "openai" or target(found[0]) is not None or path.split(".")[1] in ABOUT:
            continue
        if constructor(path) and (node in called or within(module.span(node), made)):
            continue
        if path.endswith(".__init__") and node in called:
            continue
        if path in AMBIGUOUS and caught is None:
            caught = [module.span(n) for n in caught_types(module)]
        if path in AMBIGUOUS and within(module.span(node), caught or ()):
            path = f"openai.error.{path.rsplit('.', 1)[-1]}"
        yield reference(reader, module, node, class_of(path), found[0])
    yield from path_sites(reader, module)


def reference(reader: Reader, module: Module, node: ast.expr, path: str, found: Found) -> Site:
    """The site of one reference to the SDK's `path`."""
    setting = is_setting(path)
    kind = SiteKind.SETTING if setting else SiteKind.EXCEPTION if is_exception(path) else SiteKind.TYPE
    return Site(
        kind,
        module.path,
        module.span(node),
        reader.places.node(module, node),
        path,
        module.span(node),
        module.code(node),
        certainty=found.certainty,
        evidence=reader.places.chain(found.steps),
        dotted=isinstance(node, ast.Attribute),
        read=setting,
    )


def is_setting(path: str) -> bool:
    """Whether a path is a setting of the module: `openai.api_key`."""
    return path.startswith("openai.") and path[len("openai.") :] in SETTINGS


def class_of(path: str) -> str:
    """The class, or the setting, in a path without what is read from it: `openai.APIError.__name__`."""
    parts = path.split(".")
    if is_setting(".".join(parts[:2])):
        return ".".join(parts[:2])
    first = next((i for i, part in enumerate(parts) if part[:1].isupper() and i > 0), len(parts) - 1)
    return ".".join(parts[: first + 1])


def mentioned(reader: Reader, module: Module, roots: set[str]) -> Iterator[tuple[ast.expr, Scope, Block]]:
    """Names and attribute chains that begin with one of `roots`, outermost first, quoted annotations included."""
    if not roots:
        return
    for use in module.references:
        node = use.node
        while isinstance(node, ast.Subscript):
            node = node.value
        if not isinstance(node, (ast.Name, ast.Attribute)) or not isinstance(node.ctx, ast.Load):
            continue
        if root_name(node) in roots:
            yield node, use.scope, use.block
    for quoted in annotation_nodes(module):
        for literal in quotes(quoted):
            parsed = reader.resolver.parsed(literal, str(literal.value))
            scope, block = module.where.get(literal, (module.scope, ()))
            for part in outermost(parsed) if parsed is not None else ():
                if root_name(part) in roots:
                    yield part, scope, block


def quotes(node: ast.expr) -> Iterator[ast.Constant]:
    """The quoted types inside an annotation; the texts of `Literal[…]` are none."""
    stack: list[ast.AST] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, ast.Constant) and isinstance(current.value, str):
            yield current
        elif not (isinstance(current, ast.Subscript) and dotted(current.value).endswith("Literal")):
            stack += ast.iter_child_nodes(current)


def annotation_nodes(module: Module) -> Iterator[ast.expr]:
    """Every annotation of the file, and other places that hold types: `cast`, `TypeVar`, `Union[…]`, aliases."""
    for node in module.scopes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from (a.annotation for a in all_parameters(node.args) if a.annotation is not None)
            if node.returns is not None:
                yield node.returns
    for use in module.stores:
        if isinstance(use.node, ast.AnnAssign):
            yield use.node.annotation
        if isinstance(use.node, ast.AnnAssign) and dotted(use.node.annotation).endswith("TypeAlias"):
            yield from [use.node.value] if use.node.value is not None else ()
    for use in module.calls_of(("cast", "TypeVar", "NewType")):
        if isinstance(use.node, ast.Call):
            yield from (*use.node.args, *(k.value for k in use.node.keywords))
    for use in module.references:
        if isinstance(use.node, ast.Subscript) and dotted(use.node.value).split(".")[-1] in UNIONS:
            yield use.node.slice


def outermost(node: ast.expr) -> Iterator[ast.expr]:
    """Names and attribute chains of an expression that are no part of a longer chain."""
    stack: list[ast.AST] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, (ast.Name, ast.Attribute)):
            yield current
        else:
            stack += ast.iter_child_nodes(current)


def caught_types(module: Module) -> Iterator[ast.expr]:
    """Expressions that name exceptions: of `except`, of `isinstance`, of retry predicates."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            yield node.type
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
            yield from node.args[1:]
        elif isinstance(node, ast.Tuple) and any("Error" in ast.unparse(e) for e in node.elts):
            yield node


def part_of_constructors(module: Module) -> list[Span]:
    """Spans in which a client class belongs to its constructor call: `(A if x else B)()`, `partial(A, …)`."""
    calls = [u.node for u in module.calls if isinstance(u.node, ast.Call)]
    chosen = [c.func for c in calls if isinstance(c.func, (ast.IfExp, ast.BoolOp))]
    partials = [u.node for u in module.calls_of(module.aliases("partial")) if isinstance(u.node, ast.Call)]
    handed = [call.args[0] for call in partials if call.args]
    return [module.span(node) for node in (*chosen, *handed)]


def path_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Classes of the SDK that are named by their path in a string: `"openai.OpenAI"`."""
    if QUOTED_PATH.search(module.data) is None:
        return
    if reader.resolver.project.shadows(module.path, "openai"):
        return  # the project's own package of that name
    for literal in literals(module, CLASS_PATH.fullmatch):
        path = str(literal.node.value)
        if constructor(path) or is_exception(path):
            yield reference(reader, module, literal.node, path, Found(Sdk(path), (), Certainty.LIKELY))


def sdk_names(project: Project, module: Module) -> set[str]:
    """Names that the file has from the SDK: by imports, through other files of the project, and by plain aliases."""
    names = {
        name
        for scope in module.scopes.values()
        for name, bindings in scope.bindings.items()
        if any(brings_sdk(project, module, b, MAX_HOPS) for b in bindings)
    }
    aliases = {
        name
        for scope in module.scopes.values() if names
        for name, bindings in scope.bindings.items()
        if any(is_alias(name, b.value) and root_name(b.value) in names for b in bindings if b.value is not None)
    }  # fmt: skip
    return names | aliases


def is_alias(name: str, value: ast.expr) -> bool:
    """`APIError = openai.error.APIError`: a class under another name."""
    last = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
    return name[:1].isupper() and last[:1].isupper()


def brings_sdk(project: Project, module: Module, binding: Binding, hops: int) -> bool:
    """Whether a binding gives a name of the SDK, by an import of it or through a file of the project."""
    if binding.module is None:
        return imports_sdk(binding.value)
    if binds_sdk(binding.module, binding.name):
        return True
    path = project.find(module.path, binding.module) if binding.name is not None and hops else None
    target = (
        project.module(path) if path is not None and path in project.seeds and path != module.path else None
    )
    return target is not None and hands_on(project, target, str(binding.name), hops - 1)


def hands_on(project: Project, module: Module, name: str, hops: int) -> bool:
    """Whether `name`, imported from a file of the project, is one of the SDK."""
    bindings = module.scope.bindings.get(name, ())
    if any(brings_sdk(project, module, b, hops) for b in bindings):
        return True
    for source, _ in module.star_imports if not bindings and hops else ():
        path = project.find(module.path, source)
        target = (
            project.module(path)
            if path is not None and path in project.seeds and path != module.path
            else None
        )
        if target is not None and hands_on(project, target, name, hops - 1):
            return True
    return False


def binds_sdk(source: str, name: str | None) -> bool:
    """Whether an import of `name` from `source` is one from the SDK."""
    full = f"{source}.{name}" if name is not None else source
    return any(path == p or path.startswith(f"{p}.") for path in (source, full) for p in PACKAGES)


def imports_sdk(node: ast.expr | None) -> bool:
    """`importlib.import_module("openai")`, `pytest.importorskip("openai")`."""
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return False
    name = terminal(node)
    return name in IMPORTING and isinstance(node.args[0].value, str) and binds_sdk(node.args[0].value, None)
