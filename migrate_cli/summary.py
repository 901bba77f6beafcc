"""A scan in numbers: by endpoint, by the way OpenAI is reached, by file; what is elsewhere and what is dynamic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migrate_cli import tally
from migrate_cli.model import MODEL_ARGUMENTS, Argument, Origin, Scan, Site, SiteKind

SDK, SDK_BEFORE_1, RAW = "openai SDK", "openai SDK before 1.0", "raw HTTP"
NO_ENDPOINT = "not named"  # a framework's class, or an address that is put together at run time
TOKENIZER = "tiktoken"  # sends nothing

_REQUESTING = frozenset({SiteKind.CALL, SiteKind.FRAMEWORK, SiteKind.REQUEST})
_THROUGH = _REQUESTING | {SiteKind.CLIENT}
# What the program keeps when it moves: nothing to do there, so only counted unless all is asked for.
_STAYING = frozenset({SiteKind.IMPORT, SiteKind.EXCEPTION, SiteKind.TYPE, SiteKind.PATCH})
_CODE_SUFFIXES = (".py", ".pyi", ".pyw", ".ipynb")
ADDRESSES = ("base_url", "api_base", "azure_endpoint", "openai_api_base", "endpoint", "url")
KEYS = ("api_key", "openai_api_key", "azure_ad_token")


@dataclass(frozen=True, slots=True)
class EndpointCount:
    """How often an endpoint is used: `legacy` of the `calls` are written for openai<1.0."""

    endpoint: str
    calls: int
    framework: int
    request: int
    legacy: int
    files: int


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many sites, in how many files, belong together under `name`."""

    name: str
    sites: int
    files: int


@dataclass(frozen=True, slots=True)
class FileCount:
    """How many sites of a file are in use, and how many it has in all."""

    path: str
    in_use: int
    sites: int


@dataclass(frozen=True, slots=True)
class Dynamic:
    """An argument of a site of which at least one value is only known at run time, and why."""

    site: Site
    argument: str
    reason: str


def is_code(site: Site) -> bool:
    """Whether a site stands in Python code, and not in a configuration or dependency file."""
    return site.form is None and site.path.endswith(_CODE_SUFFIXES) and site.kind is not SiteKind.DEPENDENCY


def stays(site: Site) -> bool:
    """Whether a site is one of those that a move leaves as they are."""
    return site.kind in _STAYING


def split(scan: Scan) -> tuple[tuple[Site, ...], tuple[Site, ...], tuple[Site, ...], tuple[Site, ...]]:
    """The sites as (at work in code, around the code, staying as they are, elsewhere or ignored)."""
    away = {site.id for site in tally.at_rest(scan)}
    present = [site for site in scan.sites if site.id not in away]
    working = [site for site in present if not stays(site)]
    return (
        tuple(site for site in working if is_code(site)),
        tuple(site for site in working if not is_code(site)),
        tuple(site for site in present if stays(site)),
        tuple(site for site in scan.sites if site.id in away),
    )


def by_endpoint(sites: Iterable[Site]) -> tuple[EndpointCount, ...]:
    """Calls, framework uses and raw requests per endpoint, the busiest first."""
    groups: defaultdict[str, list[Site]] = defaultdict(list)
    for site in sites:
        if site.kind in _REQUESTING and site.framework != TOKENIZER:
            groups[site.endpoint or NO_ENDPOINT].append(site)
    rows = (_endpoint(name, group) for name, group in groups.items())
    return tuple(sorted(rows, key=lambda r: (-(r.calls + r.framework + r.request), r.endpoint)))


def _endpoint(name: str, sites: Sequence[Site]) -> EndpointCount:
    kinds = Counter(site.kind for site in sites)
    return EndpointCount(
        name,
        kinds[SiteKind.CALL],
        kinds[SiteKind.FRAMEWORK],
        kinds[SiteKind.REQUEST],
        sum(site.legacy for site in sites),
        len({site.path for site in sites}),
    )


def by_framework(sites: Iterable[Site]) -> tuple[GroupCount, ...]:
    """Clients, calls, framework uses and requests by the package that they go through, the busiest first."""
    return _grouped((way(site), site.path) for site in sites if site.kind in _THROUGH)


def way(site: Site) -> str:
    """The package through which a site reaches OpenAI, in words."""
    if site.framework is not None:
        return site.framework
    if site.kind is SiteKind.REQUEST:
        return RAW
    return SDK_BEFORE_1 if site.legacy else SDK


def by_host(sites: Iterable[Site]) -> tuple[GroupCount, ...]:
    """Sites that use another provider, by its host."""
    return _grouped((site.elsewhere, site.path) for site in sites if site.elsewhere is not None)


def by_file(scan: Scan) -> tuple[FileCount, ...]:
    """The files of a scan, those with the most sites in use first."""
    used = Counter(site.path for site in tally.in_use(scan))
    found = Counter(site.path for site in scan.sites)
    return tuple(
        FileCount(path, used[path], number)
        for path, number in sorted(found.items(), key=lambda item: (-used[item[0]], -item[1], item[0]))
    )


def dynamic(sites: Iterable[Site]) -> tuple[Dynamic, ...]:
    """What decides where a site goes (model, base URL, key) and is only known at run time, with the reason."""
    found = []
    for site in sites:
        for argument in deciding(site):
            if (reason := unknown_because(argument)) is not None:
                found.append(Dynamic(site, argument.name, reason))
        found += [Dynamic(site, f"**{code}", "its arguments are not followed") for code in site.unfollowed]
    return tuple(found)


def deciding(site: Site) -> tuple[Argument, ...]:
    """The arguments that decide where a site goes: its models, then its addresses, then its keys."""
    return (
        *site.model_arguments,
        *(argument for name in (*ADDRESSES, *KEYS) for argument in site.named(name)),
    )


def unknown_because(argument: Argument) -> str | None:
    """Why an argument is not wholly known, None when it is. A model that is None by default is not."""
    reasons = [value.because or "not known" for value in argument.values if value.origin is Origin.DYNAMIC]
    if reasons:
        return reasons[0]
    if argument.name in MODEL_ARGUMENTS and is_empty(argument) and argument.code != "None":
        return f"`{argument.code}` is empty by default"
    return None


def is_empty(argument: Argument) -> bool:
    """Whether nothing but None, or an empty text, is known to flow into an argument."""
    nothing = (
        v.origin is Origin.NONE or (v.origin is Origin.LITERAL and v.literal == "") for v in argument.values
    )
    return all(nothing)


def _grouped(pairs: Iterable[tuple[str, str]]) -> tuple[GroupCount, ...]:
    """Pairs of (group, path of a site) as counts."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, path in pairs:
        groups[name].append(path)
    rows = (GroupCount(name, len(paths), len(set(paths))) for name, paths in groups.items())
    return tuple(sorted(rows, key=lambda r: (-r.sites, r.name)))
