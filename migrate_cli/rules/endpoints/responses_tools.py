"""END03: tools that OpenAI runs itself.

File search, the code interpreter, computer use, image generation and web search are run by OpenAI, inside the request.
Some providers have a web search of their own, in another form and billed per call.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Shape, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END03", "hosted-tools", "tools that OpenAI runs itself", 120, leaves="tools that are chosen at run time"
)
HOSTED = {
    "file_search": "search a vector database of your own, in a function tool",
    "code_interpreter": "run code in a sandbox of your own, in a function tool",
    "computer_use_preview": "drive the screen in a function tool",
    "computer": "drive the screen in a function tool",
    "image_generation": "make the image in a function tool",
    "web_search": "search in a function tool",
    "web_search_preview": "search in a function tool",
    "mcp": "call the server yourself, in a function tool",
    "local_shell": "run commands in a function tool",
}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call that asks for a hosted tool."""
    if (
        site.kind is not SiteKind.CALL
        or site.endpoint not in ("responses", "chat.completions")
        or target.id == "azure"
    ):
        return
    known = target.behaviour("services.hosted_tools")
    own = known.data if known is not None and known.holds else ()
    for kind in dict.fromkeys(k for a in site.named("tools") for k in kinds(a.shape)):
        provider, plain = target.provider.name, kind.removesuffix("_preview")
        words = f"the tool {kind} is run by OpenAI itself"
        if plain in own:
            advice = (
                f"{provider} has a {plain} of its own, in another form and billed per call; or {HOSTED[kind]}"
            )
        else:
            advice = HOSTED[kind]
        yield manual(
            RULE,
            site,
            target,
            words,
            compatibility=Compatibility.UNSUPPORTED,
            advice=advice,
            source=known.fact.source if known is not None else None,
        )


def kinds(shape: Shape | None) -> list[str]:
    """The kinds of hosted tools in a literal list."""
    found = [item.text("type") for item in shape.items] if shape is not None else []
    return [kind for kind in found if kind in HOSTED]


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
ASKED = 'client.responses.create(model=m, input="hi", tools=[{}])\n'
EXAMPLES = (
    Example.told(
        CLIENT + ASKED.format('{"type": "file_search", "vector_store_ids": ids}'), "file_search", "qwen"
    ),
    Example.told(CLIENT + ASKED.format('{"type": "web_search_preview"}'), "run by OpenAI itself", "kimi"),
    Example.silent(CLIENT + ASKED.format('{"type": "function", "name": "f", "parameters": {}}'), "qwen"),
    Example.silent(CLIENT + 'client.responses.create(model=m, input="hi", tools=tools)\n', "qwen"),
)
