"""ENV05: Azure's variables in code.

Libraries choose Azure by themselves while AZURE_OPENAI_ENDPOINT or OPENAI_API_TYPE is set: LangChain,
semantic-kernel, autogen, crewAI, and the module client of the openai package. Code that asks for them decides for
Azure too. Reads that only feed the Azure client go with it; the rest is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Level, Options, RemoveStatement, Rule, Safety, Site, SiteKind
from migrate_cli.rules.key_names import is_key
from migrate_cli.rules.support import Example, Situation, note, review, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV05",
    "azure-variable",
    "environment variable of Azure OpenAI",
    5,
    Safety.REVIEW,
    leaves="variables that only the machine sets",
)

STAYING = (Level.MANUAL, Level.SKIP)
CHOOSING = ("AZURE_OPENAI_ENDPOINT", "OPENAI_API_TYPE")
OTHERS = ("OPENAI_API_VERSION",)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every access to one of Azure's variables but the key."""
    name = site.variable
    if site.kind is not SiteKind.ENVIRONMENT or name is None or target.id == "azure" or is_key(name):
        return
    if not name.startswith("AZURE_OPENAI_") and name not in (*CHOOSING, *OTHERS):
        return
    value = site.argument("value")
    place = (site.path, site.span)
    client = situation.feeds.get(place)
    if client is not None and situation.levels.get(client) in STAYING:
        yield skip(RULE, site, target, "the client that it feeds stays as it is")
    elif place in situation.feeds and (place in situation.inline or name not in CHOOSING):
        yield note(RULE, site, target, f"{name} goes with the Azure client and is not needed any more")
    elif value is not None and value.statement is not None and name in (*CHOOSING, *OTHERS):
        words = f"{name} is set here: libraries that see it choose Azure, not {target.provider.name}"
        yield review(RULE, site, target, words, RemoveStatement(site.path, value.statement))
    elif name in CHOOSING:
        words = f"{name} is asked for here: while it is set, the program or a library may choose Azure"
        advice = f"see which way leads to {target.provider.name}, and take {name} out of the environment"
        yield review(RULE, site, target, words, advice=advice)
    else:
        yield note(RULE, site, target, f"{name} means nothing to {target.provider.name}")


EXAMPLES = (
    Example(
        'import os\n\nprint("start")\nos.environ["OPENAI_API_TYPE"] = "azure"\n',
        'import os\n\nprint("start")\n',
        options=Options(review=True),
    ),
    Example.told(
        'import os\n\nif os.getenv("AZURE_OPENAI_ENDPOINT"):\n    use_azure()\n', "may choose Azure", "qwen"
    ),
    Example.told(
        "import os\nfrom openai import AzureOpenAI\n\n"
        'client = AzureOpenAI(azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"], api_version="1")\n',
        "goes with the Azure client",
    ),
    Example.told(
        'import os\nfrom openai import AzureOpenAI\n\nhost = os.getenv("AZURE_OPENAI_ENDPOINT")\nassert host\n'
        'client = AzureOpenAI(azure_endpoint=host, api_version="1")\n',
        "may choose Azure",
    ),
    Example.silent('import os\n\nprint(os.getenv("AZURE_STORAGE_ENDPOINT"))\n'),
    Example.silent('import os\n\nif os.getenv("AZURE_OPENAI_ENDPOINT"):\n    use_azure()\n', "azure"),
)
