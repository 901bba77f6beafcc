"""The names under which people keep OpenAI's key in the environment."""

from __future__ import annotations

from collections.abc import Collection

_OWN = ("OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY")
_OTHERS = (
    "OPENAI_APIKEY", "OPENAI_KEY", "OPENAI_SECRET", "OPENAI_SECRET_KEY", "OPENAI_TOKEN", "OPENAI_API_TOKEN",
    "OPENAI_API_SECRET",
)  # fmt: skip


def is_key(variable: str | None) -> bool:
    """Whether a variable holds OpenAI's key, or does so where a client reads it."""
    return variable in _OWN or is_usual(variable)


def is_usual(variable: str | None) -> bool:
    """Whether a variable usually holds OpenAI's key: only what it feeds says so, it may be a password of one's own."""
    return variable in _OTHERS


def first_of(variables: Collection[str]) -> str | None:
    """The one of several variables that becomes the provider's where there can be only one; the others go."""
    return next((name for name in (*_OWN[:1], *_OTHERS, *_OWN[1:]) if name in variables), None)
