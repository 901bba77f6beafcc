"""STR06: `client.chat.completions.stream(…)` puts an answer together, and trusts how its parts are written.

The helper of the SDK fails on a tool call without an index, and wants json_schema for a typed answer. Where the
provider is known to write its parts otherwise, `create(stream=True)` with a loop of one's own is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, models_of, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "STR06",
    "stream-helper",
    "the stream helper of the SDK",
    30,
    Safety.ADVICE,
    leaves="the helper of the Responses API, which END01 answers",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding where the helper meets parts that it cannot put together."""
    if site.kind is not SiteKind.CALL or not site.symbol.endswith("chat.completions.stream"):
        return
    deltas = target.behaviour("streams.tool_call_deltas")
    if site.argument("tools") is not None and deltas is not None and deltas.holds:
        words = f"the stream helper fails on tool calls as {target.provider.name} sends them ({parts(deltas.data)})"
        advice = "use create(stream=True) and put the tool calls together with an index that may be missing"
        yield review(RULE, site, target, words, advice=advice, source=deltas.fact.source)
    model = next(iter(models_of(site, target)), None)
    schema = target.parameter("response_format_json_schema", model)
    if (
        site.argument("response_format") is not None
        and schema is not None
        and schema.support is Support.REJECTED
    ):
        words = f"the stream helper sends a json_schema, which {target.provider.name} refuses"
        yield review(RULE, site, target, words, advice="ask for json_object and validate the text yourself")


def parts(data: list[str]) -> str:
    """What is different, in words."""
    names = {"index": "index missing or -1", "id": "no id", "object": "an object in place of a list"}
    return ", ".join(names[item] for item in data)


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(
        _HEAD + "with client.chat.completions.stream(model=m, messages=[], tools=t) as s:\n    show(s)\n",
        "index missing or -1",
        "kimi",
    ),
    Example.silent(
        _HEAD + "with client.chat.completions.stream(model=m, messages=[], tools=t) as s:\n    show(s)\n",
        "ernie",
    ),
    Example.silent(
        _HEAD + "with client.chat.completions.stream(model=m, messages=[]) as s:\n    show(s)\n", "kimi"
    ),
)
