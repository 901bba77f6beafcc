"""Runs among openai-python's own tests: answers to more than its tests ask for, held against the SDK's types.

Their `client` refuses an answer that its types do not allow; `assert_matches_type` is stricter still.
"""

from __future__ import annotations

import pytest
from openai import OpenAI
from openai.types import Completion, ImagesResponse
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.responses import Response
from pydantic import BaseModel

from tests.utils import assert_matches_type

USER = [{"role": "user", "content": "Hello, in JSON"}]  # OpenAI wants the word for one of the formats
PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
FUNCTION = {"name": "weather", "parameters": PARAMETERS}
TOOL = {"type": "function", "function": FUNCTION}
FORM = {"name": "weather", "schema": PARAMETERS, "strict": True}
CHATS = [
    {"n": 2},
    {"logprobs": True, "top_logprobs": 2},
    {"tools": [TOOL], "tool_choice": "required"},
    {"functions": [FUNCTION], "function_call": {"name": "weather"}},
    {"response_format": {"type": "json_schema", "json_schema": FORM}},
    {"response_format": {"type": "json_object"}},
]
RESPONSES = [
    {"instructions": "Be brief.", "metadata": {"a": "b"}, "temperature": 0.5},
    {"tools": [{"type": "function", "strict": True, **FUNCTION}], "tool_choice": "required"},
    {"text": {"format": {"type": "json_schema", **FORM}}},
    {"previous_response_id": "resp_1"},
]


class City(BaseModel):
    """What an answer is parsed into."""

    city: str


@pytest.mark.parametrize("more", CHATS)
def test_chat(client: OpenAI, more: dict) -> None:
    done = client.chat.completions.create(model="gpt-4o", messages=USER, **more)
    assert_matches_type(ChatCompletion, done, path=["response"])


@pytest.mark.parametrize("more", CHATS)
def test_chat_in_a_stream(client: OpenAI, more: dict) -> None:
    options = {"include_usage": True}
    chunks = list(
        client.chat.completions.create(
            model="gpt-4o", messages=USER, stream=True, stream_options=options, **more
        )
    )
    assert_matches_type(list[ChatCompletionChunk], chunks, path=["chunks"])
    assert [chunk.usage is None for chunk in chunks[-2:]] == [True, False]


@pytest.mark.parametrize("more", RESPONSES)
def test_response(client: OpenAI, more: dict) -> None:
    done = client.responses.create(model="gpt-4o", input="Hello", **more)
    assert_matches_type(Response, done, path=["response"])
    assert done.output


@pytest.mark.parametrize("more", RESPONSES)
def test_response_in_a_stream(client: OpenAI, more: dict) -> None:
    events = list(client.responses.create(model="gpt-4o", input="Hello", stream=True, **more))
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert_matches_type(Response, events[-1].response, path=["response"])


def test_parsed_answers(client: OpenAI) -> None:
    chat = client.chat.completions.parse(model="gpt-4o", messages=USER, response_format=City)
    response = client.responses.parse(model="gpt-4o", input="Hello", text_format=City)
    assert isinstance(chat.choices[0].message.parsed, City)
    assert isinstance(response.output_parsed, City)


def test_completion(client: OpenAI) -> None:
    done = client.completions.create(model="gpt-3.5-turbo-instruct", prompt=["a", "b"], n=2)
    assert_matches_type(Completion, done, path=["response"])
    assert [choice.index for choice in done.choices] == [0, 1, 2, 3]


def test_image(client: OpenAI) -> None:
    done = client.images.generate(prompt="A hut", response_format="b64_json", n=2)
    assert_matches_type(ImagesResponse, done, path=["response"])
    assert len(done.data or ()) == 2


def test_image_in_a_stream(client: OpenAI) -> None:
    events = list(client.images.generate(model="gpt-image-1", prompt="A hut", stream=True, partial_images=2))
    assert [event.type.rpartition(".")[2] for event in events] == [
        "partial_image",
        "partial_image",
        "completed",
    ]


def test_models(client: OpenAI) -> None:
    assert "gpt-4o" in [model.id for model in client.models.list()]


def test_embeddings(client: OpenAI) -> None:
    done = client.embeddings.create(model="text-embedding-3-small", input=["a", "b"], encoding_format="float")
    assert [len(each.embedding) for each in done.data] == [1536, 1536]
