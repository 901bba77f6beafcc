"""Whether an edited file still says the same everywhere but in the edited places.

The file is read by its form before and after. Each value that no edit touches must be found again at its place moved
by the edits before it, under the same keys; each value of the result must be an old one or stand in an edited place.
What does not parse as its form, such as a template, may only be edited on a line that plainly is `KEY=value`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from migrate_cli.files.entry import Entry
from migrate_cli.files.kinds import LOCK, form_of
from migrate_cli.model import Operation, ReplaceText, Span
from migrate_cli.rewrite.plain.shift import Shift
from migrate_cli.rewrite.plain.spans import ordered
from migrate_cli.sites.around.forms import KEYED, sheet
from migrate_cli.sites.page import Page

_PLAIN_LINE = re.compile(
    r"""[ \t]*(?:-[ \t]+)?(?:export[ \t]+)?["']?[A-Za-z_][\w.-]*["']?[ \t]*(?:=|:(?=\s|$))[^{}\n]*"""
)
_QUOTES = "\"'`"


def check_text(path: str, before: str, after: str, operations: Sequence[Operation]) -> str | None:
    """What is wrong with `after`, in one line without a value of the file; None when it says what it should."""
    edits = ordered(path, operations)
    form = form_of(path)
    if form == LOCK:
        return "a lock file is written by its own tool"
    if not lasting_newline(before, after):
        return "the last line would end differently"
    if not within_lines(before, edits):
        return "an edit would break a line"
    if form is None or form not in KEYED:
        return None if balanced(before, edits) else "an edit would leave a quote open"
    old, broken = sheet(Page.of(path, before), form)
    new, unread = sheet(Page.of(path, after), form)
    if broken is not None or template(before, edits):
        return (
            None
            if plainly(before, edits)
            else "the file does not parse, and the line is not plainly KEY=value"
        )
    if unread is not None:
        return f"the edited file would not parse: {unread}"
    if form == "json" and strict(before) and not strict(after):
        return "the edited file would be no JSON any more"
    return differs(old.entries, new.entries, Shift.of(edits))


def within_lines(before: str, edits: Sequence[ReplaceText]) -> bool:
    """Whether each edit has as many line ends as the text in its place, or brings or takes whole lines."""
    data = before.encode()
    for edit in edits:
        old = data[edit.span.start : edit.span.end].decode("utf-8", "replace")
        whole = not old or not edit.code or old.endswith("\n")
        if not whole and old.count("\n") != edit.code.count("\n"):
            return False
    return True


def balanced(before: str, edits: Sequence[ReplaceText]) -> bool:
    """Whether each edit leaves as many quotes open as the text in its place did: none, or the same."""
    data = before.encode()
    for edit in edits:
        old = data[edit.span.start : edit.span.end].decode("utf-8", "replace")
        if any((old.count(quote) - edit.code.count(quote)) % 2 for quote in _QUOTES):
            return False
    return True


def lasting_newline(before: str, after: str) -> bool:
    """Whether a line end at the end of the file is still there."""
    return not before.endswith("\n") or not after or after.endswith("\n")


def plainly(before: str, edits: Sequence[ReplaceText]) -> bool:
    """Whether every edit stays within one line that only gives a name a value."""
    data = before.encode()
    for edit in edits:
        start = data.rfind(b"\n", 0, edit.span.start) + 1
        end = data.find(b"\n", max(edit.span.end - 1, start))
        line = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace").rstrip("\r")
        added = [text for text in edit.code.split("\n") if text.strip()]
        inserted = edit.span.start == edit.span.end == start
        if inserted:
            end = data.rfind(b"\n", 0, max(start - 1, 0)) + 1
            line = data[end : max(start - 1, 0)].decode("utf-8", "replace").rstrip("\r")
        if edit.span.end > start + len(line.encode()) + 2 or not _PLAIN_LINE.fullmatch(line):
            return False
        if inserted and not all(_PLAIN_LINE.fullmatch(text.rstrip("\r")) for text in added):
            return False
    return True


def template(before: str, edits: Sequence[ReplaceText]) -> bool:
    """Whether the lines of the edits belong to a template: what YAML makes of one says little."""
    data = before.encode()
    for edit in edits:
        start = data.rfind(b"\n", 0, edit.span.start) + 1
        end = data.find(b"\n", edit.span.end)
        line = data[start : end if end >= 0 else len(data)]
        if b"{%" in line or (b"{{" in line and b"${{" not in line):
            return True
    return False


def strict(text: str) -> bool:
    """Whether a text is JSON without any leniency."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def differs(old: Sequence[Entry], new: Sequence[Entry], shift: Shift) -> str | None:
    """What is not as it was, beside the edited places."""
    found: dict[Span, list[Entry]] = {}
    for entry in new:
        found.setdefault(entry.span, []).append(entry)
    expected: set[Span] = set()
    for entry in old:
        if shift.touched(entry.span) or (entry.key is not None and shift.touched(entry.key)):
            continue
        place = shift.moved(entry.span)
        expected.add(place)
        if not any(same(entry, other) for other in found.get(place, ())):
            return f"`{'.'.join(entry.keys)}` would change too"
    above = {entry.keys[:depth] for entry in old for depth in range(1, len(entry.keys))}
    for place, entries in found.items():
        key = entries[0].key
        if entries[0].keys in above:
            return f"`{'.'.join(entries[0].keys)}` would be left empty"
        if place not in expected and not shift.new(place) and not (key is not None and shift.new(key)):
            return f"`{'.'.join(entries[0].keys)}` would be new"
    return None


def same(old: Entry, new: Entry) -> bool:
    """Whether an entry is what it was: its value, and its keys but for places in lists and a renamed parent."""
    if (old.value, old.quoted, len(old.keys)) != (new.value, new.quoted, len(new.keys)):
        return False
    pairs = list(zip(old.keys, new.keys, strict=True))
    changed = [(a, b) for a, b in pairs if a != b and not (a.isdigit() and b.isdigit())]
    return len(changed) <= 1 and (not changed or pairs[-1] not in changed or old.key is None)
