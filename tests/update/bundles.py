"""Bundles to update from: the packaged catalogue, changed."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

from migrate_cli.catalogue.bundle import bundle_text
from migrate_cli.catalogue.installed import PACKAGED

NEWER = "2027-01-01"


@cache
def _packaged() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(bundle_text(PACKAGED))
    return data


def plain() -> dict[str, Any]:
    """The packaged catalogue as a bundle, newer by its date alone."""
    return {**deepcopy(_packaged()), "compiled": NEWER}


def repriced(rate: Any, compiled: str = NEWER) -> bytes:
    """The same with another input price of glm-5.3-flash in China."""
    bundle = plain()
    price_of(bundle)["input"] = rate
    return as_bytes({**bundle, "compiled": compiled})


def price_of(bundle: dict[str, Any]) -> dict[str, Any]:
    """The Chinese price of glm-5.3-flash inside a bundle."""
    models = bundle["files"]["providers/glm"]["models"]
    found: dict[str, Any] = next(model for model in models if model["id"] == "glm-5.3-flash")["prices"][0]
    return found


def as_bytes(bundle: Any) -> bytes:
    return json.dumps(bundle, ensure_ascii=False).encode()
