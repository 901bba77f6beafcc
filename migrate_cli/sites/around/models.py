"""Names of OpenAI's models that are configured: under a key that says so, or given to a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from migrate_cli.files.entry import Entry
from migrate_cli.model import Argument, Certainty, Origin, Site, SiteKind, Span, Value
from migrate_cli.sites.around.sheet import Sheet, last_name
from migrate_cli.sites.around.shell_text import code_lines

EndpointOf = Callable[[str], str | None]  # OpenAI model -> the endpoint it is for, None for any other name

KINDS = {
    "chat": "chat.completions",
    "completion": "completions",
    "embedding": "embeddings",
    "moderation": "moderations",
    "image": "images",
    "speech": "audio.speech",
    "transcription": "audio.transcriptions",
    "realtime": "realtime",
    "video": "videos",
    "other": "chat.completions",
}
_MODEL_KEY = re.compile(
    r"(?:.*[_.-])?(?:model|models|engine|deployment|[sv]?llm|embeddings?|embedder|v?lm|turbo|completion_fn)(?:[_.-]?(?:name|id|key|version|default|\d))?|"
    r"\w*(?:[mM]odel|[eE]ngine|[dD]eployment|LLM)(?:Name|Id|ID)?|(?:.*[_.-])?model[_.-]\w+",
    re.IGNORECASE,
)
_NAME_KEY = re.compile(r"name|id|value|default|_default|model_name", re.IGNORECASE)
_PREFIXED = re.compile(  # the weights of gpt-oss are open: `openai/gpt-oss-120b` is what other hosts call it
    r"(?P<provider>openai|azure|openai-chat|openai_chat|text-completion-openai)[/:](?!gpt-oss)(?P<model>[\w.:-]+)"
)
_AZURE_NAME = re.compile(r"^gpt-35-")  # how Azure spells it
_NEWER = re.compile(r"gpt-[5-9](?:\.\d+)?(?:-[a-z]+)*(?:-\d{4}-\d{2}-\d{2})?")  # newer than the catalogue
_GIVEN = re.compile(
    r"""(?:^|[\s;"',\[])(?:--?[\w-]*model[\w-]*|--?engine|[A-Z0-9_]*(?:MODEL|ENGINE|DEPLOYMENT|LLM)[A-Z0-9_]*)
    (?:=|\s+|["'],\s*["'])["']?(?:\$\{\w+:?-)?(?P<model>[a-z][\w.:/-]+)""",
    re.VERBOSE,
)


def names_model(entry: Entry) -> bool:
    """Whether the keys say that the value is a model: `model: …`, `llm: {name: …}`."""
    own = last_name(entry.keys)
    if _MODEL_KEY.fullmatch(own):
        return True
    names = [key for key in entry.keys if not key.isdigit()]
    return (
        len(names) > 1
        and _NAME_KEY.fullmatch(own) is not None
        and _MODEL_KEY.fullmatch(names[-2]) is not None
    )


def model_site(
    sheet: Sheet, entry: Entry, value: str, endpoint_of: EndpointOf, chosen: bool = False
) -> Site | None:
    """The site of a value that is a model: plain under a model's key, or with its provider before it.

    `chosen` is true where OpenAI is named as the provider beside it: then `name` is a model's key too.
    """
    sure = names_model(entry) or (chosen and entry.keys[-1].lower() in ("name", "id"))
    where = ".".join(entry.keys)
    given = (sheet.argument("model", entry, secret=False),)
    match = _PREFIXED.fullmatch(value)
    if match is None:
        endpoint = _endpoint(value, endpoint_of) if sure else None
        if endpoint is None:
            return None
        site = sheet.site(SiteKind.MODEL, value, entry.span, because=f"`{where}` names a model of OpenAI")
        return replace(site, endpoint=endpoint, arguments=given)
    endpoint = _endpoint(match["model"], endpoint_of)
    if endpoint is None and not (sure and (match["provider"] != "azure" or "litellm_params" in entry.keys)):
        return None
    certainty = Certainty.PROVED if sure and endpoint is not None else Certainty.LIKELY
    because = f"`{where}` names a model with its provider"
    site = sheet.site(SiteKind.MODEL, value, entry.span, certainty=certainty, because=because)
    return replace(site, endpoint=endpoint, arguments=given)


def given_models(sheet: Sheet, endpoint_of: EndpointOf) -> Iterator[Site]:
    """Models in shell text: `--model gpt-4o`, `LLM_MODEL=gpt-4o`."""
    for span in sheet.scripts:
        text = sheet.written(span)
        if "gpt" in text or "openai" in text or "text-" in text or "o1" in text or "o3" in text:
            for start, line in code_lines(text):
                for match in _GIVEN.finditer(line):
                    yield from _given(sheet, span, start, match, endpoint_of)


def _given(
    sheet: Sheet, script: Span, start: int, match: re.Match[str], endpoint_of: EndpointOf
) -> Iterator[Site]:
    name = match["model"]
    bare = prefixed["model"] if (prefixed := _PREFIXED.fullmatch(name)) else name
    endpoint = _endpoint(bare, endpoint_of)
    if endpoint is None:
        return
    at = sheet.inside(script, start + match.start("model"), start + match.end("model"))
    value = Value(Origin.FILE, sheet.page.path, at, sheet.page.place(at), literal=name)
    site = sheet.site(SiteKind.MODEL, name, at)
    argument = Argument("model", sheet.page.path, at, name, (value,))
    yield replace(site, endpoint=endpoint, arguments=(argument,))


def _endpoint(name: str, endpoint_of: EndpointOf) -> str | None:
    known = endpoint_of(_AZURE_NAME.sub("gpt-3.5-", name))
    return known or ("chat.completions" if _NEWER.fullmatch(name) else None)
