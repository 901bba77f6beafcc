"""Which traffic is priced: measured, given by the user, or assumed from low to high."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from migrate_cli.costs.workload import PROFILES, Workload, alike


class Origin(str, Enum):
    """Where the volumes of a scenario come from."""

    MEASURED = "measured"
    GIVEN = "given"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Scenario:
    """Traffic for the models of a report: `models` by OpenAI model, else `kinds` for every model of a kind."""

    label: str
    origin: Origin
    models: Mapping[str, Workload] = field(default_factory=dict)
    kinds: Mapping[str, Workload] = field(default_factory=dict)

    def workload(self, model: str, kind: str) -> Workload | None:
        """What a model of this kind is asked for; None where nothing is known of it."""
        return self.models.get(model) or self.kinds.get(kind)


def assumed() -> tuple[Scenario, ...]:
    """Low, mid and high: every model found is taken to have the whole of the volume."""
    columns = zip(*PROFILES.values(), strict=True)
    return tuple(
        Scenario(column[0].label, Origin.ASSUMED, kinds=dict(zip(PROFILES, column, strict=True)))
        for column in columns
    )


def measured(models: Mapping[str, Workload]) -> Scenario:
    """The traffic that was counted; a model that is not in it was not asked for."""
    return Scenario(
        "measured", Origin.MEASURED, models, {kind: Workload("measured", ()) for kind in PROFILES}
    )


def given(requests: int, each_input: int, each_output: int, each_cached: int = 0) -> Scenario:
    """One month as the user describes it, the same for every model: requests, and tokens of each.

    Raises ValueError for a negative count or more cached than input tokens.
    """
    label = "your numbers"
    chat = alike(label, requests, each_input, each_cached, each_output)
    text = alike(label, requests, each_input, 0, 0)
    kinds = {kind: text if kind in ("embedding", "moderation") else chat for kind in PROFILES}
    return Scenario(label, Origin.GIVEN, kinds=kinds)
