"""Which files leave openai<1 with `--upgrade-sdk`, through which clients, and what keeps the others.

A file whose settings stand at the top of it, once each and for itself alone, gets a client of its own. All others go
together through the module's client: settings in branches, in functions or in other files keep their place and hold
for whoever calls next, as before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.rules.clients.addresses import replaceable
from migrate_cli.rules.clients.client_endpoint import is_target_url, offered
from migrate_cli.rules.legacy.calls import obstacle
from migrate_cli.rules.legacy.current import as_current
from migrate_cli.rules.legacy.names import GONE, GONE_ERROR, TYPES, is_async
from migrate_cli.rules.legacy.reading import read
from migrate_cli.rules.legacy.text_completions import chat_edits
from migrate_cli.rules.support import Situation
from migrate_cli.rules.upgrade import Clients, Hindrance, Upgrade
from migrate_cli.targets.endpoint import Target

TOGETHER = "openai<1"
PLAIN_SETTINGS = {"api_key", "api_base", "api_type", "api_version", "organization"}


def planned(sites: Sequence[Site], target: Target, situation: Situation) -> Upgrade:
    """What `--upgrade-sdk` does with a project."""
    if not situation.options.upgrade_sdk or target.id == "azure" or target.is_template:
        return Upgrade()
    code = [s for s in sites if s.form is None and s.framework is None]
    calls = [s for s in code if s.kind is SiteKind.CALL and s.legacy]
    moving = [s for s in calls if offered(target, s.endpoint or "") or turned(s, target, situation)]
    paths = {s.path for s in moving} | {s.path for s in code if is_old(s)}
    if not paths:
        return Upgrade()
    paths |= {s.path for s in situation.settings if any(c.clients for c in moving)}
    homes = {path: home(code, path) for path in paths}
    apart = alone(code, moving, paths, target, situation)
    clients = {
        path: names for path in apart if (names := client_names(moving, path, homes[path])) is not None
    }
    bundles = {path: f"{TOGETHER}: {path}" if path in clients else TOGETHER for path in sorted(paths)}
    found = list(hindrances(code, moving, paths))
    stuck = {bundles[h.site[0]] for h in found}
    bundles = {path: bundle for path, bundle in bundles.items() if bundle not in stuck}
    return Upgrade(
        bundles=bundles,
        clients=clients,
        hindrances={
            path: tuple(h for h in found if h.site[0] == path) for path in {h.site[0] for h in found}
        },
        forms={s.id: form for s in code if s.path in bundles and (form := as_current(s)) is not s},
        heads={
            site.path: site.id
            for site in homes.values()
            if site is not None and site.path not in situation.imports
        },
        leaning=leaning(bundles, {call.path for call in moving}),
    )


def leaning(bundles: Mapping[str, str], calling: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The bundles of all others for each file that calls nothing: it names what they raise or replace."""
    return {
        path: tuple(sorted({*bundles.values()} - {own}))
        for path, own in bundles.items()
        if path not in calling
    }


def turned(site: Site, target: Target, situation: Situation) -> bool:
    """Whether a text completion becomes a chat (SDK07)."""
    if site.endpoint != "completions" or not situation.options.review or offered(target, "completions"):
        return False
    return chat_edits(site, upgraded=True) is not None


def is_old(site: Site) -> bool:
    """Whether a site names something that only openai<1 has."""
    if site.kind not in (SiteKind.EXCEPTION, SiteKind.TYPE, SiteKind.IMPORT):
        return False
    return (
        site.symbol in TYPES
        or site.symbol == f"openai.{GONE_ERROR}"
        or site.symbol.startswith(("openai.error", *GONE))
    )


def home(code: Iterable[Site], path: str) -> Site | None:
    """The first import of the SDK in a file."""
    return next((s for s in code if s.kind is SiteKind.IMPORT and s.path == path), None)


def alone(
    code: Sequence[Site], moving: Sequence[Site], paths: Iterable[str], target: Target, situation: Situation
) -> list[str]:
    """The files whose settings can become a client: nobody else reads them, and they hold whatever happens."""
    if situation.frameworks or any(s.kind is SiteKind.SETTING and s.read for s in code):
        return []
    keyed = {s.path for s in situation.settings if s.symbol == "openai.api_key"}
    if any(call.path not in keyed for call in moving):
        return []
    calling = {call.path for call in moving}
    return [path for path in paths if path in calling and simple(situation, path, target)]


def simple(situation: Situation, path: str, target: Target) -> bool:
    """Whether the settings of a file stand at its top level, once each, with values that can be moved."""
    settings = [s for s in situation.settings if s.path == path]
    names = [s.symbol.rsplit(".", 1)[-1] for s in settings]
    if len(set(names)) < len(names) or not PLAIN_SETTINGS.issuperset(names):
        return False
    if any(s.location.column != 1 or s.ignored or s.certainty is not Certainty.PROVED for s in settings):
        return False
    urls = [v for s in settings if s.symbol == "openai.api_base" for v in s.arguments[0].values]
    return all(replaceable(v) or is_target_url(v, target) for v in urls)


def client_names(moving: Iterable[Site], path: str, first: Site | None) -> Clients | None:
    """Names for the clients of a file, None where none is free."""
    if first is None or len(first.free) < 2:
        return None
    waits = {is_async(call.symbol) for call in moving if call.path == path}
    return Clients(first.free[0] if False in waits else None, first.free[1] if True in waits else None)


def hindrances(code: Iterable[Site], moving: Sequence[Site], paths: Collection[str]) -> Iterable[Hindrance]:
    """What keeps files from the current SDK."""
    named = {(c.path, c.symbol) for c in moving if c.certainty is not Certainty.GUESS}
    for site in code:
        if site.path not in paths:
            continue
        reason = hindrance(site, site in moving, (site.path, site.symbol) in named)
        if reason is not None:
            yield Hindrance(site.id, str(site.location), reason)


def hindrance(site: Site, is_call: bool, resolved: bool) -> str | None:
    """Why one site has no form for the current SDK, if so."""
    if is_call and site.ignored:
        return "a comment keeps this call as it is"
    if is_call and site.certainty is Certainty.GUESS:
        return f"`{site.symbol}` is passed on as a value"
    if is_call:
        why = obstacle(site)
        found = read(site).obstacle if why is None else None
        return found or why
    if site.kind is SiteKind.SETTING and not site.read and site.certainty is not Certainty.PROVED:
        return f"{site.symbol} is set in a way that is not edited" if connects(site) else None
    if site.kind in (SiteKind.IMPORT, SiteKind.TYPE) and site.symbol not in TYPES:
        gone = next(
            (name for name in GONE if site.symbol == name or site.symbol.startswith(f"{name}.")), None
        )
        if gone is not None and not site.code.endswith("OpenAIObject"):
            return f"`{gone}` is gone: {GONE[gone]}"
    return None


def connects(site: Site) -> bool:
    """Whether a setting says where requests go."""
    return site.symbol.rsplit(".", 1)[-1] in ("api_base", "api_key", "…")
