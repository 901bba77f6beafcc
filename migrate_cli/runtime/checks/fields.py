"""How each field of a request fares: rejected, out of range, without effect, or not proven."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.types import Action, Parameter, Provider, Restriction, Support, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.checks import special
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.replies.refusals import find, refuse

_ELSEWHERE = frozenset(
    {"model", "messages", "input", "prompt", "response_format"}
)  # other checks look at these


def check(payload: Mapping[str, Any], provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Judge every field but those that have a check of their own."""
    notes = Notes()
    switches = _switches(provider, target)
    for name, value in payload.items():
        if name in _ELSEWHERE:
            continue
        known = special.entry(profile.parameter(provider, name, target), payload, provider, target)
        if value is None:
            notes = notes + Notes(unproven=(f"{name}: null",))
        elif known is not None:
            outcome = judge(known, value, provider)
            if isinstance(outcome, Refusal) and special.passes_over(name, provider, target):
                outcome = Notes(ignored=(name,))
            if isinstance(outcome, Refusal):
                return outcome
            notes = notes + outcome
        elif name not in switches and find(provider, "a field it does not list"):
            reason = f"{name} is no field it lists"
            return refuse(provider, "fields", reason, like=("a field it does not list",), param=name)
        elif name not in switches or special.is_strange(name, value, provider, target):
            notes = notes + Notes(unproven=(name,))
    pair = special.exclusive(payload, provider, target)
    if pair is not None:
        return refuse(provider, "fields", f"{' and '.join(pair)} may not be sent together", param=pair[0])
    return notes + _output_limit(payload, target)


def response_format(
    payload: Mapping[str, Any], provider: Provider, target: TargetModel | None
) -> Notes | Refusal:
    """Judge `response_format` by its type: `json_object` and `json_schema` are two things to a provider."""
    wanted = payload.get("response_format")
    if wanted is None:
        return Notes()
    if not isinstance(wanted, Mapping) or wanted.get("type") not in ("text", "json_object", "json_schema"):
        return refuse(
            provider, "response_format", "response_format.type is missing or unknown", param="response_format"
        )
    if wanted["type"] == "text":
        return Notes()
    return named(f"response_format_{wanted['type']}", provider, target)


def named(name: str, provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Judge a feature the catalogue lists under `name`; one it does not list is not proven."""
    known = profile.parameter(provider, name, target)
    return Notes(unproven=(name,)) if known is None else judge(known, None, provider)


def judge(known: Parameter, value: Any, provider: Provider) -> Notes | Refusal:
    """Judge `value` for a parameter; a restriction without data on this value is not proven."""
    if known.support is Support.UNKNOWN:
        return Notes(unproven=(known.name,))  # a limit that nobody confirmed does not refuse either
    if known.name == "tool_choice" and isinstance(value, Mapping):
        value = "named"  # how the catalogue lists the choice of one function
    problem = _violation(known.restriction, value)
    bare = known.name.removeprefix("response_format_")
    like = (*_only(known), f"invalid {bare}", f"{bare} other than") if bare == known.name else (bare,)
    if known.support is Support.REJECTED and (problem or known.restriction is None):
        reason = f"{known.name} is not accepted" + (f": {problem}" if problem else "")
        return refuse(provider, "fields", reason, like=like, param=known.name)
    if problem:
        return refuse(provider, "fields", f"{known.name} {problem}", like=like, param=known.name)
    if known.support is Support.RESTRICTED and known.restriction is None and known.action is Action.DROP:
        reason = f"{known.name} has to be left out"  # fixed, or used for something else
        return refuse(provider, "fields", reason, like=like, param=known.name)
    if known.support is Support.IGNORED:
        return Notes(ignored=(known.name,))
    if known.support is Support.RESTRICTED and known.restriction is None:
        return Notes(unproven=(known.name,))
    return Notes()


def _only(known: Parameter) -> tuple[str, ...]:
    """How an error begins that names the one value a field takes."""
    allowed = known.restriction.allowed if known.restriction is not None else None
    return (f"invalid {known.name}: only {allowed[0]} is allowed",) if allowed and len(allowed) == 1 else ()


def _violation(limit: Restriction | None, value: Any) -> str | None:
    if limit is None or value is None:
        return None
    if limit.allowed is not None and value not in limit.allowed:
        return f"takes only {', '.join(map(str, limit.allowed))}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _out_of_range(limit, Decimal(str(value)))
    if limit.type == "list" and isinstance(value, str):
        return "must be a list"
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | dict):
        return None
    if limit.max_items is not None and len(items) > limit.max_items:
        return f"takes at most {limit.max_items} item(s)"
    longest = max((len(item) for item in items if isinstance(item, str)), default=0)
    if limit.max_chars is not None and longest > limit.max_chars:
        return f"takes at most {limit.max_chars} characters"
    shortest = min((len(item) for item in items if isinstance(item, str)), default=limit.min_chars)
    if limit.min_chars is not None and shortest is not None and shortest < limit.min_chars:
        return f"takes at least {limit.min_chars} characters"
    return None


def _out_of_range(limit: Restriction, value: Decimal) -> str | None:
    if limit.min is not None and (value < limit.min or (limit.exclusive_min and value == limit.min)):
        return f"must be {'above' if limit.exclusive_min else 'at least'} {limit.min}"
    if limit.max is not None and value > limit.max:
        return f"must be at most {limit.max}"
    return None


def _switches(provider: Provider, target: TargetModel | None) -> frozenset[str]:
    """The fields that switch thinking on this model: they need no entry of their own."""
    if target is None or target.thinking is None:
        return frozenset()
    names = set(target.thinking.off or {})
    if target.thinking.off_argument:
        names.add(target.thinking.off_argument[0])
    return frozenset(names)


def _output_limit(payload: Mapping[str, Any], target: TargetModel | None) -> Notes:
    wanted = payload.get("max_tokens")
    if (
        target is None
        or target.max_output is None
        or not isinstance(wanted, int)
        or wanted <= target.max_output
    ):
        return Notes()
    return Notes(unproven=(f"max_tokens above the documented output limit of {target.max_output}",))
