"""What all programs here say, and how they tell what came of it: one JSON object."""

from __future__ import annotations

import json
import sys
from typing import Any

SAID = [{"role": "user", "content": "Hello"}]
SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
TOOLS = [{"type": "function", "function": {"name": "look", "description": "Look up", "parameters": SCHEMA}}]


def tell(**found: Any) -> None:
    json.dump(found, sys.stdout)


def openai_like(client: Any, model: str, bad: dict[str, Any], error: type[Exception]) -> dict[str, Any]:
    """Chat, stream, tools and one refused request, with a client that resembles OpenAI's."""
    ask = client.chat.completions.create
    whole = ask(model=model, messages=SAID)
    pieces = [c.choices[0].delta.content for c in ask(model=model, messages=SAID, stream=True) if c.choices]
    called = ask(model=model, messages=SAID, tools=TOOLS).choices[0].message.tool_calls[0].function
    try:
        ask(model=model, messages=SAID, **bad)
        refused = None
    except error as failed:
        refused = type(failed).__name__
    return {
        "chat": whole.choices[0].message.content,
        "tokens": whole.usage.total_tokens if whole.usage else None,
        "stream": "".join(piece or "" for piece in pieces),
        "tool": [called.name, json.loads(called.arguments)],
        "refused": refused,
    }
