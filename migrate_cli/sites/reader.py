"""All usage sites of one file, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from migrate_cli.index.module import Module
from migrate_cli.index.resolve import Resolver
from migrate_cli.index.sdk import SETTINGS
from migrate_cli.model import Argument, Certainty, Origin, Site, SiteId, SiteKind
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.bound import bound_sites
from migrate_cli.sites.calls import call_sites
from migrate_cli.sites.clients import client_sites
from migrate_cli.sites.comments import ignored_lines
from migrate_cli.sites.places import CellOf, Places
from migrate_cli.sites.references import environment_sites, import_sites, reference_sites, setting_sites
from migrate_cli.sites.roles import with_roles

OPENAI_HOSTS = (".openai.com", ".openai.azure.com", ".azure.com", ".azure-api.net", ".openai.azure.us")
URL_SETTINGS = ("base_url", "api_base")


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
        *environment_sites(reader, module),
        *reference_sites(reader, module),
    ]
    unique = {s.id: s for s in reversed(sites)}
    ordered = sorted(unique.values(), key=lambda s: (s.span, s.kind.value))
    return with_roles(reader.places, module, commented(module, ordered))


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
    settings = [s for s in known if s.kind is SiteKind.SETTING]
    known = [with_settings(s, settings) for s in known]
    hosts: dict[SiteId, str | None] = {
        s.id: foreign_host(s) for s in known if s.kind in (SiteKind.CLIENT, SiteKind.SETTING)
    }
    return tuple(placed(s, hosts) for s in known)


def placed(site: Site, hosts: dict[SiteId, str | None]) -> Site:
    """A site with `elsewhere`; a call that only some of its clients take elsewhere is no more than likely."""
    host = elsewhere(site, hosts)
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


def is_test(path: str) -> bool:
    """Whether a file belongs to the tests, whose settings say nothing about the program."""
    *folders, name = path.split("/")
    return name.startswith(("test_", "conftest")) or name.endswith("_test.py") or "tests" in folders


def elsewhere(site: Site, hosts: dict[SiteId, str | None]) -> str | None:
    """Host of the other provider that this site already uses; a call needs all its clients to agree that it is one."""
    if site.id in hosts:
        return hosts[site.id]
    if site.kind is not SiteKind.CALL:
        return None
    feeding = [c for c in site.clients if c in hosts]
    if site.symbol.startswith("openai."):
        feeding = [c for c in feeding if c[2].split(".")[-1] in URL_SETTINGS]
    found = [hosts[c] for c in feeding]
    return found[0] if found and all(found) else None


def foreign_host(site: Site) -> str | None:
    """Host in a literal base URL that is not OpenAI's, when every known value of it is such a literal."""
    for name in URL_SETTINGS:
        argument = site.argument(name)
        if argument is not None:
            return host_of(argument)
    return None


def host_of(argument: Argument) -> str | None:
    """Host (with port) of a base URL argument that can only be another provider's."""
    hosts = []
    for value in argument.values:
        if value.origin is not Origin.LITERAL or not isinstance(value.literal, str):
            return None
        parts = urlsplit(value.literal)
        if not parts.netloc or is_openai(parts.hostname or ""):
            return None
        hosts.append(parts.netloc.rsplit("@", 1)[-1])
    return hosts[0] if hosts else None


def is_openai(host: str) -> bool:
    """Whether a host belongs to OpenAI or Azure."""
    return any(host == h.lstrip(".") or host.endswith(h) for h in OPENAI_HOSTS)
