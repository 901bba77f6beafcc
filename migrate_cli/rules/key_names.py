"""The names under which people keep OpenAI's key in the environment."""

from __future__ import annotations

from collections.abc import Collection

NAMES = (
    "OPENAI_API_KEY", "OPENAI_APIKEY", "OPENAI_KEY", "OPENAI_SECRET", "OPENAI_SECRET_KEY", "OPENAI_TOKEN",
    "OPENAI_API_TOKEN", "OPENAI_API_SECRET", "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY",
)  # fmt: skip


def is_key(variable: str | None) -> bool:
    """Whether a variable holds OpenAI's key and nothing else, so that it becomes the variable of the provider's."""
    return variable in NAMES


def first_of(variables: Collection[str]) -> str | None:
    """The one of several variables that becomes the provider's where there can be only one; the others go."""
    return next((name for name in NAMES if name in variables), None)
