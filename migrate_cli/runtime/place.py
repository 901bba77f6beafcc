"""Where a request was sent: is it below the provider's base URL, and which endpoint is it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from migrate_cli.catalogue.types import Provider, Support
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import Refusal, Request
from migrate_cli.runtime.replies.refusals import refuse

_STATE = {"responses": "services.responses_state"}


@dataclass(frozen=True, slots=True)
class Place:
    """The endpoint asked for, below which base URL; `proven` is False when no source says that it exists.

    `item` is what follows the endpoint's path (`gpt-4o` of `/models/gpt-4o`), or empty. `unplayed` says what keeps the
    stand-in from judging a request that the provider may well answer.
    """

    endpoint: str
    base: str
    proven: bool
    item: str = ""
    unplayed: str | None = None


def locate(request: Request, provider: Provider | None) -> Place | Refusal:
    """The place of `request`: its recorded original address must be right, or else at least its path."""
    for base, only in (*((base, None) for base in profile.bases(provider)), *profile.further_bases(provider)):
        rest = below(request, base)
        name = _endpoint(rest, provider) if rest is not None else None
        if rest is not None and name is not None and name in (only or (name,)):
            path = profile.endpoint(provider, name).path or profile.PATHS[name]
            item = unquote(rest.removeprefix(path).strip("/"))
            return _offered(name, base, provider, item, named=only is not None)
        if rest is not None and provider is None:  # OpenAI has far more of them than anybody plays
            return refuse(None, "path", f"the stand-in does not play {rest}: not proven")
    asked = (request.original or request.path).split("?", 1)[0]
    return refuse(provider, "path", f"{asked} is no endpoint of {_expected(provider)}")


def below(request: Request, base: str) -> str | None:
    """What follows `base` in the address of `request`, without its query; None when it is not below it.

    Without a recorded original address the path alone is compared.
    """
    asked = (request.original or request.path).split("?", 1)[0]
    start = base if request.original else urlsplit(base).path
    fixed = map(re.escape, profile.split_placeholders(start))
    match = re.match("[^/]+".join(fixed) + r"(?P<rest>/.*)", asked)
    return match["rest"] if match else None


def _endpoint(rest: str, provider: Provider | None) -> str | None:
    paths = {name: profile.endpoint(provider, name).path or path for name, path in profile.PATHS.items()}
    hits = [name for name, path in paths.items() if rest == path or rest.startswith(path + "/")]
    return max(hits, key=lambda name: len(paths[name]), default=None)


def _offered(name: str, base: str, provider: Provider | None, item: str, *, named: bool) -> Place | Refusal:
    """What is known of an endpoint below `base`; `named` when it is documented for that base by name."""
    known = profile.endpoint(provider, name)
    if known.support is Support.REJECTED:
        return refuse(provider, "path", f"{name} is not offered there. {known.instead or ''}".rstrip())
    proven = known.support is Support.SUPPORTED or (
        known.support is Support.RESTRICTED and (named or not _is_elsewhere(name, provider))
    )
    if name not in profile.PLAYED:
        return Place(name, base, proven, item, f"the stand-in does not play {name}")
    if name in profile.DOCUMENTED_ONLY and known.support is not Support.SUPPORTED and not named:
        note = known.note or "no page documents it"
        return refuse(provider, "path", f"{name} is not proven to be there: {note}")
    if item and name != "models":
        return _kept(name, base, provider, item)
    return Place(name, base, proven, item)


def _is_elsewhere(name: str, provider: Provider | None) -> bool:
    """Whether a further base is documented for this endpoint by name."""
    return any(name in (only or ()) for _, only in profile.further_bases(provider))


def _kept(name: str, base: str, provider: Provider | None, item: str) -> Place | Refusal:
    """A stored answer: not played where a provider is not known to keep none, and refused everywhere else."""
    reason = f"the stand-in keeps nothing to ask for below {name}"
    kept = profile.known(provider, _STATE[name]) if name in _STATE else None
    if kept is not None and kept.holds is not False:
        return Place(name, base, True, item, reason)
    return refuse(provider, "path", f"{reason}: not proven")


def _expected(provider: Provider | None) -> str:
    return " or ".join(dict.fromkeys(profile.bases(provider)))
