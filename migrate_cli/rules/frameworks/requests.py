"""What a framework's object sends with every request: thinking, the output limit, sampling."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from migrate_cli.catalogue.frameworks import LIMITS, SAMPLING, Move
from migrate_cli.catalogue.types import Action, TargetModel
from migrate_cli.model import AddImport, Argument, Finding, Level, Operation, Rule, SetItem, Site
from migrate_cli.rules.body import python
from migrate_cli.rules.parameter_support import judge, violation
from migrate_cli.rules.support import drop, edit, note, put
from migrate_cli.rules.thinking_support import replaced
from migrate_cli.targets.endpoint import Target

Body = Mapping[str, str]  # field -> Python


def request_findings(
    rule: Rule, site: Site, target: Target, move: Move, names: Sequence[tuple[str, str]]
) -> Iterator[Finding]:
    """What has to change in the requests of an object that asks for `names` (old model, new model)."""
    models = tuple(dict.fromkeys(new for _, new in names)) or (None,)
    body, words, remarks = thinking(target, names)
    limit = limited(site, target, move, models[0])
    if limit is not None:
        body = {**body, "max_tokens": lowered(target, limit, models[0])}
        words = (*words, "max_tokens goes out under its own name, not as max_completion_tokens")
    taken = stubborn_temperature(site, target, move, models[0])
    quiet = taken is not None and move.body is not None
    edits = sending(site, move, body, quiet)
    if edits is None:
        yield note(
            rule, site, target, f"{move.body or 'the request'} needs {written(body)}: {'; '.join(words)}"
        )
    elif edits:
        gone = [a for a in (limit, site.argument("temperature") if quiet else None) if a is not None]
        said = (*words, *(["no temperature is sent: only one value is taken"] if quiet else []))
        yield edit(rule, site, target, "; ".join(said), *(drop(site, a) for a in gone), *edits)
    if taken is not None and not quiet:
        sentence = (
            f"temperature={taken}: the class sends one in any case, and {target.provider.name} takes no other"
        )
        yield edit(rule, site, target, sentence, put(site, "temperature", taken))
    for remark in remarks:
        yield note(rule, site, target, remark)
    yield from parameters(rule, site, target, models, taken=("temperature",) if taken is not None else ())


def along(found: Iterable[Finding], sent: Iterable[Finding]) -> Iterator[Finding]:
    """What changes in the requests of an object, written no sooner than the move of the object itself, `found`."""
    moves = any(f.level is Level.EDIT and f.edits for f in found)
    for finding in sent:
        yield finding if moves or finding.level is not Level.EDIT else replace(finding, level=Level.REVIEW)


def parameters(
    rule: Rule, site: Site, target: Target, models: Sequence[str | None], taken: Sequence[str]
) -> Iterator[Finding]:
    """Findings for the sampling parameters that the object is given."""
    for name in SAMPLING:
        argument = site.argument(name)
        entry = next((e for m in models if (e := target.parameter(name, m)) is not None), None)
        if argument is None or entry is None or name in taken:
            continue
        for found in judge(rule, site, target, argument, entry):
            by_hand = found.level is Level.MANUAL and argument.values
            yield replace(found, place=argument.values[0].location) if by_hand else found


def thinking(
    target: Target, names: Sequence[tuple[str, str]]
) -> tuple[Body, tuple[str, ...], tuple[str, ...]]:
    """The fields that switch thinking off where the old model did not reason, and words about it."""
    models = {
        m.id: m for old, _ in names if (m := replaced(target, old)) is not None and m.thinking is not None
    }
    switches = {written(switch(m)) for m in models.values()}
    if not models:
        return {}, (), ()
    first = next(iter(models.values()))
    assert first.thinking is not None
    if len(switches) > 1:
        return {}, (), (f"thinking is switched differently on {', '.join(models)}",)
    if first.thinking.default == "always":
        return (
            {},
            (),
            (f"{first.id} always thinks: slower, dearer, and the output limit includes the thinking",),
        )
    if first.thinking.default == "off":
        return {}, (), ()
    habit = "thinks by default" if first.thinking.default == "on" else "may think by default"
    off = switch(first)
    if not off:
        return {}, (), (f"{first.id} {habit}; how to switch it off is unknown",)
    return off, (f"thinking switched off: {first.id} {habit}, the old model did not",), ()


def switch(model: TargetModel) -> Body:
    """The fields that switch the thinking of a model off."""
    facts = model.thinking
    if facts is None:
        return {}
    off: dict[str, Any] = dict(facts.off or {})
    if facts.off_argument is not None:
        off[facts.off_argument[0]] = facts.off_argument[1]
    return {name: python(value) for name, value in off.items()}


def limited(site: Site, target: Target, move: Move, model: str | None) -> Argument | None:
    """The output limit, where the class sends it under a name that the provider does not take."""
    entry = target.parameter("max_completion_tokens", model)
    if move.limit is None or entry is None or entry.action is not Action.RENAME:
        return None
    given = next((a for name in LIMITS if (a := site.argument(name)) is not None), None)
    return given if given is not None and given.dictionary is None and given.statement is None else None


def lowered(target: Target, limit: Argument, model: str | None) -> str:
    """The output limit as written, or the most that the provider takes and the model puts out where that is less."""
    known, entry = target.model(model) if model is not None else None, target.parameter("max_tokens", model)
    taken = entry.restriction.max if entry is not None and entry.restriction is not None else None
    ceilings = [int(c) for c in (known.max_output if known is not None else None, taken) if c is not None]
    over = isinstance(limit.literal, int) and any(limit.literal > ceiling for ceiling in ceilings)
    return str(min(ceilings)) if over else limit.code


def stubborn_temperature(site: Site, target: Target, move: Move, model: str | None) -> str | None:
    """The one temperature that the provider takes, where the class sends another one even when none is given."""
    entry = target.parameter("temperature", model)
    limits = entry.restriction if entry is not None and entry.action is Action.DROP else None
    if move.temperature is None or limits is None or not limits.allowed:
        return None
    given = site.argument("temperature")
    sent = move.temperature if given is None else given.literal
    fine = sent is not None and violation(limits, sent) is None
    return None if fine else python(limits.allowed[0])


def sending(site: Site, move: Move, body: Body, quiet: bool) -> list[Operation] | None:
    """Operations that add fields to what is sent; [] when there are none, None when they cannot be added here."""
    if not body and not quiet:
        return []
    if move.body is None:
        return None
    nested = move.body != "extra_body"
    if nested:
        inner = {"extra_body": written(body)} if body else {}
        body = {**({"temperature": "NOT_GIVEN"} if quiet else {}), **inner}
    given = site.argument(move.body)
    imports: list[Operation] = [AddImport(site.path, "from openai import NOT_GIVEN")] if quiet else []
    if given is None:
        return [put(site, move.body, written(body)), *imports]
    missing = {k: v for k, v in body.items() if f'"{k}"' not in given.code and f"'{k}'" not in given.code}
    if not given.code.lstrip().startswith("{"):
        return None
    return [
        *(SetItem(given.path, given.span, k, v) for k, v in missing.items()),
        *(imports if missing else ()),
    ]


def written(body: Body) -> str:
    """Fields as the Python of a dictionary."""
    return "{" + ", ".join(f"{json.dumps(name)}: {code}" for name, code in body.items()) + "}"
