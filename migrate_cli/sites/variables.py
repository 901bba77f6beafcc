"""Environment variables of OpenAI's: reads, writes and tests, and every other place that names one."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import partial

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module, Use
from migrate_cli.index.syntax import gone_through, taken_in
from migrate_cli.index.values import Display, Environment, External, Found, Function
from migrate_cli.model import Argument, Certainty, Site, SiteKind, Span
from migrate_cli.sites.arguments import Reader, argument
from migrate_cli.sites.kept import within
from migrate_cli.sites.literals import Literal, literals

VARIABLE = re.compile(r"(AZURE_)?OPENAI_[A-Z0-9_]+")
QUOTED = re.compile(rb"[\"'](?:AZURE_)?OPENAI_[A-Z0-9_]+[\"']")
# Where the environment is not in sight, the name has to say that it is one: enumerations have members such as
# OPENAI_CHAT too.
TELLING = re.compile(
    r"(AZURE_)?OPENAI_(\w+_)?(KEY|KEYS|BASE|URL|URI|ENDPOINT|VERSION|TYPE|ORG|ORGANIZATION|PROJECT|ID|MODEL|MODELS|NAME"
    r"|DEPLOYMENT|DEPLOYMENTS|TOKEN|HOST|REGION|RESOURCE|PROXY|SECRET|PATH|TIMEOUT|LOG|TEMPERATURE|TOKENS|ENGINE)"
)
READERS = {
    "os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop", "os.unsetenv", "os.putenv",
    "decouple.config", "streamlit.secrets.get", "google.colab.userdata.get",
}  # fmt: skip
WRITERS = {"os.environ.update"}
TEST_READERS = {"setenv", "delenv"}
MAPPINGS = {"os.environ", "streamlit.secrets"}
ENVIRONS = ("environ", "environb")


def environment_sites(reader: Reader, module: Module, known: Collection[Span] = ()) -> Iterator[Site]:
    """Accesses to OpenAI's variables, and other literals that name one; `known` are spans of sites that do."""
    if QUOTED.search(module.data) is None:
        return
    spans = list(known)
    for use, node, name in variable_uses(reader, module):
        spans.append(module.span(node))
        given = tuple(given_values(reader, module, use, node))
        yield site(reader, module, node, name, Certainty.PROVED, given)
    for literal in literals(module, TELLING.fullmatch):
        node = whole(literal)
        if within(module.span(literal.node), spans) or ruled_out(reader, module, literal):
            continue
        yield site(reader, module, node, literal.node, certainty(reader, module, literal), ())


def site(
    reader: Reader,
    module: Module,
    node: ast.expr,
    name: ast.Constant,
    certainty: Certainty,
    given: tuple[Argument, ...],
) -> Site:
    """The site of one variable, named by the literal `name` inside `node`."""
    return Site(
        SiteKind.ENVIRONMENT,
        module.path,
        module.span(node),
        reader.places.node(module, node),
        str(name.value),
        module.span(name),
        mask(module.code(node)),
        certainty=certainty,
        arguments=given,
        variable=str(name.value),
    )


def whole(literal: Literal) -> ast.expr:
    """The call whose first argument the literal is, else the literal."""
    parent = literal.parent
    if isinstance(parent, ast.Call) and parent.args[:1] == [literal.node]:
        return parent
    return literal.node


def certainty(reader: Reader, module: Module, literal: Literal) -> Certainty:
    """Proved where the environment itself is written or read by way of the literal, likely elsewhere."""
    parent = literal.parent
    calls = [a for a in literal.around[:2] if isinstance(a, ast.Call)]
    if isinstance(parent, ast.Dict) and calls and writes_environment(reader, module, literal, calls[0]):
        return Certainty.PROVED
    if whole(literal) is parent:
        found = reader.resolver.eval(module, literal.scope, literal.block, parent)
        variables = {f.value.variable for f in found if isinstance(f.value, Environment)}
        return Certainty.PROVED if literal.node.value in variables else Certainty.LIKELY
    return Certainty.LIKELY


def writes_environment(reader: Reader, module: Module, literal: Literal, call: ast.Call) -> bool:
    """`os.environ.update({…})`, `patch.dict(os.environ, {…})`."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Attribute) and first.attr in ENVIRONS:
        return True
    if isinstance(first, ast.Constant) and first.value == "os.environ":
        return True
    found = reader.resolver.eval(module, literal.scope, literal.block, call.func)
    return any(isinstance(f.value, External) and f.value.path in WRITERS for f in found)


def ruled_out(reader: Reader, module: Module, literal: Literal) -> bool:
    """Whether a literal is only a key of the program's own dictionary, or goes to a function that does nothing."""
    parent = literal.parent
    if any(isinstance(a, ast.Assign) and exports(a) for a in literal.around):
        return True
    own = partial(is_own_dictionary, reader)
    if isinstance(parent, ast.Subscript):
        return only(reader, module, literal, parent.value, own)
    if not isinstance(parent, ast.Call) or parent.args[:1] != [literal.node]:
        return False
    if isinstance(parent.func, ast.Attribute) and parent.func.attr in ("get", "pop", "setdefault"):
        return only(reader, module, literal, parent.func.value, own)
    return only(reader, module, literal, parent.func, does_nothing)


def only(reader: Reader, module: Module, literal: Literal, node: ast.expr, test: object) -> bool:
    """Whether all that an expression can be passes `test`."""
    reader.resolver.fresh_budget()
    found = reader.resolver.eval(module, literal.scope, literal.block, node)
    return bool(found) and all(test(f) for f in found)  # type: ignore[operator]


def is_own_dictionary(reader: Reader, found: Found) -> bool:
    """Whether a value is a dictionary that is written out in the program, and no copy of the environment."""
    value = found.value
    if not isinstance(value, Display):
        return False
    return not any(
        isinstance(f.value, External) and f.value.path in MAPPINGS
        for source in copied(value.node)
        for f in reader.resolver.eval(value.module, value.scope, value.block, source)
    )


def copied(node: ast.expr) -> list[ast.expr]:
    """What a dictionary is made from: `dict(x)`, `dict(**x)`, `{**x}`, `{k: v for k, v in x.items()}`."""
    if not isinstance(node, ast.DictComp):
        return taken_in(node)
    source = gone_through(node)
    return [] if source is None else [source]


def does_nothing(found: Found) -> bool:
    """Whether a value is a function without a body."""
    body = getattr(found.value.scope.node, "body", None) if isinstance(found.value, Function) else None
    empty = (ast.Pass, ast.Expr)
    return isinstance(body, list) and all(
        isinstance(s, empty) and not isinstance(getattr(s, "value", None), ast.Call) for s in body
    )


def exports(node: ast.Assign) -> bool:
    """`__all__ = […]`."""
    return any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)


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
