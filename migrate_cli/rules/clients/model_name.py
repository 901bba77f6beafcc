"""SDK12: an OpenAI model name that flows into a call.

The name is changed where it is written: at the call, in a constant, a default argument, a dictionary, or the default
of an environment read. Price tables, comments and documentation are left alone, because nothing flows from them
into a call. `engine=` and `deployment_id=` of openai<1 become `model=` (SDK05).

Does not handle: names that are only known at run time; they are listed with where they come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.index.options import RESTRICTED
from migrate_cli.model import (
    Argument,
    Certainty,
    Compatibility,
    Finding,
    Level,
    Operation,
    Origin,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
    Value,
)
from migrate_cli.rules.clients.guarded import is_guarded
from migrate_cli.rules.clients.retired_model import retired
from migrate_cli.rules.support import (
    Example,
    Situation,
    drop,
    edit,
    manual,
    migrated,
    note,
    quoted,
    rename,
    review,
)
from migrate_cli.rules.written import rewritten
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK12",
    "model-name",
    "OpenAI model name that flows into a call",
    5,
    Safety.SAFE,
    leaves="names that are only known at run time, which are listed with where they come from",
    covers=("SDK12", "SDK13"),
)

# more names than this reaching one call are a menu of models, which a person has to thin out
MENU = 3
MODEL_ENDPOINTS = ("chat.completions", "completions", "embeddings", "responses")
MODEL_METHODS = ("create", "acreate", "parse", "stream")
ALIASES = ("engine", "deployment_id")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """One finding for each place a model name comes from."""
    if site.kind is not SiteKind.CALL or target.id == "azure":
        return
    yield from old_names(site, target)
    given = site.named("model") or tuple(a for name in ALIASES for a in site.named(name))
    values = [v for argument in given for v in argument.values]
    if not given and names_a_model(site):
        yield eased(absent(site, target), situation)
    menu = (
        len({v.literal for v in values if isinstance(v.literal, str) and not target.serves(v.literal)}) > MENU
    )
    for value in values:
        if value.origin is Origin.FILE:
            yield in_a_file(site, target, value, menu)
        elif value.literal and isinstance(value.literal, str):
            yield from named(site, target, value, menu)
        elif value.origin is Origin.ENVIRONMENT:
            words = f"the model is read from {value.variable}: set it to a model of {target.provider.name}"
            yield note(RULE, site, target, words, compatibility=Compatibility.DIFFERS)
    yield from strange(site, target, values)
    known = any(
        (v.literal and isinstance(v.literal, str)) or v.origin in (Origin.ENVIRONMENT, Origin.FILE)
        for v in values
    )
    if given and not known:
        yield eased(unresolved(site, target, given[0], values[0] if values else None), situation)


def old_names(site: Site, target: Target) -> Iterator[Finding]:
    """`engine=` and `deployment_id=` become `model=`, or go when `model=` stands beside them."""
    taken = {(a.dictionary, a.statement) for a in site.named("model")}
    for name in ALIASES:
        for argument in site.named(name):
            place = (argument.dictionary, argument.statement)
            change = drop(site, argument) if place in taken else rename(site, argument, "model")
            taken.add(place)
            yield edit(RULE, site, target, f"`{name}` becomes `model`", change)


def strange(site: Site, target: Target, values: list[Value]) -> Iterator[Finding]:
    """One finding for all names that nobody knows."""
    written = (v.literal for v in values if v.origin is not Origin.FILE and isinstance(v.literal, str))
    names = list(dict.fromkeys(n for n in written if n and unheard_of(target, n)))
    if len(names) == 1:
        words = f"{names[0]} is no model name that we know (a deployment or a fine-tune?)"
        yield manual(RULE, site, target, words, advice=f"--model {names[0]}=NAME chooses its replacement")
    elif names:
        listed = f"{', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"
        words = f"{listed} may come here, and are no model names that we know"
        yield manual(RULE, site, target, words, advice="--model NAME=OTHER chooses the replacement of one")


def unheard_of(target: Target, name: str) -> bool:
    """Whether a name is neither a model of the provider, past ones included, nor one of OpenAI's."""
    return retired(target, name) is None and not target.serves(name) and target.choose(name) is None


def named(site: Site, target: Target, value: Value, menu: bool) -> Iterator[Finding]:
    """A model whose name is known."""
    name = str(value.literal)
    if retired(target, name) is not None:
        return  # SDK14
    if target.serves(name):
        yield migrated(RULE, site, target, f"{name} is a model of {target.provider.name}")
        return
    choice = target.choose(name)
    if choice is None:
        return  # told by `strange`, together with others
    if choice.to is None:
        yield manual(
            RULE,
            site,
            target,
            f"{name}: {choice.note or 'no replacement is known'}",
            compatibility=Compatibility.UNSUPPORTED,
            advice=f"--model {name}=NAME chooses one",
            source=choice.source,
        )
        return
    change = replacement(value, choice.to)
    remark = f" ({choice.note})" if choice.note else ""
    message = f"{name} → {choice.to}{remark}"
    chosen = target.model(choice.to)
    if chosen is not None and chosen.status == "limited" and target.provider.status == "open":
        yield review(
            RULE, site, target, f"{message}: {chosen.note or 'limited'}", change, source=choice.source
        )
    elif value.guarded is not None:
        words = f"{message}, but {value.guarded} compares it with model names"
        yield review(RULE, site, target, words, change, source=choice.source)
    elif menu:
        words = f"{message}, but it is one of several that the program chooses from"
        yield review(RULE, site, target, words, change, source=choice.source)
    elif value.certainty is Certainty.PROVED or is_free_default(value):
        yield edit(RULE, site, target, message, change, source=choice.source)
    else:
        yield review(RULE, site, target, message, change, source=choice.source)


def is_free_default(value: Value) -> bool:
    """Whether a model is the default of a command-line option that takes any text, as `--model` mostly does."""
    limited = any(step.text.endswith(RESTRICTED) for step in value.via)
    return (value.named or "").startswith("-") and not limited


def in_a_file(site: Site, target: Target, value: Value, menu: bool = False) -> Finding:
    """A model that a configuration file names, which is changed there."""
    name, place = str(value.literal), f"{value.path}:{value.location.line} (`{value.named}`)"
    if target.serves(name):
        return migrated(RULE, site, target, f"{name} in {place} is a model of {target.provider.name}")
    choice = target.choose(name)
    to = choice.to if choice is not None else None
    change = rewritten(value, to) if to else None
    if choice is not None and change is not None:
        words = f"{name} → {to} in {place}"
        sure = value.certainty is Certainty.PROVED and not menu and value.guarded is None
        return (edit if sure else review)(RULE, site, target, words, change, source=choice.source)
    advice = f"write {to} there" if to else f"write a model of {target.provider.name} there"
    return manual(RULE, site, target, f"the model is {name} in {place}", advice=advice)


def replacement(value: Value, name: str) -> Operation:
    """The edit at the place where the name is written."""
    if value.origin is Origin.ENVIRONMENT and value.default_span and value.default_path:
        return ReplaceExpression(value.default_path, value.default_span, quoted(name))
    return ReplaceExpression(value.path, value.span, quoted(name))


def names_a_model(site: Site) -> bool:
    """Whether a call of this kind takes a model."""
    return site.endpoint in MODEL_ENDPOINTS and site.symbol.rsplit(".", 1)[-1] in MODEL_METHODS


def absent(site: Site, target: Target) -> Finding:
    """A call that shows no model: it comes through `*` or `**`, or is OpenAI's own default."""
    hidden = site.unfollowed or ((f"{site.positional} positional arguments",) if site.positional else ())
    where = f"comes through {', '.join(hidden)}" if hidden else "is not given"
    return manual(
        RULE,
        site,
        target,
        f"the model {where}",
        advice=f"see that it is a model of {target.provider.name}",
    )


def eased(finding: Finding, situation: Situation) -> Finding:
    """What the guard does at run time is no work by hand: it puts the provider's models in place of OpenAI's."""
    site = finding.site
    if site.legacy or site.endpoint != "chat.completions":
        return finding
    if is_guarded(site, situation):
        return replace(finding, level=Level.NOTE, advice=None)
    advice = f"{finding.advice}, or let --guard put one in place of OpenAI's names"
    return finding if situation.options.guard else replace(finding, advice=advice)


def unresolved(site: Site, target: Target, argument: Argument, value: Value | None) -> Finding:
    """A model that is only known at run time."""
    because = (value.because if value else None) or "empty by default"
    return manual(
        RULE,
        site,
        target,
        f"the model is decided at run time (`{argument.code}`: {because})",
        advice=f"pass a model of {target.provider.name} there",
    )


EXAMPLES = (
    Example(
        'from openai import OpenAI\n\nMODEL = "gpt-4o-mini"\nPRICES = {"gpt-4o-mini": 0.15}\n'
        "r = OpenAI().chat.completions.create(model=MODEL, messages=[])\n",
        'from openai import OpenAI\n\nMODEL = "ernie-4.5-turbo-128k"\nPRICES = {"gpt-4o-mini": 0.15}\n'
        "r = OpenAI().chat.completions.create(model=MODEL, messages=[])\n",
    ),
    Example.told(
        'from openai import OpenAI\n\nfor name in ["our-one", "our-other"]:\n'
        "    OpenAI().chat.completions.create(model=name, messages=[])\n",
        "our-one, our-other may come here, and are no model names that we know",
    ),
    Example.untouched('from groq import Groq\n\nGroq().chat.completions.create(model="gpt-4o")\n'),
    Example.untouched('PRICES = {"gpt-4": 30, "gpt-3.5-turbo": 0.5}\n'),
    Example.untouched('"""Uses gpt-4."""\nfrom openai import OpenAI  # gpt-4\n'),
)
