"""FMT05: subsets of JSON schema.

Tencent wants `additionalProperties: false` on every object of a schema, as OpenAI does in strict mode. The edit adds
it where a schema is written out in the source. Kimi and Doubao take subsets that they do not list.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Options, Rule, Safety, SetItem, Shape, ShapeKind, Site
from migrate_cli.rules.formats.response_format import wanted
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FMT05",
    "closed-objects",
    "JSON schema outside the provider's subset",
    10,
    Safety.REVIEW,
    leaves="schemas made at run time, and subsets that no page lists",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a written schema with objects that are not closed."""
    known = target.behaviour("formats.closed_objects")
    argument = site.argument("response_format")
    if not is_chat(site) or known is None or not known.holds or argument is None or argument.shape is None:
        return
    if wanted(site) != "json_schema":
        return
    open_objects = [s for s in parts(argument.shape) if is_open(s)]
    if open_objects:
        words = f"{target.provider.name} wants additionalProperties: false on every object of a schema"
        edits = [SetItem(s.path, s.span, "additionalProperties", "False") for s in open_objects]
        yield review(RULE, site, target, words, *edits, source=known.fact.source)


def parts(shape: Shape) -> Iterator[Shape]:
    """A structure and all that is in it."""
    yield shape
    for part in (*shape.items, *(e.shape for e in shape.entries)):
        yield from parts(part)


def is_open(shape: Shape) -> bool:
    """Whether a dictionary describes an object and does not say what else it may hold."""
    written = (
        shape.kind is ShapeKind.DICT and shape.complete and shape.code.startswith("{") and not shape.added
    )
    properties = shape.get("properties")
    return (
        written
        and shape.text("type") == "object"
        and properties is not None
        and properties.kind is ShapeKind.DICT
        and shape.get("additionalProperties") is None
    )


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model=m, messages=q, "
_HEAD = 'response_format={"type": "json_schema", "json_schema": {"name": "t", "schema": {"type": "object", '
_TAIL = '"properties": {"a": {"type": "string"}}'
EXAMPLES = (
    Example(
        _CALL + _HEAD + _TAIL + "}}})\n",
        _CALL + _HEAD + _TAIL + ', "additionalProperties": False}}})\n',
        "hunyuan",
        options=Options(review=True),
    ),
    Example.silent(_CALL + _HEAD + _TAIL + ', "additionalProperties": False}}})\n', "hunyuan"),
    Example.silent(_CALL + _HEAD + _TAIL + "}}})\n", "qwen"),
    Example.silent(_CALL + "response_format=FORMAT)\n", "hunyuan"),
)
