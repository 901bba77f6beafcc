"""How the construction of a framework's object is pointed at a provider, as the table of frameworks tells it.

Base URL, key and model belong to one finding: an object that has one of them and not the others is of no use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.frameworks import Framework, Move, frameworks
from migrate_cli.catalogue.types import Endpoint, Support
from migrate_cli.model import (
    AddImport,
    Argument,
    Compatibility,
    Finding,
    Operation,
    RemoveArgument,
    RemoveImport,
    RemoveItem,
    RenameArgument,
    RenameItem,
    ReplaceExpression,
    Rule,
    SetArgument,
    SetItem,
    Site,
    SiteKind,
)
from migrate_cli.rules.clients.client_endpoint import address, is_target_url, key, remark_finding
from migrate_cli.rules.frameworks.models import Exchange, exchange
from migrate_cli.rules.frameworks.secrets import secret_key
from migrate_cli.rules.steps import installed
from migrate_cli.rules.support import drop, edit, manual, migrated, note, put, rename, review, skip
from migrate_cli.targets.endpoint import Target


def moved_by(rule: Rule, site: Site) -> Move | None:
    """How a site is moved, when this is the rule that does it."""
    if site.kind is not SiteKind.FRAMEWORK or site.framework is None:
        return None
    move = move_of(site)
    return move if move is not None and move.rule == rule.code else None


def move_of(site: Site) -> Move | None:
    """How a site is moved, None where the table does not tell, or where the class is only handed on."""
    framework = frameworks().named(site.framework or "")
    use = framework.use(site.symbol) if framework is not None else None
    handed_on = site.anchor.start > site.span.start and site.code.startswith(("field(", "Field("))
    return None if use is None or handed_on else use.move(site.symbol)


def settled(rule: Rule, site: Site, target: Target) -> Finding | None:
    """What to say of a site that points to another host already."""
    if site.elsewhere is None:
        return None
    if target.owns(site.elsewhere):
        return migrated(rule, site, target, f"already points to {target.provider.name}")
    return skip(rule, site, target, f"already points to {site.elsewhere}; left alone")


def point(
    rule: Rule, site: Site, target: Target, move: Move, *extra: Operation, words: str = ""
) -> Iterator[Finding]:
    """The finding that points a construction at the target, with `extra` edits that belong to it."""
    blocked = obstacle(site, target, move)
    model = exchange(rule, site, target, move)
    if blocked is None and model.obstacle is not None:
        blocked = (model.obstacle[0], Compatibility.UNSUPPORTED, model.obstacle[1])
    if blocked is not None:
        yield manual(rule, site, target, blocked[0], compatibility=blocked[1], advice=blocked[2])
        return
    addressed = located(site, target, move)
    if addressed is None:
        words = f"the base URL of {short(site)} is decided at run time"
        advice = f"make it {target.base_url} for {target.provider.name}"
        yield manual(rule, site, target, words, advice=advice)
        return
    edits, remark = addressed
    edits = [*changed_class(site, move), *edits, *model.edits, *surplus(site, move), *extra]
    if edits:
        yield told(rule, site, target, model, edits, words or f"{short(site)} points to {target.base_url}")
    if remark is not None:
        yield remark_finding(rule, site, target, remark)
    yield from model.asides


def told(
    rule: Rule, site: Site, target: Target, model: Exchange, edits: list[Operation], words: str
) -> Finding:
    """The move in words, as an edit, or as a review where the model is in doubt."""
    message = "; ".join((words, *model.words))
    own = derived(site)
    doubt = model.doubt or (
        f"{own} is not the class itself and may be constructed otherwise" if own else None
    )
    if doubt is not None:
        return review(rule, site, target, f"{message}, but {doubt}", *edits, source=model.source)
    return edit(rule, site, target, message, *edits, source=model.source)


def obstacle(site: Site, target: Target, move: Move) -> tuple[str, Compatibility, str | None] | None:
    """Why a construction cannot be pointed at the target, if so: words, how bad it is, what to do."""
    name, provider = short(site), target.provider.name
    if target.is_template:
        return f"the base URL of {provider} is your own: {target.base_url}", Compatibility.UNKNOWN, None
    entry = target.endpoint(site.endpoint) if site.endpoint is not None else None
    if site.endpoint is not None and site.endpoint != "responses":
        unfit = unoffered(target, site.endpoint, entry)
        if unfit is not None:
            return f"{name} {unfit[0]}", unfit[1], entry.advice if entry is not None else None
    if site.unfollowed and any(site.argument(n) is None for n in (move.base, move.model) if n is not None):
        words = f"arguments of {name} come from `**{site.unfollowed[0]}`, which cannot be followed"
        return words, Compatibility.UNKNOWN, by_hand(target, move)
    if not site.model_arguments and site.positional and move.default is not None:
        words = f"{name} is constructed with positional arguments"
        return words, Compatibility.UNKNOWN, by_hand(target, move)
    return None


def unoffered(target: Target, endpoint: str, entry: Endpoint | None) -> tuple[str, Compatibility] | None:
    """What is wrong with an endpoint on the provider, None when it is offered."""
    provider = target.provider.name
    if entry is not None and entry.support is Support.REJECTED:
        return f"uses {endpoint}, which {provider} does not offer", Compatibility.UNSUPPORTED
    if entry is None or entry.support is Support.UNKNOWN:
        return f"uses {endpoint}, of which nothing is known on {provider}", Compatibility.UNKNOWN
    return None


def by_hand(target: Target, move: Move) -> str:
    """What a person has to set."""
    return f'set {move.base}="{target.base_url}", {move.key} and {move.model} of {target.provider.name}'


def located(site: Site, target: Target, move: Move) -> tuple[list[Operation], str | None] | None:
    """Operations that set base URL and key under the names that the site uses; None when they are computed."""
    if move.base is None or move.key is None:
        return [], None
    names = spelled(site, move)
    seen = replace(site, arguments=tuple(plain(a, names) for a in site.arguments))
    url = seen.argument("base_url")
    pointed = url is not None and all(is_target_url(v, target) for v in url.values)
    edits = [] if pointed else address(seen, target, url)
    if edits is None:
        return None
    keys, remark = secret_key(seen, target) if move.secret else key(seen, target)
    if site.unfollowed and site.argument(move.key) is None:
        keys = []
    return [translated(e, names) for e in (*edits, *keys)], remark


def spelled(site: Site, move: Move) -> dict[str, str]:
    """What the site calls base URL and key: as it writes them already, else as the table says."""
    framework = frameworks().named(site.framework or "")
    assert framework is not None and move.base is not None and move.key is not None
    base = next((n for n in framework.base if site.argument(n) is not None), move.base)
    name = next((n for n in framework.key if site.argument(n) is not None), move.key)
    return {"base_url": base, "api_key": name}


def plain(argument: Argument, names: dict[str, str]) -> Argument:
    """An argument under the name that the SDK's own client has for it."""
    found = next((plain_name for plain_name, own in names.items() if own == argument.name), None)
    return argument if found is None else replace(argument, name=found)


def translated(operation: Operation, names: dict[str, str]) -> Operation:
    """An operation on `base_url` or `api_key` under the name that the framework has for it."""
    if isinstance(
        operation, SetArgument | SetItem | RemoveArgument | RemoveItem | RenameArgument | RenameItem
    ):
        return replace(operation, name=names.get(operation.name, operation.name))
    return operation


def changed_class(site: Site, move: Move) -> list[Operation]:
    """Operations that put another class in the place of the constructed one."""
    if move.become is None or move.package is None:
        return []
    old = site.symbol.rsplit(".", 1)
    return [
        ReplaceExpression(site.path, site.anchor, move.become),
        AddImport(site.path, f"from {move.package} import {move.become}"),
        RemoveImport(site.path, old[0], old[1]),
    ]


def surplus(site: Site, move: Move) -> Iterator[Operation]:
    """Operations on the arguments that go, change their name or come with the move."""
    gone = set(move.drop)
    for argument in site.arguments:
        if argument.name in gone:
            yield drop(site, argument)
        elif argument.name in move.rename:
            yield rename(site, argument, move.rename[argument.name])
    for name, code in move.add.items():
        if site.argument(name) is None:
            yield put(site, name, code)


def derived(site: Site) -> str | None:
    """The name of what is constructed where nothing shows that it is just another name of the framework's class."""
    word = site.code.split("(", 1)[0].split("[", 1)[0].rsplit(".", 1)[-1].strip()
    named = word == site.symbol.rsplit(".", 1)[-1] or any(f"`{word}`" in step.text for step in site.evidence)
    return None if named else word


def short(site: Site) -> str:
    """The class, or the class and its method."""
    parts = site.symbol.split(".")
    return ".".join(parts[-2:]) if len(parts) > 1 and parts[-2][:1].isupper() else parts[-1]


def needs(rule: Rule, site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """The distribution that the new class comes from."""
    if move.installs is not None:
        words = f"{move.become} comes from the package {move.installs}: add it to the requirements"
        yield replace(note(rule, site, target, words), steps=(installed(move.installs),))


def framework_of(site: Site) -> Framework | None:
    """The framework of a site."""
    return frameworks().named(site.framework or "")
