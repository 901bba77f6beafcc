"""STR08: streaming and tools in one request.

Integrations switched streaming off for requests with tools at some providers, or met irregular parts of tool calls. It
is not documented, so this is only a note: try it, and ask without a stream where it fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "STR08",
    "tools-in-stream",
    "streaming and tools in one request",
    10,
    Safety.ADVICE,
    leaves="requests whose tools or stream are only known at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A note for a streamed request with tools, where others had trouble with it."""
    known = target.behaviour("streams.tools_in_stream")
    stream = site.argument("stream")
    if not is_chat(site) or known is None or not known.holds or site.argument("tools") is None:
        return
    if stream is not None and stream.literal is True:
        words = f"streaming and tools together are not reliable at {target.provider.name}: {known.note}"
        yield note(RULE, site, target, words, source=known.fact.source)


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(
        _HEAD + "client.chat.completions.create(model=m, messages=[], tools=t, stream=True)\n",
        "not reliable",
        "stepfun",
    ),
    Example.silent(_HEAD + "client.chat.completions.create(model=m, messages=[], tools=t)\n", "stepfun"),
    Example.silent(
        _HEAD + "client.chat.completions.create(model=m, messages=[], tools=t, stream=True)\n", "ernie"
    ),
)
