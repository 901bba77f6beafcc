"""Whom a probe asks: the provider, the address, the models, and the questions in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrate_cli.catalogue.observed import Observations
from migrate_cli.catalogue.overlay import is_own
from migrate_cli.catalogue.types import Provider, SiteAddress
from migrate_cli.model import UserError
from migrate_cli.runtime.probe.client import checked_base, host_of, is_local
from migrate_cli.runtime.probe.plan import Asked
from migrate_cli.runtime.probe.verdict import Run, kept

NO_KEY = "EMPTY"  # what a server on this machine takes for a key
_FOREIGN = (
    "OPENAI_API_KEY"  # some local servers read it, but OpenAI's own key is theirs only when it is named
)


@dataclass(frozen=True, slots=True)
class Aim:
    """A probe, ready to be sent. `site` is None at an address of the user's own, `embedding` when none is asked."""

    provider: Provider
    site: str | None
    base_url: str
    key_variable: str | None
    model: str
    embedding: str | None
    full: bool
    questions: tuple[Asked, ...] = ()

    @property
    def host(self) -> str:
        """The host that is asked."""
        return host_of(self.base_url)

    @property
    def preferred(self) -> bool:
        """Whether what is observed there is the provider's own, and stands in place of older facts."""
        return is_own(self.host, self.provider)


def address(provider: Provider, site: str | None, base_url: str | None) -> tuple[SiteAddress, str]:
    """The provider's platform and the base URL to ask. Raises UserError when one is missing or wrong."""
    if not provider.sites:
        raise UserError(f"{provider.name} has no endpoint to probe: {provider.status_note}")
    found = provider.sites[0] if site is None else next((s for s in provider.sites if s.name == site), None)
    if found is None:
        names = ", ".join(s.name for s in provider.sites)
        raise UserError(f"{provider.name} has no site {site!r}; choose from: {names}")
    if base_url is None and "{" in found.base_url:
        raise UserError(f"name your own address with --base-url: {provider.name} has {found.base_url}")
    return found, checked_base(base_url or found.base_url)


def read_key(aim: Aim, named: str | None, environment: Mapping[str, str]) -> str:
    """The key in the variable `named`, else in the provider's own. Raises UserError when there is none.

    A server on this machine needs none.
    """
    local = is_local(aim.base_url)
    variable = named or (None if local and aim.key_variable == _FOREIGN else aim.key_variable)
    key = environment.get(variable, "").strip() if variable else ""
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise UserError(f"{variable} does not hold a key: it has spaces or characters that no key has")
    if key or (local and named is None):
        return key or NO_KEY
    if variable is None:
        raise UserError("name the variable that holds the key with --key-env")
    raise UserError(f"set {variable} to your key for {aim.host}, or name another variable with --key-env")


def observed(aim: Aim, run: Run, day: str, version: str) -> Observations:
    """What is stored of a run of `day` (YYYY-MM-DD), made with this version of migrate."""
    return Observations(
        provider=aim.provider.id,
        site=aim.site,
        host=aim.host,
        date=day,
        version=version,
        model=aim.model,
        full=aim.full,
        stopped=run.stopped is not None,
        answers=kept(run.told),
    )
