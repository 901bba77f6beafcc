"""Images: an address or the image itself, whole or as events where OpenAI streams them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate_cli.runtime.answer import EVENTS
from migrate_cli.runtime.replies.images import images, reply
from tests.runtime.acme import ACME


def events(**payload: Any) -> list[dict[str, Any]]:
    """The events of OpenAI's stream."""
    answer = reply({"model": "gpt-image-1", "prompt": "A hut", "stream": True, **payload}, None)
    assert answer.kind == EVENTS
    return [json.loads(part.decode().partition("data: ")[2]) for part in answer.parts]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"model": "dall-e-3"}, "url"),
        ({"model": "dall-e-3", "response_format": "b64_json"}, "b64_json"),
        ({"model": "gpt-image-1"}, "b64_json"),
        ({}, "url"),
    ],
)
def test_an_image_comes_as_it_is_asked_for(fields: dict[str, str], kind: str) -> None:
    assert [list(image) for image in images({"prompt": "A hut", "n": 2, **fields})["data"]] == [
        [kind],
        [kind],
    ]


def test_another_provider_gives_addresses_whatever_its_model_is_called() -> None:
    assert list(images({"model": "gpt-image-1", "prompt": "A hut"}, ACME)["data"][0]) == ["url"]


def test_a_stream_sends_the_sketches_and_then_the_image() -> None:
    told = events(partial_images=2, size="1536x1024", quality="auto")
    assert [event["type"].rpartition(".")[2] for event in told] == [
        "partial_image",
        "partial_image",
        "completed",
    ]
    assert [event.get("partial_image_index") for event in told] == [0, 1, None]
    assert {(event["size"], event["quality"]) for event in told} == {("1536x1024", "high")}


def test_without_sketches_there_is_only_the_image() -> None:
    assert [event["type"] for event in events()] == ["image_generation.completed"]


def test_a_provider_whose_streams_nobody_documents_answers_whole() -> None:
    assert reply({"model": "x", "prompt": "A hut", "stream": True}, ACME).kind != EVENTS
