"""END01: a call of the Responses API.

Not every provider has `/responses`, and where it exists its fields are fewer. A simple call (text or plain messages in,
`instructions`, a cap, and nothing read but `output_text`) asks for the same as a chat, which every provider has: call
and reads become one together, or not at all. Anything more is told with what there is instead. Where the path exists,
fields that are refused there are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Level, Rule, Safety, Site
from migrate_cli.rules.endpoints.as_chat import chat_edits
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation, drop, edit
from migrate_cli.rules.thinking.thinking_default import check as thinking
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END01",
    "responses-call",
    "call of the Responses API",
    30,
    Safety.SAFE,
    leaves="streams, tools, structured output, and input whose kind is only known at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding where the Responses API is missing, and for fields that it refuses."""
    if not asks_for(site, ("responses", "conversations")):
        return
    missing = absent(RULE, site, target)
    if missing is None:
        yield from refused(site, target)
        return
    found = chat_edits(site, target)
    switch = list(thinking(found[0], target, situation)) if found is not None else []
    if found is None or any(f.level in (Level.MANUAL, Level.REVIEW) for f in switch):
        yield missing
        return
    more = [e for f in switch for e in f.edits]
    words = f"{missing.message}; the call becomes a chat, which asks for the same"
    yield edit(
        RULE,
        site,
        target,
        words,
        *found[1],
        *more,
        compatibility=Compatibility.DIFFERS,
        source=missing.source,
    )


def refused(site: Site, target: Target) -> Iterator[Finding]:
    """Fields that are dropped because the provider's Responses API refuses them."""
    known = target.behaviour("services.responses_refuses")
    for name in known.data if known is not None and known.holds else ():
        for argument in site.named(name):
            words = f"`{name}` dropped: refused by the Responses API of {target.provider.name}"
            yield edit(
                RULE,
                site,
                target,
                words,
                drop(site, argument),
                compatibility=Compatibility.DIFFERS,
                source=known.fact.source if known is not None else None,
            )


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example(
        CLIENT
        + 'r = client.responses.create(model=m, instructions="Be brief.", input="hi")\nprint(r.output_text)\n',
        CLIENT
        + 'r = client.chat.completions.create(model=m, messages=[{"role": "system", "content": "Be brief."}, '
        '{"role": "user", "content": "hi"}])\nprint(r.choices[0].message.content)\n',
        "baichuan",
    ),
    Example(
        CLIENT + 'client.responses.create(model=m, input="hi", metadata={"a": "b"})\n',
        CLIENT + 'client.responses.create(model=m, input="hi")\n',
        "doubao",
    ),
    Example.told(
        CLIENT + "r = client.responses.create(model=m, input=question)\nprint(r.output_text)\n",
        "nothing is known about responses",
        "spark",
    ),
    Example.told(
        CLIENT + 'r = client.responses.create(model=m, input="hi")\nprint(r.output[0].content)\n',
        "nothing is known about responses",
        "spark",
    ),
    Example.told(
        CLIENT + 'r = client.responses.create(model=m, input="hi")\nkeep(r)\n', "nothing is known", "spark"
    ),
    Example.silent(
        CLIENT + 'r = client.responses.create(model=m, input="hi")\nprint(r.output_text)\n', "qwen"
    ),
    Example.silent('r = web.responses.create(model=m, input="hi")\nprint(r.output_text)\n', "spark"),
)
