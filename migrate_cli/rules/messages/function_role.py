"""MSG08: messages with the role `function`, which came before tools.

DeepSeek, Doubao and Spark refuse the role, the others do not document it. The message becomes one of role `tool`
together with the rest of the old form (TOL01); in a file that sends no functions, its line is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action, Support
from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.support import Example, Situation, manual, models_of
from migrate_cli.rules.tools.old_form import group
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG08",
    "function-role",
    "messages with the role function",
    10,
    leaves="roles that are put together at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each message with that role in a file that sends no functions: there TOL01 speaks."""
    model = (models_of(site, target) or (None,))[0]
    entry = target.parameter("role_function", model)
    found = [r for r in site.roles if r.value == "function"]
    if entry is None or entry.action is not Action.MANUAL or not found or group(site, target, situation):
        return
    refused = entry.support is Support.REJECTED
    for role in found:
        because = entry.note or ("refused" if refused else "not documented")
        words = f"role function at line {role.location.line}: {because}"
        kind = Compatibility.UNSUPPORTED if refused else Compatibility.UNKNOWN
        advice = 'send {"role": "tool", "tool_call_id": ...} together with tools and tool_calls'
        yield manual(RULE, site, target, words, compatibility=kind, advice=advice, source=entry.fact.source)


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
TURN = (
    HEAD + "client.chat.completions.create(model=m, messages=[*history, "
    '{"role": "function", "name": "f", "content": r}])\n'
)
EXAMPLES = (
    Example.told(TURN, "role function", "deepseek"),
    Example.told(TURN, "not documented", "glm"),
    Example.silent(TURN, "azure"),
    Example.silent(
        HEAD + 'LOG = {"role": "function"}["role"]\nclient.embeddings.create(model=m, input=LOG)\n',
        "deepseek",
    ),
)
