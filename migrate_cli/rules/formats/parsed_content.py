"""FMT04: the content is parsed as JSON.

Where the provider does not promise JSON, because it does not take `response_format` or the request has none, the answer
can come in a fence of back-ticks or with words around it, and parsing fails. Said of a request that asks for JSON in a
form which this provider refuses, ignores or is not known to take.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Argument, Finding, Rule, Safety, Site, Use, Way
from migrate_cli.rules.reading import at, first_of_each, is_chat, of_message
from migrate_cli.rules.support import Example, Situation, models_of, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FMT04",
    "parsed-content",
    "an answer that is parsed as JSON",
    15,
    Safety.ADVICE,
    leaves="requests that ask for JSON in the prompt alone, which OpenAI does not promise either",
)
PARSERS = ("loads", "model_validate_json", "parse_raw", "literal_eval", "validate_json", "from_json")
KINDS = ("json_schema", "json_object")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for the first place that parses an answer whose form is no longer promised."""
    if not is_chat(site):
        return
    kind = next((k for a in site.named("response_format") if (k := asked(a)) is not None), None)
    model = next(iter(models_of(site, target)), None)
    known = target.parameter(f"response_format_{kind}", model) if kind else None
    if known is None or known.support in (Support.SUPPORTED, Support.RESTRICTED):
        return
    for use in first_of_each(u for u in of_message(site, "content") if parses(u))[:1]:
        words = f"{target.provider.name} does not promise {kind}: the answer may have a fence or words around its JSON"
        advice = f"cut `{use.code}` down to its JSON, from the first brace to the last, before it is parsed"
        yield at(review(RULE, site, target, words, advice=advice, source=known.fact.source), use)


def asked(argument: Argument) -> str | None:
    """The form of JSON that a request asks for."""
    kind = argument.shape.text("type") if argument.shape is not None else None
    return kind if kind in KINDS else next((k for k in KINDS if k in argument.code), None)


def parses(use: Use) -> bool:
    """Whether a use is parsing."""
    return use.way is Way.ARGUMENT and (use.detail or "").rsplit(".", 1)[-1] in PARSERS


_HEAD = (
    "import json\nfrom openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(\n"
    '    model="gpt-4o", messages=[], response_format={"type": "json_object"}\n)\n'
)
EXAMPLES = (
    Example.told(_HEAD + "data = json.loads(r.choices[0].message.content)\n", "does not promise", "spark"),
    Example.silent(_HEAD + "data = json.loads(r.choices[0].message.content)\n", "deepseek"),
    Example.silent(_HEAD + "print(r.choices[0].message.content)\n", "spark"),
    Example.silent("data = json.loads(r.choices[0].message.content)\n", "spark"),
)
