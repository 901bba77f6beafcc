"""What is known of thinking on the models that a call moves to."""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import TargetModel
from migrate_cli.model import Site, SiteKind
from migrate_cli.rules.body import in_body
from migrate_cli.targets.endpoint import EMITTABLE, Target


def is_chat(site: Site) -> bool:
    """Whether a site is a chat call."""
    return site.kind is SiteKind.CALL and site.endpoint == "chat.completions"


def named(site: Site) -> tuple[str, ...]:
    """The model names that are known to reach a call, in order of their names."""
    found = {v.literal for a in site.model_arguments for v in a.values if isinstance(v.literal, str)}
    return tuple(sorted(name for name in found if name))


def replaced(target: Target, name: str) -> TargetModel | None:
    """The target model for an OpenAI model that does not reason; None when it does, or nobody knows."""
    old = target.catalogue.openai_model(name)
    choice = target.choose(name)
    if old is None or old.reasoning is not False or choice is None or choice.to is None:
        return None
    return target.model(choice.to)


def replacements(site: Site, target: Target) -> tuple[TargetModel, ...]:
    """The models that take the place of OpenAI models that do not reason, each once."""
    found = {m.id: m for name in named(site) if (m := replaced(target, name)) is not None}
    return tuple(found.values())


def always_thinking(site: Site, target: Target) -> tuple[TargetModel, ...]:
    """Those of the replacements that cannot stop thinking."""
    return tuple(m for m in replacements(site, target) if m.thinking and m.thinking.default == "always")


def switchable(target: Target, model: TargetModel) -> Iterator[str]:
    """Other models of the provider that do not think, or can be told not to, and see what this one sees."""
    for other in target.provider.models.values():
        if other.kind not in ("chat", "vision") or other.status not in EMITTABLE or other.id == model.id:
            continue
        thinking = other.thinking
        calm = thinking is not None and (
            thinking.default == "off" or thinking.off is not None or thinking.off_argument is not None
        )
        if calm and set(other.modalities) >= set(model.modalities):
            yield other.id


def says_off(site: Site, model: TargetModel) -> bool:
    """Whether a request already holds the fields that switch thinking off."""
    thinking = model.thinking
    if thinking is None:
        return False
    if thinking.off_argument is not None:
        return site.argument(thinking.off_argument[0]) is not None
    return bool(thinking.off) and all(
        in_body(site, name) is not None or site.argument(name) is not None for name in thinking.off or {}
    )
