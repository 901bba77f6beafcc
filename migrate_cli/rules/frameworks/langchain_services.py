"""FRM07: parts of LangChain that are bound to OpenAI's own services.

Moderation, assistants, images and Whisper post to endpoints that few providers have; `OpenAI` (without Chat) posts
to /completions and gives a text, where a chat object gives a message. What to do instead stands in the advice. Where
the provider has the endpoint, base URL, key and model are all that changes, by hand.

`get_openai_callback` goes on counting tokens; only its prices are OpenAI's.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Safety, Site
from migrate_cli.rules.frameworks.framework_usage import DETOURS, advice, verdict
from migrate_cli.rules.frameworks.moving import framework_of, moved_by, settled, short
from migrate_cli.rules.support import Example, Situation, manual, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM07",
    "langchain-services",
    "parts of LangChain that only OpenAI serves",
    30,
    Safety.ADVICE,
    leaves="what the program does with the text or message that comes back",
)
CALLBACKS = ("get_openai_callback", "OpenAICallbackHandler")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every part that is bound to a service."""
    if moved_by(RULE, site) is None:
        return
    done = settled(RULE, site, target)
    if done is not None:
        yield done
        return
    if short(site) in CALLBACKS:
        words = f"{short(site)} counts tokens as before, but its prices are OpenAI's: other models cost 0"
        yield note(RULE, site, target, words)
        return
    words, compatibility, entry = verdict(site, target)
    guide = advice(site, target, framework_of(site))
    if compatibility is not Compatibility.DIFFERS and site.endpoint not in DETOURS and entry is not None:
        guide = entry.advice or guide
    source = entry.fact.source if entry is not None and compatibility is not Compatibility.DIFFERS else None
    yield manual(
        RULE, site, target, f"{short(site)} {words}", compatibility=compatibility, advice=guide, source=source
    )


EXAMPLES = (
    Example.told(
        "from langchain.chains import OpenAIModerationChain\n\nchain = OpenAIModerationChain()\n",
        "uses moderations",
    ),
    Example.told("from langchain_openai import OpenAI\n\nllm = OpenAI()\n", "uses completions", "kimi"),
    Example.told(
        "from langchain_community.callbacks import get_openai_callback\n\n"
        "with get_openai_callback() as spent:\n    work(spent)\n",
        "counts tokens as before",
    ),
    Example.silent("from langchain_ollama import OllamaLLM\n\nllm = OllamaLLM()\n"),
)
