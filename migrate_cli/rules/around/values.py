"""Models and addresses that stand outside of SDK calls: what replaces them, and how sure one may be of it."""

from __future__ import annotations

from collections.abc import Iterable

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Compatibility, Finding, Rule, Site, Value
from migrate_cli.rules.support import Situation, edit, manual, review
from migrate_cli.rules.users import Standing
from migrate_cli.rules.written import rewritten
from migrate_cli.sites.hosts import api_url, path_of
from migrate_cli.targets.endpoint import Choice, Target

BASES = ("", "/", "/v1", "/v1/")  # what stands below the host in a base URL of OpenAI's

_WHY = {
    Standing.SOME: ", but it also feeds a call that stays",
    Standing.NONE: ", but what it feeds stays",
    Standing.UNKNOWN: ", if this is what the program asks for",
}


def aimed(readers: Iterable[Site], target: Target, situation: Situation) -> Target | None:
    """The target of what a value feeds: that of its capability; None when it feeds several that differ."""
    roots = {(site.endpoint or "").partition(".")[0] for site in readers if site.endpoint}
    targets = {t.id: t for t in (situation.others.get(root, target) for root in roots)}
    if not targets:
        return target
    return next(iter(targets.values())) if len(targets) == 1 else None


def changed_model(
    rule: Rule, site: Site, target: Target, name: str, value: Value, standing: Standing, before: str = ""
) -> Finding | None:
    """The finding for a value that names one of OpenAI's models; None for any other name."""
    choice = target.choose(name)
    if choice is None:
        return None
    if choice.to is None:
        return manual(
            rule,
            site,
            target,
            f"{before}{name}: {choice.note or 'no replacement is known'}",
            compatibility=Compatibility.UNSUPPORTED,
            advice=f"--model {name}=NAME chooses one",
            source=choice.source,
        )
    words = f"{before}{name} → {choice.to}{_WHY.get(standing, '')}"
    change = rewritten(value, choice.to)
    if change is None:
        return manual(rule, site, target, words, advice=f"write {choice.to} there", source=choice.source)
    limited = limits(target, choice)
    if limited is not None:
        return review(rule, site, target, f"{words}: {limited}", change, source=choice.source)
    make = edit if standing is Standing.ALL else review
    return make(rule, site, target, words, change, source=choice.source)


def limits(target: Target, choice: Choice) -> str | None:
    """What is to be said of a model that not everybody may use, None for any other."""
    chosen = target.model(choice.to) if choice.to is not None else None
    if chosen is None or chosen.status != "limited" or target.provider.status != "open":
        return None
    return chosen.note or "limited"


def counterpart(text: str, target: Target) -> str | None:
    """The provider's URL for a whole URL of OpenAI's; None where nothing is known to answer there."""
    found = api_url(text)
    if found is None or found.azure or target.is_template or not text.startswith("https://"):
        return None
    if found.path in BASES:
        return target.base_url
    entry = target.endpoint(found.endpoint) if found.endpoint is not None else None
    path = path_of(found.endpoint) if found.endpoint is not None else None
    if entry is None or entry.support is not Support.SUPPORTED or path is None:
        return None
    return f"{target.base_url.rstrip('/')}/{path}" if found.path.rstrip("/") == f"/v1/{path}" else None
