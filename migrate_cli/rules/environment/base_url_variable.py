"""ENV02: OPENAI_BASE_URL (and other variables with a base URL of OpenAI's) in code.

The client's own edit writes the provider's address as the default; a variable that is set still overrides it, and
steers LangChain, crewAI and others in the same process. Set to nothing it is taken literally by the openai package: the
requests go nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Options, Origin, RemoveStatement, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV02",
    "base-url-variable",
    "environment variable with OpenAI's base URL",
    5,
    Safety.REVIEW,
    leaves="the URL that is written into the variable, which CFG06 changes; what the machine really sets",
)

URLS = ("_BASE_URL",)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every access to such a variable."""
    name = str(site.variable)
    if site.kind is not SiteKind.ENVIRONMENT or target.id == "azure" or name.startswith("AZURE_"):
        return  # Azure's are ENV05's
    if name.endswith(URLS):
        yield from addressed(RULE, site, target, situation)


def addressed(rule: Rule, site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """The finding for one access to a variable with a base URL, for this rule and ENV03."""
    words = f"if {site.variable} is set, it must be {target.base_url}"
    value = site.argument("value")
    texts = [v.literal for v in value.values if v.origin is Origin.LITERAL] if value is not None else []
    if value is not None and value.statement is not None and texts == [""]:
        said = f"{site.variable} is set to nothing: the openai package takes that literally"
        yield review(rule, site, target, said, RemoveStatement(site.path, value.statement))
    elif (site.path, site.span) in situation.feeds or texts:
        yield note(rule, site, target, words)
    else:
        yield review(rule, site, target, words)


EXAMPLES = (
    Example.told(
        'import os\n\nif os.getenv("OPENAI_BASE_URL"):\n    print("own host")\n',
        "it must be https://api.deepseek.com",
        "deepseek",
    ),
    Example(
        'import os\n\nprint("start")\nos.environ["OPENAI_BASE_URL"] = ""\n',
        'import os\n\nprint("start")\n',
        "deepseek",
        options=Options(review=True),
    ),
    Example.untouched('import os\n\nos.environ["OPENAI_BASE_URL"] = load()\n', "deepseek"),
    Example.silent('import os\n\nos.environ["MY_BASE_URL"] = ""\n', "deepseek"),
)
