"""MSG01: the `developer` role is OpenAI's own name for `system`.

The literal is changed where the provider does not document the role. `function` messages of openai<1 are reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action, Support
from migrate_cli.model import Compatibility, Finding, ReplaceExpression, Rule, Site
from migrate_cli.rules.support import Example, Situation, edit, manual, models_of, quoted
from migrate_cli.targets.endpoint import Target

RULE = Rule("MSG01", "developer-role", "message role that only OpenAI takes", 2)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """One finding for each watched role that belongs to this call."""
    model = (models_of(site, target) or (None,))[0]
    for role in site.roles:
        entry = target.parameter(f"role_{role.value}", model)
        if entry is None or entry.support is Support.SUPPORTED:
            continue
        if entry.action is Action.RENAME and entry.rename_to:
            change = ReplaceExpression(role.path, role.span, quoted(entry.rename_to))
            words = f"role {role.value} becomes {entry.rename_to}"
            yield edit(RULE, site, target, words, change, source=entry.fact.source)
        elif entry.action is Action.MANUAL:
            words = f"role {role.value} at line {role.location.line}: {entry.note or entry.support.value}"
            yield manual(
                RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, source=entry.fact.source
            )


EXAMPLES = (
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[{"role": "developer", "content": "Be brief."}])\n',
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[{"role": "system", "content": "Be brief."}])\n',
    ),
    Example.untouched('STAFF = [{"role": "developer", "name": "Ada"}]\n'),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[{"role": "developer", "content": "Be brief."}])\n',
        "doubao",
    ),
)
