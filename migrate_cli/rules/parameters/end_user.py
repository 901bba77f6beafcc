"""PRM14: who the user of the program is.

GLM calls it `user_id` and wants 6 to 128 characters; the SDK has no such argument, so it goes into `extra_body`.
Elsewhere `user` is taken, passed over or not documented. OpenAI's newer `safety_identifier` and `prompt_cache_key` are
documented nowhere else: abuse is then not traced to a user, and the cache is not steered.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action, Parameter
from migrate_cli.model import Argument, Finding, Rule, Safety, Site
from migrate_cli.rules.body import code_into_body
from migrate_cli.rules.parameter_support import entries_of, judge, violation
from migrate_cli.rules.support import Example, Situation, drop, edit, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM14",
    "end-user",
    "identifier of the program's own user",
    5,
    Safety.SAFE,
    leaves="identifiers in requests put together at run time (`--guard` renames those)",
)

NAMES = ("user", "safety_identifier", "prompt_cache_key")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    for name in NAMES:
        for argument, entry in entries_of(site, target, name):
            if entry.action is Action.RENAME and entry.rename_to:
                yield from moved(site, target, argument, entry, entry.rename_to)
            else:
                yield from judge(RULE, site, target, argument, entry)


def moved(site: Site, target: Target, argument: Argument, entry: Parameter, name: str) -> Iterator[Finding]:
    """The identifier under the provider's own name; one of a length it does not take is dropped."""
    words = f"`{argument.name}` is called `{name}` on {target.provider.name}"
    source, limits = entry.fact.source, entry.restriction
    literal = argument.literal
    broken = violation(limits, literal) if limits is not None else None
    if broken is not None:
        yield review(
            RULE, site, target, f"`{argument.name}` dropped: {broken}", drop(site, argument), source=source
        )
        return
    local = argument.dictionary is None and argument.statement is None
    body = code_into_body(site, {name: argument.code}) if local and "…" not in argument.code else None
    if body is None:
        yield manual(
            RULE, site, target, words, advice=f'send it as extra_body={{"{name}": …}}', source=source
        )
        return
    # a name that is too short is refused, and its length is only known for a literal
    make = edit if isinstance(literal, str) else review
    yield make(RULE, site, target, words, drop(site, argument), *body, source=source)


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model=m, messages=[]"
EXAMPLES = (
    Example(
        _CALL + ', user="team-42")\n',
        _CALL + ', extra_body={"user_id": "team-42"})\n',
        "glm",
    ),
    Example.told(_CALL + ", user=session.user)\n", "`user` is called `user_id`", "glm"),
    Example.told(_CALL + ', user="bob")\n', "shorter than 6 characters", "glm"),
    Example.told(_CALL + ', **{"user": who})\n', "`user` is called `user_id`", "glm"),
    Example.silent(_CALL + ', user="u")\n'),
    Example.silent(_CALL + ', user="u")\n', "doubao"),
    Example.silent('login(user="u")\n', "glm"),
)
