"""THK02: sampling parameters have no effect while the model thinks, and nothing says so.

A program that pins its answers with `temperature=0.2` gets answers that vary all the same. Where the move switches
thinking off (THK01) there is nothing to say; this is about models that go on thinking.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import TargetModel
from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.parameter_support import NOT_GIVEN
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.rules.thinking_support import is_chat, named, says_off
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "THK02",
    "sampling-while-thinking",
    "sampling has no effect while the model thinks",
    5,
    leaves="calls whose model is only known at run time",
)

NAMES = ("temperature", "top_p")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A remark when sampling is asked of a model of the provider that will think."""
    known = target.behaviour("thinking.sampling_ignored")
    if not is_chat(site) or known is None or not known.concerns(()):
        return
    written = [n for n in NAMES if (a := site.argument(n)) is not None and a.code not in NOT_GIVEN]
    model = next((m for m in thinkers(site, target) if not says_off(site, m)), None)
    if written and model is not None:
        words = (
            f"{' and '.join(f'`{n}`' for n in written)} without effect: {model.id} thinks before it answers"
        )
        yield note(RULE, site, target, words, compatibility=Compatibility.DIFFERS, source=known.fact.source)


def thinkers(site: Site, target: Target) -> Iterator[TargetModel]:
    """The provider's models that are named here and think unless told otherwise."""
    for name in named(site):
        model = target.model(name) if target.serves(name) else None
        if model is not None and model.thinking is not None and model.thinking.default in ("on", "always"):
            yield model


_CLIENT = 'from openai import OpenAI\n\nclient = OpenAI(base_url="https://api.deepseek.com")\n'
EXAMPLES = (
    Example.told(
        _CLIENT + 'client.chat.completions.create(model="deepseek-flash", messages=[], temperature=0.2)\n',
        "`temperature` without effect",
        "deepseek",
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="deepseek-flash", messages=[], temperature=0.2, '
        'extra_body={"thinking": {"type": "disabled"}})\n',
        "deepseek",
    ),
    Example.silent(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model="gpt-4o", messages=[], temperature=0.2)\n',
        "deepseek",
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="deepseek-flash", messages=[], temperature=0.2)\n',
        "glm",
    ),
)
