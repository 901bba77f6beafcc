"""Keys that open nothing but a stand-in, and the variables of the environment that get them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.native import dialects
from migrate_cli.catalogue.types import Provider

OPENAI_VARIABLES = ("OPENAI_API_KEY", "AZURE_OPENAI_API_KEY")
_SECRET = 8  # characters from which on a value of the environment is taken for a key of the user's


def canary(provider: Provider | None) -> str:
    """The key that a provider's stand-in takes, which is nobody's: `canary-openai-…` when `provider` is None."""
    return _made_up(provider.id if provider else "openai")


def canaries(
    targets: Iterable[Provider | None], catalogue: Catalogue, environment: Mapping[str, str]
) -> dict[str, str]:
    """The variables that hold keys, with a canary: those of the targets and OpenAI's, of the others those that are set.

    Programs choose by the keys that they find.
    """
    wanted = [target for target in targets if target is not None]
    others = [name for name in catalogue.provider_ids() if name not in {each.id for each in wanted}]
    keys = {name: _made_up(other) for other in others for name in _variables(other, catalogue)}
    keys = {name: key for name, key in keys.items() if name in environment}
    keys |= openai_keys(environment)
    for target in wanted:
        keys |= dict.fromkeys(_variables(target.id, catalogue), canary(target))
    return keys


def openai_keys(environment: Mapping[str, str]) -> dict[str, str]:
    """OpenAI's key variables with a canary; that of Azure only where `environment` speaks of Azure.

    The module `openai` takes a key of Azure's for a wish to ask Azure, and does not start where it finds both.
    """
    speaks = any(name.startswith("AZURE_OPENAI") for name in environment)
    return {name: canary(None) for name in OPENAI_VARIABLES if speaks or not name.startswith("AZURE")}


def forbidden(keys: Mapping[str, str], environment: Mapping[str, str], own: str) -> tuple[str, ...]:
    """What must not reach the stand-in whose key is `own`: the other canaries, and the user's keys of OpenAI's."""
    secrets = {environment[name] for name in OPENAI_VARIABLES if len(environment.get(name, "")) >= _SECRET}
    return tuple(sorted({*keys.values(), *secrets} - {own}))


def _variables(provider: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The variables that hold keys of the provider with this id, those of its own SDKs included."""
    own = [name for dialect in dialects(provider) for name in dialect.variables]
    return tuple(dict.fromkeys([*catalogue.key_variables(provider), *own]))


def _made_up(name: str) -> str:
    return f"canary-{name}-0123456789"
