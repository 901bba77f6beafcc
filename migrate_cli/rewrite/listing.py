"""Comma-separated lists: append, drop and replace members without disturbing layout or comments.

A list is its members and the whitespace between them. Arguments, dictionary items and imported names differ
in where libcst stores that whitespace; the modules that own them translate to and from `Listing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import libcst as cst

Space = cst.BaseParenthesizableWhitespace
Broken = cst.ParenthesizedWhitespace
_NONE = cst.SimpleWhitespace("")
_ONE = cst.SimpleWhitespace(" ")


@dataclass(frozen=True, slots=True)
class Listing:
    """Members, the commas between them, the space that leads them in, and the one before the bracket."""

    lead: Space
    members: tuple[cst.CSTNode, ...]
    commas: tuple[cst.Comma, ...]
    trailing: cst.Comma | None
    tail: Space


def listing(
    members: Sequence[cst.CSTNode], commas: Sequence[cst.Comma | cst.MaybeSentinel], lead: Space, tail: Space
) -> Listing:
    """A `Listing` of parsed members; the last comma may be missing, `tail` stands before the bracket."""
    between = [c for c in commas if isinstance(c, cst.Comma)]
    if len(between) < len(members) or not members:
        return Listing(lead, tuple(members), tuple(between), None, tail)
    last = between.pop()
    tail = _fused(last.whitespace_after, tail)
    return Listing(lead, tuple(members), tuple(between), last.with_changes(whitespace_after=_NONE), tail)


def appended(items: Listing, member: cst.CSTNode) -> Listing:
    """`items` with `member` at the end, on a line of its own if the last one has that."""
    if not items.members:
        return _started(items, member)
    tail = items.tail
    comma = _pattern(items)
    # What followed the last member on its line stays there; the bracket keeps its own place.
    if isinstance(comma.whitespace_after, Broken) and isinstance(tail, Broken):
        comma = comma.with_changes(whitespace_after=_moved(tail, comma.whitespace_after))
        tail = bare(tail)
    elif isinstance(comma.whitespace_before, Broken) and isinstance(tail, Broken):
        comma = comma.with_changes(whitespace_before=_moved(tail, comma.whitespace_before))
        tail = bare(tail)
    return replace(items, members=(*items.members, member), commas=(*items.commas, comma), tail=tail)


def removed(items: Listing, index: int) -> Listing:
    """`items` without the member at `index`; comments around it stay."""
    members = (*items.members[:index], *items.members[index + 1 :])
    commas = list(items.commas)
    if not members:
        return _emptied(items)
    if index == len(members):
        gone = commas.pop()
        before = _fused(gone.whitespace_before, gone.whitespace_after)
        tail = _merged(before, items.tail, items.tail)
        return replace(items, members=members, commas=tuple(commas), tail=tail)
    gone = commas.pop(index)
    after = gone.whitespace_after
    if has_comment(gone.whitespace_before):
        after = _fused(gone.whitespace_before, after)
    before = items.lead if index == 0 else commas[index - 1].whitespace_after
    keep_before = index == 0 or isinstance(before, Broken) or not isinstance(after, Broken)
    gap = _merged(before, after, before if keep_before else after)
    if index == 0:
        return replace(items, lead=gap, members=members, commas=tuple(commas))
    commas[index - 1] = commas[index - 1].with_changes(whitespace_after=gap)
    return replace(items, members=members, commas=tuple(commas))


def replaced(items: Listing, index: int, member: cst.CSTNode) -> Listing:
    """`items` with another member at `index`."""
    return replace(items, members=(*items.members[:index], member, *items.members[index + 1 :]))


def bare(space: Space) -> Space:
    """`space` without comments, blank lines and line continuations."""
    if isinstance(space, Broken):
        line = cst.TrailingWhitespace(newline=space.first_line.newline)
        return space.with_changes(first_line=line, empty_lines=[])
    return _ONE if isinstance(space, cst.SimpleWhitespace) and "\\" in space.value else space


def has_comment(space: Space) -> bool:
    """Whether a comment stands in `space`."""
    return isinstance(space, Broken) and (
        space.first_line.comment is not None or any(line.comment for line in space.empty_lines)
    )


def _pattern(items: Listing) -> cst.Comma:
    """A comma that looks like the last one, or like the opening of the list if there is none."""
    if items.commas:
        last = items.commas[-1]
        return last.with_changes(
            whitespace_before=bare(last.whitespace_before), whitespace_after=bare(last.whitespace_after)
        )
    return cst.Comma(whitespace_after=bare(items.lead) if isinstance(items.lead, Broken) else _ONE)


def _started(items: Listing, member: cst.CSTNode) -> Listing:
    """The first member of an empty list, below the comments that were alone in it."""
    space = _fused(items.lead, items.tail)
    if not isinstance(space, Broken):
        return replace(items, lead=_NONE, members=(member,), tail=_NONE)
    notes = [line.whitespace for line in space.empty_lines if line.comment]
    inner = notes[0] if notes else cst.SimpleWhitespace(space.last_line.value + "    ")
    lead = space.with_changes(last_line=inner)
    return Listing(lead, (member,), (), cst.Comma(), bare(space))


def _emptied(items: Listing) -> Listing:
    gap = _fused(items.lead, items.tail)
    lead = gap if has_comment(gap) else _NONE
    return Listing(lead, (), (), None, _NONE)


def _moved(tail: Broken, below: Broken) -> Broken:
    """The comments of `tail`, then a new line indented as `below`."""
    lines = tail.empty_lines if any(line.comment for line in tail.empty_lines) else []
    return tail.with_changes(empty_lines=lines, indent=below.indent, last_line=below.last_line)


def _fused(first: Space, second: Space) -> Space:
    """Two neighbouring spaces as one; the second gives the layout."""
    if isinstance(first, Broken) and isinstance(second, Broken):
        return _merged(first, second, second)
    return first if isinstance(first, Broken) else second


def _merged(before: Space, after: Space, shape: Space) -> Space:
    """`shape`, holding every comment of the two spaces that a dropped member leaves behind."""
    if not has_comment(before) and not has_comment(after):
        return shape
    lines: list[cst.EmptyLine] = []
    if isinstance(before, Broken):
        first, below = before.first_line, before
        lines += before.empty_lines
        if isinstance(after, Broken):
            note = after.first_line.comment
            own = cst.EmptyLine(whitespace=before.last_line, comment=note, newline=after.first_line.newline)
            lines += [*([own] if note else []), *after.empty_lines]
    else:
        assert isinstance(after, Broken)
        first, below = after.first_line, after
        lines += after.empty_lines
    last = shape if isinstance(shape, Broken) else below
    return Broken(first_line=first, empty_lines=lines, indent=last.indent, last_line=last.last_line)
