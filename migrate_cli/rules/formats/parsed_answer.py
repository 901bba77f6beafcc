"""FMT02: `.parse(response_format=Model)` asks for a strict JSON schema and gives an object.

Where the provider refuses that schema, the call becomes `.create` with `json_object` and the schema in the prompt, and
each `.parsed` becomes `Model.model_validate_json(….content)`: the same object, or pydantic's error. Call and reads are
one edit, made after a look where every read is in sight. Where nothing is known of the schema, a remark says that a
chatty answer raises ValidationError after the paid call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import (
    AddImport,
    Argument,
    Certainty,
    Compatibility,
    Finding,
    Operation,
    Options,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    Span,
    Use,
    Way,
)
from migrate_cli.rules.formats.instruction import instructed
from migrate_cli.rules.formats.response_format import is_refused, takes_objects, worst
from migrate_cli.rules.support import Example, Situation, manual, note, put, review
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FMT02",
    "parsed-answer",
    "answers parsed into pydantic models",
    30,
    Safety.REVIEW,
    leaves="streams, tools beside the format, answers that leave the function",
)

_CLASS = re.compile(r"(?:\w+\.)*[A-Z]\w*")
_PARSED = ("choices", None, "message", "parsed")
LEAVING = (Way.RETURN, Way.YIELD, Way.STORE, Way.ARGUMENT, Way.BUILD)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call that parses its answer where the provider does not take the schema."""
    argument = site.argument("response_format")
    if not is_chat(site) or argument is None or not site.symbol.endswith((".parse", ".completions.stream")):
        return
    entry = worst(site, target, "json_schema")
    if entry is None or entry.support is Support.SUPPORTED:
        return
    provider, source = target.provider.name, entry.fact.source
    model = argument.code if argument.code.replace(".", "").isidentifier() else "MODEL"
    if not is_refused(entry):
        words = f"{provider} is not known to keep to a JSON schema: {model} may fail to parse ({entry.support.value})"
        yield note(RULE, site, target, words, source=source)
        return
    words = f"`.parse` asks for a JSON schema, which {provider} does not take"
    edits = unparsed(site, target, argument)
    if edits:
        advice = f"ask for json_object with the schema in the prompt, and validate with {model}"
        yield review(RULE, site, target, words, *edits, advice=advice, source=source)
    else:
        advice = (
            'call `.create` with response_format={"type": "json_object"}, put '
            f"{model}.model_json_schema() into the prompt and read {model}.model_validate_json(….content)"
        )
        yield manual(
            RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=advice, source=source
        )


def unparsed(site: Site, target: Target, argument: Argument) -> list[Operation]:
    """The whole group of edits, [] where it would not be complete."""
    ready = (
        site.symbol.endswith(".parse")
        and _CLASS.fullmatch(argument.code) is not None
        and site.argument("tools") is None
        and not site.unfollowed
        and takes_objects(site, target)
        and all(in_sight(site, u) for u in site.uses)
    )
    reads = validated(site, argument.code) if ready else []
    schema = f"json.dumps({argument.code}.model_json_schema())"
    prompt = instructed(site, f'"Answer with a JSON object that follows this JSON schema: " + {schema}')
    function = created(site)
    if not reads or not prompt or function is None:
        return []
    return [
        function,
        put(site, "response_format", '{"type": "json_object"}'),
        *prompt,
        *reads,
        AddImport(site.path, "import json"),
    ]


def created(site: Site) -> Operation | None:
    """`client.beta.chat.completions.parse` as `client.chat.completions.create`."""
    text = site.code.encode()[: site.anchor.end - site.anchor.start].decode(errors="replace")
    if not text.endswith(".chat.completions.parse") or "(" in text or "\n" in text:
        return None
    head = text.removesuffix(".chat.completions.parse").removesuffix(".beta")
    return ReplaceExpression(site.path, site.anchor, f"{head}.chat.completions.create")


def in_sight(site: Site, use: Use) -> bool:
    """Whether a use is certain, and neither hands the whole answer on nor asks for what only `.parse` gives."""
    if use.certainty is not Certainty.PROVED or use.path != site.path:
        return False
    whole = len(use.route) < len(_PARSED) and "parsed" not in use.route
    return not (whole and use.way in LEAVING and use.route[-1:] != ("usage",) and not use.followed)


def validated(site: Site, model: str) -> list[Operation]:
    """Every `.parsed` as a validation of the text; [] where there is none, or one cannot be written."""
    edits: dict[Span, Operation] = {}
    for use in site.uses:
        at = next((i for i, h in enumerate(use.hops) if h.key == "parsed"), None)
        if at is None:
            continue
        prefix_end = use.hops[at - 1].end if at else use.span.start + len(use.base.encode())
        prefix = use.code.encode()[: prefix_end - use.span.start].decode(errors="replace")
        if not use.code.startswith(use.base) or "…" in prefix or "\n" in prefix:
            return []
        asked = use.way is Way.TEST and at == len(use.hops) - 1
        code = f"{prefix}.content" if asked else f"{model}.model_validate_json({prefix}.content)"
        span = Span(use.span.start, use.hops[at].end)
        edits.setdefault(span, ReplaceExpression(use.path, span, code))
    return list(edits.values())


_TOP = (
    "from openai import OpenAI\nfrom pydantic import BaseModel\n\nclient = OpenAI()\n\n\n"
    "class Town(BaseModel):\n    name: str\n\n\n"
)
_OLD = (
    'r = client.beta.chat.completions.parse(model="gpt-4o", messages=[{"role": "user", "content": "Where?"}], '
    "response_format=Town)\n"
)
EXAMPLES = (
    Example(
        _TOP + _OLD + "town = r.choices[0].message.parsed\nprint(town.name)\n",
        "import json\n\n"
        + _TOP
        + 'r = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", '
        '"content": "Where?" + "\\n\\n" + "Answer with a JSON object that follows this JSON schema: " + '
        'json.dumps(Town.model_json_schema())}], response_format={"type": "json_object"})\n'
        "town = Town.model_validate_json(r.choices[0].message.content)\nprint(town.name)\n",
        "deepseek",
        options=Options(review=True),
    ),
    Example.told(
        _TOP + _OLD + "keep(r)\n", "asks for a JSON schema, which DeepSeek does not take", "deepseek"
    ),
    Example.told(_TOP + _OLD, "Town may fail to parse", "baichuan"),
    Example.silent(_TOP + _OLD + "print(r.choices[0].message.parsed)\n", "hunyuan"),
    Example.silent(_TOP + _OLD.replace("beta.chat.completions.parse", "chat.completions.create"), "deepseek"),
    Example.silent("arguments = parser.parse(response_format=Town)\n", "deepseek"),
)
