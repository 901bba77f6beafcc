"""Who plays whom: one provider for the whole server, or each provider below a path of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import Request

OPENAI = "openai"


@dataclass(frozen=True, slots=True)
class Role:
    """One provider played (OpenAI when None) below `prefix` (`/glm`, or empty); only `key` opens it."""

    provider: Provider | None
    key: str
    prefix: str = ""

    @property
    def name(self) -> str:
        """The provider's id, or `openai`."""
        return self.provider.id if self.provider is not None else OPENAI

    def addresses(self, origin: str) -> tuple[str, ...]:
        """Its base URLs on a server at `origin` (`http://127.0.0.1:8399`), the one for mainland China first."""
        paths = (urlsplit(base).path for base in profile.bases(self.provider))
        return tuple(dict.fromkeys(f"{origin}{self.prefix}{path}" for path in paths if "{" not in path))


def player(name: str, provider: Callable[[str], Provider]) -> Provider | None:
    """Who plays under `name`: None for OpenAI, else what `provider` finds, which raises UserError for nobody."""
    return None if name.strip().lower() == OPENAI else provider(name)


def standin_key(name: str) -> str:
    """The key of a stand-in that people start themselves: made up, and no provider's."""
    return f"standin-{name}"


def every_role(providers: Iterable[Provider]) -> tuple[Role, ...]:
    """OpenAI and each of the providers, each below its own name."""
    named = {OPENAI: None, **{provider.id: provider for provider in providers}}
    return tuple(Role(provider, standin_key(name), f"/{name}") for name, provider in named.items())


def cast(roles: tuple[Role, ...], request: Request) -> tuple[Role, Request] | None:
    """The role that a request is for, and the request without its prefix; None when nobody is played there."""
    for role in roles:
        if not role.prefix:
            return role, request
        if request.path.startswith(f"{role.prefix}/"):
            return role, replace(request, path=request.path.removeprefix(role.prefix))
    return None
