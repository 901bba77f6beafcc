"""What a model's name and a provider's name tell: whether it is OpenAI's, and what kind of traffic it is."""

from __future__ import annotations

import re
from functools import lru_cache

from migrate_cli.files.secrets import mask

# The words by which tools name OpenAI and Azure, which serves OpenAI's models; small letters, joined by `_`.
_OPENAI = frozenset(
    {
        "openai",
        "openai_chat",
        "openai_responses",
        "text_completion_openai",
        "azure",
        "azure_ai",
        "azure_text",
        "azure_openai",
        "azureopenai",
        "azure_ai_openai",
        "az_ai_openai",
    }
)
_FAMILIES = {
    "claude": "anthropic",
    "gemini": "google",
    "gemma": "google",
    "mistral": "mistral",
    "mixtral": "mistral",
    "codestral": "mistral",
    "llama": "meta",
    "meta-llama": "meta",
    "command-r": "cohere",
    "command-a": "cohere",
    "grok": "xai",
    "deepseek": "deepseek",
    "qwen": "qwen",
    "glm-": "zhipu",
    "chatglm": "zhipu",
    "ernie": "baidu",
    "kimi": "moonshot",
    "moonshot": "moonshot",
    "minimax": "minimax",
    "doubao": "volcengine",
    "hunyuan": "tencent",
    "baichuan": "baichuan",
    "sensenova": "sensenova",
    "voyage-": "voyage",
    "amazon.": "amazon",
    "titan-": "amazon",
    "jina-": "jina",
    "bge-": "baai",
}
_MODALITIES = (
    ("embedding", re.compile(r"embedding|-similarity-|-search-")),
    ("moderation", re.compile(r"moderation")),
    ("audio", re.compile(r"whisper|tts|transcribe|audio|realtime")),
    ("image", re.compile(r"dall-e|image")),
    ("other", re.compile(r"^sora")),
)
_WORD = re.compile(r"[\w. -]{1,30}", re.ASCII)


def bare(model: str | None) -> str | None:
    """The model without a word before it that means OpenAI or Azure: `azure/gpt-4o`, `openai:gpt-4o`."""
    if model is None or not ("/" in model or ":" in model):
        return model
    provider, _, name = model.replace(":", "/", 1).partition("/")
    return name if name and _plain(provider) in _OPENAI else model


@lru_cache(maxsize=1024)
def other_provider(provider: str | None, model: str | None) -> str | None:
    """Whose the model is if not OpenAI's, None if it is or nothing tells."""
    if provider is not None and _plain(provider) not in _OPENAI:
        return _shown(provider)
    name = (bare(model) or "").lower()
    maker, slash, _ = name.partition("/")
    if slash and not name.startswith("ft:"):
        return _shown(maker)
    return next((owner for family, owner in _FAMILIES.items() if name.startswith(family)), None)


@lru_cache(maxsize=1024)
def modality_of(model: str | None) -> str:
    """The modality that a model's name tells: `text` where nothing else is known."""
    name = (model or "").lower()
    return next((modality for modality, pattern in _MODALITIES if pattern.search(name)), "text")


def _plain(provider: str) -> str:
    return re.sub(r"[\W_]+", "_", provider.strip().lower())


def _shown(provider: str) -> str:
    """The name as it may be printed: these fields are free text."""
    name = mask(provider.strip()).lower()
    return name if _WORD.fullmatch(name) else "one with an unusual name"
