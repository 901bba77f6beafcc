"""SDK07: a text completion (`completions.create(prompt=…)`) at a provider that has chats only.

The call becomes a chat with one user message, and what is read as `.choices[0].text` is read as
`.choices[0].message.content`, with everything else that goes with it: all of it or nothing. A chat answers the prompt
instead of continuing it, so the change waits for a look. `suffix`, `echo`, `best_of` and `logprobs` have no
counterpart in a chat: such a call is told. Works for openai<1, with and without `--upgrade-sdk`, and for clients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import (
    AddImport,
    Finding,
    Level,
    Operation,
    Options,
    Origin,
    RemoveImport,
    RenameArgument,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
    WrapExpression,
)
from migrate_cli.rules.endpoints.service import absent
from migrate_cli.rules.legacy.calls import arguments, function, gone, left_alone
from migrate_cli.rules.legacy.names import function_of, is_async, owner_of
from migrate_cli.rules.legacy.text_reads import reads_of
from migrate_cli.rules.parameter_support import findings as parameters
from migrate_cli.rules.parameters.token_bias import check as token_bias
from migrate_cli.rules.support import Example, Situation, bundled, review
from migrate_cli.rules.thinking.thinking_default import check as thinking
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK07",
    "text-completion",
    "text completion at a provider that has chats only",
    15,
    Safety.REVIEW,
    leaves="streams, several prompts in one call, and `suffix`, `echo`, `best_of`, `logprobs`",
)

SENT = (
    "max_tokens", "temperature", "top_p", "n", "stop", "presence_penalty", "frequency_penalty", "user", "seed",
    "logit_bias",
)  # fmt: skip
TAKEN = {
    *SENT, "model", "engine", "deployment_id", "prompt", "timeout", "request_timeout", "headers", "extra_headers",
    "extra_body", "api_key", "api_base", "api_type", "api_version", "organization",
}  # fmt: skip


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every text completion that the provider does not take."""
    if site.kind is not SiteKind.CALL or site.endpoint != "completions":
        return
    missing = absent(RULE, site, target)
    if missing is None:
        return
    moved = situation.upgrade.moves(site)
    edits = chat_edits(site, upgraded=moved)
    if edits is None:
        yield (
            replace(missing, message=f"{missing.message}; {gone(site)}")
            if left_alone(site, situation)
            else missing
        )
        return
    named = function(site, "chat.completions.create", target, situation) if moved else renamed(site)
    more = arguments(site) if moved else []
    words = f"{target.provider.name} has chats only: the prompt becomes a message, which is answered, not continued"
    fitted = as_a_chat(site, target, situation)
    finding = review(RULE, site, target, words, *named, *more, *edits, *fitted, source=missing.source)
    yield bundled(finding, situation) if moved else finding


def as_a_chat(site: Site, target: Target, situation: Situation) -> list[Operation]:
    """The edits that the arguments of the call need once it is a chat."""
    written = situation.upgrade.forms.get(site.id, site)
    symbol = site.symbol.replace("Completion", "ChatCompletion")
    chat = replace(written, endpoint="chat.completions", symbol=symbol)
    found = (*parameters(RULE, chat, target, SENT), *thinking(chat, target, situation))
    sure = [e for f in found if f.level is Level.EDIT for e in f.edits]
    biased = [e for f in token_bias(chat, target, situation) for e in f.edits]
    return list(dict.fromkeys((*sure, *biased)))


def chat_edits(site: Site, *, upgraded: bool) -> list[Operation] | None:
    """The edits of arguments and reads that make a chat of a call; None when it is more than a simple one."""
    prompt = site.argument("prompt")
    if prompt is None or site.unfollowed or site.positional or not {a.name for a in site.arguments} <= TAKEN:
        return None
    if len(site.named("prompt")) > 1 or prompt.dictionary is not None or prompt.statement is not None:
        return None
    several = (prompt.shape is not None and prompt.shape.items) or prompt.code.lstrip().startswith("[")
    if several or any(v.origin is Origin.NONE for v in prompt.values) or not callable_as_chat(site):
        return None
    reads = reads_of(site, upgraded=upgraded)
    if reads is None:
        return None
    return [
        RenameArgument(site.path, site.span, "prompt", "messages"),
        WrapExpression(prompt.path, prompt.span, '[{"role": "user", "content": ', "}]"),
        *reads,
    ]


def callable_as_chat(site: Site) -> bool:
    """Whether the function of a call is written in a way that can be changed."""
    written = function_of(site)
    if written is None:
        return False
    return owner_of(written) is not None if site.legacy else written.endswith(".completions.create")


def renamed(site: Site) -> list[Operation]:
    """The function of a call that keeps its SDK."""
    written = function_of(site) or ""
    if not site.legacy:
        code = re.sub(r"\.completions\.create$", ".chat.completions.create", written)
        return [ReplaceExpression(site.path, site.anchor, code)]
    owner, method = owner_of(written), "acreate" if is_async(site.symbol) else "create"
    if owner:
        return [ReplaceExpression(site.path, site.anchor, f"{owner}.ChatCompletion.{method}")]
    return [
        ReplaceExpression(site.path, site.anchor, f"ChatCompletion.{method}"),
        AddImport(site.path, "from openai import ChatCompletion"),
        RemoveImport(site.path, "openai", "Completion"),
    ]


REVIEW = Options(review=True)
EXAMPLES = (
    Example(
        "from openai import OpenAI\n\n\ndef ask(client: OpenAI, text):\n"
        "    r = client.completions.create(model=m, prompt=text, max_tokens=5)\n    return r.choices[0].text.strip()\n",
        "from openai import OpenAI\n\n\ndef ask(client: OpenAI, text):\n"
        '    r = client.chat.completions.create(model=m, messages=[{"role": "user", "content": text}], max_tokens=5)\n'
        '    return (r.choices[0].message.content or "").strip()\n',
        options=REVIEW,
    ),
    Example(
        "from openai import OpenAI\n\nr = OpenAI().completions.create(model=m, prompt=p, temperature=0, logit_bias=b)\n"
        "print(r.choices[0].text)\n",
        "from openai import OpenAI\n\n"
        'r = OpenAI().chat.completions.create(model=m, messages=[{"role": "user", "content": p}], temperature=0.01)\n'
        'print(r.choices[0].message.content or "")\n',
        options=REVIEW,
    ),
    Example(
        'import openai\n\nprint(openai.Completion.create(model=m, prompt="Hi")["choices"][0]["text"])\n',
        'import openai\n\nprint(openai.ChatCompletion.create(model=m, messages=[{"role": "user", "content": "Hi"}])'
        '["choices"][0]["message"]["content"] or "")\n',
        options=REVIEW,
    ),
    Example.told(
        'import openai\n\nopenai.Completion.create(model=m, prompt="x", suffix="y")\n', "completions on"
    ),
    Example.untouched(
        'import openai\n\nprint(openai.Completion.create(model=m, prompt="x")["choices"][0]["text"])\n'
    ),
    Example.silent(
        'from openai import OpenAI\n\nOpenAI().completions.create(model=m, prompt="x")\n', "local"
    ),
)
