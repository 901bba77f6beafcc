"""PRM18: requests that are put together at run time.

What a `**` brings that cannot be followed is not seen: a quarter of the chat calls of public applications are written
so. `--guard` writes a small client beside the program that drops, renames and limits fields when they are sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.files.secrets import mask
from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.clients.guarded import is_guarded
from migrate_cli.rules.steps import guarded
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM18", "assembled-request", "request put together at run time", 10, leaves="what `--guard` does"
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A remark for every chat call whose fields are not all known."""
    if not is_chat(site) or not site.unfollowed or is_guarded(site, situation):
        return
    parts = " and ".join(f"`**{mask(code)}`" for code in site.unfollowed)
    words = f"{parts} is put together at run time: its fields are not checked here"
    if situation.options.guard:
        yield note(RULE, site, target, f"{words}, and its client cannot be guarded")
        return
    found = note(RULE, site, target, f"{words}; `--guard` does when they are sent")
    yield replace(found, steps=(guarded(target.id),))


_CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(
        _CLIENT + "def ask(**params):\n    return client.chat.completions.create(**params)\n",
        "`**params` is put together at run time",
    ),
    Example.silent(
        _CLIENT + 'params = {"model": "gpt-4o", "messages": []}\nclient.chat.completions.create(**params)\n'
    ),
    Example.silent("def ask(**params):\n    return run(**params)\n"),
)
