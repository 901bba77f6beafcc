"""OpenAI models in use that are, or will be, shut down, with the date and with what OpenAI names instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.costs.today import bare_model, known_model, status_at
from migrate_cli.model import Origin, Site, SiteKind

_NAMING = frozenset({SiteKind.CALL, SiteKind.FRAMEWORK, SiteKind.REQUEST, SiteKind.MODEL})


@dataclass(frozen=True, slots=True)
class RetiredModel:
    """A model as the code names it. `state` is `gone` or `ending`, `status` the same in words.

    `listed` is its name in the catalogue, `as_of` and `source` those of the shutdown date. The replacement is the one
    that OpenAI names, None where it names none.
    """

    model: str
    listed: str
    state: str
    status: str
    shutdown: str | None
    as_of: str | None
    source: str | None
    replacement: str | None
    replacement_note: str | None
    sites: tuple[Site, ...]


def retired_models(sites: Iterable[Site], catalogue: Catalogue, as_of: date) -> tuple[RetiredModel, ...]:
    """The retired models among those that flow into `sites`, as of a day: what is gone first, then by date."""
    users: dict[str, list[Site]] = {}
    for site in sites:
        for name in dict.fromkeys(bare_model(name) for name in named_models(site)):
            users.setdefault(name, []).append(site)
    rows = (_row(name, tuple(at), catalogue, as_of) for name, at in users.items())
    return tuple(
        sorted((r for r in rows if r is not None), key=lambda r: (r.shutdown or "", -len(r.sites), r.model))
    )


def named_models(site: Site) -> tuple[str, ...]:
    """The models known to flow into a site, each once; of variables only those that a file gives a model count."""
    given = site.model_arguments if site.kind in _NAMING else ()
    if site.kind is SiteKind.ENVIRONMENT and site.form is not None and "MODEL" in (site.variable or ""):
        given = site.named("value")
    values = (value for argument in given for value in argument.values)
    names = (v.literal for v in values if v.origin is not Origin.DYNAMIC and isinstance(v.literal, str))
    return tuple(dict.fromkeys(names))


def _row(name: str, sites: tuple[Site, ...], catalogue: Catalogue, as_of: date) -> RetiredModel | None:
    known = known_model(name, catalogue)
    if known is None:
        return None
    state, status = status_at(known, as_of)
    if state == "active":
        return None
    return RetiredModel(
        model=name,
        listed=known.id,
        state=state,
        status=status,
        shutdown=known.shutdown,
        as_of=known.fact.as_of,
        source=known.shutdown_source,
        replacement=known.replacement,
        replacement_note=known.replacement_note,
        sites=sites,
    )
