"""Resolves an expression to the set of values it can have, each with its evidence chain.

On demand, without running anything, and without flow analysis beyond this: inside one scope a binding that
surely happens later hides the earlier ones. Limits keep a bad file from costing more than its share.
"""

from __future__ import annotations

import ast

from migrate_cli.index import attributes, parameters
from migrate_cli.index.module import Binding, Block, Module, Scope
from migrate_cli.index.project import Project
from migrate_cli.index.sdk import CONTAINERS, COPIES, DROP_INS, RESOURCES, TRANSPARENT, WRAPPERS, constructor
from migrate_cli.index.values import (
    Class,
    Client,
    Constant,
    Display,
    Environment,
    External,
    Found,
    Function,
    Instance,
    Package,
    Resource,
    Sdk,
    Unknown,
    step,
    union,
    unknown,
)

MAX_DEPTH = 40
BUDGET = 40_000

_GETTERS = {"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop", "decouple.config"}
_FIELDS = {"field", "Field", "PrivateAttr"}
_SEE_THROUGH = {
    "property", "cached_property", "functools.cached_property", "lru_cache", "functools.lru_cache", "cache",
    "functools.cache", "contextmanager", "contextlib.contextmanager", "asynccontextmanager",
    "contextlib.asynccontextmanager", "staticmethod", "classmethod", "abstractmethod", "abc.abstractmethod",
    "pytest.fixture", "streamlit.cache_resource", "functools.wraps", "override", "typing.override", "overload",
}  # fmt: skip


class Resolver:
    """Evaluates expressions of a project; results are remembered for its lifetime."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.spent = 0
        self._memo: dict[int, tuple[Found, ...]] = {}
        self._open: set[int] = set()
        self._depth = 0
        self._hold: list[object] = []  # keeps synthetic nodes alive: memo keys are their ids

    def fresh_budget(self) -> None:
        """Start counting again, for the next site."""
        self.spent = 0

    def eval(self, module: Module, scope: Scope, block: Block, node: ast.AST) -> tuple[Found, ...]:
        """What `node`, standing in `scope` and `block`, can be."""
        key = id(node)
        if key in self._memo:
            return self._memo[key]
        self.spent += 1
        if key in self._open:
            return ()
        if self._depth > MAX_DEPTH or self.spent > BUDGET:
            return unknown("too deep to follow")
        self._open.add(key)
        self._depth += 1
        try:
            found = self._eval(module, scope, block, node)
        finally:
            self._depth -= 1
            self._open.discard(key)
        self._memo[key] = found
        return found

    def _eval(self, module: Module, scope: Scope, block: Block, node: ast.AST) -> tuple[Found, ...]:
        if isinstance(node, ast.Constant):
            return (Found(Constant(node.value, module, node)),)
        if isinstance(node, ast.Name):
            return self.name(module, scope, block, node)
        if isinstance(node, ast.Attribute):
            return self.attribute(module, scope, block, node)
        if isinstance(node, ast.Call):
            return self.call(module, scope, block, node)
        if isinstance(node, ast.Subscript):
            return self.subscript(module, scope, block, node)
        if isinstance(node, (ast.Await, ast.NamedExpr, ast.Starred)):
            return self.eval(module, scope, block, node.value)
        if isinstance(node, ast.IfExp):
            return union(*(self.eval(module, scope, block, n) for n in (node.body, node.orelse)))
        if isinstance(node, ast.BoolOp):
            return union(*(self.eval(module, scope, block, n) for n in node.values))
        if isinstance(node, (ast.Dict, ast.Tuple, ast.List)):
            return (Found(Display(module, node, scope, block)),)
        if isinstance(node, ast.Lambda):
            return (Found(Function(module, module.scopes[node])),)
        if isinstance(node, ast.JoinedStr):
            return unknown("an f-string")
        return unknown("computed at run time")

    # --- names ---

    def name(self, module: Module, scope: Scope, block: Block, node: ast.Name) -> tuple[Found, ...]:
        """A name, looked up through the enclosing scopes."""
        current: Scope | None = scope
        while current is not None:
            if node.id in current.bindings and not (current.kind == "class" and current is not scope):
                bindings = current.bindings[node.id]
                if current is scope:
                    bindings = reaching(module, bindings, node, block)
                return union(*(self.binding(module, current, b, node.id) for b in bindings))
            current = current.parent
        starred = self.starred(module, node.id)
        return starred or (Found(External(f"builtins.{node.id}")),)

    def starred(self, module: Module, name: str) -> tuple[Found, ...]:
        """A name that may come from `from x import *`."""
        for source, _ in module.star_imports:
            if source == "openai":
                if constructor(f"openai.{name}"):
                    return (Found(Sdk(f"openai.{name}")),)
                continue
            path = self.project.find(module.path, source)
            target = self.project.module(path) if path else None
            if target is not None and target is not module:
                found = self.export(target, name)
                if found:
                    return found
        return ()

    def binding(self, module: Module, scope: Scope, binding: Binding, name: str) -> tuple[Found, ...]:
        """What one binding of `name` gives."""
        node = binding.node
        if binding.kind in ("import", "from"):
            found = self.imported(module, binding)
            words = f"`{name}` is imported from {binding.module}"
            return tuple(f.via(step(module, node, words)) for f in found)
        if binding.kind == "function":
            return (Found(Function(module, module.scopes[node])),)
        if binding.kind == "class":
            return (Found(Class(module, module.scopes[node])),)
        if binding.kind == "param":
            assert isinstance(node, ast.arg)
            return parameters.parameter(self, module, scope, node)
        if binding.value is None:
            return unknown(f"`{name}` is bound in a way that is not followed")
        found = self.eval(module, scope, binding.block, binding.value)
        if binding.kind == "element":
            found = union(*(self.elements(f) for f in found))
        if binding.item is not None:
            found = union(*(self.item(f, binding.item) for f in found))
        return tuple(f.via(step(module, node, f"`{name}` is assigned")) for f in found)

    def imported(self, module: Module, binding: Binding) -> tuple[Found, ...]:
        """A module or something in it."""
        source = binding.module or ""
        dotted = source
        if binding.kind == "from":
            dotted = f"{source}{'' if source.endswith('.') else '.'}{binding.name}"
        path = self.project.find(module.path, source)
        if path is not None:
            target = self.project.module(path)
            if target is None:
                return unknown(f"{path} could not be read")
            if binding.kind == "import":
                return (Found(Package(target)),)
            found = self.export(target, binding.name or "") if target is not module else ()
            if found:
                return found
        submodule = self.project.find(module.path, dotted)
        if submodule is not None and submodule != module.path:
            target = self.project.module(submodule)
            return (Found(Package(target)),) if target else unknown(f"{submodule} could not be read")
        if source.startswith("."):
            return unknown(f"{source} is not among the files")
        return (Found(outside(dotted)),)

    def export(self, module: Module, name: str) -> tuple[Found, ...]:
        """What `name` is for those who import it from `module`; empty when the module does not bind it."""
        bindings = module.scope.bindings.get(name)
        if bindings:
            return union(*(self.binding(module, module.scope, b, name) for b in bindings))
        return self.starred(module, name)

    # --- expressions ---

    def attribute(self, module: Module, scope: Scope, block: Block, node: ast.Attribute) -> tuple[Found, ...]:
        """`value.attr`."""
        if is_super(node.value):
            owner = attributes.enclosing(scope)
            if owner is not None:
                return attributes.inherited(self, Class(module, owner), node.attr)
        values = self.eval(module, scope, block, node.value)
        return union(*(self.member(module, f, node.attr, node) for f in values))

    def member(self, module: Module, found: Found, attr: str, node: ast.AST) -> tuple[Found, ...]:
        """Attribute `attr` of one value."""
        value = found.value
        if isinstance(value, Sdk):
            return (found.becomes(Sdk(f"{value.path}.{attr}")),)
        if isinstance(value, Client):
            if attr in COPIES:
                return (found.becomes(External(f"client.{attr}")), found)
            if attr in RESOURCES or attr in TRANSPARENT:
                return (found.becomes(Resource(value, (attr,))),)
            return unknown(f"`{attr}` of a client")
        if isinstance(value, Resource):
            return (found.becomes(Resource(value.client, (*value.chain, attr))),)
        if isinstance(value, External):
            return (found.becomes(External(f"{value.path}.{attr}", value.made)),)
        if isinstance(value, Package):
            return self.package_member(found, value, attr)
        if isinstance(value, (Class, Instance)):
            cls = value if isinstance(value, Class) else value.cls
            members = attributes.lookup(self, cls, attr, instance=isinstance(value, Instance))
            words = f"`{attr}` of class {cls.scope.name}"
            return tuple(m.via(step(module, node, words), *found.steps) for m in members)
        if isinstance(value, Constant) and attr == "value":
            return (found,)
        if isinstance(value, Unknown):
            return (found,)
        return unknown(f"`{attr}` is not followed")

    def package_member(self, found: Found, value: Package, attr: str) -> tuple[Found, ...]:
        """A name exported by a project module, or one of its submodules."""
        exported = self.export(value.module, attr)
        if exported:
            return exported
        path = value.module.path
        if path.endswith("__init__.py"):
            submodule = self.project.find(path, f".{attr}")
            target = self.project.module(submodule) if submodule else None
            if target is not None:
                return (found.becomes(Package(target)),)
        return unknown(f"`{attr}` is not found in {path}")

    def call(self, module: Module, scope: Scope, block: Block, node: ast.Call) -> tuple[Found, ...]:
        """The result of a call."""
        if isinstance(node.func, ast.Attribute) and node.func.attr in COPIES:
            receiver = self.eval(module, scope, block, node.func.value)
            clients = tuple(f for f in receiver if isinstance(f.value, Client))
            if clients:
                return clients
        functions = self.eval(module, scope, block, node.func)
        return union(*(self.result(module, scope, block, node, f) for f in functions))

    def result(
        self, module: Module, scope: Scope, block: Block, node: ast.Call, function: Found
    ) -> tuple[Found, ...]:
        """What calling one value gives."""
        value = function.value
        if isinstance(value, Sdk):
            cls = constructor(value.path)
            if cls is None:
                return (Found(External(value.path, made=True)),)
            site = (module.path, module.start(node), f"openai.{cls}")
            words = f"{cls}(…) is constructed"
            return (function.becomes(Client(cls, site)).via(step(module, node, words)),)
        if isinstance(value, Class):
            return self.construct(module, node, value)
        if isinstance(value, Function):
            found = self.returned(value)
            words = f"{value.scope.name}() is called"
            return tuple(f.via(step(module, node, words)) for f in found)
        if isinstance(value, External):
            return self.external_call(module, scope, block, node, value)
        if isinstance(value, Resource):
            return (Found(External("openai.response", made=True)),)
        if isinstance(value, Unknown):
            return (function,)
        return unknown("the result of a call that is not followed")

    def construct(self, module: Module, node: ast.Call, cls: Class) -> tuple[Found, ...]:
        """An instance of a project class; a client when the class derives from the SDK's."""
        base = attributes.sdk_base(self, cls)
        if base is not None:
            words = f"{cls.scope.name} is a subclass of {base}"
            return (Found(Client(base, None), (step(module, node, words),)),)
        return (Found(Instance(cls), (step(module, node, f"{cls.scope.name}(…) is constructed"),)),)

    def returned(self, function: Function) -> tuple[Found, ...]:
        """Union of a function's returns and yields."""
        scope, module = function.scope, function.module
        parts = [*scope.returns, *scope.yields]
        inside = [self.eval(module, scope, self._last_block(module, part), part) for part in parts]
        found = union(*inside)
        node = scope.node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return found
        if node.returns is not None and all(isinstance(f.value, Unknown) for f in found):
            annotated = self.annotation(module, scope.parent or module.scope, node.returns)
            found = annotated or found
        likely = any(self.decorator(module, scope, d) for d in node.decorator_list)
        return tuple(f.via(likely=likely) for f in found) or unknown(f"{scope.name}() returns nothing")

    def decorator(self, module: Module, scope: Scope, node: ast.expr) -> bool:
        """Whether a decorator may change what the function returns."""
        target = node.func if isinstance(node, ast.Call) else node
        name = ast.unparse(target)
        return name not in _SEE_THROUGH and name.rsplit(".", 1)[-1] not in {
            "setter", "getter", "retry", "get", "post", "command", "cache_resource", "cached_property", "fixture",
        }  # fmt: skip

    @staticmethod
    def _last_block(module: Module, node: ast.AST) -> Block:
        return module.where[node][1] if node in module.where else ()

    def external_call(
        self, module: Module, scope: Scope, block: Block, node: ast.Call, value: External
    ) -> tuple[Found, ...]:
        """Calls into other packages: environment reads, wrappers, `dict(…)`; anything else is that package's object."""
        if value.path in _GETTERS and node.args:
            return self.environment(module, scope, block, node, value.path)
        index = WRAPPERS.get(value.path)
        if index is not None and len(node.args) > index:
            found = self.eval(module, scope, block, node.args[index])
            return tuple(f.via(step(module, node, f"wrapped by {value.path}")) for f in found)
        if value.path == "builtins.dict":
            return (Found(Display(module, node, scope, block)),)
        if value.path in ("builtins.str", "typing.cast") and len(node.args) == 1:
            return self.eval(module, scope, block, node.args[0])
        if value.path.rsplit(".", 1)[-1] in _FIELDS:
            return self.field(module, scope, block, node)
        if value.path.endswith(".Depends") and node.args:
            functions = self.eval(module, scope, block, node.args[0])
            return union(*(self.result(module, scope, block, node, f) for f in functions))
        return (Found(External(value.path, made=True), (step(module, node, f"{value.path}() is called"),)),)

    def field(self, module: Module, scope: Scope, block: Block, node: ast.Call) -> tuple[Found, ...]:
        """The default of `field(…)` of a dataclass or `Field(…)` of pydantic."""
        given = {k.arg: k.value for k in node.keywords}
        if "default_factory" in given:
            functions = self.eval(module, scope, block, given["default_factory"])
            return union(*(self.result(module, scope, block, node, f) for f in functions))
        default = given.get("default", node.args[0] if node.args else None)
        return (
            self.eval(module, scope, block, default)
            if default is not None
            else unknown("a field without default")
        )

    def environment(
        self, module: Module, scope: Scope, block: Block, node: ast.Call, read: str
    ) -> tuple[Found, ...]:
        """`os.getenv(name, default)` and its relatives."""
        default = node.args[1] if len(node.args) > 1 else None
        for keyword in node.keywords:
            if keyword.arg == "default":
                default = keyword.value
        return union(
            *(
                self.variable(module, scope, block, node, read, f, default)
                for f in self.eval(module, scope, block, node.args[0])
            )
        )

    def variable(
        self,
        module: Module,
        scope: Scope,
        block: Block,
        node: ast.expr,
        read: str,
        name: Found,
        default: ast.expr | None,
    ) -> tuple[Found, ...]:
        """One environment variable, when its name is known."""
        if not (isinstance(name.value, Constant) and isinstance(name.value.value, str)):
            return unknown("an environment variable whose name is computed")
        known, default_node = None, None
        if default is not None:
            for f in self.eval(module, scope, block, default):
                if isinstance(f.value, Constant):
                    known, default_node = f.value.value, f.value.node
        variable = name.value.value
        value = Environment(variable, read, module, node, known, default_node)
        return (Found(value, (step(module, node, f"read from the environment variable {variable}"),)),)

    def subscript(self, module: Module, scope: Scope, block: Block, node: ast.Subscript) -> tuple[Found, ...]:
        """`value[key]`."""
        results = []
        for found in self.eval(module, scope, block, node.value):
            value = found.value
            if isinstance(value, External) and value.path == "os.environ":
                keys = self.eval(module, scope, block, node.slice)
                results += [self.variable(module, scope, block, node, "os.environ[]", k, None) for k in keys]
            elif isinstance(value, Display):
                key = node.slice.value if isinstance(node.slice, ast.Constant) else None
                results.append(self.element(found, key))
            elif isinstance(value, External):
                results.append((found.becomes(External(f"{value.path}[]", value.made)),))
            else:
                results.append(unknown("an element of something that is not followed"))
        return union(*results)

    def element(self, found: Found, key: object) -> tuple[Found, ...]:
        """Element `key` of a display; with an unknown key any of them, and then only likely."""
        display = found.value
        assert isinstance(display, Display)
        if isinstance(display.node, (ast.Tuple, ast.List)) and isinstance(key, int):
            return self.item(found, key)
        values = entries(display.node)
        if key is not None and key in values:
            inner = self.eval(display.module, display.scope, display.block, values[key])
            return tuple(f.via(step(display.module, values[key], f"entry {key!r}")) for f in inner)
        if key is not None and values:
            return unknown(f"no entry {key!r} in the display")
        return tuple(f.via(likely=True) for f in self.elements(found))

    def elements(self, found: Found) -> tuple[Found, ...]:
        """Any element of a list, tuple or dict display."""
        value = found.value
        if not isinstance(value, Display):
            return unknown("an element of something that is not followed")
        node = value.node
        parts = list(entries(node).values()) if not isinstance(node, (ast.Tuple, ast.List)) else node.elts
        return union(
            *(
                tuple(f.via(likely=True) for f in self.eval(value.module, value.scope, value.block, part))
                for part in parts
            )
        )

    def item(self, found: Found, index: int) -> tuple[Found, ...]:
        """Element `index` of an unpacked tuple."""
        value = found.value
        if isinstance(value, Display) and isinstance(value.node, (ast.Tuple, ast.List)):
            if -len(value.node.elts) <= index < len(value.node.elts):
                part = value.node.elts[index]
                return self.eval(value.module, value.scope, value.block, part)
            return unknown("an index outside the display")
        if isinstance(value, External):
            return (found,)
        return unknown("part of something that is not followed")

    # --- annotations ---

    def annotation(self, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
        """What an annotation promises: clients and instances of project classes; empty when it says neither."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                parsed = ast.parse(node.value, mode="eval").body
            except SyntaxError:
                return ()
            for part in ast.walk(parsed):
                ast.copy_location(part, node)
            self._hold.append(parsed)
            return self.annotation(module, scope, parsed)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return union(
                self.annotation(module, scope, node.left), self.annotation(module, scope, node.right)
            )
        if isinstance(node, ast.Subscript):
            name = ast.unparse(node.value).rsplit(".", 1)[-1]
            if name not in CONTAINERS:
                return ()
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            if name == "Annotated":
                return union(
                    self.annotation(module, scope, parts[0]),
                    *(self.depends(module, scope, p) for p in parts[1:]),
                )
            return union(*(self.annotation(module, scope, p) for p in parts))
        if not isinstance(node, (ast.Name, ast.Attribute)):
            return ()
        return union(*(self.promised(module, node, f) for f in self.eval(module, scope, (), node)))

    def depends(self, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
        """`Annotated[T, Depends(f)]`: what `f` returns."""
        if not isinstance(node, ast.Call):
            return ()
        return tuple(
            f for f in self.eval(module, scope, (), node) if not isinstance(f.value, (Unknown, External))
        )

    def promised(self, module: Module, node: ast.expr, found: Found) -> tuple[Found, ...]:
        """What one annotated class promises."""
        value = found.value
        if isinstance(value, Sdk):
            cls = constructor(value.path)
            if cls is not None:
                return (found.becomes(Client(cls, None)).via(step(module, node, f"annotated as {cls}")),)
            return ()
        if isinstance(value, Class):
            base = attributes.sdk_base(self, value)
            kind = Client(base, None) if base else Instance(value)
            words = f"annotated as {value.scope.name}"
            return (found.becomes(kind).via(step(module, node, words)),)
        if isinstance(value, External) and not value.path.startswith(("builtins.", "typing.")):
            return (found.becomes(External(value.path, made=True)),)
        return ()


def reaching(module: Module, bindings: list[Binding], node: ast.AST, block: Block) -> list[Binding]:
    """Bindings that can reach a use in the same scope: none after it, and none hidden by a sure one before it."""
    position = module.start(node)
    before = [b for b in bindings if b.start < position and not _holds(module, b, position)]
    if not before:
        return [b for b in bindings if not _holds(module, b, position)] or bindings
    sure = [i for i, b in enumerate(before) if block[: len(b.block)] == b.block]
    return before[sure[-1] :] if sure else before


def _holds(module: Module, binding: Binding, position: int) -> bool:
    """Whether the use stands inside the value that this binding assigns (`x = f(x)`)."""
    if binding.value is None or binding.kind == "element":
        return False
    span = module.span(binding.value)
    return span.start <= position < span.end


def outside(dotted: str) -> Sdk | External:
    """A dotted name that is not in the project."""
    if dotted == "openai" or dotted.startswith("openai."):
        return Sdk(dotted)
    for module, target in DROP_INS.items():
        if dotted == module or dotted.startswith(f"{module}."):
            return Sdk(target + dotted[len(module) :])
    return External(dotted)


def entries(node: ast.expr) -> dict[object, ast.expr]:
    """Literal keys of a dict display or a `dict(…)` call, with their value expressions."""
    if isinstance(node, ast.Dict):
        return {
            key.value: value
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant)
        }
    if isinstance(node, ast.Call):
        return {k.arg: k.value for k in node.keywords if k.arg is not None}
    return {}


def is_super(node: ast.expr) -> bool:
    """`super()` or `super(C, self)`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
