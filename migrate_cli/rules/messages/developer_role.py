"""MSG01: the `developer` role is OpenAI's own name for `system`.

The literal is changed where the provider does not document the role: DeepSeek, Qwen, SenseNova and Spark answer 400,
Doubao takes it as `system` and is left alone. A role that is only known at run time is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action, Support
from migrate_cli.model import Finding, ReplaceExpression, Rule, Safety, Site
from migrate_cli.rules.messages.system_messages import merged_lists
from migrate_cli.rules.support import Example, Situation, edit, models_of, quoted
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG01",
    "developer-role",
    "message role that only OpenAI takes",
    2,
    Safety.SAFE,
    leaves="roles that are put together at run time (`--guard` renames those)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """One finding for each `developer` role that belongs to this call."""
    model = (models_of(site, target) or (None,))[0]
    entry = target.parameter("role_developer", model)
    if entry is None or entry.support is Support.SUPPORTED or entry.action is not Action.RENAME:
        return
    anew = [(found.path, found.span) for found in merged_lists(site, target)]
    for role in site.roles:
        held = any(p == role.path and s.start <= role.span.start < s.end for p, s in anew)
        if role.value == "developer" and entry.rename_to and not held:
            change = ReplaceExpression(role.path, role.span, quoted(entry.rename_to))
            words = f"role developer becomes {entry.rename_to}"
            yield edit(RULE, site, target, words, change, source=entry.fact.source)


EXAMPLES = (
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[{"role": "developer", "content": "Be brief."}])\n',
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[{"role": "system", "content": "Be brief."}])\n',
    ),
    Example.untouched('STAFF = [{"role": "developer", "name": "Ada"}]\n'),
    Example.silent(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[{"role": "developer", "content": "Be brief."}])\n',
        "doubao",
    ),
    Example.silent(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[{"role": who, "content": "Be brief."}])\n'
    ),
)
