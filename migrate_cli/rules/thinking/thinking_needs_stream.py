"""THK05: some open-weight models think by default, and refuse a call that is no stream while they do.

The request then says that thinking is off. Only models for which that refusal is reported are touched.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.body import into_body, python
from migrate_cli.rules.support import Example, Situation, edit, manual, models_of
from migrate_cli.rules.thinking_support import is_chat, named
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "THK05",
    "thinking-needs-stream",
    "thinking model that answers only as a stream",
    5,
    Safety.SAFE,
    leaves="calls where `stream` or the model is only known at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """The edit that switches thinking off in a call that is no stream."""
    known = target.behaviour("thinking.stream_only")
    if (
        known is None
        or not is_chat(site)
        or not known.concerns((*models_of(site, target), *chosen(site, target)))
    ):
        return
    stream = site.argument("stream")
    if (
        site.unfollowed
        or site.symbol.endswith(".stream")
        or (stream is not None and stream.literal is not False)
    ):
        return
    words = (
        f"thinking switched off: {', '.join(known.models)} refuses calls that are no stream while it thinks"
    )
    change = into_body(site, known.data)
    if change is None:
        advice = f"merge {python(known.data)} into extra_body"
        yield manual(RULE, site, target, words, advice=advice, source=known.fact.source)
    elif change:
        yield edit(RULE, site, target, words, *change, source=known.fact.source)


def chosen(site: Site, target: Target) -> tuple[str, ...]:
    """The models that the user named with `--model`, also those that the catalogue does not list."""
    choices = (target.choose(name) for name in named(site))
    return (*named(site), *(c.to for c in choices if c is not None and c.to is not None))


_CLIENT = (
    "from openai import OpenAI\n\n"
    'client = OpenAI(base_url="https://dashscope.aliyuncs.com/compatible-mode/v1")\n'
)
EXAMPLES = (
    Example(
        _CLIENT + 'client.chat.completions.create(model="qwen3-32b", messages=[])\n',
        _CLIENT + 'client.chat.completions.create(model="qwen3-32b", messages=[], '
        'extra_body={"enable_thinking": False})\n',
        "qwen",
    ),
    Example.untouched(
        _CLIENT + 'client.chat.completions.create(model="qwen3-32b", messages=[], stream=True)\n', "qwen"
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="qwen3-32b", messages=[], '
        'extra_body={"enable_thinking": True})\n',
        "qwen",
    ),
    Example.silent(_CLIENT + 'client.chat.completions.create(model="qwen-plus", messages=[])\n', "qwen"),
)
