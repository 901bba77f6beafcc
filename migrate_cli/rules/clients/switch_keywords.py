"""SDK24: a switch of the provider's own, written as a keyword of the call.

The openai package refuses keywords that are no parameter of OpenAI's: `create(enable_thinking=False)` is a TypeError
before anything is sent. What is not OpenAI's travels in `extra_body`; the switch moves there, beside what it holds.
openai<1 sends unknown keywords as they are, so its calls are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.index.sdk import DROP_INS
from migrate_cli.model import AddEntry, Argument, Finding, Operation, Rule, Safety, SetItem, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, drop, edit, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK24",
    "switch-keywords",
    "provider's switch written as a keyword",
    3,
    Safety.SAFE,
    leaves="a switch whose `extra_body` is no dict display at the call; wrappers that take such keywords themselves",
)

# No parameter of `chat.completions.create` in openai 1.109.1, 2.54.0 or 3.54.0.
SWITCHES = (
    "enable_thinking", "thinking", "thinking_budget", "enable_search", "reasoning_split", "top_k", "min_p",
    "repetition_penalty", "do_sample", "user_id", "chat_template_kwargs",
)  # fmt: skip
METHODS = ("create", "parse", "stream")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for the switches of one call of the current SDK."""
    if site.kind is not SiteKind.CALL or site.endpoint != "chat.completions" or site.legacy:
        return
    if site.symbol.rsplit(".", 1)[-1] not in METHODS or observed(site):
        return
    given = [a for name in SWITCHES for a in site.named(name)]
    if not given:
        return
    names = ", ".join(f"`{a.name}`" for a in given)
    words = f"{names} moved into extra_body: the openai package refuses the keyword"
    moved = [operation for a in given for operation in moving(site, a)]
    body = site.argument("extra_body")
    if body is not None and not body.code.lstrip().startswith("{"):
        words = f"{names}: the openai package refuses the keyword"
        yield manual(RULE, site, target, words, advice=f"put {names} into `{body.code}`, which is extra_body")
    elif all(a.dictionary is None and a.statement is None for a in (*given, body) if a is not None):
        yield edit(RULE, site, target, words, *moved)
    else:
        yield review(RULE, site, target, f"{words}, but it is written outside the call", *moved)


def observed(site: Site) -> bool:
    """Whether the client is that of an observing package, which takes keywords of its own (`user_id`)."""
    return any(package in step.text for step in site.evidence for package in DROP_INS)


def moving(site: Site, argument: Argument) -> list[Operation]:
    """The edits that take one keyword into `extra_body`."""
    body = site.argument("extra_body")
    name, code = argument.name, argument.code
    if body is None:
        return [drop(site, argument), AddEntry(site.path, site.span, "extra_body", name, code)]
    return [drop(site, argument), SetItem(body.path, body.span, name, code)]


START = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example(
        START + 'client.chat.completions.create(model="m", messages=[], enable_thinking=False, top_k=20)\n',
        START
        + 'client.chat.completions.create(model="m", messages=[], extra_body={"enable_thinking": False, '
        '"top_k": 20})\n',
        "qwen",
    ),
    Example(
        START
        + 'client.chat.completions.create(model="m", messages=[], top_k=20, extra_body={"enable_search": True})\n',
        START
        + 'client.chat.completions.create(model="m", messages=[], extra_body={"enable_search": True, "top_k": 20})\n',
        "qwen",
    ),
    Example.told(
        START + 'client.chat.completions.create(model="m", messages=[], top_k=20, extra_body=more)\n',
        "refuses the keyword",
        "qwen",
    ),
    Example.silent(
        START + 'client.chat.completions.create(model="m", messages=[], extra_body={"top_k": 20})\n', "qwen"
    ),
    Example.silent("import openai\n\nopenai.ChatCompletion.create(model=m, messages=[], top_k=20)\n", "qwen"),
    Example.silent(
        "from langfuse.openai import OpenAI\n\n"
        'OpenAI().chat.completions.create(model="m", messages=[], user_id="u")\n',
        "qwen",
    ),
    Example.silent("from vllm import LLM\n\nLLM().generate(prompts, top_k=20)\n", "local"),
)
