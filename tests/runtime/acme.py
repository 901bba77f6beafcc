"""A made-up provider with one fact of every sort, so that tests of the rules stand apart from real facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.types import (
    Action,
    Embedding,
    Endpoint,
    ErrorShape,
    Fact,
    Parameter,
    Provider,
    Restriction,
    Sdk,
    SiteAddress,
    Support,
    TargetModel,
    Thinking,
)
from migrate_cli.runtime.exchange import Request

FACT = Fact("2026-11", "made up for the tests", "high")
BASE = "https://api.acme.example/api/v9"
KEY = "acme-canary-0123456789"


def parameter(
    name: str,
    support: Support,
    restriction: Restriction | None = None,
    models: tuple[str, ...] = (),
    except_models: tuple[str, ...] = (),
) -> Parameter:
    """A parameter entry."""
    return Parameter(name, support, Action.KEEP, None, restriction, models, except_models, None, FACT)


def model(name: str, kind: str = "chat", status: str = "current", **more: Any) -> TargetModel:
    """A model entry."""
    fields: dict[str, Any] = {
        "thinking": None,
        "embedding": None,
        "modalities": (),
        "aliases": (),
        "max_output": None,
    }
    fields |= more
    return TargetModel(
        id=name,
        kind=kind,
        status=status,
        context=None,
        prices=(),
        replaces=(),
        why=None,
        retired_on=None,
        note=None,
        fact=FACT,
        **fields,
    )


_MODELS = (
    model("chat-1", modalities=("text",), max_output=4096, aliases=("chat-latest",)),
    model("see-1", kind="vision", modalities=("text", "image")),
    model("think-1", thinking=Thinking("on", {"thinking": {"type": "disabled"}}, None, None, FACT)),
    model("maybe-1", thinking=Thinking("unknown", {"thinking": {"type": "disabled"}}, None, None, FACT)),
    model("always-1", thinking=Thinking("always", None, None, None, FACT)),
    model("old-1", status="retired"),
    model("embed-1", kind="embedding", embedding=Embedding((8, 4), 3, None)),
    model("embed-2", kind="embedding"),
    model("paint-1", kind="image"),
)
_PARAMETERS = (
    parameter("temperature", Support.RESTRICTED, Restriction(Decimal(0), Decimal(1), exclusive_min=True)),
    parameter("top_p", Support.RESTRICTED),
    parameter("stop", Support.RESTRICTED, Restriction(max_items=2, max_chars=5, type="list")),
    parameter("max_tokens", Support.SUPPORTED),
    parameter("n", Support.RESTRICTED, Restriction(allowed=(1,))),
    parameter("seed", Support.IGNORED),
    parameter("logit_bias", Support.REJECTED, except_models=("see-1",)),
    parameter("logit_bias", Support.SUPPORTED, models=("see-1",)),
    parameter("logprobs", Support.UNKNOWN),
    parameter("top_logprobs", Support.UNKNOWN, Restriction(max=Decimal(5))),
    parameter("tools", Support.SUPPORTED),
    parameter("tool_choice", Support.RESTRICTED, Restriction(allowed=("auto", "none", "named"))),
    parameter("stream", Support.SUPPORTED),
    parameter("stream_options", Support.SUPPORTED),
    parameter("encoding_format", Support.RESTRICTED, Restriction(allowed=("float",))),
    parameter("dimensions", Support.SUPPORTED),
    parameter("role_developer", Support.REJECTED),
    parameter("role_function", Support.UNKNOWN),
    parameter("image_url_parts", Support.SUPPORTED),
    parameter("response_format_json_schema", Support.REJECTED),
    parameter("response_format_json_object", Support.SUPPORTED),
)
_SHAPE = json.dumps({"error": {"message": "JSON schema is not for us", "code": "acme-7"}})
_ERRORS = (
    ErrorShape("json_schema", 422, _SHAPE, FACT),
    ErrorShape("forced tool while thinking", 400, "Let me think freely", FACT),
    ErrorShape("history without reasoning_content", 400, "Where is the reasoning?", FACT),
    ErrorShape("thinking disabled on a model that always thinks", 400, "I cannot stop", FACT),
    ErrorShape("empty assistant message", 400, "Say something", FACT),
    ErrorShape("more than 3 embedding texts, old path", 200, "sent with success", FACT),
)
_ENDPOINTS = {
    "chat.completions": Endpoint(
        "chat.completions", Support.SUPPORTED, "/chat/completions", None, None, FACT
    ),
    "embeddings": Endpoint("embeddings", Support.SUPPORTED, "/embeddings", None, None, FACT),
    "models": Endpoint("models", Support.SUPPORTED, "/models", None, None, FACT),
    "files": Endpoint("files", Support.REJECTED, None, None, "Send the text with the prompt.", FACT),
    "images": Endpoint("images", Support.SUPPORTED, "/pictures", None, None, FACT),
    "audio.speech": Endpoint("audio.speech", Support.SUPPORTED, "/voices", None, None, FACT),
}

ACME = Provider(
    id="acme",
    name="Acme",
    chinese_name=None,
    aliases=(),
    status="open",
    status_note="",
    hosts=("api.acme.example",),
    sites=(SiteAddress("china", BASE, "ACME_API_KEY", None, None, FACT),),
    key_variable="ACME_API_KEY",
    key_variable_fact=FACT,
    other_variables=(),
    endpoints=_ENDPOINTS,
    parameters=_PARAMETERS,
    models={m.id: m for m in _MODELS},
    replacements={},
    errors=_ERRORS,
    sdk=Sdk(None, None, None, False, None, FACT),
)

USER = {"role": "user", "content": "Hello"}
CALL = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}
TOOL = {"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}


def post(path: str, payload: Mapping[str, Any] | bytes, key: str = KEY, **headers: str) -> Request:
    """A POST below Acme's base path, as it would arrive."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Request("POST", f"/api/v9{path}", {"authorization": f"Bearer {key}", **headers}, body)


def chat(*messages: Mapping[str, Any], **fields: Any) -> Request:
    """A chat request that Acme takes, changed by `messages` and `fields`."""
    payload = {"model": "chat-1", "messages": list(messages) or [USER]} | fields
    return post("/chat/completions", payload)


def embed(**fields: Any) -> Request:
    """An embeddings request that Acme takes, changed by `fields`."""
    payload = {"model": "embed-1", "input": "Hello", "encoding_format": "float"} | fields
    return post("/embeddings", payload)
