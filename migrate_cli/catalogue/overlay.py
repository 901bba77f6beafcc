"""Prefers what was observed at the real endpoint to older documentation, where the observation decides something.

A refusal is certain: the field is then listed as rejected. That something was accepted promises nothing: what is
documented as refused becomes unknown, for a person to look at, never supported. An observation of one model holds for
that model (for all where the catalogue lists none), and only if it is newer than the fact.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import replace

from migrate_cli.catalogue.observed import Answer, Observations, Seen
from migrate_cli.catalogue.types import Action, Endpoint, Fact, Parameter, Provider, Support

_DATE = re.compile(r"(?<!\d)(20\d\d)(?:-(\d\d))?(?:-(\d\d))?(?!\d)")
_TAKEN = frozenset({Seen.ACCEPTED.value, Seen.HONOURED.value, Seen.IGNORED.value})
_MISSING = frozenset({404, 405})  # what says that an endpoint is not there, rather than that it refuses
_SETTLED = frozenset({Action.DROP, Action.RENAME, Action.MANUAL})

# What a parameter documented as the first becomes when the second was observed, and what to do with it then. None for
# what to do: as before. Whatever is not listed stays as documented.
_BECOMES: Mapping[tuple[Support, str], tuple[Support, Action | None]] = {
    (Support.IGNORED, "refused"): (Support.REJECTED, Action.DROP),
    (Support.SUPPORTED, "refused"): (Support.REJECTED, Action.MANUAL),
    (Support.RESTRICTED, "refused"): (Support.REJECTED, Action.MANUAL),
    (Support.UNKNOWN, "refused"): (Support.REJECTED, Action.MANUAL),
    (Support.SUPPORTED, "ignored"): (Support.IGNORED, Action.MANUAL),
    (Support.UNKNOWN, "ignored"): (Support.IGNORED, Action.MANUAL),
    (Support.UNKNOWN, "accepted"): (Support.UNKNOWN, None),
    (Support.UNKNOWN, "honoured"): (Support.UNKNOWN, None),
}
_Key = tuple[str | None, str | None, tuple[str, ...]]  # of a fact: kind, name, models
_SAYS = {
    "accepted": "accepted, and its effect is not known",
    "honoured": "accepted, with an effect",
    "ignored": "accepted without effect",
    "refused": "refused",
}


def overlaid(provider: Provider, runs: Iterable[Observations]) -> Provider:
    """The provider with what `runs` (the newest first) observed at its own hosts, for facts older than that."""
    told: set[_Key] = set()
    entries: dict[_Key, Parameter] = {}
    endpoints = dict(provider.endpoints)
    for run in (run for run in runs if is_own(run.host, provider)):
        answers = [(_key(a), a) for a in run.answers if a.observed in _SAYS and _key(a) not in told]
        answers.sort(
            key=lambda pair: pair[1].observed != "refused"
        )  # of two forms of a field, that one counts
        for key, answer in answers:
            entry = _parameter(answer, run, provider) if answer.kind == "parameter" else None
            if entry is not None:
                entries.setdefault(key, entry)
            if answer.kind == "endpoint" and answer.name in endpoints:
                endpoints[answer.name] = _endpoint(endpoints[answer.name], answer, run, provider)
        told.update(key for key, _ in answers)  # an older run says no more of these
    if not entries and endpoints == dict(provider.endpoints):
        return provider
    return replace(provider, parameters=(*entries.values(), *provider.parameters), endpoints=endpoints)


def _key(answer: Answer) -> _Key:
    return answer.kind, answer.name, answer.models


def is_own(host: str, provider: Provider) -> bool:
    """Whether a host is one of the provider's; what a gateway or another server said tells nothing of it."""
    bare = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    own = (known.lower() for known in provider.hosts)
    return any(bare == known or (known.startswith("*.") and bare.endswith(known[1:])) for known in own)


def _parameter(answer: Answer, run: Observations, provider: Provider) -> Parameter | None:
    """The entry that stands before those of the catalogue, or None when it stays as documented."""
    known = _documented(answer, provider)
    if known is None or not is_newer(run.date, known.fact, provider):
        return None
    becomes = _becomes(known, answer)
    if becomes is None:
        return None
    support, action = becomes
    settled = known.action is Action.RENAME or (
        known.action in _SETTLED and known.support is not Support.REJECTED
    )
    return replace(
        known,
        support=support,
        action=known.action if action is None or settled else action,
        restriction=None if support is not known.support else known.restriction,
        models=answer.models if provider.models else (),
        except_models=(),
        note=_note(answer, known.support, run),
        fact=_fact(run),
    )


def _becomes(known: Parameter, answer: Answer) -> tuple[Support, Action | None] | None:
    if known.support is Support.REJECTED:
        taken = answer.observed in _TAKEN and known.restriction is None
        return (Support.UNKNOWN, Action.MANUAL) if taken else None
    if answer.observed == answer.expected:
        return None
    becomes = _BECOMES.get((known.support, answer.observed))
    if becomes is not None and answer.observed == "refused" and not answer.whole:
        return Support.UNKNOWN, becomes[1]  # one value of many: the others may be taken
    return becomes


def _documented(answer: Answer, provider: Provider) -> Parameter | None:
    """The catalogue's entry for the model asked, before the one for all."""
    entries = [entry for entry in provider.parameters if entry.name == answer.name]
    asked = set(answer.models)
    own = [entry for entry in entries if asked.intersection(entry.models)]
    general = [e for e in entries if not e.models and not asked.intersection(e.except_models)]
    return next(iter((*own, *general)), None)


def _endpoint(known: Endpoint, answer: Answer, run: Observations, provider: Provider) -> Endpoint:
    if not is_newer(run.date, known.fact, provider):
        return known
    gone = answer.observed == "refused" and answer.status in _MISSING
    taken = answer.observed in _TAKEN
    support = {
        (Support.SUPPORTED, "gone"): Support.REJECTED,
        (Support.UNKNOWN, "gone"): Support.REJECTED,
        (Support.REJECTED, "taken"): Support.UNKNOWN,
        (Support.UNKNOWN, "taken"): Support.UNKNOWN,
    }.get((known.support, "gone" if gone else "taken" if taken else ""))
    if support is None:
        return known
    return replace(known, support=support, note=_note(answer, known.support, run), fact=_fact(run))


def _note(answer: Answer, documented: Support, run: Observations) -> str:
    said = _SAYS[answer.observed]
    status = f" with HTTP {answer.status}" if answer.observed == "refused" and answer.status else ""
    one = " for one value" if answer.observed == "refused" and not answer.whole else ""
    before = "not documented" if documented is Support.UNKNOWN else f"documented as {documented.value}"
    return f"{said}{status}{one} on {run.date}, {before}"


def _fact(run: Observations) -> Fact:
    return Fact(run.date, f"observed on {run.date} by migrate probe ({run.host}, {run.model})", "high")


def is_newer(day: str, fact: Fact, provider: Provider) -> bool:
    """Whether an observation of `day` is of a later day than the fact can be.

    A month or a year ends with its last day, but no later than the provider's file was written.
    """
    written = provider.as_of or "9999-12-31"
    named = _DATE.findall(fact.as_of or "")
    return day > max((_end(*parts, written=written) for parts in named), default=written)


def _end(year: str, month: str, day: str, *, written: str) -> str:
    """The last day of what a date may mean: `2026-08` ends on 2026-08-31."""
    if day:
        return f"{year}-{month}-{day}"
    last = monthrange(int(year), int(month))[1] if month and 1 <= int(month) <= 12 else 31
    return min(f"{year}-{month or '12'}-{last}", written)
