"""The verbs of `migrate probe` for Python callers.

    from migrate_cli import api_probe

    aim = api_probe.aim("deepseek")
    print(api_probe.estimate(aim).amounts)
    done = api_probe.probe(aim, key)

Only `probe` reaches the network, and only the host of the aim.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate_cli.catalogue.loader import Catalogue
    from migrate_cli.catalogue.observed import Found
    from migrate_cli.catalogue.types import Provider
    from migrate_cli.costs.small_bill import SmallBill
    from migrate_cli.runtime.probe.aim import Aim
    from migrate_cli.runtime.probe.verdict import Run


def aim(
    name: str,
    *,
    site: str | None = None,
    base_url: str | None = None,
    model: str | None = None,
    full: bool = False,
    catalogue: Catalogue | None = None,
) -> Aim:
    """What would be asked of the provider called `name`, on one of its platforms or at `base_url`.

    Held against what is documented, not against earlier observations. Raises UserError for an unknown provider or site,
    a provider without an endpoint, an address that no key may be sent to, and where no model is known.
    """
    from migrate_cli.catalogue.loader import open_catalogue
    from migrate_cli.model import UserError
    from migrate_cli.runtime.probe.aim import Aim, address
    from migrate_cli.runtime.probe.plan import default_models, plan

    known = catalogue or open_catalogue(observed=False)
    provider = known.provider(name)
    place, url = address(provider, site, base_url)
    usual, vectors = default_models(
        provider,
        _replacement(known, provider, "gpt-4o-mini"),
        _replacement(known, provider, "text-embedding-3-small"),
    )
    chat = model or usual
    if chat is None:
        raise UserError(f"say which model to ask with --model: the catalogue knows none of {provider.name}")
    return Aim(
        provider=provider,
        site=None if base_url is not None else place.name,
        base_url=url,
        key_variable=place.key_variable or provider.key_variable,
        model=chat,
        embedding=vectors,
        full=full,
        questions=plan(provider, chat, vectors, full=full),
    )


def estimate(aim: Aim) -> SmallBill:
    """The most that the probe costs at list prices; nothing is sent for it."""
    from migrate_cli.costs.small_bill import small_bill

    site = aim.site or (aim.provider.sites[0].name if aim.provider.sites else None)
    asked = ((q.model if q.payload is not None else None, q.input, q.most_output) for q in aim.questions)
    return small_bill(aim.provider, site, asked)


def read_key(aim: Aim, variable: str | None = None, environment: Mapping[str, str] | None = None) -> str:
    """The user's key, from `variable` or the provider's usual one. Raises UserError when there is none."""
    from migrate_cli.runtime.probe.aim import read_key as read

    return read(aim, variable, os.environ if environment is None else environment)


def probe(
    aim: Aim,
    key: str,
    *,
    timeout: float = 60,
    concurrency: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Ask, and hold the answers against the catalogue; nothing is kept yet.

    `timeout` is in seconds for each request. An interrupt passes. Raises UserError when httpx is not installed.
    """
    from migrate_cli.runtime.probe.client import asking, is_local
    from migrate_cli.runtime.probe.run import PAUSE, run

    pause = 0.0 if is_local(aim.base_url) else PAUSE
    with asking(aim.base_url, key, timeout) as ask:
        return run(
            aim.questions,
            ask,
            aim.provider,
            key,
            pause=pause,
            concurrency=concurrency,
            progress=progress,
        )


def keep(aim: Aim, done: Run, day: date | None = None) -> Path | None:
    """Keep what was observed for later runs, dated `day` or today; None when nothing was. Raises UserError."""
    from migrate_cli import __version__
    from migrate_cli.runtime.probe.aim import observed
    from migrate_cli.update.observations import keep as store

    run = observed(aim, done, (day or date.today()).isoformat(), __version__)
    return store(run) if run.answers else None


def on_record(name: str | None = None) -> Found:
    """The observations that are kept, of one provider or of all. Raises UserError for an unknown provider."""
    from migrate_cli.catalogue.observed import observations

    return observations(_id(name))


def forget(name: str | None = None) -> int:
    """Remove the observations of one provider or all of them; how many runs that were. Raises UserError."""
    from migrate_cli.update.observations import forget as remove

    return remove(_id(name))


def _id(name: str | None) -> str | None:
    from migrate_cli.catalogue.loader import open_catalogue

    return None if name is None else open_catalogue(observed=False).provider(name).id


def _replacement(catalogue: Catalogue, provider: Provider, model: str) -> str | None:
    found = catalogue.replacement(provider, model)
    return found.to if found is not None else None
