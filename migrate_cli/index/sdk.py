"""What the openai package looks like from outside: its constructors, resources, exceptions and known wrappers.

Names were read from openai-python 0.28.1, 1.109.1, 2.54.0 and 3.54.0; the methods stand in `sdk_methods`.
"""

from __future__ import annotations

from migrate_cli.index.sdk_methods import RESOURCE_METHODS

CONSTRUCTORS = {
    "OpenAI": "OpenAI",
    "Client": "OpenAI",
    "AsyncOpenAI": "AsyncOpenAI",
    "AsyncClient": "AsyncOpenAI",
    "AzureOpenAI": "AzureOpenAI",
    "AsyncAzureOpenAI": "AsyncAzureOpenAI",
    "BedrockOpenAI": "BedrockOpenAI",
    "AsyncBedrockOpenAI": "AsyncBedrockOpenAI",
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
    "fine_tunes": "fine_tuning",
    "skills": "skills",
    "chatkit": "chatkit",
    "admin": "admin",
    "agents": "agents",
    "decisions": "decisions",
    "live": "realtime",
    "safety": "safety",
    "content_provenance_checks": "content_provenance_checks",
}
# what instructor adds to a client: methods of the client itself, and a second name for the chat resource
WRAPPED = {
    "create": "chat.completions",
    "create_iterable": "chat.completions",
    "create_partial": "chat.completions",
    "create_with_completion": "chat.completions",
    "messages": "chat.completions",
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
    "Customer": "customers",
}
LEGACY_METHODS = {
    "create", "acreate", "list", "alist", "retrieve", "aretrieve", "delete", "adelete", "download", "adownload",
    "transcribe", "atranscribe", "transcribe_raw", "atranscribe_raw", "translate", "atranslate", "translate_raw",
    "atranslate_raw", "create_edit", "acreate_edit", "create_variation", "acreate_variation", "cancel", "acancel",
    "stream_events", "astream_events", "list_events", "events_request", "generate", "agenerate", "embeddings",
    "modify", "amodify", "find_matching_files", "afind_matching_files", "wait_for_processing",
}  # fmt: skip
# openai<1: functions that make requests
LEGACY_FUNCTIONS = {
    "openai.embeddings_utils.get_embedding": "embeddings",
    "openai.embeddings_utils.aget_embedding": "embeddings",
    "openai.embeddings_utils.get_embeddings": "embeddings",
    "openai.embeddings_utils.aget_embeddings": "embeddings",
}
METHODS = LEGACY_METHODS.union(*RESOURCE_METHODS.values())
RAW_METHODS = {"get", "post", "put", "patch", "delete", "request"}  # of the client itself, with `cast_to`

# Methods that may be called on a resource kept under any name (`self.completions.create`), and the names that the
# other methods, which are too common to be looked at everywhere, must follow.
ALONE = {"create", "acreate", "parse", "stream", "generate"} | {m for m in METHODS if "_" in m}
_PARTS = {part for path in RESOURCE_METHODS for part in path.split(".")}
HOLDERS = (RESOURCES.keys() | LEGACY.keys() | TRANSPARENT | _PARTS) - {""}

SETTINGS = {
    "api_key", "api_key_path", "api_base", "base_url", "api_type", "api_version", "organization", "project",
    "azure_endpoint", "azure_ad_token", "azure_ad_token_provider", "proxy", "default_headers", "default_query",
    "admin_api_key", "webhook_secret", "timeout", "max_retries", "http_client", "requestssession", "aiosession",
    "verify_ssl_certs", "ca_bundle_path",
}  # fmt: skip

# settings that say nothing about where requests go and who pays for them
TUNING = {
    "timeout", "max_retries", "http_client", "requestssession", "aiosession", "verify_ssl_certs", "ca_bundle_path",
    "webhook_secret",
}  # fmt: skip

EXCEPTION_NAMES = {"Timeout", "TryAgain", "InvalidAPIType"}
OTHER_EXCEPTIONS = {"APIRemovedInV1"}

# Modules and names outside the package that are the SDK's own: each was looked up in a released version of its
# package (langfuse 2.20.0 and 5.0.4, posthog 7.91.1, helicone 1.0.14, baserun 2.0.9, log10-io 0.16.1, galileo 2.7.0,
# promptlayer 0.3.0 and 1.5.16).
DROP_INS = {
    "langfuse.openai": "openai",
    "posthog.ai.openai": "openai",
    "helicone.openai_proxy": "openai",
    "helicone.openai_async": "openai",
    "baserun.OpenAI": "openai.OpenAI",
    "baserun.AsyncOpenAI": "openai.AsyncOpenAI",
    "log10.load.OpenAI": "openai.OpenAI",
    "galileo.openai": "openai",
    "promptlayer.openai": "openai",
}
# Attributes of other packages' objects that are the SDK's module.
SDK_ATTRIBUTES = {"promptlayer.PromptLayer.openai": "openai", "promptlayer.AsyncPromptLayer.openai": "openai"}

# Packages whose clients have the same shape and are not OpenAI's.
VENDORS = {
    "anthropic", "cerebras", "cohere", "dashscope", "fireworks", "groq", "huggingface_hub", "litellm", "mistralai",
    "ollama", "together", "volcenginesdkarkruntime", "xai_sdk", "zai", "zhipuai",
}  # fmt: skip

# Callables that return their n-th argument, wrapped (instructor 0.4.0 and 1.17.0, langsmith 0.1.0 and 0.15.0,
# braintrust 0.48.1, opik 2.2.122, judgeval 1.6.0, maxim-py 3.14.20, weave 0.54.0).
WRAPPERS = {
    "instructor.from_openai": 0,
    "instructor.patch": 0,
    "instructor.apatch": 0,
    "langsmith.wrappers.wrap_openai": 0,
    "langsmith.traceable": 0,
    "braintrust.wrap_openai": 0,
    "braintrust.oai.wrap_openai": 0,
    "opik.integrations.openai.track_openai": 0,
    "judgeval.wrap": 0,
    "maxim.logger.openai.MaximOpenAIClient": 0,
    "typing.cast": 1,
    "typing_extensions.cast": 1,
    "copy.copy": 0,
    "copy.deepcopy": 0,
    "contextlib.closing": 0,
    "contextlib.aclosing": 0,
    "contextlib.nullcontext": 0,
    "functools.cache": 0,
    "functools.lru_cache": 0,
    "builtins.str": 0,
    "builtins.list": 0,
    "builtins.tuple": 0,
    "builtins.iter": 0,
    "itertools.cycle": 0,
    "weave.op": 0,
    "asgiref.sync.sync_to_async": 0,
    "asyncer.asyncify": 0,
    "ratelimit.sleep_and_retry": 0,
}
# Decorators with arguments: what calling their result gives is what it was given.
DECORATORS = {
    "tenacity.retry", "tenacity.retry_with", "backoff.on_exception", "backoff.on_predicate", "retry.retry",
    "retrying.retry", "stamina.retry", "ratelimit.limits", "langsmith.traceable", "weave.op", "functools.wraps",
    "functools.lru_cache",
}  # fmt: skip
# Functions that make a client of the provider that their first argument names before a slash.
PROVIDER_CLIENTS = {"instructor.from_provider": ("openai", "azure_openai")}
# Methods of other packages' objects that give a client (azure-ai-projects 2.10.0).
CLIENT_METHODS = {
    "azure.ai.projects.AIProjectClient.get_openai_client": "OpenAI",
    "azure.ai.projects.aio.AIProjectClient.get_openai_client": "AsyncOpenAI",
}
# Methods of openai<1 that people kept calling on a client, which has no such method (instructor 0.5.2, cli/files.py).
CARRIED_OVER = {("files", "download"): "files"}
# Callables that return one element of their argument.
PICKERS = {"builtins.next", "random.choice", "secrets.choice"}

# Callables that call their n-th argument with the keywords that they are given.
FORWARDERS = {
    "asyncio.to_thread": 0,
    "anyio.to_thread.run_sync": 0,
    "functools.partial": 0,
    "concurrent.futures.ThreadPoolExecutor.submit": 0,
    "concurrent.futures.ProcessPoolExecutor.submit": 0,
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
    if not path.startswith("openai.") or ".types." in path:
        return False
    return (
        (name.endswith("Error") and name.lstrip("_")[:1].isupper())
        or name in OTHER_EXCEPTIONS
        or (".error." in path and name in EXCEPTION_NAMES)
    )


def chain_endpoint(chain: tuple[str, ...]) -> str | None:
    """Endpoint of an attribute chain below a client, None when it is not an API call."""
    parts = tuple(p for p in chain if p not in TRANSPARENT)
    if parts in CARRIED_OVER:
        return CARRIED_OVER[parts]
    if not parts or parts[-1] not in RESOURCE_METHODS.get(".".join(parts[:-1]), ()):
        return None
    return resource_endpoint(parts)


def resource_endpoint(parts: tuple[str, ...]) -> str | None:
    """Endpoint of a resource path; that of `audio` takes its second part."""
    if parts[0] == "audio":
        return ".".join(parts[:2])
    return RESOURCES.get(parts[0]) or WRAPPED.get(parts[0])


def legacy_endpoint(path: str) -> str | None:
    """Endpoint of an openai<1 call such as `openai.ChatCompletion.acreate`, else None."""
    parts = path.split(".")
    if len(parts) < 3 or parts[-1] not in LEGACY_METHODS or parts[-2] not in LEGACY:
        return LEGACY_FUNCTIONS.get(path)
    if parts[-2] == "Audio":
        return "audio.translations" if "translate" in parts[-1] else "audio.transcriptions"
    return LEGACY[parts[-2]]


def resource_class_endpoint(path: str) -> str | None:
    """Endpoint of a resource class's method by its full path.

    `openai.resources.chat.completions.Completions.create` -> `chat.completions`.
    """
    if not path.startswith("openai.resources."):
        return None
    *owner, method = path.removeprefix("openai.resources.").split(".")
    modules = tuple(dict.fromkeys(p for p in owner if not p[:1].isupper()))
    return (
        chain_endpoint((*(modules or (owner[-1].removeprefix("Async").lower(),)), method)) if owner else None
    )
