"""How the program reads an answer: which uses of a call's result a rule is about, and findings that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from migrate_cli.model import Finding, HopKind, Site, SiteKind, Use
from migrate_cli.rules.support import models_of
from migrate_cli.rules.thinking_support import says_off
from migrate_cli.targets.endpoint import Target

Route = tuple[str | int | None, ...]
CHAT = ("chat.completions", "completions")
MANY = 5  # lines named in one message


def is_chat(site: Site) -> bool:
    """Whether a site is a call of chat or text completions whose answer is followed."""
    return site.kind is SiteKind.CALL and site.endpoint in CHAT and bool(site.uses)


def fits(route: Route, *pattern: str | None) -> bool:
    """Whether a route is `pattern`, in which None stands for any one step."""
    return len(route) == len(pattern) and all(
        w is None or w == k for k, w in zip(route, pattern, strict=True)
    )


def of_message(site: Site, *names: str | None) -> Iterator[Use]:
    """Uses of `message.<names>` of a choice that was answered whole."""
    yield from (u for u in site.uses if fits(u.route, "choices", None, "message", *names))


def of_delta(site: Site, *names: str | None) -> Iterator[Use]:
    """Uses of `delta.<names>` of a choice in a chunk of a stream."""
    yield from (
        u
        for u in site.uses
        if u.route[:1] == (None,) and fits(u.route, None, "choices", None, "delta", *names)
    )


def of_usage(site: Site, *names: str | None) -> Iterator[Use]:
    """Uses of `usage.<names>` of an answer or of a chunk."""
    for use in site.uses:
        if fits(use.route, "usage", *names) or (
            use.route[:1] == (None,) and fits(use.route, None, "usage", *names)
        ):
            yield use


def first_of_each(uses: Iterable[Use]) -> tuple[Use, ...]:
    """One use per place."""
    return tuple({(u.path, u.span): u for u in uses}.values())


def owner(use: Use) -> str | None:
    """Source of the object whose part is read, `r.usage` of `r.usage.total_tokens`; None when a name stands for it."""
    if not use.hops:
        return None
    if len(use.hops) == 1:
        return use.base
    end = use.hops[-2].end - use.span.start
    return use.code.encode("utf-8")[:end].decode("utf-8")


def read_as_attribute(use: Use) -> bool:
    """Whether the last step is written `.name`."""
    return bool(use.hops) and use.hops[-1].kind is HopKind.ATTRIBUTE


def at(finding: Finding, use: Use) -> Finding:
    """The finding, standing where the answer is read."""
    return replace(finding, place=use.location)


def lines(uses: Sequence[Use]) -> str:
    """Where the uses stand in the file of the first, in words: `line 3`, `lines 3, 7, …`."""
    numbers = sorted({u.location.line for u in uses if u.path == uses[0].path})
    more = ", …" if len(numbers) > MANY else ""
    return f"line{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers[:MANY]))}{more}"


def handles(use: Use, *names: str) -> bool:
    """Whether the innermost `try` around a use catches one of these exceptions, whatever module they are named by."""
    return any(caught.rsplit(".", 1)[-1] in names for caught in use.caught)


def streamed(site: Site) -> bool:
    """Whether the answer of a call is looped over: a stream."""
    return any(u.route[:1] == (None,) for u in site.uses)


def still_thinks(site: Site, target: Target) -> bool:
    """Whether the model that the call moves to is known to think, and nothing switches it off."""
    names = [v.literal for a in site.model_arguments[:1] for v in a.values if isinstance(v.literal, str)]
    reasoned = any(old is not None and old.reasoning for old in map(target.catalogue.openai_model, names))
    for model in map(target.model, models_of(site, target)):
        thinking = model.thinking if model is not None else None
        if model is None or thinking is None:
            continue
        if thinking.default == "always":
            return True
        own = any(target.serves(name) for name in names)
        if thinking.default == "on" and (reasoned or own) and not says_off(site, model):
            return True
    return False


def same_loop(one: Use, other: Use) -> bool:
    """Whether two uses stand in the same loop over the stream."""
    return one.loop is not None and one.path == other.path and one.loop == other.loop
