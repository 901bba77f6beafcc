"""What the names of openai<1 are called in the current SDK.

Read from openai-python 0.28.1, 1.109.1, 2.54.0 and 3.54.0.
"""

from __future__ import annotations

import re

from migrate_cli.model import Site

# class and method of openai<1 -> method below a client
CALLS = {
    "ChatCompletion.create": "chat.completions.create",
    "Completion.create": "completions.create",
    "Embedding.create": "embeddings.create",
    "Image.create": "images.generate",
    "Image.create_edit": "images.edit",
    "Image.create_variation": "images.create_variation",
    "Audio.transcribe": "audio.transcriptions.create",
    "Audio.translate": "audio.translations.create",
    "Moderation.create": "moderations.create",
    "Model.list": "models.list",
    "Model.retrieve": "models.retrieve",
    "Model.delete": "models.delete",
    "File.create": "files.create",
    "File.list": "files.list",
    "File.retrieve": "files.retrieve",
    "File.delete": "files.delete",
    "FineTuningJob.create": "fine_tuning.jobs.create",
    "FineTuningJob.list": "fine_tuning.jobs.list",
    "FineTuningJob.retrieve": "fine_tuning.jobs.retrieve",
    "FineTuningJob.cancel": "fine_tuning.jobs.cancel",
    "FineTuningJob.list_events": "fine_tuning.jobs.list_events",
}
# These take what they are about as their first argument in both.
POSITIONAL = {"models.retrieve", "models.delete", "files.retrieve", "files.delete"}

# class in `openai.error` -> name in `openai`; InvalidRequestError was also raised for the status 404
ERRORS = {
    "APIConnectionError": "APIConnectionError",
    "APIError": "APIError",
    "AuthenticationError": "AuthenticationError",
    "InvalidRequestError": "BadRequestError",
    "OpenAIError": "OpenAIError",
    "PermissionError": "PermissionDeniedError",
    "RateLimitError": "RateLimitError",
    "ServiceUnavailableError": "InternalServerError",
    "Timeout": "APITimeoutError",
    "TryAgain": "ConflictError",
}
# those that openai<1 had at the top of the package as well; only one of them is gone
TOP_ERRORS = {"openai.APIError", "openai.InvalidRequestError", "openai.OpenAIError"}
GONE_ERROR = "InvalidRequestError"
# other classes -> name in `openai`
TYPES = {"openai.openai_object.OpenAIObject": "BaseModel"}
# modules that are gone, and what to do about it
GONE = {
    "openai.embeddings_utils": "copy the functions that you use out of openai 0.28",
    "openai.datalib": "import the packages themselves",
    "openai.api_resources": "there are no resource classes any more",
    "openai.api_requestor": "call the client instead",
    "openai.openai_response": "call the client instead",
    "openai.openai_object": "answers are objects of openai.BaseModel",
    "openai.util": "it was internal to openai 0.28",
    "openai.validators": "it was internal to openai 0.28",
    "openai.cli": "it was internal to openai 0.28",
    "openai.wandb_logger": "use the wandb package",
}
_ASYNC = re.compile(r"\.a(?=(create|list|retrieve|delete|transcribe|translate|cancel)\b)")


def path_of(symbol: str) -> str | None:
    """Where a call of openai<1 stands below a client: `openai.ChatCompletion.acreate` -> `chat.completions.create`."""
    return CALLS.get(".".join(_ASYNC.sub(".", symbol).split(".")[-2:]))


def is_async(symbol: str) -> bool:
    """Whether a call of openai<1 has to be awaited."""
    return _ASYNC.search(symbol) is not None


def function_of(site: Site) -> str | None:
    """The function of a call as the source writes it, None where a masked key hides its place."""
    data = site.code.encode("utf-8")
    start, end = site.anchor.start - site.span.start, site.anchor.end - site.span.start
    if start < 0 or end > len(data):
        return None
    before = data[:start].decode("utf-8", "replace")
    return None if "…" in before else data[start:end].decode("utf-8", "replace")


def owner_of(function: str) -> str | None:
    """What a resource class is reached through: `openai` in `openai.ChatCompletion.create`, "" for an imported class.

    None for a method that is kept under a name of its own.
    """
    parts = re.sub(r"\s+", "", function).split(".")
    return ".".join(parts[:-2]) if len(parts) > 1 else None
