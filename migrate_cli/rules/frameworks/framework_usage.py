"""FRM00: OpenAI used through a framework.

LangChain, LlamaIndex, LiteLLM and their kin build the client themselves: base URL, key and model go to their own
classes, each under its own name, and some also choose an endpoint (the Responses API), send fields that other
providers refuse, or report to OpenAI. The finding says for this very class or function what to set for the chosen
provider, or that the provider has no such endpoint. Nothing is edited: the classes that are have rules of their own.

A use that already points to another host is left alone, and one that points to the provider counts as migrated.
Embeddings need every stored vector to be made again: their finding says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.frameworks import Framework, frameworks
from migrate_cli.catalogue.types import Endpoint, Support
from migrate_cli.model import Compatibility, Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.frameworks.moving import move_of
from migrate_cli.rules.support import Example, Situation, manual, migrated, models_of, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM00",
    "framework-usage",
    "OpenAI through a framework",
    15,
    Safety.ADVICE,
    leaves="the frameworks whose classes have a rule of their own (FRM01 and after)",
)

GENERAL = 'give it the base URL {base_url}, the key in {key} and the model "{model}" by its own arguments'
APART = ("tiktoken",)  # has rules of its own
# The model whose replacement is advised where the program names none.
USUAL = {"embeddings": "text-embedding-3-small", "chat.completions": "gpt-4o", "responses": "gpt-4o"}
DETOURS = ("completions", "responses")  # the framework's own advice leads to chat completions


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every construction or call of a framework's OpenAI class or function."""
    if site.kind is not SiteKind.FRAMEWORK or site.framework in APART or move_of(site) is not None:
        return
    framework = frameworks().named(site.framework or "")
    name = framework.name if framework is not None else site.framework or ""
    word = short(site.symbol)
    if site.elsewhere is not None:
        if target.owns(site.elsewhere):
            yield migrated(RULE, site, target, f"already points to {target.provider.name}")
        else:
            yield skip(RULE, site, target, f"already points to {site.elsewhere}; left alone")
        return
    words, compatibility, entry = verdict(site, target)
    guide = advice(site, target, framework)
    if compatibility is not Compatibility.DIFFERS and site.endpoint not in DETOURS and entry is not None:
        guide = entry.advice or guide
    yield manual(
        RULE,
        site,
        target,
        f"{name}: {word} {words}",
        compatibility=compatibility,
        advice=guide,
        source=entry.fact.source
        if entry is not None and compatibility is not Compatibility.DIFFERS
        else None,
    )


def verdict(site: Site, target: Target) -> tuple[str, Compatibility, Endpoint | None]:
    """What the provider makes of the endpoint behind a framework's class, in words."""
    provider = target.provider.name
    entry = target.endpoint(site.endpoint) if site.endpoint is not None else None
    if entry is not None and entry.support is Support.REJECTED:
        return f"uses {site.endpoint}, which {provider} does not offer", Compatibility.UNSUPPORTED, entry
    if site.endpoint is not None and (entry is None or entry.support is Support.UNKNOWN):
        words = f"uses {site.endpoint}, of which nothing is known on {provider}"
        return words, Compatibility.UNKNOWN, entry
    return f"needs {provider}'s address, key and model", Compatibility.DIFFERS, entry


def short(symbol: str) -> str:
    """The last names of a dotted path: the class, or the class and its method."""
    parts = symbol.split(".")
    return ".".join(parts[-2:]) if len(parts) > 1 and parts[-2][:1].isupper() else parts[-1]


def advice(site: Site, target: Target, framework: Framework | None) -> str:
    """What to set, with the provider's address, key variable and model filled in."""
    use = framework.use(site.symbol) if framework is not None else None
    text = (use.advice if use is not None else None) or (framework.advice if framework else GENERAL)
    usual = target.choose(USUAL.get(site.endpoint or "", ""))
    models = models_of(site, target) or ((usual.to,) if usual is not None and usual.to else ())
    prefix = "" if framework is None else framework.target_prefixes.get(target.id, framework.target_prefix)
    filled = {
        "{base_url}": target.base_url,
        "{key}": target.key_variable or "any word",
        "{model}": f"{prefix}{models[0] if models else '<model>'}",
        "{provider}": target.provider.name,
    }
    for place, value in filled.items():
        text = text.replace(place, value)
    return text


EXAMPLES = (
    Example.told(
        'from smolagents import OpenAIServerModel\n\nllm = OpenAIServerModel(model_id="gpt-4o")\n',
        "needs Baidu Qianfan (ERNIE)'s address",
    ),
    Example.untouched('import litellm\n\nlitellm.completion(model="gpt-4o", messages=[])\n'),
    Example.untouched('import litellm\n\nlitellm.completion(model="groq/llama-3.3-70b", messages=[])\n'),
)
