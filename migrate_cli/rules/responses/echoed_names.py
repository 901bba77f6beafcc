"""RSP05: the model's name and the ids in an answer.

An answer names the model that served it, which need not be the name that was asked for, and its id has another form.
A comparison with a name of OpenAI's, or with the form of its ids, no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Certainty, Finding, Rule, Safety, Site, Use, Way
from migrate_cli.rules.reading import at, first_of_each, fits, is_chat
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "RSP05",
    "echoed-names",
    "the model's name and the ids in an answer",
    5,
    Safety.ADVICE,
    leaves="names and ids that are compared in another place, such as a database",
)
IDS = ("chatcmpl", "cmpl-", "call_", "resp_")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each comparison with something that only OpenAI sends."""
    if not is_chat(site) or target.id == "azure":
        return
    for use in first_of_each(u for u in site.uses if u.way in (Way.COMPARE, Way.METHOD)):
        words = told(use, target)
        if words is not None:
            yield at(review(RULE, site, target, words, advice="compare with what this provider answers"), use)


def told(use: Use, target: Target) -> str | None:
    """What no longer holds; None when a use has nothing to do with it."""
    if use.certainty is not Certainty.PROVED:
        return None
    tail = use.route[1:] if use.route[:1] == (None,) else use.route
    texts = [v for v in use.literals if isinstance(v, str)]
    if fits(tail, "model"):
        name = next((v for v in texts if target.catalogue.openai_model(v) or v.startswith("gpt-")), None)
        return f'the answer of {target.provider.name} never names the model "{name}"' if name else None
    if tail[-1:] == ("id",) and any(v.startswith(IDS) for v in texts):
        return f"ids of {target.provider.name} have another form than OpenAI's"
    return None


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[])\n"
EXAMPLES = (
    Example.told(_HEAD + 'assert r.model == "gpt-4o"\n', "never names the model"),
    Example.told(_HEAD + 'assert r.id.startswith("chatcmpl-")\n', "another form"),
    Example.silent(_HEAD + "assert r.model == m\n"),
    Example.silent(_HEAD + "print(r.id)\n"),
    Example.silent('assert r.model == "gpt-4o"\n'),
)
