"""What `migrate probe` asks: one question about the catalogue each, as data.

Prompts are short and harmless, answers are kept short. Deliberately not asked, because it would cost more, keep
something, or provoke a filter, a limit or a lock: forbidden content, prompts near the context limit, wrong keys, many
requests at once, images and speech, web search, files, batches, fine-tuning, and batches of more than a hundred texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LIMIT = 16  # tokens of an answer, unless a question needs more
PROMPT = "Reply with the word ok."
LEFT_OUT = object()  # in place of a field's value: the field is not sent
THE_LIMIT = object()  # in place of a field's value: the question's limit of tokens


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `asks` is for people; `fields` are put on the request of the question `on` (or a bare one).

    `messages` take the place of the prompt, `limit` is of the answer in tokens. `fact` is the entry of the catalogue
    that the answer decides: a parameter, or an endpoint where `settles` is `endpoint`. `wide`: the answer holds for all
    models, as the shape of a request is checked before a model is looked at. `whole`: a refusal holds for every value.
    `core` is asked without --full, too. `look` names what is looked for in the answer, see `probe_looks`.
    """

    id: str
    asks: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    on: str | None = "chat"
    endpoint: str = "chat.completions"
    messages: tuple[Mapping[str, Any], ...] = ()
    limit: int = LIMIT
    fact: str | None = None
    settles: str = "parameter"
    wide: bool = False
    whole: bool = True
    core: bool = False
    look: str | None = None


def _said(role: str, content: Any = "Be brief.", **more: Any) -> dict[str, Any]:
    return {"role": role, "content": content, **more}


USER = _said("user", PROMPT)
_AS_JSON = _said("user", 'Reply with the JSON object {"ok": true} and nothing else.')
_SCHEMA = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}},
    "required": ["ok"],
    "additionalProperties": False,
}
_NAMED_SCHEMA = {"name": "answer", "strict": True, "schema": _SCHEMA}
_FUNCTION = {
    "name": "tell_weather",
    "description": "Tells the weather of a city.",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
_CITY = (_said("user", "What is the weather in Paris?"),)
_CALLED = {"name": "tell_weather", "arguments": '{"city": "Paris"}'}
_FORMER = (
    *_CITY,
    {"role": "assistant", "content": None, "function_call": _CALLED},
    {"role": "function", "name": "tell_weather", "content": "Sunny."},
)
_CALL = {"id": "call_1", "type": "function", "function": _CALLED}
_ANSWERED = (
    *_CITY,
    {"role": "assistant", "content": None, "tool_calls": [_CALL]},
    {"role": "tool", "tool_call_id": "call_1", "content": "Sunny."},
)
# 16 by 16 grey points, the smallest that the strictest page asks for
_PIXELS = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAAAAAA6mKC9AAAAD0lEQVR42mNo"
    "QAMMI1sAAAUMgAHjM1mKAAAAAElFTkSuQmCC"
)
_PICTURE = ({"type": "text", "text": PROMPT}, {"type": "image_url", "image_url": {"url": _PIXELS}})

CHAT = (
    Question("chat", "is a plain chat request answered?", on=None, core=True),
    Question(
        "thinking", "does it think unasked, and where do thoughts stand?",
        core=True, look="thoughts", limit=48,
    ),
    Question("stream", "is a stream answered?", {"stream": True}, fact="stream", core=True),
    Question(
        "usage", "does stream_options.include_usage bring the usage?", {"stream_options": {"include_usage": True}},
        on="stream", fact="stream_options", core=True, look="usage",
    ),
    Question(
        "developer", "is the role developer accepted?", messages=(_said("developer"), USER),
        fact="role_developer",
        wide=True, core=True,
    ),
    Question("seed", "is `seed` accepted?", {"seed": 1}, fact="seed", core=True),
    Question("temperature", "is temperature 2 accepted?", {"temperature": 2}, core=True),
    Question(
        "json_object", "is response_format json_object accepted?", {"response_format": {"type": "json_object"}},
        messages=(_AS_JSON,), limit=48, fact="response_format_json_object", core=True, look="json",
    ),
    Question(
        "json_schema", "is response_format json_schema accepted?",
        {"response_format": {"type": "json_schema", "json_schema": _NAMED_SCHEMA}},
        messages=(_AS_JSON,), limit=48, fact="response_format_json_schema", core=True, look="json",
    ),
    Question(
        "tools", "are tools accepted?", {"tools": [{"type": "function", "function": _FUNCTION}]}, messages=_CITY,
        limit=64, fact="tools", core=True,
    ),
    Question(
        "required", "is tool_choice required accepted?", {"tool_choice": "required"}, on="tools", messages=_CITY,
        limit=64, fact="tool_choice", whole=False, core=True, look="tool_call",
    ),
    Question(
        "n", "is n=2 accepted, and are there two answers?", {"n": 2},
        fact="n", whole=False, core=True, look="choices",
    ),
    Question(
        "stop", "is `stop` as a bare text accepted?", {"stop": "k"},
        fact="stop", whole=False, core=True, look="stop",
    ),
    Question(
        "logprobs", "are `logprobs` accepted?", {"logprobs": True},
        fact="logprobs", core=True, look="logprobs",
    ),
    Question(
        "presence_penalty", "is `presence_penalty` accepted?", {"presence_penalty": 0.1},
        fact="presence_penalty",
        whole=False, core=True,
    ),
    Question(
        "max_completion_tokens", "is `max_completion_tokens` accepted?",
        {"max_tokens": LEFT_OUT, "max_completion_tokens": THE_LIMIT}, fact="max_completion_tokens", core=True,
    ),
    Question("user", "is `user` accepted?", {"user": "migrate-probe"}, fact="user"),
    Question(
        "max_tokens", "is `max_tokens` accepted?", {"max_completion_tokens": LEFT_OUT, "max_tokens": THE_LIMIT},
        fact="max_tokens",
    ),
    Question(
        "system", "is the role system accepted?", messages=(_said("system"), USER),
        fact="role_system", wide=True,
    ),
    Question(
        "two_systems", "are two system messages accepted?", messages=(_said("system"), _said("system"), USER)
    ),
    Question("no_user", "is a conversation without a user accepted?", messages=(_said("system", PROMPT),)),
    Question(
        "function", "is the role function accepted?", messages=_FORMER,
        fact="role_function", wide=True, limit=48,
    ),
    Question(
        "tool_answer", "is a tool's answer accepted, without the thoughts before its call?", on="tools",
        messages=_ANSWERED, limit=48,
    ),
    Question(
        "message_name", "is the `name` of a message accepted?", messages=(_said("user", PROMPT, name="Ada"),),
        fact="message_name", wide=True,
    ),
    Question("warm", "is temperature 0.5 accepted?", {"temperature": 0.5}, fact="temperature", whole=False),
    Question("top_p", "is top_p 0.5 accepted?", {"top_p": 0.5}, fact="top_p", whole=False),
    Question(
        "frequency_penalty", "is `frequency_penalty` accepted?", {"frequency_penalty": 0.1},
        fact="frequency_penalty",
        whole=False,
    ),
    Question(
        "stop_list", "is `stop` as a list accepted?", {"stop": ["k"]},
        fact="stop", whole=False, look="stop",
    ),
    Question("logit_bias", "is `logit_bias` accepted?", {"logit_bias": {"1": 0}}, fact="logit_bias"),
    Question(
        "top_logprobs", "are `top_logprobs` accepted?", {"top_logprobs": 1}, on="logprobs",
        fact="top_logprobs",
    ),
    Question(
        "parallel", "is parallel_tool_calls false accepted?", {"parallel_tool_calls": False}, on="tools",
        messages=_CITY, limit=64, fact="parallel_tool_calls",
    ),
    Question(
        "named", "is the choice of a named tool accepted?",
        {"tool_choice": {"type": "function", "function": {"name": "tell_weather"}}}, on="tools", messages=_CITY,
        limit=64, fact="tool_choice", whole=False, look="tool_call",
    ),
    Question(
        "no_tool", "is tool_choice none accepted?", {"tool_choice": "none"}, on="tools", messages=_CITY, limit=64,
        fact="tool_choice", whole=False,
    ),
    Question(
        "functions", "are `functions` accepted?", {"functions": [_FUNCTION]}, messages=_CITY, limit=64,
        fact="functions", wide=True,
    ),
    Question(
        "function_call", "is `function_call` accepted?", {"function_call": "auto"}, on="functions", messages=_CITY,
        limit=64, fact="function_call", wide=True,
    ),
    Question(
        "effort", "is `reasoning_effort` low accepted?", {"reasoning_effort": "low"},
        fact="reasoning_effort", whole=False,
    ),
    Question("verbosity", "is `verbosity` accepted?", {"verbosity": "low"}, fact="verbosity"),
    Question("store", "is store false accepted?", {"store": False}, fact="store"),
    Question("metadata", "is `metadata` accepted?", {"metadata": {"purpose": "probe"}}, fact="metadata"),
    Question(
        "service_tier", "is service_tier auto accepted?", {"service_tier": "auto"},
        fact="service_tier", whole=False,
    ),
    Question(
        "safety_identifier", "is `safety_identifier` accepted?", {"safety_identifier": "migrate-probe"},
        fact="safety_identifier",
    ),
    Question(
        "prompt_cache_key", "is `prompt_cache_key` accepted?", {"prompt_cache_key": "migrate-probe"},
        fact="prompt_cache_key",
    ),
    Question(
        "prediction", "is `prediction` accepted?", {"prediction": {"type": "content", "content": "ok"}},
        fact="prediction",
    ),
    Question("modalities", "are modalities [text] accepted?", {"modalities": ["text"]}, fact="modalities"),
    Question("user_id", "is `user_id` accepted?", {"user_id": "migrate-probe"}, fact="user_id"),
    Question("null", "is a field that is null accepted?", {"seed": None}),
    Question("unlisted", "is a field that no page lists accepted?", {"migrate_probe": 1}),
    Question(
        "image", "is an image accepted?", messages=(_said("user", list(_PICTURE)),),
        fact="image_url_parts",
    ),
)  # fmt: skip

REST = (
    Question(
        "responses", "is /responses there?", {"input": PROMPT, "max_output_tokens": LIMIT}, on=None,
        endpoint="responses", fact="responses", settles="endpoint", core=True,
    ),
    Question(
        "models", "does the list of models hold those of the catalogue?", on=None, endpoint="models",
        core=True,
    ),
    Question(
        "completions", "is /completions there?", {"prompt": PROMPT, "max_tokens": THE_LIMIT}, on=None,
        endpoint="completions", fact="completions", settles="endpoint",
    ),
)  # fmt: skip

EMBEDDINGS = (
    Question(
        "embed", "how wide is an embedding?", {"input": "ok"}, on=None, endpoint="embeddings", core=True, look="width"
    ),
    Question(
        "base64", "are embeddings in base64 accepted?", {"encoding_format": "base64"}, on="embed",
        endpoint="embeddings", fact="encoding_format", whole=False, core=True, look="base64",
    ),
    Question(
        "float", "are embeddings in numbers accepted?", {"encoding_format": "float"}, on="embed",
        endpoint="embeddings", fact="encoding_format", whole=False,
    ),
    Question(
        "token_ids", "are token ids accepted in place of a text?", {"input": [1, 2]}, on="embed", endpoint="embeddings"
    ),
)  # fmt: skip
