"""All usage sites of one file, in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from migrate_cli.index.module import Module
from migrate_cli.index.resolve import Resolver
from migrate_cli.index.sdk import SETTINGS, TUNING
from migrate_cli.model import Argument, Certainty, Origin, Site, SiteId, SiteKind, Value
from migrate_cli.selection import is_test
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.bound import bound_sites
from migrate_cli.sites.calls import call_sites
from migrate_cli.sites.caught import with_caught
from migrate_cli.sites.clients import client_sites
from migrate_cli.sites.comments import ignored_lines
from migrate_cli.sites.fields import field_sites, with_fields
from migrate_cli.sites.framework_imports import framework_import_sites
from migrate_cli.sites.framework_links import with_wrappers
from migrate_cli.sites.frameworks import framework_sites
from migrate_cli.sites.imports import import_sites
from migrate_cli.sites.installs import install_sites
from migrate_cli.sites.kept import within
from migrate_cli.sites.key_checks import with_key_checks
from migrate_cli.sites.keys import module_keys
from migrate_cli.sites.notebooks import commented_shell
from migrate_cli.sites.patches import patches
from migrate_cli.sites.places import CellOf, Places
from migrate_cli.sites.references import reference_sites
from migrate_cli.sites.requests import request_sites
from migrate_cli.sites.roles import with_roles
from migrate_cli.sites.settings import setting_sites
from migrate_cli.sites.urls import url_sites
from migrate_cli.sites.uses import with_uses
from migrate_cli.sites.variables import environment_sites

OPENAI_HOSTS = (".openai.com", ".openai.azure.com", ".azure.com", ".azure-api.net", ".openai.azure.us")
URL_SETTINGS = ("base_url", "api_base")
FRAMEWORK_URLS = (*URL_SETTINGS, "openai_api_base", "api_base_url", "openai_base_url", "endpoint")


def read_sites(resolver: Resolver, module: Module, cell_of: CellOf) -> list[Site]:
    """Sites of `module` in source order, without what only the whole project can tell (see `settle`)."""
    reader = Reader(resolver, Places(cell_of))
    imports = list(import_sites(reader, module))
    suspects = bool(imports)
    sites = [
        *imports,
        *client_sites(reader, module),
        *call_sites(reader, module, suspects=suspects),
        *bound_sites(reader, module),
        *setting_sites(reader, module),
        *with_fields(field_sites(reader, module), environment_sites(reader, module)),
        *reference_sites(reader, module),
    ]
    replaced = list(patches(reader, module))
    covered = [patch.covered for patch in replaced]
    sites = [*(patch.site for patch in replaced), *(s for s in sites if not within(s.span, covered))]
    known = {s.span for s in sites}
    uses = list(framework_sites(reader, module))
    through = (*uses, *framework_import_sites(reader, module, uses))
    sites += [s for s in through if s.span not in known]
    sites += [s for s in request_sites(reader, module) if s.span not in known]
    sites += url_sites(reader, module, [s.span for s in sites])
    sites += module_keys(reader, module, sites)
    sites += commented_shell(module, reader.places)
    sites += install_sites(reader, module)
    unique = {s.id: s for s in reversed(sites)}
    ordered = sorted(unique.values(), key=lambda s: (s.span, s.kind.value))
    ordered = with_wrappers(reader, module, with_uses(reader, module, ordered))
    ordered = with_key_checks(reader, module, with_caught(reader, module, ordered))
    return with_roles(reader, module, commented(module, ordered))


def commented(module: Module, sites: Iterable[Site]) -> list[Site]:
    """Sites with the reason of a `# migrate: ignore` comment on their first or last line."""
    lines = ignored_lines(module.text)
    if not lines:
        return list(sites)
    starts = module.starts

    def line(offset: int) -> int:
        from bisect import bisect_right

        return bisect_right(starts, offset)

    return [
        replace(
            s, ignored=lines.get(line(s.span.start)) or lines.get(line(max(s.span.start, s.span.end - 1)))
        )
        for s in sites
    ]


def settle(sites: Iterable[Site]) -> tuple[Site, ...]:
    """Sites of a whole project with `elsewhere` filled in and legacy calls tied to the settings that feed them."""
    known = list(sites)
    settings = [s for s in known if s.kind is SiteKind.SETTING and steers(s)]
    known = with_proved_names([with_settings(s, settings) for s in known])
    hosts: dict[SiteId, str | None] = {
        s.id: foreign_host(s)
        for s in known
        if s.kind in (SiteKind.CLIENT, SiteKind.SETTING, SiteKind.FRAMEWORK)
    }
    keys = key_hosts(settings, hosts)
    loose = {key for key, host in keys.items() if host is None}
    hosts |= keys
    return tuple(placed(s, hosts, loose) for s in known)


def with_proved_names(sites: list[Site]) -> list[Site]:
    """The sites, where the text that names a variable is proved to do so by a client that reads it."""
    values = (v for s in sites for a in s.arguments for v in a.values if v.certainty is Certainty.PROVED)
    names = {(v.name_path, v.name_span) for v in values if v.name_span is not None}
    return [
        replace(s, certainty=Certainty.PROVED)
        if s.kind is SiteKind.ENVIRONMENT and (s.path, s.anchor) in names
        else s
        for s in sites
    ]


def steers(setting: Site) -> bool:
    """Whether a setting says where requests go and who pays for them; one that is only read does not."""
    return not setting.read and setting.symbol.split(".")[-1] not in TUNING


def key_hosts(settings: list[Site], hosts: dict[SiteId, str | None]) -> dict[SiteId, str | None]:
    """Where each key of the module goes that is set in the same file as the address of another provider.

    An address holds in its branch and those below. A key outside of it may go to OpenAI.
    """
    addresses = [s for s in settings if s.symbol.split(".")[-1] in URL_SETTINGS]
    found: dict[SiteId, str | None] = {}
    for key in settings:
        near = [a for a in addresses if a.path == key.path]
        if not key.symbol.endswith(".api_key") or not any(hosts[a.id] for a in near):
            continue
        holding = [hosts[a.id] for a in near if key.branch[: len(a.branch)] == a.branch]
        found[key.id] = holding[0] if holding and all(holding) else None
    return found


def placed(site: Site, hosts: dict[SiteId, str | None], loose: Collection[SiteId]) -> Site:
    """A site with `elsewhere`; a call that only some of its clients take elsewhere is no more than likely."""
    host = elsewhere(site, hosts, loose)
    near = [c for c in site.clients if c[2].split(".")[-1] not in SETTINGS or c[0] == site.path]
    mixed = host is None and site.kind is SiteKind.CALL and any(hosts.get(c) for c in near)
    certainty = Certainty.LIKELY if mixed and site.certainty is Certainty.PROVED else site.certainty
    return replace(site, elsewhere=host, certainty=certainty)


def with_settings(site: Site, settings: list[Site]) -> Site:
    """A call through the module is fed by the settings of its file, else by those of the project outside its tests."""
    if site.kind is not SiteKind.CALL or not (site.legacy or site.symbol.startswith("openai.")):
        return site
    near = [s.id for s in settings if s.path == site.path]
    far = [s.id for s in settings if is_test(site.path) or not is_test(s.path)]
    return replace(site, clients=tuple(near or far))


def elsewhere(site: Site, hosts: dict[SiteId, str | None], loose: Collection[SiteId]) -> str | None:
    """Host of the other provider that this site already uses; a call needs all its clients to agree that it is one.

    `loose` are keys of the module that may go to OpenAI although an address is set near them.
    """
    if site.kind is SiteKind.FRAMEWORK and hosts.get(site.id) is None:
        given = [hosts.get(c) for c in site.clients]
        return given[0] if given and all(given) else None
    if site.id in hosts:
        return hosts[site.id]
    if site.kind is not SiteKind.CALL:
        return None
    feeding = [c for c in site.clients if c in hosts]
    if site.symbol.startswith("openai."):
        feeding = [c for c in feeding if c[2].split(".")[-1] in URL_SETTINGS]
    found = [hosts[c] for c in feeding]
    return found[0] if found and all(found) and not any(c in loose for c in site.clients) else None


def foreign_host(site: Site) -> str | None:
    """Host in a literal base URL that is not OpenAI's, when every known value of it is such a literal."""
    if site.symbol.endswith("BedrockOpenAI"):
        return "Amazon Bedrock"
    for name in FRAMEWORK_URLS if site.kind is SiteKind.FRAMEWORK else URL_SETTINGS:
        argument = site.argument(name)
        if argument is not None:
            return host_of(argument)
    return None


def host_of(argument: Argument) -> str | None:
    """Host (with port) of a base URL argument that can only be another provider's."""
    hosts = []
    for value in last_resort(argument) or argument.values:
        text = value.literal if value.origin is Origin.LITERAL else whole_host(value.known)
        if not isinstance(text, str):
            return None
        parts = urlsplit(text)
        if not parts.netloc or is_openai(parts.hostname or ""):
            return None
        hosts.append(parts.netloc.rsplit("@", 1)[-1])
    return hosts[0] if hosts else None


def last_resort(argument: Argument) -> tuple[Value, ...]:
    """The literal that an `or` ends in, when nothing before it speaks of OpenAI: settings for that very provider."""
    if " or " not in argument.code or "openai" in argument.code.lower():
        return ()
    end = (argument.path, argument.span.end)
    return tuple(v for v in argument.values if v.origin is Origin.LITERAL and (v.path, v.span.end) == end)


def whole_host(known: str | None) -> str | None:
    """The start of a computed text, when its host stands in it to the end: a slash follows."""
    return known if known is not None and known.count("/") >= 3 else None


def is_openai(host: str) -> bool:
    """Whether a host belongs to OpenAI or Azure."""
    return any(host == h.lstrip(".") or host.endswith(h) for h in OPENAI_HOSTS)
