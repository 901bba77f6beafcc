"""All of a file that is written in the form before tools, and what it becomes: one group, or the lines that are left.

The request (`functions`, `function_call`), what is read of the answer (`message.function_call`), and the messages
that carry calls and results (`role: function`) only work together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from migrate_cli.model import (
    Certainty,
    Operation,
    RenameItem,
    ReplaceExpression,
    Shape,
    Site,
    Use,
    Way,
    WrapExpression,
)
from migrate_cli.rules.conversation import entry, is_conversation, messages, once, role, written
from migrate_cli.rules.support import Situation
from migrate_cli.rules.tools import old_reads, old_request
from migrate_cli.rules.tools.tool_arguments import parsed
from migrate_cli.targets.endpoint import Target

OLD = ("functions", "function_call")


@dataclass(slots=True)
class Group:
    """The edits that go together, what stands in their way, and whether all of it is sure to be found."""

    edits: list[Operation] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    sure: bool = True


def in_old_form(site: Site) -> bool:
    """Whether a call sends `functions` or `function_call`."""
    return is_conversation(site) and any(site.argument(name) is not None for name in OLD)


def siblings(site: Site, situation: Situation) -> list[Site]:
    """The calls in the file of one call, itself included."""
    known = [*situation.calls_through_module, *(s for group in situation.calls.values() for s in group), site]
    unique = {s.id: s for s in known if s.path == site.path and is_conversation(s)}
    return [unique[i] for i in sorted(unique)]


def group(site: Site, target: Target, situation: Situation) -> Group | None:
    """What becomes of the file of a call, None when nothing there is in the old form."""
    near = siblings(site, situation)
    old = [s for s in near if in_old_form(s)]
    if not old:
        return None
    found = Group()
    for call in old:
        found.edits += old_request.edits(call, target, found.blocks)
        found.sure = found.sure and call.certainty is Certainty.PROVED and not call.unfollowed
    uses = [use for call in old for use in call.uses]
    empty = target.behaviour("responses.empty_arguments")
    empties = empty is not None and empty.holds
    spoken = list(once(m for call in near for m in messages(call)))
    taken: list[Shape] = []
    for message in spoken:
        if role(message) == "function":
            taken += answered(message, uses, found)
        elif message.get("function_call") is not None:
            called(message, uses, found)
    for use in unique(uses):
        if not any(within(use, shape) for shape in taken):
            old_reads.read(use, found.edits, found.blocks, "{}" if empties and parsed(use) else None)
            known = use.certainty is Certainty.PROVED or not old_reads.concerns(use)
            found.sure = found.sure and known and not old_reads.escapes(use)
    found.edits = list(dict.fromkeys(found.edits))
    return found


def unique(uses: list[Use]) -> Iterator[Use]:
    """One use per place: what is kept under a name (`if call := …`) counts for more than that it is tested."""
    ordered = sorted(uses, key=lambda u: u.way is not Way.TEST)
    yield from {(u.path, u.span): u for u in ordered}.values()


def within(use: Use, shape: Shape) -> bool:
    """Whether a use stands inside a part."""
    return use.path == shape.path and shape.span.start <= use.span.start and use.span.end <= shape.span.end


def answered(message: Shape, uses: list[Use], found: Group) -> list[Shape]:
    """A message of role function becomes one of role tool, with the id of the call in the place of the name."""
    spoken, name = entry(message, "role"), entry(message, "name")
    caller = message_of(name.shape, uses) if name is not None else None
    if spoken is None or name is None or caller is None or message.get("tool_call_id") is not None:
        found.blocks.append(f"line {message.location.line}: which call this message answers is not known")
        return []
    found.edits += [
        ReplaceExpression(message.path, written(spoken.shape)[1], '"tool"'),
        RenameItem(message.path, message.span, "name", "tool_call_id"),
        ReplaceExpression(message.path, written(name.shape)[1], old_reads.identity(caller)),
    ]
    return [name.shape]


def called(message: Shape, uses: list[Use], found: Group) -> None:
    """An assistant's message that carries the call, written out again."""
    call = entry(message, "function_call")
    name = call.shape.get("name") if call is not None else None
    caller = message_of(name, uses) if name is not None else None
    if call is None or caller is None:
        found.blocks.append(f"line {message.location.line}: which call this message carries is not known")
        return
    before = f'[{{"id": {old_reads.identity(caller)}, "type": "function", "function": '
    found.edits += [
        RenameItem(message.path, message.span, "function_call", "tool_calls"),
        WrapExpression(call.shape.path, call.shape.span, before, "}]"),
    ]


def message_of(name: Shape, uses: list[Use]) -> old_reads.Owner | None:
    """The message of the answer whose function call a name in the source comes from."""
    built = next((u for u in uses if within(u, name) and u.route[-2:] == ("function_call", "name")), None)
    if built is None:
        return None
    own = old_reads.owner(built)
    if own is not None:
        return own
    given = (u for u in uses if u.way is Way.ALIAS and u.detail == built.base and u.path == built.path)
    before = [u for u in given if u.route == built.route[: len(u.route)] and u.span.start < built.span.start]
    owners = [o for u in before if (o := old_reads.owner(u)) is not None]
    return owners[-1] if owners else None
