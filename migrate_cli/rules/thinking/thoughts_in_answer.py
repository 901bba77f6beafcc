"""THK04: thoughts arrive inside the answer.

MiniMax writes them as `<think>…</think>` before the answer, which breaks JSON, pattern matching and what users see,
unless the request asks for `reasoning_split`. Other providers keep them in a field of their own
(`reasoning_content`, or `reasoning` at StepFun and SenseNova), which OpenAI's clients pass over.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.body import into_body, python
from migrate_cli.rules.support import Example, Situation, edit, manual, models_of
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "THK04",
    "thoughts-in-answer",
    "thoughts arrive as text inside the answer",
    5,
    Safety.SAFE,
    leaves="models that are only known at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """The edit that keeps thoughts out of the answer, where the provider has a switch for that."""
    known = target.behaviour("thinking.split_field")
    models = models_of(site, target) if is_chat(site) else ()
    if known is None or not models or not known.concerns(models):
        return
    words = f"{target.provider.name} puts <think> text into the answer unless {python(known.data)} is sent"
    change = into_body(site, known.data)
    if change is None:
        advice = f"merge {python(known.data)} into extra_body"
        yield manual(RULE, site, target, words, advice=advice, source=known.fact.source)
    elif change:
        yield edit(RULE, site, target, words, *change, source=known.fact.source)


_CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n',
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[], '
        'extra_body={"reasoning_split": True})\n',
        "minimax",
    ),
    Example(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[])\n',
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], '
        'extra_body={"thinking": {"type": "disabled"}, "reasoning_split": True})\n',
        "minimax",
        beside=("THK01",),
    ),
    Example.told(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], extra_body=options())\n',
        "puts <think> text into the answer",
        "minimax",
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], '
        'extra_body={"reasoning_split": False})\n',
        "minimax",
    ),
    Example.silent(_CLIENT + "client.chat.completions.create(model=pick(), messages=[])\n", "minimax"),
    Example.silent(_CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[])\n', "deepseek"),
)
