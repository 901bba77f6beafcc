"""Configuration that chooses OpenAI: providers, class paths, and keys and addresses named after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from migrate_cli.files.entry import Entry
from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.around import restraint
from migrate_cli.sites.around.models import EndpointOf, model_site
from migrate_cli.sites.around.sheet import Sheet, as_meant, foreign_host, is_secret, last_name, siblings

FORMS = frozenset({"yaml", "toml", "json", "ini", "dotenv", "hcl", "pyproject", "setup.cfg"})
_PROVIDER_KEY = re.compile(
    r"(?:.*[_.-])?(?:provider|vendor|api_?type|llm_?type|model_?type|llm|embeddings?|embedder|embedding_?model|llm_?model|"
    r"provider_?(?:name|type|id)|api_?format|llm_?backend|endpoint_?type|engine)|_type|modelprovider|llmprovider|embeddingprovider",
    re.IGNORECASE,
)
_PROVIDERS = frozenset(
    {"openai", "open_ai", "open-ai", "openai-chat", "openai_chat", "openai-functions", "azure_openai", "azure-openai",
     "azureopenai", "azure-openai-chat", "openai_embeddings", "chatopenai", "azure_open_ai", "openai-responses",
     "openai_responses", "openai-embeddings"}
)  # fmt: skip
_CLASS = re.compile(
    r"(?P<package>openai|langchain(?:_openai|_community)?|llama_index|pydantic_ai|autogen(?:_ext|_core|_agentchat)?|"
    r"haystack|semantic_kernel|smolagents|dspy|chromadb|ragas|instructor|agents|autogenstudio|deepeval|mem0)"
    r"(?:\.\w+)*[.:](?P<name>\w*OpenAI\w*|DALLE\w*)"
)
_CLASS_KEY = re.compile(
    r"_target_|(?:.*_)?(?:class|cls)(?:_?(?:path|name))?|type|component_?provider|provider|target|factory|impl\w*",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:azure_?)?openai_?(?:api_?)?(?:key|base|base_?url|endpoint|token|host|proxy)", re.IGNORECASE
)
_PACKAGERS = [(name,) for name in ("poetry", "pdm", "uv", "hatch", "rye", "flit", "pixi", "setuptools")]
_SECTION = re.compile(r"(?:azure_?)?open_?ai", re.IGNORECASE)
_IN_SECTION = re.compile(
    r"(?:api_?)?(?:key|base|token)|(?:base_?|api_?)url|endpoint|organi[sz]ation(?:_id)?", re.IGNORECASE
)
_BASE = re.compile(
    r"(?P<of>.*?)_?(?:base_?url|api_?base(?:_?url)?|endpoint|openai_api_base|openai_base_url)", re.IGNORECASE
)


def setting_sites(sheet: Sheet, endpoint_of: EndpointOf) -> Iterator[Site]:
    """Models, providers, class paths and OpenAI's own settings among the values of a configuration file."""
    if sheet.form not in FORMS or restraint.speaks_only(sheet.page.path):
        return
    groups = siblings(sheet.entries)
    telling = {keys: restraint.tellers(group) for keys, group in groups.items()}
    tables = restraint.tables(sheet.entries, lambda name: endpoint_of(name) is not None)
    for entry in sheet.entries:
        if not entry.keys or restraint.in_a_table(entry, tables) or is_packaging(sheet, entry):
            continue
        if any(endpoint_of(key) is not None for key in entry.keys[:-1]):
            continue  # `gpt-4o: {…}` describes the model
        beside = groups[entry.keys[:-1]]
        if restraint.describes(entry, telling[entry.keys[:-1]]):
            continue
        found = _own(sheet, entry) or _setting(sheet, as_meant(sheet, entry, beside), beside, endpoint_of)
        if found is not None:
            yield replace(found, elsewhere=_elsewhere(entry, beside))


def is_packaging(sheet: Sheet, entry: Entry) -> bool:
    """Whether an entry of a pyproject.toml lists requirements rather than configures a program."""
    if sheet.form != "pyproject":
        return False
    listed = entry.keys[-1].isdigit() and "extras" in entry.keys
    return listed or entry.keys[0] != "tool" or entry.keys[1:2] in _PACKAGERS


def _setting(sheet: Sheet, entry: Entry, beside: Mapping[str, Entry], endpoint_of: EndpointOf) -> Site | None:
    value = entry.value.strip() if isinstance(entry.value, str) else ""
    if not value or len(value) > 120:
        return None
    if (found := _CLASS.fullmatch(value)) and _CLASS_KEY.fullmatch(last_name(entry.keys)):
        site = sheet.site(SiteKind.TYPE, value.replace(":", "."), entry.span, certainty=Certainty.LIKELY)
        return replace(site, framework=None if found["package"] == "openai" else found["package"])
    if restraint.is_a_choice(entry):
        return None
    chosen = any(_PROVIDER_KEY.fullmatch(name) and _is_provider(other) for name, other in beside.items())
    if (model := model_site(sheet, entry, value, endpoint_of, chosen)) is not None:
        return model
    if _is_provider(entry) and _names_provider(entry, beside):
        because = f"`{'.'.join(entry.keys)}` chooses OpenAI as the provider"
        return sheet.site(SiteKind.SETTING, value, entry.span, certainty=Certainty.LIKELY, because=because)
    return None


def _is_provider(entry: Entry) -> bool:
    return isinstance(entry.value, str) and entry.value.strip().lower() in _PROVIDERS


def _own(sheet: Sheet, entry: Entry) -> Site | None:
    """A key or address that is named after OpenAI: `openai_api_key: …`, or `api_key: …` in a section `openai`."""
    if entry.key is None or isinstance(entry.value, bool) or sheet.form in ("dotenv", "hcl"):
        return None
    own, above = entry.keys[-1], entry.keys[-2] if len(entry.keys) > 1 else ""
    if own.isupper() or not (
        _OWN.fullmatch(own) or (_SECTION.fullmatch(above) and _IN_SECTION.fullmatch(own))
    ):
        return None
    because = f"`{'.'.join(entry.keys)}` is a setting of OpenAI"
    site = sheet.site(SiteKind.SETTING, own, entry.key, code=own, certainty=Certainty.LIKELY, because=because)
    return replace(site, arguments=(sheet.argument(own, entry, secret=is_secret(own)),))


def _names_provider(entry: Entry, beside: Mapping[str, Entry]) -> bool:
    """Whether the keys say that the value is a provider; `type: openai` only beside a model or a key."""
    own = last_name(entry.keys)
    if _PROVIDER_KEY.fullmatch(own):
        return True
    names = {name.lower() for name in beside}
    return own.lower() in ("type", "kind", "backend", "name") and bool(
        names & {"model", "model_name", "api_key", "temperature", "base_url", "api_base", "engine"}
    )


def _elsewhere(entry: Entry, beside: Mapping[str, Entry]) -> str | None:
    """Host of another provider that stands as the base URL in the same mapping.

    `embedding_endpoint` says nothing of `model`, nor does a base that is OpenAI's or only known at run time.
    """
    for name, other in beside.items():
        match = _BASE.fullmatch(name)
        if match is None or not isinstance(other.value, str) or len(other.keys) != len(entry.keys):
            continue
        prefix = match["of"].lower()
        if prefix not in ("", "api", "openai") and not entry.keys[-1].lower().startswith(prefix):
            continue
        if (host := foreign_host(other.value)) is not None:
            return host
    return None
