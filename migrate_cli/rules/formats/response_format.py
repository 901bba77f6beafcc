"""FMT01: structured output by JSON schema.

Where a provider refuses `json_schema` (DeepSeek, Kimi K2.6) or knows `json_object` only (GLM), the schema goes into
the prompt, the call asks for `json_object`, and the answer is checked for the names that the schema requires before
it is used: all three or nothing, after a look at it. Where the schema or the way of the answer is only known at run
time, that is left to a person. `.parse(…)` is FMT02.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from migrate_cli.catalogue.types import Action, Parameter, Support
from migrate_cli.model import (
    AddImport,
    Argument,
    Compatibility,
    Finding,
    InsertStatement,
    Operation,
    Options,
    Rule,
    Safety,
    Shape,
    ShapeKind,
    Site,
    Use,
    Way,
)
from migrate_cli.rules.body import plain
from migrate_cli.rules.formats.instruction import instructed
from migrate_cli.rules.support import Example, Situation, manual, models_of, note, put, review
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FMT01",
    "response-format",
    "structured output by JSON schema",
    30,
    Safety.REVIEW,
    leaves="schemas made at run time, streams, and answers that other functions read",
)

KINDS = ("json_schema", "json_object")
ADVICE = 'ask for {"type": "json_object"}, put the schema into the prompt and check the answer'


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding when the wanted format is not plainly supported."""
    kind = wanted(site) if is_chat(site) else None
    entry = worst(site, target, kind) if kind else None
    if entry is None or entry.support is Support.SUPPORTED:
        return
    remark = f": {entry.note}" if entry.note else ""
    provider, source = target.provider.name, entry.fact.source
    if not is_refused(entry):
        words = f"{kind} output on {provider}: {entry.support.value}{remark}"
        yield note(RULE, site, target, words, source=source)
        return
    taken = "refused" if entry.support is Support.REJECTED else "not documented"
    words = f"{kind} output is {taken} by {provider}{remark}"
    edits = downgraded(site, target) if kind == "json_schema" else []
    if edits:
        yield review(RULE, site, target, words, *edits, advice=ADVICE, source=source)
    else:
        yield manual(
            RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=ADVICE, source=source
        )


def wanted(site: Site) -> str | None:
    """The structured format that a call asks for; a class that is handed to `.parse` is another rule's."""
    if site.symbol.endswith((".parse", ".completions.stream")):
        return None
    return next((kind for a in site.named("response_format") if (kind := kind_of(a)) is not None), None)


def kind_of(argument: Argument) -> str | None:
    """The structured format that one value asks for."""
    kind = argument.shape.text("type") if argument.shape is not None else None
    return kind if kind in KINDS else next((k for k in KINDS if k in argument.code), None)


def worst(site: Site, target: Target, kind: str) -> Parameter | None:
    """What is known of a format, for the least able of the call's models."""
    found = [target.parameter(f"response_format_{kind}", m) for m in models_of(site, target) or (None,)]
    return max((e for e in found if e is not None), key=is_refused, default=None)


def is_refused(entry: Parameter) -> bool:
    """Whether a format is known not to be taken: refused, or not among the formats that are documented."""
    return entry.support is Support.REJECTED or (
        entry.support is Support.RESTRICTED and entry.action is Action.MANUAL
    )


def takes_objects(site: Site, target: Target) -> bool:
    """Whether the provider takes `json_object` instead."""
    entry = worst(site, target, "json_object")
    return entry is not None and entry.support in (Support.SUPPORTED, Support.RESTRICTED)


def downgraded(site: Site, target: Target) -> list[Operation]:
    """Format, prompt and check as one group of edits, [] where one of them cannot be made."""
    given = site.named("response_format")
    outer = given[0].shape.get("json_schema") if len(given) == 1 and given[0].shape is not None else None
    shape = outer.get("schema") if outer is not None else None
    if shape is None or not is_literal(shape) or not takes_objects(site, target):
        return []
    schema = plain(shape)
    checks = checked(site, schema)
    text = (
        f"Answer with a JSON object that follows this JSON schema: {json.dumps(schema, ensure_ascii=False)}"
    )
    prompt = instructed(site, repr(text))
    if not checks or not prompt:
        return []
    form = put(site, "response_format", '{"type": "json_object"}')
    return [form, *prompt, *checks, AddImport(site.path, "import json")]


def is_literal(shape: Shape) -> bool:
    """Whether all of a structure is written in the source."""
    if shape.kind is ShapeKind.OPEN or not shape.complete:
        return False
    return all(is_literal(part) for part in (*shape.items, *(e.shape for e in shape.entries)))


def checked(site: Site, schema: Any) -> list[Operation]:
    """A check before every statement that reads the answer as JSON; [] where the answer is read in other ways."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    names = schema.get("required") or list(properties or ()) if isinstance(schema, dict) else []
    reads = [u for u in site.uses if u.route[-1:] == ("content",) and u.way is not Way.ALIAS]
    if not names or not reads or not all(is_loaded(site, u) for u in reads):
        return []
    listed = ", ".join(json.dumps(n, ensure_ascii=False) for n in names)
    return [
        InsertStatement(
            use.path,
            use.statement,
            f"if not {{{listed}}} <= json.loads({use.code}).keys():\n"
            '    raise ValueError("the answer does not follow the JSON schema")',
            after=False,
        )
        for use in {u.statement: u for u in reads}.values()
        if use.statement is not None
    ]


def is_loaded(site: Site, use: Use) -> bool:
    """Whether the answer's text is parsed as JSON, in a statement that a check can stand before."""
    simple = (
        use.statement is not None and "(" not in use.code and "\n" not in use.code and "…" not in use.code
    )
    return simple and use.way is Way.ARGUMENT and use.detail == "json.loads" and use.path == site.path


_TOP = "import json\n\nfrom openai import OpenAI\n\nclient = OpenAI()\n"
_SCHEMA = (
    '{"type": "json_schema", "json_schema": {"name": "town", "schema": '
    '{"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}}}'
)
_TEXT = (
    "'Answer with a JSON object that follows this JSON schema: "
    '{"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}\''
)
_READ = "town = json.loads(r.choices[0].message.content)\n"
EXAMPLES = (
    Example(
        _TOP + 'r = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": q}, '
        f'{{"role": "user", "content": f"Where is {{q}}?"}}], response_format={_SCHEMA})\n' + _READ,
        _TOP + 'r = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": q}, '
        f'{{"role": "user", "content": f"Where is {{q}}?" + "\\n\\n" + {_TEXT}}}], '
        'response_format={"type": "json_object"})\n'
        'if not {"name"} <= json.loads(r.choices[0].message.content).keys():\n'
        '    raise ValueError("the answer does not follow the JSON schema")\n' + _READ,
        "deepseek",
        options=Options(review=True),
    ),
    Example.told(
        _TOP + f"client.chat.completions.create(model=m, messages=asked, response_format={_SCHEMA})\n",
        "json_schema output is refused by DeepSeek",
        "deepseek",
    ),
    Example.told(
        _TOP
        + 'client.chat.completions.create(model=m, messages=[], response_format={"type": "json_schema"})\n',
        "json_schema output on SenseTime SenseNova: unknown",
        "sensenova",
    ),
    Example.silent(
        _TOP + f"client.chat.completions.create(model=m, messages=asked, response_format={_SCHEMA})\n",
        "hunyuan",
    ),
    Example.silent(
        _TOP
        + 'client.chat.completions.create(model=m, messages=[], response_format={"type": "json_object"})\n',
        "deepseek",
    ),
    Example.silent('render(response_format={"type": "json_schema"})\n', "deepseek"),
)
