"""Answers of images: addresses or the images themselves, whole or as events; all of them lead to nothing.

What OpenAI's own models do (`b64_json` always, and streams) and the names of the events: the types of the package
openai 3.54.0, read 2026-11-22.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import answer
from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.replies.envelope import CREATED, digest
from migrate_cli.runtime.replies.manners import wanted

Payload = Mapping[str, Any]
_ALWAYS_INLINE = "gpt-image"  # OpenAI's models of this family give no addresses
_USAGE = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
_DETAILS = {"text_tokens": 1, "image_tokens": 0}
_LOOKS = {"background": "opaque", "output_format": "png", "quality": "high", "size": "1024x1024"}


def reply(payload: Payload, provider: Provider | None) -> Answer:
    """The answer to an accepted payload, as a stream where OpenAI is asked for one."""
    if payload.get("stream") and provider is None:
        return answer.events(
            f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in _events(payload)
        )
    return answer.whole(200, images(payload, provider))


def images(payload: Payload, provider: Provider | None = None) -> dict[str, Any]:
    """An address for each image, or the image itself where it is asked for or always given."""
    name = digest(payload)
    inline = provider is None and str(payload.get("model")).startswith(_ALWAYS_INLINE)
    image = {"url": f"https://images.example/{name}.png"}
    if inline or payload.get("response_format") == "b64_json":
        image = {"b64_json": _packed(name)}
    return {"created": CREATED, "data": [image] * wanted(payload)}


def _events(payload: Payload) -> Iterator[dict[str, Any]]:
    """As many sketches as are wanted, and the image."""
    name = digest(payload)
    look = {key: payload[key] if payload.get(key) not in (None, "auto") else _LOOKS[key] for key in _LOOKS}
    start = {**look, "created_at": CREATED}
    for index in range(payload.get("partial_images") or 0):
        kind = {"type": "image_generation.partial_image", "partial_image_index": index}
        yield {**kind, **start, "b64_json": _packed(f"{name} {index}")}
    usage = {**_USAGE, "input_tokens_details": _DETAILS}
    yield {"type": "image_generation.completed", **start, "b64_json": _packed(name), "usage": usage}


def _packed(text: str) -> str:
    return b64encode(text.encode()).decode()
