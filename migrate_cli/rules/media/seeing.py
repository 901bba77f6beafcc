"""Which of the models that a call moves to take images, audio or files."""

from __future__ import annotations

from migrate_cli.catalogue.types import Action, Support, TargetModel
from migrate_cli.model import Site
from migrate_cli.rules.support import models_of
from migrate_cli.targets.endpoint import EMITTABLE, Target


def blind(site: Site, target: Target, part: str, modality: str) -> tuple[str, str | None] | None:
    """The model of a call that is known not to take a modality, in words with the source; None where none is.

    `part` names the entry among the provider's parameters (`image_url_parts`).
    """
    for name in models_of(site, target):
        model = target.model(name)
        if model is not None and model.modalities:
            if modality not in model.modalities:
                return f"{name} takes {' and '.join(model.modalities)} only", model.fact.source
            continue
        entry = target.parameter(part, name)
        if entry is not None and entry.support is Support.REJECTED:
            return f"{name} takes no {modality}", entry.fact.source
        if entry is not None and entry.support is Support.UNKNOWN and entry.action is Action.MANUAL:
            return f"{name} is not known to take {modality}", entry.fact.source
    return None


def able(target: Target, modality: str) -> list[str]:
    """Models of the provider that take a modality, those for everything first."""
    found = [
        m
        for m in target.provider.models.values()
        if m.status in EMITTABLE and modality in m.modalities and m.kind in ("chat", "vision", "reasoning")
    ]
    return [m.id for m in sorted(found, key=_plain)]


def _plain(model: TargetModel) -> bool:
    return model.kind != "chat"
