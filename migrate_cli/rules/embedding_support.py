"""What the embeddings rules share: which calls they look at, and the models those calls move to."""

from __future__ import annotations

from migrate_cli.catalogue.types import TargetModel
from migrate_cli.model import Site, SiteKind
from migrate_cli.rules.clients.client_endpoint import unsupported
from migrate_cli.rules.support import models_of
from migrate_cli.targets.endpoint import Target


def is_embedding(site: Site) -> bool:
    """Whether a site makes vectors of texts."""
    return (
        site.kind is SiteKind.CALL
        and site.endpoint == "embeddings"
        and site.symbol.rsplit(".", 1)[-1] in ("create", "acreate")
    )


def moves_vectors(site: Site, target: Target) -> bool:
    """Whether a call makes vectors and the provider serves such calls."""
    return is_embedding(site) and not unsupported(target, "embeddings")


def embedding_models(site: Site, target: Target) -> tuple[TargetModel, ...]:
    """The provider's models that the call moves to, as far as the catalogue knows their limits."""
    found = (target.model(name) for name in models_of(site, target))
    return tuple(m for m in found if m is not None and m.embedding is not None)
