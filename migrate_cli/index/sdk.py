"""What the openai package looks like from outside: its constructors, resources, exceptions and known wrappers.

Names were read from openai-python 0.28.1, 1.109.1, 2.54.0 and 3.54.0.
"""

from __future__ import annotations

CONSTRUCTORS = {
    "OpenAI": "OpenAI",
    "Client": "OpenAI",
    "AsyncOpenAI": "AsyncOpenAI",
    "AsyncClient": "AsyncOpenAI",
    "AzureOpenAI": "AzureOpenAI",
    "AsyncAzureOpenAI": "AsyncAzureOpenAI",
}

# first attribute of a client -> endpoint name; audio and beta are resolved one level deeper
RESOURCES = {
    "chat": "chat.completions",
    "completions": "completions",
    "responses": "responses",
    "conversations": "conversations",
    "embeddings": "embeddings",
    "images": "images",
    "audio": "audio",
    "files": "files",
    "uploads": "uploads",
    "batches": "batches",
    "fine_tuning": "fine_tuning",
    "models": "models",
    "moderations": "moderations",
    "assistants": "assistants",
    "threads": "threads",
    "vector_stores": "vector_stores",
    "realtime": "realtime",
    "evals": "evals",
    "containers": "containers",
    "videos": "videos",
    "webhooks": "webhooks",
    "edits": "edits",
}
TRANSPARENT = {"beta", "with_raw_response", "with_streaming_response"}
COPIES = {"with_options", "copy"}

# openai<1: class -> (endpoint, methods)
LEGACY = {
    "ChatCompletion": "chat.completions",
    "Completion": "completions",
    "Embedding": "embeddings",
    "Image": "images",
    "Audio": "audio",
    "Moderation": "moderations",
    "Edit": "edits",
    "File": "files",
    "Model": "models",
    "Engine": "models",
    "Deployment": "models",
    "FineTune": "fine_tuning",
    "FineTuningJob": "fine_tuning",
}
LEGACY_METHODS = {
    "create", "acreate", "list", "alist", "retrieve", "aretrieve", "delete", "adelete", "download", "adownload",
    "transcribe", "atranscribe", "translate", "atranslate", "create_edit", "acreate_edit", "create_variation",
    "acreate_variation", "cancel", "acancel", "stream_events", "list_events", "generate", "embeddings", "modify",
}  # fmt: skip
METHODS = LEGACY_METHODS | {
    "parse", "stream", "edit", "update", "content", "retrieve_content", "upload_file_chunked", "complete", "poll",
    "create_and_run", "create_and_run_poll", "create_and_run_stream", "create_and_poll", "create_and_stream",
    "submit_tool_outputs", "submit_tool_outputs_and_poll", "submit_tool_outputs_stream", "upload", "upload_and_poll",
    "search", "connect", "wait_for_processing", "unwrap", "verify_signature", "compact", "count", "remix",
    "list_files", "run", "pause", "resume", "download_content",
}  # fmt: skip

# Methods that may be called on a resource kept under any name (`self.completions.create`), and the names that the
# other methods, which are too common to be looked at everywhere, must follow.
ALONE = {"create", "acreate", "parse", "stream", "generate"}
HOLDERS = RESOURCES.keys() | LEGACY.keys() | TRANSPARENT | {
    "transcriptions", "translations", "speech", "jobs", "checkpoints", "messages", "runs", "steps", "sessions",
    "file_batches", "parts", "items", "input_items", "calls", "secrets", "content",
}  # fmt: skip

SETTINGS = {
    "api_key", "api_key_path", "api_base", "base_url", "api_type", "api_version", "organization", "project",
    "azure_endpoint", "azure_ad_token", "proxy", "default_headers", "default_query",
}  # fmt: skip

EXCEPTION_NAMES = {"Timeout", "TryAgain"}

# Packages whose attributes are the SDK's own.
DROP_INS = {
    "langfuse.openai": "openai",
    "posthog.ai.openai": "openai",
    "helicone.openai_proxy": "openai",
    "traceloop.openai": "openai",
}

# Packages whose clients have the same shape and are not OpenAI's.
VENDORS = {
    "anthropic", "cerebras", "cohere", "dashscope", "fireworks", "groq", "huggingface_hub", "litellm", "mistralai",
    "ollama", "together", "volcenginesdkarkruntime", "xai_sdk", "zai", "zhipuai",
}  # fmt: skip

# Callables that return their n-th argument, wrapped.
WRAPPERS = {
    "instructor.from_openai": 0,
    "instructor.patch": 0,
    "instructor.apatch": 0,
    "langsmith.wrappers.wrap_openai": 0,
    "braintrust.wrap_openai": 0,
    "braintrust.oai.wrap_openai": 0,
    "opik.integrations.openai.track_openai": 0,
    "typing.cast": 1,
    "typing_extensions.cast": 1,
    "copy.copy": 0,
    "copy.deepcopy": 0,
    "builtins.str": 0,
    "builtins.list": 0,
    "builtins.tuple": 0,
    "builtins.iter": 0,
    "itertools.cycle": 0,
    "weave.op": 0,
}
# Callables that return one element of their argument.
PICKERS = {"builtins.next", "random.choice", "secrets.choice"}

# Callables that call their n-th argument with the keywords that they are given.
FORWARDERS = {
    "asyncio.to_thread": 0,
    "functools.partial": 0,
    "concurrent.futures.ThreadPoolExecutor.submit": 0,
    "fastapi.concurrency.run_in_threadpool": 0,
    "starlette.concurrency.run_in_threadpool": 0,
    "tenacity.Retrying": 0,
    "tenacity.AsyncRetrying": 0,
}
# Keywords that show that a call's arguments are meant for an API method.
TELLING_KEYWORDS = {"model", "engine", "deployment_id", "messages", "prompt", "input"}

# Annotations that stand for their argument.
CONTAINERS = {"Optional", "Annotated", "Union", "Final", "ClassVar", "Type", "Awaitable"}


def constructor(path: str) -> str | None:
    """The client class that a dotted SDK path names, or None: `openai.lib.azure.AzureOpenAI` -> `AzureOpenAI`."""
    return CONSTRUCTORS.get(path.rsplit(".", 1)[-1]) if path.startswith("openai.") else None


def is_exception(path: str) -> bool:
    """Whether a dotted SDK path names an exception class."""
    name = path.rsplit(".", 1)[-1]
    return path.startswith("openai.") and (
        (name.endswith("Error") and name[:1].isupper()) or (".error." in path and name in EXCEPTION_NAMES)
    )


def chain_endpoint(chain: tuple[str, ...]) -> str | None:
    """Endpoint of an attribute chain below a client, None when it is not an API call."""
    parts = tuple(p for p in chain if p not in TRANSPARENT)
    if len(parts) < 2 or parts[0] not in RESOURCES or parts[-1] not in METHODS:
        return None
    if parts[0] == "audio":
        return f"audio.{parts[1]}" if len(parts) > 2 else None
    if parts[0] == "chat":
        return "chat.completions" if len(parts) > 2 and parts[1] == "completions" else None
    return RESOURCES[parts[0]]


def legacy_endpoint(path: str) -> str | None:
    """Endpoint of an openai<1 call such as `openai.ChatCompletion.acreate`, else None."""
    parts = path.split(".")
    for index, part in enumerate(parts[1:-1], 1):
        if part in LEGACY and parts[-1] in LEGACY_METHODS and index == len(parts) - 2:
            if part == "Audio":
                return "audio.translations" if "translate" in parts[-1] else "audio.transcriptions"
            return LEGACY[part]
    return None
