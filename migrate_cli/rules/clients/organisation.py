"""SDK16: `organization` and `project` mean OpenAI's accounts and are dropped.

They become the headers OpenAI-Organization and OpenAI-Project, which no other provider knows and which tell a
stranger who the customer was.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    Argument,
    Finding,
    Level,
    Options,
    RemoveItem,
    RemoveStatement,
    Rule,
    Safety,
    ShapeKind,
    Site,
    SiteKind,
)
from migrate_cli.rules.support import Example, Situation, drop, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK16",
    "organisation",
    "organization, project and headers of an OpenAI account",
    2,
    Safety.SAFE,
    leaves="headers that are put together elsewhere, and those in OPENAI_CUSTOM_HEADERS",
)

NAMES = ("organization", "project")
ACCOUNT = ("openai-organization", "openai-project", "openai-beta")
KEYS = ("authorization", "api-key")


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
        if headers is not None:
            yield from carried(site, target, headers)


def carried(site: Site, target: Target, headers: Argument) -> Iterator[Finding]:
    """Headers of OpenAI's that every request of the client carries: those of an account go, a key needs a look."""
    shape = headers.shape
    if shape is None or shape.kind is not ShapeKind.DICT:
        if any(h in headers.code.lower() for h in (*ACCOUNT, *KEYS)):
            yield review(
                RULE, site, target, "default_headers carry a key or an account of OpenAI: take them out"
            )
        return
    for entry in shape.entries:
        removal = RemoveItem(shape.path, shape.span, entry.key)
        if entry.key.lower() in ACCOUNT:
            # a dictionary with a name may serve others too
            say = edit if (shape.path, shape.span) == (headers.path, headers.span) else review
            yield say(RULE, site, target, f"header {entry.key} dropped", removal)
        elif entry.key.lower() in KEYS:
            words = f"the header {entry.key} would carry OpenAI's key to {target.provider.name}"
            yield review(RULE, site, target, words, removal, advice="the client sends its own key by itself")


EXAMPLES = (
    Example(
        'from openai import OpenAI\n\nclient = OpenAI(organization="org-1", timeout=5)\n',
        "from openai import OpenAI\n\nclient = OpenAI(timeout=5)\n",
    ),
    Example(
        "from openai import OpenAI\n\n"
        'client = OpenAI(default_headers={"OpenAI-Beta": "assistants=v2", "X-Team": "a"})\n',
        'from openai import OpenAI\n\nclient = OpenAI(default_headers={"X-Team": "a"})\n',
    ),
    Example(
        'from openai import OpenAI\n\nHEADERS = {"OpenAI-Project": "proj_1", "X-Team": "a"}\n'
        "client = OpenAI(default_headers=HEADERS)\n",
        'from openai import OpenAI\n\nHEADERS = {"X-Team": "a"}\nclient = OpenAI(default_headers=HEADERS)\n',
        options=Options(review=True),
    ),
    Example.told(
        'from openai import OpenAI\n\nHEADERS = {"OpenAI-Project": "proj_1"}\n'
        "client = OpenAI(default_headers=HEADERS)\n",
        "header OpenAI-Project dropped",
    ),
    Example.told(
        'from openai import OpenAI\n\nclient = OpenAI(default_headers={"Authorization": f"Bearer {key}"})\n',
        "would carry OpenAI's key to",
    ),
    Example.silent('from openai import OpenAI\n\nclient = OpenAI(default_headers={"X-Team": "a"})\n'),
    Example.untouched(
        'from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost/v1", organization="o")\n'
    ),
    Example.untouched('client = Repository(organization="org-1", project="p")\n'),
)
