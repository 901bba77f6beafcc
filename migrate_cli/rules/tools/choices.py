"""What becomes of a tool choice that forces a call: whether the target's model takes it, and what to send instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from migrate_cli.catalogue.types import Action, Support, TargetModel
from migrate_cli.model import Argument, Operation, ShapeKind, Site, SiteKind
from migrate_cli.rules.body import into_body, python
from migrate_cli.rules.conversation import lists
from migrate_cli.rules.support import models_of, put, quoted
from migrate_cli.rules.thinking_support import says_off
from migrate_cli.targets.endpoint import EMITTABLE, Target


class How(IntEnum):
    """What has to happen to a forced choice, the hardest last."""

    KEEP = 0
    CALM = 1  # thinking has to be off
    SWAP = 2  # another form says the same
    AUTO = 3  # the model can only be asked


@dataclass(frozen=True, slots=True)
class Forced:
    """A choice that forces a call: of any tool (`required`) or of one (`named`)."""

    form: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What has to happen for one model. `calm` says that thinking has to be off, `code` is the choice to write."""

    how: How
    words: str = ""
    source: str | None = None
    model: TargetModel | None = None
    calm: bool = False
    code: str | None = None


def forced(argument: Argument) -> Forced | None:
    """The forced choice that `tool_choice` or `function_call` is written as, None for any other."""
    if argument.literal in ("required", "any"):
        return Forced("required")
    shape = argument.shape
    if shape is None or shape.kind is not ShapeKind.DICT:
        return None
    inner = shape.get("function")
    name = shape.text("name") if inner is None else inner.text("name")
    if inner is not None or shape.get("name") is not None:
        return Forced("named", name)
    return None


def verdict(site: Site, target: Target, choice: Forced) -> Verdict:
    """What has to happen to a forced choice, for the least able of the models that the call moves to."""
    models = [target.model(name) for name in models_of(site, target)] or [None]
    return max((_of_model(site, target, choice, m) for m in models), key=lambda v: v.how)


def _of_model(site: Site, target: Target, choice: Forced, model: TargetModel | None) -> Verdict:
    known = target.behaviour("tools.forced_while_thinking")
    applies = (
        known is not None
        and bool(known.holds)
        and choice.form in known.data
        and (not known.models or (model is not None and model.id in known.models))
    )
    thinks = applies and _may_think(model)
    words, source = "", None
    if thinks and known is not None:
        words = f"{_whose(model, target)} refuses a forced tool choice while it thinks"
        source = known.fact.source
        if not _switchable(model, target):
            return Verdict(How.AUTO, words, source, model, code='"auto"')
    entry = target.parameter("tool_choice", model.id if model else None)
    allowed = entry.restriction.allowed if entry is not None and entry.restriction is not None else None
    if entry is not None and entry.support is Support.UNKNOWN and entry.action is Action.MANUAL:
        allowed = ("auto",)
    if allowed is None or choice.form in allowed or entry is None:
        return Verdict(How.CALM, words, source, model, calm=True) if thinks else Verdict(How.KEEP)
    said = ", ".join(map(str, allowed))
    words = f"`tool_choice` takes only {said} on {_whose(model, target)}"
    swapped = _swapped(site, choice, allowed)
    if swapped is not None:
        return Verdict(How.SWAP, words, entry.fact.source, model, calm=thinks, code=swapped)
    return Verdict(How.AUTO, words, entry.fact.source, model, code='"auto"')


def _may_think(model: TargetModel | None) -> bool:
    return model is None or (model.thinking is not None and model.thinking.default != "off")


def _switchable(model: TargetModel | None, target: Target) -> bool:
    if model is not None:
        thinking = model.thinking
        return thinking is not None and (thinking.off is not None or thinking.off_argument is not None)
    return calming(target) is not None


def _whose(model: TargetModel | None, target: Target) -> str:
    return model.id if model is not None else target.provider.name


def _swapped(site: Site, choice: Forced, allowed: tuple[object, ...]) -> str | None:
    """The same choice in the other form, which is possible where there is one tool only."""
    names = list(_tool_names(site))
    if len(names) != 1 or names[0] is None:
        return None
    if choice.form == "named" and "required" in allowed and choice.name == names[0]:
        return '"required"'
    if choice.form == "required" and "named" in allowed:
        return f'{{"type": "function", "function": {{"name": {quoted(names[0])}}}}}'
    return None


def _tool_names(site: Site) -> Iterator[str | None]:
    """The names of the tools of a call; two of None where the list is not known to its end."""
    found = [*lists(site, "tools"), *lists(site, "functions")]
    if len(found) != 1 or not found[0].complete:
        yield from (None, None)
        return
    for item in found[0].items:
        inner = item.get("function")
        yield (inner if inner is not None else item).text("name")


def calming(target: Target) -> TargetModel | None:
    """A model of the provider whose switch turns thinking off on all its thinking models; None where they differ."""
    thinking = [
        m
        for m in target.provider.models.values()
        if m.status in EMITTABLE
        and m.kind in ("chat", "reasoning", "vision")
        and _may_think(m)
        and m.thinking
    ]
    switches = {repr((m.thinking.off, m.thinking.off_argument)) for m in thinking if m.thinking}
    plain = all(m.thinking and m.thinking.default != "always" for m in thinking)
    return thinking[0] if len(switches) == 1 and plain else None


def calm(site: Site, target: Target, found: Verdict) -> list[Operation] | None:
    """Operations that switch thinking off; [] where that is done, None where they cannot be written."""
    model = found.model or calming(target)
    if model is None or model.thinking is None:
        return None
    if says_off(site, model):
        return []
    if model.thinking.off_argument is not None and site.kind is SiteKind.CALL:
        name, value = model.thinking.off_argument
        return [put(site, name, python(value))]
    return into_body(site, model.thinking.off or {})
