"""SDK14: a model of the provider's own that has ended, or is about to.

Tutorials and earlier moves name ids that are dead: `deepseek-chat` since 2026-07-24, `moonshot-v1-*` since
2026-08-31, every `hunyuan-*` of the closed platform. The catalogue knows them; what serves in their place is what the
catalogue gives for an OpenAI model of the same kind, so the change waits for a look.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import TargetModel
from migrate_cli.model import (
    Compatibility,
    Finding,
    Options,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
    Value,
)
from migrate_cli.rules.support import Example, Situation, manual, quoted, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK14",
    "retired-model",
    "model of the provider's own that has ended",
    5,
    Safety.REVIEW,
    leaves="retired ids in configuration files; embedding models, whose vectors would have to be made again",
)

ENDED = {"retired": "has ended", "historic": "is of an earlier generation", "deprecated": "is being retired"}
# The OpenAI model whose replacement also serves for a retired model of this kind: our own judgement.
ANCHORS = {"chat": "gpt-4o-mini", "reasoning": "o3", "vision": "gpt-4o"}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every place that a dead or dying model of the target comes from."""
    if site.kind is not SiteKind.CALL:
        return
    for value in (v for a in site.model_arguments for v in a.values):
        known = retired(target, value.literal)
        if known is not None:
            yield judged(site, target, value, known)


def retired(target: Target, name: object) -> TargetModel | None:
    """The provider's model of that name when it has ended or is being retired; None when the user chose for it."""
    if not isinstance(name, str) or name in target.overrides or target.serves(name):
        return None
    known = target.model(name)
    return known if known is not None and known.status in ENDED else None


def judged(site: Site, target: Target, value: Value, known: TargetModel) -> Finding:
    """The finding for one name, with the change where a successor is known."""
    when = f" on {known.retired_on}" if known.retired_on else ""
    words = f"{known.id} {ENDED[known.status]}{when} on {target.provider.name}"
    words += f" ({known.note.rstrip('.')})" if known.note and known.status == "deprecated" else ""
    choice = target.choose(ANCHORS[known.kind]) if known.kind in ANCHORS else None
    if choice is None or choice.to is None:
        advice = f"--model {value.literal}=NAME chooses its successor"
        kind = Compatibility.UNSUPPORTED
        return manual(RULE, site, target, words, compatibility=kind, advice=advice, source=known.fact.source)
    change = ReplaceExpression(
        value.default_path or value.path, value.default_span or value.span, quoted(choice.to)
    )
    advice = f"--model {value.literal}=NAME chooses another than {choice.to}"
    return review(
        RULE, site, target, f"{words} → {choice.to}", change, advice=advice, source=known.fact.source
    )


START = 'from openai import OpenAI\n\nclient = OpenAI(base_url="https://api.deepseek.com", api_key=key)\n'
REVIEWED = Options(review=True)
EXAMPLES = (
    Example.told(
        START + 'client.chat.completions.create(model="deepseek-chat", messages=[])\n',
        "deepseek-chat has ended on 2026-07-24",
        "deepseek",
    ),
    Example(
        START + 'client.chat.completions.create(model="deepseek-chat", messages=[])\n',
        START + 'client.chat.completions.create(model="deepseek-flash", messages=[])\n',
        "deepseek",
        options=REVIEWED,
    ),
    Example.silent(
        START + 'client.chat.completions.create(model="deepseek-flash", messages=[])\n', "deepseek"
    ),
    Example.silent('MODELS = ["deepseek-chat", "moonshot-v1-8k"]\n', "deepseek"),
    Example.silent(
        'from openai import OpenAI\n\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n',
        "deepseek",
    ),
)
