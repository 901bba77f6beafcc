"""How any request parameter is treated: support, restriction and advice, all from the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from migrate_cli.catalogue.types import Action, Parameter, Restriction, Support
from migrate_cli.model import (
    Argument,
    Certainty,
    Compatibility,
    Finding,
    Origin,
    ReplaceExpression,
    Rule,
    ShapeKind,
    Site,
    SiteKind,
    Use,
)
from migrate_cli.rules.support import drop, edit, manual, models_of, note, rename, review
from migrate_cli.targets.endpoint import Target

CHAT = {"chat.completions"}
NOT_GIVEN = {"NOT_GIVEN", "openai.NOT_GIVEN", "omit", "openai.omit", "None"}


def findings(rule: Rule, site: Site, target: Target, names: tuple[str, ...]) -> Iterator[Finding]:
    """What the provider's facts mean for the parameters `names` of one chat call."""
    for name in names:
        for argument, entry in entries_of(site, target, name):
            yield from judge(rule, site, target, argument, entry)


def entries_of(site: Site, target: Target, name: str) -> Iterator[tuple[Argument, Parameter]]:
    """Every value that a chat call gives a parameter, with what is known of it for the least able of its models."""
    if site.kind is not SiteKind.CALL or site.endpoint not in CHAT:
        return
    models = models_of(site, target) or (None,)
    known = [e for m in models if (e := target.parameter(name, m)) is not None]
    for argument in site.named(name) if known else ():
        if argument.code not in NOT_GIVEN:
            yield argument, max(known, key=severity)


def severity(parameter: Parameter) -> int:
    """Order in which entries for several models count."""
    return [Support.SUPPORTED, Support.UNKNOWN, Support.IGNORED, Support.RESTRICTED, Support.REJECTED].index(
        parameter.support
    )


def judge(rule: Rule, site: Site, target: Target, argument: Argument, entry: Parameter) -> Iterator[Finding]:
    """One parameter against what is known of it."""
    name, provider, source = argument.name, target.provider.name, entry.fact.source
    remark = f": {entry.note}" if entry.note else ""
    if entry.action is Action.RENAME and entry.rename_to:
        if site.argument(entry.rename_to) is None or argument.statement is not None:
            change = rename(site, argument, entry.rename_to)
            yield edit(rule, site, target, f"`{name}` becomes `{entry.rename_to}`", change, source=source)
        else:
            yield edit(rule, site, target, f"`{name}` dropped{remark}", drop(site, argument), source=source)
    elif entry.support is Support.SUPPORTED:
        if breaks(entry.restriction, argument):
            yield from restricted(rule, site, target, argument, entry)
    elif entry.support is Support.RESTRICTED:
        yield from restricted(rule, site, target, argument, entry)
    elif entry.action is Action.DROP:
        words = f"`{name}` dropped: {entry.support.value} on {provider}{remark}"
        yield edit(
            rule,
            site,
            target,
            words,
            drop(site, argument),
            compatibility=Compatibility.DIFFERS,
            source=source,
        )
    elif entry.action is Action.MANUAL and not is_off(argument):
        words = f"`{name}` is {support_words(entry.support)} on {provider}{remark}"
        kind = Compatibility.UNSUPPORTED if entry.support is Support.REJECTED else Compatibility.UNKNOWN
        yield manual(rule, site, target, words, compatibility=kind, source=source)
    elif is_unlisted(target, entry):
        words = f"`{name}` dropped: {provider} refuses fields that it does not list"
        change = drop(site, argument)
        yield edit(rule, site, target, words, change, compatibility=Compatibility.DIFFERS, source=source)
    else:
        words = f"`{name}` is {support_words(entry.support)} on {provider}{remark}"
        yield note(rule, site, target, words, source=source)


def is_unlisted(target: Target, entry: Parameter) -> bool:
    """Whether no page says anything of a field, at a provider that refuses such fields."""
    strict = target.behaviour("parameters.unlisted_fields")
    silent = entry.support is Support.UNKNOWN and (entry.fact.source or "").startswith("survey")
    return silent and strict is not None and strict.holds is True


def is_off(argument: Argument) -> bool:
    """Whether a parameter is written but asks for nothing (`logprobs=False`)."""
    return argument.literal is False or all(v.origin is Origin.NONE for v in argument.values)


def support_words(support: Support) -> str:
    """Support as it reads in a sentence."""
    return {
        Support.UNKNOWN: "not known to be taken",
        Support.REJECTED: "refused",
        Support.IGNORED: "taken without effect",
        Support.RESTRICTED: "restricted",
        Support.SUPPORTED: "supported",
    }[support]


def restricted(
    rule: Rule, site: Site, target: Target, argument: Argument, entry: Parameter
) -> Iterator[Finding]:
    """A parameter that is taken within limits."""
    name, provider, source = argument.name, target.provider.name, entry.fact.source
    remark = f" ({entry.note})" if entry.note else ""
    limits = entry.restriction
    known = [v for v in argument.values if v.origin is Origin.LITERAL]
    crowded = overfull(limits, argument) if limits is not None else None
    if crowded is not None:
        yield manual(rule, site, target, f"`{name}`: {crowded} on {provider}{remark}", source=source)
        return
    if entry.action is Action.DROP and (limits is None or not known):
        yield dropped(rule, site, target, argument, entry, f"{provider} takes one value only{remark}")
        return
    if limits is None or not known:
        if limits is not None and limits.allowed is None and is_list(argument):
            return
        displayed = displayed_type(argument)
        if limits is not None and limits.allowed is not None and displayed is not None:
            yield from outside_allowed(rule, site, target, argument, entry, displayed)
            return
        yield note(rule, site, target, f"`{name}` is restricted on {provider}{remark}", source=source)
        return
    for value in known:
        broken = violation(limits, value.literal)
        if broken is None:
            continue
        if entry.action is Action.DROP:
            yield dropped(rule, site, target, argument, entry, f"{broken} on {provider}")
            return
        fixed = repaired(limits, value.literal) if entry.action in (Action.CLAMP, Action.WRAP) else None
        if fixed is None:
            yield manual(rule, site, target, f"`{name}`: {broken} on {provider}{remark}", source=source)
            continue
        change = ReplaceExpression(value.path, value.span, fixed)
        words = f"`{name}` becomes {fixed}: {broken} on {provider}"
        # a setting in another file may serve other clients too
        make = edit if value.path == site.path and value.certainty is Certainty.PROVED else review
        yield make(rule, site, target, words, change, source=source)


def dropped(
    rule: Rule, site: Site, target: Target, argument: Argument, entry: Parameter, because: str
) -> Finding:
    """The finding that takes a parameter out; one written in another file may serve other clients too."""
    make = edit if argument.path == site.path else review
    words = f"`{argument.name}` dropped: {because}"
    return make(rule, site, target, words, drop(site, argument), source=entry.fact.source)


def breaks(limits: Restriction | None, argument: Argument) -> bool:
    """Whether a value that is known lies outside the limits."""
    if limits is None:
        return False
    known = (v.literal for v in argument.values if v.origin is Origin.LITERAL)
    return overfull(limits, argument) is not None or any(violation(limits, v) is not None for v in known)


def is_list(argument: Argument) -> bool:
    """Whether every item of the value is known."""
    shape = argument.shape
    return shape is not None and shape.kind is ShapeKind.LIST and shape.complete


def overfull(limits: Restriction, argument: Argument) -> str | None:
    """What a list breaks, in words, or None: too many items, or one that is too long."""
    if argument.shape is None or argument.shape.kind is not ShapeKind.LIST:
        return None
    shape = argument.shape
    items = [i for i in shape.items if shape.complete or i.kind is ShapeKind.CONSTANT]
    if limits.max_items is not None and len(items) > limits.max_items:
        return f"{len(items)} items, and {limits.max_items} at most are taken"
    longest = max((len(i.value) for i in items if isinstance(i.value, str)), default=0)
    if limits.max_chars is not None and longest > limits.max_chars:
        return f"an item is longer than {limits.max_chars} characters"
    return None


def lines_of(site: Site, uses: Iterable[Use]) -> str:
    """Where the program reads something, for a sentence: `line 12`, `lines 12 and 15`, `other.py:3`."""
    places = sorted({u.location for u in uses})
    here = list(dict.fromkeys(str(p.line) for p in places if p.path == site.path))
    there = list(dict.fromkeys(f"{p.path}:{p.line}" for p in places if p.path != site.path))
    head = [f"line{'s' if len(here) > 1 else ''} {joined(here)}"] if here else []
    return joined([*head, *there])


def joined(words: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def displayed_type(argument: Argument) -> str | None:
    """`object` when the value is a dict display, such as a named tool choice."""
    return "object" if argument.code.lstrip().startswith("{") else None


def outside_allowed(
    rule: Rule, site: Site, target: Target, argument: Argument, entry: Parameter, value: str
) -> Iterator[Finding]:
    """An object where only some words are allowed."""
    limits = entry.restriction
    if limits is None or limits.allowed is None or value in limits.allowed or "named" in limits.allowed:
        return
    allowed = ", ".join(str(a) for a in limits.allowed)
    words = f"`{argument.name}` takes only {allowed} on {target.provider.name}"
    if entry.action is Action.DROP:
        yield edit(
            rule,
            site,
            target,
            f"`{argument.name}` dropped: {words}",
            drop(site, argument),
            compatibility=Compatibility.DIFFERS,
        )
    else:
        yield manual(
            rule, site, target, words, compatibility=Compatibility.UNSUPPORTED, source=entry.fact.source
        )


def violation(limits: Restriction, literal: object) -> str | None:
    """What a literal breaks, in words, or None."""
    plain = isinstance(literal, (str, int, float, bool))
    if limits.allowed is not None and plain and not any(same(a, literal) for a in limits.allowed):
        known = ", ".join(str(a) for a in limits.allowed)
        return f"{literal!r} is not among {known}" if len(limits.allowed) > 1 else f"only {known} is taken"
    if isinstance(literal, (int, float)) and not isinstance(literal, bool):
        number = Decimal(str(literal))
        if limits.max is not None and number > limits.max:
            return f"{literal} is above {limits.max}"
        if limits.min is not None and (
            number < limits.min or (limits.exclusive_min and number == limits.min)
        ):
            return f"{literal} is {'not above' if limits.exclusive_min else 'below'} {limits.min}"
    if isinstance(literal, str) and limits.type == "list":
        return "a bare string is refused"
    if isinstance(literal, str) and limits.max_chars is not None and len(literal) > limits.max_chars:
        return f"longer than {limits.max_chars} characters"
    if isinstance(literal, str) and limits.min_chars is not None and len(literal) < limits.min_chars:
        return f"shorter than {limits.min_chars} characters"
    return None


def same(allowed: object, literal: object) -> bool:
    """Equality that keeps booleans apart from numbers."""
    return allowed == literal and isinstance(allowed, bool) == isinstance(literal, bool)


def repaired(limits: Restriction, literal: object) -> str | None:
    """Python for the nearest value that is taken, None when there is none."""
    if (
        isinstance(literal, str)
        and limits.type == "list"
        and len(literal) <= (limits.max_chars or len(literal))
    ):
        return f"[{json.dumps(literal, ensure_ascii=False)}]"
    if not isinstance(literal, (int, float)) or isinstance(literal, bool):
        return None
    number = Decimal(str(literal))
    if limits.max is not None and number > limits.max:
        return str(limits.max)
    if limits.min is not None and limits.exclusive_min and number <= limits.min:
        return str(limits.min + Decimal("0.01"))
    if limits.min is not None and number < limits.min:
        return str(limits.min)
    return None
