"""FMT01: structured output by JSON schema, by hand or through `.parse(…)`.

Where a provider refuses `json_schema`, the call needs another way to get JSON: `json_object` with the schema in the
prompt, and a check of the answer. That is left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual, models_of, note
from migrate_cli.targets.endpoint import Target

RULE = Rule("FMT01", "response-format", "structured output by JSON schema", 30)

KINDS = ("json_schema", "json_object")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding when the wanted format is not plainly supported."""
    if site.kind is not SiteKind.CALL or site.endpoint != "chat.completions":
        return
    kind = wanted(site)
    if kind is None:
        return
    model = (models_of(site, target) or (None,))[0]
    entry = target.parameter(f"response_format_{kind}", model)
    if entry is None or entry.support is Support.SUPPORTED:
        return
    remark = f": {entry.note}" if entry.note else ""
    provider, source = target.provider.name, entry.fact.source
    if entry.support is Support.REJECTED:
        yield manual(
            RULE,
            site,
            target,
            f"{kind} output is refused by {provider}{remark}",
            compatibility=Compatibility.UNSUPPORTED,
            advice='ask for {"type": "json_object"}, put the schema into the prompt and check the answer',
            source=source,
        )
    else:
        yield note(
            RULE, site, target, f"{kind} output on {provider}: {entry.support.value}{remark}", source=source
        )


def wanted(site: Site) -> str | None:
    """The structured format that a call asks for."""
    if site.symbol.endswith((".parse", ".completions.stream")) and site.argument("response_format"):
        return "json_schema"
    argument = site.argument("response_format")
    return next((k for k in KINDS if argument is not None and k in argument.code), None)


EXAMPLES = (
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[], response_format={"type": "json_schema"})\n',
        "deepseek",
    ),
    Example.untouched('render(response_format={"type": "json_schema"})\n'),
)
