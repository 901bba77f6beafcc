"""Where a request was sent: is it below the provider's base URL, and which endpoint is it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from migrate_cli.catalogue.types import Provider, Support
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import Refusal, Request
from migrate_cli.runtime.refusals import refuse


@dataclass(frozen=True, slots=True)
class Place:
    """The endpoint asked for, below which base URL; `proven` is False when no source says that it exists."""

    endpoint: str
    base: str
    proven: bool


def locate(request: Request, provider: Provider | None) -> Place | Refusal:
    """The place of `request`: its recorded original address must be right, or else at least its path."""
    asked = (request.original or request.path).split("?", 1)[0]
    for base in profile.bases(provider):
        start = base if request.original else urlsplit(base).path
        fixed = map(re.escape, profile.split_placeholders(start))
        match = re.match("[^/]+".join(fixed) + r"(?P<rest>/.*)", asked)
        name = _endpoint(match["rest"], provider) if match else None
        if name is not None:
            return _offered(name, base, provider)
    return refuse(provider, "path", f"{asked} is no endpoint of {_expected(provider)}")


def _endpoint(rest: str, provider: Provider | None) -> str | None:
    paths = {name: profile.endpoint(provider, name).path or path for name, path in profile.PATHS.items()}
    hits = [name for name, path in paths.items() if rest == path or rest.startswith(path + "/")]
    return max(hits, key=lambda name: len(paths[name]), default=None)


def _offered(name: str, base: str, provider: Provider | None) -> Place | Refusal:
    known = profile.endpoint(provider, name)
    if known.support is Support.REJECTED:
        return refuse(provider, "path", f"{name} is not offered there. {known.instead or ''}".rstrip())
    if name not in profile.PLAYED:
        return refuse(provider, "path", f"the stand-in does not play {name}: not proven")
    return Place(name, base, known.support in (Support.SUPPORTED, Support.RESTRICTED))


def _expected(provider: Provider | None) -> str:
    return " or ".join(profile.bases(provider))
