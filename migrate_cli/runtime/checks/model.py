"""Which model a request is for: unknown, retired, of another kind, or answered with a remark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from migrate_cli.catalogue.types import OpenAIModel, Provider, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.replies.refusals import refuse

_ANSWERED = ("current", "limited", "preview", "deprecated")
_KINDS = {"embeddings": "embedding", "images": "image"}  # all other models serve all other endpoints


@dataclass(frozen=True, slots=True)
class Served:
    """The model that answers, None where nobody can tell which; `notes` say what is not proven of it."""

    target: TargetModel | None
    notes: Notes


def served(payload: Mapping[str, Any], endpoint: str, provider: Provider) -> Served | Refusal:
    """Judge the model of a request to `endpoint`; a provider whose models the catalogue does not list takes any name.

    A model that is deprecated is answered until the day of its retirement, if that is known.
    """
    name = payload.get("model")
    if not isinstance(name, str) or not name:
        return refuse(provider, "model", "no model is named", param="model")
    target = provider.model(name)
    if target is None and not provider.models:  # served models carry whatever name their owner gave them
        return Served(None, Notes(unproven=("model: the catalogue lists none for this provider",)))
    own = profile.behaviour(provider, "services.own_model_ids")
    if target is None and own is not None and name.startswith(own.data):
        return Served(None, Notes(unproven=(f"model: which one is behind an id {own.data}… of one's own",)))
    reason = _unserved(name, target, endpoint)
    if target is None or reason is not None:
        filled = {"endpoint X": f"endpoint {name}"}
        return refuse(provider, "model", str(reason), like=("does not exist",), param="model", filled=filled)
    if target.status != "deprecated":
        return Served(target, Notes())
    end = f"to be retired on {target.retired_on}" if target.retired_on else "and no end is announced"
    return Served(target, Notes(unproven=(f"model {name}: deprecated, {end}",)))


def doubts(name: str, known: OpenAIModel | None) -> Notes:
    """What is not proven of a model at OpenAI: it was shut down, is somebody's own, or is in no list."""
    if name.startswith("ft:"):
        return Notes(unproven=("model: a fine-tuned one, which only its owner can see",))
    if known is None:
        return Notes(unproven=(f"model {name}: in no list of OpenAI's models",))
    gone = known.status == "retired" or (known.shutdown or "9") <= date.today().isoformat()
    day = f" on {known.shutdown}" if known.shutdown else ""
    return Notes(unproven=(f"model {name}: shut down{day}",)) if gone else Notes()


def _unserved(name: str, target: TargetModel | None, endpoint: str) -> str | None:
    """Why a model does not answer at `endpoint`, or None."""
    if target is None:
        return f"there is no model {name}"
    day = target.retired_on
    if day is not None and day <= date.today().isoformat():
        return f"the model {name} is retired since {day}"
    if target.status not in _ANSWERED:
        return f"the model {name} is {target.status}"
    kind = target.kind if target.kind in _KINDS.values() else ""
    if endpoint != "models" and _KINDS.get(endpoint, "") != kind:
        return f"the model {name} is of kind {target.kind} and does not serve {endpoint}"
    return None
