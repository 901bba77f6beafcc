"""SDK16: `organization` and `project` mean OpenAI's accounts and are dropped.

They become the headers OpenAI-Organization and OpenAI-Project, which no other provider knows and which tell a
stranger who the customer was.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Level, RemoveStatement, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, drop, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule("SDK16", "organisation", "organization and project of an OpenAI account", 2)

NAMES = ("organization", "project")
HEADERS = ("authorization", "api-key", "openai-organization", "openai-project")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for clients and module settings that move or have moved."""
    if site.read or (site.elsewhere is not None and not target.owns(site.elsewhere)):
        return
    if situation.levels.get(site.id, Level.EDIT) not in (Level.EDIT, Level.MIGRATED):
        return
    if site.kind is SiteKind.SETTING and site.symbol.rsplit(".", 1)[-1] in NAMES:
        yield edit(RULE, site, target, "setting dropped", RemoveStatement(site.path, site.span))
    if site.kind is SiteKind.CLIENT and target.id != "azure":
        for name in NAMES:
            argument = site.argument(name)
            if argument is not None:
                yield edit(RULE, site, target, f"{name} dropped", drop(site, argument))
        headers = site.argument("default_headers")
        if headers is not None and any(h in headers.code.lower() for h in HEADERS):
            yield review(
                RULE, site, target, "default_headers carry a key or an account of OpenAI: take them out"
            )


EXAMPLES = (
    Example(
        'from openai import OpenAI\n\nclient = OpenAI(organization="org-1", timeout=5)\n',
        "from openai import OpenAI\n\nclient = OpenAI(timeout=5)\n",
    ),
    Example.untouched(
        'from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost/v1", organization="o")\n'
    ),
    Example.untouched('client = Repository(organization="org-1", project="p")\n'),
)
