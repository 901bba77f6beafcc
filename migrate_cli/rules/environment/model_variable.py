"""ENV06: variables that give a framework its model.

crewAI reads OPENAI_MODEL_NAME, semantic-kernel OPENAI_CHAT_MODEL_ID and OPENAI_EMBEDDING_MODEL_ID, others
OPENAI_MODEL: a model of OpenAI's that is written into one goes to the new provider by its old name. What is read
and flows into a call is SDK12's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Finding, Options, Origin, ReplaceExpression, Rule, Safety, Site, SiteKind, Value
from migrate_cli.rules.support import Example, Situation, manual, note, quoted, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV06",
    "model-variable",
    "environment variable that gives a model",
    3,
    Safety.REVIEW,
    leaves="variables that only the machine sets; names without OPENAI in them (DEFAULT_MODEL)",
)

NAME = re.compile(r"OPENAI_(\w+_)?MODELS?(_NAME|_ID)?")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every access to such a variable."""
    if (
        site.kind is not SiteKind.ENVIRONMENT
        or target.id == "azure"
        or not NAME.fullmatch(str(site.variable))
    ):
        return
    value = site.argument("value")
    known = [v for v in value.values if v.origin is Origin.LITERAL] if value is not None else []
    for literal in known:
        yield from written(site, target, literal)
    if not known:
        yield note(RULE, site, target, f"set {site.variable} to a model of {target.provider.name}")


def written(site: Site, target: Target, value: Value) -> Iterator[Finding]:
    """A model that the program writes into the variable."""
    if not isinstance(value.literal, str) or not value.literal or target.serves(value.literal):
        return
    choice = target.choose(value.literal)
    if choice is None or choice.to is None:
        words = f"{site.variable} gives {value.literal}, which {target.provider.name} does not serve"
        yield manual(
            RULE, site, target, words, advice=f"--model {value.literal}=NAME chooses its replacement"
        )
        return
    change = ReplaceExpression(value.path, value.span, quoted(choice.to))
    words = f"{site.variable}: {value.literal} → {choice.to}, for whatever reads it"
    yield review(RULE, site, target, words, change, source=choice.source)


EXAMPLES = (
    Example(
        'import os\n\nos.environ["OPENAI_MODEL_NAME"] = "gpt-4o-mini"\n',
        'import os\n\nos.environ["OPENAI_MODEL_NAME"] = "deepseek-flash"\n',
        "deepseek",
        options=Options(review=True),
    ),
    Example.told(
        'import os\n\nprint(os.getenv("OPENAI_CHAT_MODEL_ID"))\n',
        "set OPENAI_CHAT_MODEL_ID to a model",
        "glm",
    ),
    Example.silent('import os\n\nos.environ["OPENAI_MODEL_NAME"] = "deepseek-flash"\n', "deepseek"),
    Example.silent('import os\n\nos.environ["GROQ_MODEL_NAME"] = "gpt-4o-mini"\n', "deepseek"),
)
