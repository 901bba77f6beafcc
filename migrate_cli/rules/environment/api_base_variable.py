"""ENV03: OPENAI_API_BASE in code.

openai before 1.0, LangChain, mem0, crewAI and others read it; openai from 1.0 on does not, so a program that only sets
it keeps talking, and paying, to OpenAI. LangChain reads it before OPENAI_BASE_URL: chat and embeddings may end on
different hosts. The address belongs into the client, where SDK08 writes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Options, RemoveStatement, Rule, Safety, Site, SiteKind
from migrate_cli.rules.environment.base_url_variable import addressed
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV03",
    "api-base-variable",
    "OPENAI_API_BASE, which openai from 1.0 on does not read",
    5,
    Safety.REVIEW,
    leaves="the URL that is written into the variable, which CFG06 changes",
)

NAMES = ("_API_BASE",)
SOURCE = "https://github.com/langchain-ai/langchain/pull/35252"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every access to such a variable."""
    name = str(site.variable)
    if site.kind is not SiteKind.ENVIRONMENT or target.id == "azure" or name.startswith("AZURE_"):
        return  # Azure's are ENV05's
    if not name.endswith(NAMES):
        return
    current = not any(situation.module_calls.values())
    value = site.argument("value")
    if current and not situation.frameworks and value is not None:
        words = f"{site.variable} is set here, but openai from 1.0 on does not read it"
        advice = f"give {target.base_url} to the client (base_url), and take this out"
        statement = value.statement
        removal = [RemoveStatement(site.path, statement)] if statement is not None else []
        yield review(RULE, site, target, words, *removal, advice=advice, source=SOURCE)
        return
    yield from addressed(RULE, site, target, situation)


EXAMPLES = (
    Example(
        'import os\nfrom openai import OpenAI\n\nos.environ["OPENAI_API_BASE"] = load()\nclient = OpenAI()\n',
        "import os\nfrom openai import OpenAI\n\nclient = OpenAI()\n",
        options=Options(review=True),
    ),
    Example.told(
        'import os\nfrom openai import OpenAI\n\nos.environ["OPENAI_API_BASE"] = load()\nclient = OpenAI()\n',
        "openai from 1.0 on does not read it",
    ),
    Example.told('import os\n\nprint(os.environ["OPENAI_API_BASE"])\n', "it must be https://", "glm"),
    Example.silent(
        'import os\nfrom openai import OpenAI\n\nclient = OpenAI(base_url=os.getenv("MY_API_BASE"))\n'
    ),
    Example.silent('import os\n\nos.environ["ANTHROPIC_API_BASE"] = load()\n'),
)
