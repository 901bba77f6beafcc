"""TOL05: JSON Schema in the parameters of a tool that a provider does not take.

Doubao fails on a list of types, Kimi refuses `$schema`, a `type` beside `anyOf` and lists as `items`, GLM gives back
objects behind `$ref` as text. What can be written in a way that all of them take is changed; the rest is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.behaviours import Behaviour
from migrate_cli.model import (
    Compatibility,
    Finding,
    Operation,
    ReplaceExpression,
    Rule,
    Safety,
    Shape,
    ShapeKind,
    Site,
)
from migrate_cli.rules.conversation import at, entry, without, written
from migrate_cli.rules.support import Example, Situation, edit, manual, quoted
from migrate_cli.rules.tools.strict_functions import functions
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL05",
    "tool-schemas",
    "JSON Schema that a provider does not take in a tool",
    15,
    Safety.SAFE,
    leaves="schemas that pydantic or a framework makes at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each part of a schema that the provider does not take."""
    known = target.behaviour("tools.schema")
    if known is None or not known.holds:
        return
    for function in functions(site):
        parameters = function.get("parameters")
        for schema in schemas(parameters) if parameters is not None else ():
            yield from judge(site, target, known, schema)


def schemas(shape: Shape) -> Iterator[Shape]:
    """A schema and all schemas in it."""
    if shape.kind is ShapeKind.DICT:
        yield shape
    for part in (*shape.items, *(e.shape for e in shape.entries)):
        yield from schemas(part)


def judge(site: Site, target: Target, known: Behaviour, schema: Shape) -> Iterator[Finding]:
    """What one schema holds that is not taken."""
    name, source = target.provider.name, known.fact.source
    for words, change in repairs(schema, known.data):
        said = f"{words}: {name} does not take it in the schema of a tool"
        kind = Compatibility.DIFFERS
        if change is not None:
            yield at(edit(RULE, site, target, said, change, compatibility=kind, source=source), schema)
        else:
            advice = "write the schema out without it"
            yield at(
                manual(RULE, site, target, said, compatibility=kind, advice=advice, source=source), schema
            )


def repairs(schema: Shape, refused: list[str]) -> Iterator[tuple[str, Operation | None]]:
    """What is refused in a schema, and the edit where there is one."""
    kind, items = schema.get("type"), schema.get("items")
    if "list of types" in refused and kind is not None and kind.kind is ShapeKind.LIST:
        types = [i.value for i in kind.items if i.value != "null"]
        single = len(types) == 1 and isinstance(types[0], str) and kind.complete
        place = written(kind)[1]
        yield (
            "a list of types",
            ReplaceExpression(schema.path, place, quoted(str(types[0]))) if single else None,
        )
    if "$schema" in refused and entry(schema, "$schema") is not None:
        yield "`$schema`", without(schema, "$schema")
    if (
        "type beside anyOf" in refused
        and schema.get("anyOf") is not None
        and entry(schema, "type") is not None
    ):
        yield "a type beside anyOf", without(schema, "type")
    if "tuple items" in refused and items is not None and items.kind is ShapeKind.LIST:
        yield "a list as `items`", None
    if "$ref" in refused and schema.text("$ref") is not None:
        yield "`$ref`", None


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
TOOL = (
    'TOOLS = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": '
    '{"city": {"type": ["string", "null"]}}}}}]\nclient.chat.completions.create(model=m, messages=q, tools=TOOLS)\n'
)
EXAMPLES = (
    Example(HEAD + TOOL, HEAD + TOOL.replace('["string", "null"]', '"string"'), "doubao"),
    Example(
        HEAD
        + TOOL.replace(
            '{"type": "object"', '{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"'
        ),
        HEAD + TOOL,
        "kimi",
    ),
    Example.told(
        HEAD + TOOL.replace('{"type": ["string", "null"]}', '{"$ref": "#/$defs/City"}'), "`$ref`", "glm"
    ),
    Example.silent(HEAD + TOOL, "qwen"),
    Example.silent(HEAD + TOOL.replace('["string", "null"]', '"string"'), "doubao"),
    Example.silent(HEAD + 'SCHEMA = {"type": ["string", "null"]}\n', "doubao"),
)
