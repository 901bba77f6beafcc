"""ENV04: OPENAI_ORG_ID, OPENAI_PROJECT_ID and their like.

The openai package picks them up without any code and sends them as headers: the new provider learns who the customer
was. `organization=None` does not help, because the variable is read when the argument is None. A line that sets one
goes; the variable itself has to be taken out of the environment.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, RemoveStatement, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, edit, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV04",
    "account-variable",
    "environment variable with an OpenAI organisation or project",
    3,
    Safety.SAFE,
    leaves="variables that only the machine sets; the argument that a read is given to, which SDK16 drops",
)

NAMES = ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ORGANIZATION", "OPENAI_ORG", "OPENAI_PROJECT")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every access to one of these variables."""
    if site.kind is not SiteKind.ENVIRONMENT or site.variable not in NAMES or target.id == "azure":
        return
    value = site.argument("value")
    if value is not None and value.statement is not None:
        words = f"{site.variable} no longer set: the openai package would send it to {target.provider.name}"
        removal = RemoveStatement(site.path, value.statement)
        if situation.everything_moves() and not situation.frameworks:
            yield edit(RULE, site, target, words, removal)
        else:
            yield review(RULE, site, target, f"{words}, but not everything moves", removal)
    else:
        words = f"take {site.variable} out of the environment: the openai package sends it to {target.provider.name}"
        yield note(RULE, site, target, words)


EXAMPLES = (
    Example(
        'import os\nfrom openai import OpenAI\n\nos.environ["OPENAI_ORG_ID"] = "org-1"\nclient = OpenAI()\n',
        "import os\nfrom openai import OpenAI\n\n"
        'client = OpenAI(base_url="https://qianfan.baidubce.com/v2", api_key=os.environ["QIANFAN_API_KEY"])\n',
        beside=("SDK08",),
    ),
    Example.told(
        'import os\n\nprint(os.getenv("OPENAI_ORG_ID"))\n', "take OPENAI_ORG_ID out of the environment"
    ),
    Example.untouched('import os\n\nos.environ["OPENAI_ORG_ID"] = "org-1"\nos.environ.update(load())\n'),
    Example.silent('import os\n\nos.environ["GITHUB_ORG_ID"] = "org-1"\n'),
)
