"""MSG05: the `name` of a message.

GLM's API does not know the field, so who speaks is lost. With --review the name goes into the text, where both are
written out; the name of a `function` or `tool` message says nothing that the call does not, and is left.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Options, ReplaceExpression, Rule, Safety, Shape, Site
from migrate_cli.rules.conversation import at, entry, messages, role, without, written
from migrate_cli.rules.splice import is_text, quoted_lines
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG05",
    "message-names",
    "messages with the name of who speaks",
    5,
    Safety.REVIEW,
    leaves="names that frameworks put there (autogen: `include_name_in_message=False`)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each message with a name that the provider does not know."""
    known = target.behaviour("messages.nameless")
    if known is None or not known.holds:
        return
    for message in messages(site):
        name = entry(message, "name")
        if name is None or role(message) not in ("user", "assistant", "system"):
            continue
        words = f"`name` of a message is no field on {target.provider.name}: who speaks is lost"
        content = message.get("content")
        text = spoken(name.shape, content) if content is not None else None
        changes = (
            (ReplaceExpression(message.path, written(content)[1], text), without(message, "name"))
            if content is not None and text is not None
            else ()
        )
        advice = None if changes else "take the name out, and say it in the text"
        yield at(
            review(RULE, site, target, words, *changes, advice=advice, source=known.fact.source), message
        )


def spoken(name: Shape, content: Shape) -> str | None:
    """The text with the name before it, None where it is not written out."""
    code = written(content)[0]
    if not isinstance(name.value, str) or not is_text(content) or "…" in code or content.added:
        return None
    if isinstance(content.value, str) and content.name is None:
        return quoted_lines(f"{name.value}: {content.value}")
    return f"{quoted_lines(f'{name.value}: ')} + {code}"


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
NAMED = (
    HEAD
    + 'client.chat.completions.create(model=m, messages=[{"role": "user", "name": "alice", "content": "Hi."}])\n'
)
EXAMPLES = (
    Example.told(NAMED, "who speaks", "glm"),
    Example(
        NAMED,
        NAMED.replace('"name": "alice", "content": "Hi."', '"content": "alice: Hi."'),
        "glm",
        options=Options(review=True),
    ),
    Example.silent(NAMED, "qwen"),
    Example.silent(
        HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "tool", "name": "f", '
        '"tool_call_id": i, "content": r}])\n',
        "glm",
    ),
)
