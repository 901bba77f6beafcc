"""EMB03: embeddings arrive as base64 unless the program says otherwise.

The openai package asks for `encoding_format="base64"` on its own; most providers document floats only, so the call
says "float".
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, ReplaceExpression, Rule, Safety, Site, SiteKind
from migrate_cli.rules.clients.client_endpoint import unsupported
from migrate_cli.rules.support import Example, Situation, edit, literals, put
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "EMB03",
    "embedding-encoding",
    "embeddings come as base64 by default",
    2,
    Safety.SAFE,
    leaves="requests put together at run time (`--guard` asks for floats)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every embeddings call that does not ask for floats."""
    if site.kind is not SiteKind.CALL or site.endpoint != "embeddings" or target.id == "azure":
        return
    if unsupported(target, "embeddings") or site.symbol.rsplit(".", 1)[-1] not in ("create", "acreate"):
        return
    argument = site.argument("encoding_format")
    words = 'encoding_format="float": the openai package asks for base64 by default'
    if argument is None:
        yield edit(RULE, site, target, words, put(site, "encoding_format", '"float"'))
        return
    for value in literals(argument):
        if value.literal == "base64":
            yield edit(RULE, site, target, words, ReplaceExpression(value.path, value.span, '"float"'))


EXAMPLES = (
    Example(
        'from openai import OpenAI\n\nclient = OpenAI()\nclient.embeddings.create(model=m, input="a")\n',
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.embeddings.create(model=m, input="a", encoding_format="float")\n',
    ),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.embeddings.create(model=m, input="a", encoding_format="float")\n'
    ),
    Example.untouched('store.embeddings.create(model=m, input="a")\n'),
)
