"""Remembers which calls were counted, so that a repeated one counts once, in bounded memory."""

from __future__ import annotations

from array import array

from migrate_cli.costs.usage.format import Item
from migrate_cli.costs.usage.record import Granularity, Usage

_SMALLEST = 1 << 12
_LARGEST = 1 << 21  # slots of eight bytes: 16 MB
_SHORTEST_ID = 8  # shorter ones, and mere digits, are numbers of a row rather than names of a call
_ROWS = 1 << 19

REPEATED = "repeated: a call with the same id was read before"
NESTED = "repeated: calls inside a call that was counted, or around one"
ELSEWHERE = "repeated: the same row stands in another file"
REPEATS = (REPEATED, NESTED, ELSEWHERE)


class Hashes:
    """A set of 64-bit hashes that forgets the oldest ones.

    There are two tables of at most 16 MB; when the newer one is three quarters full the older one is dropped. So the
    last 1.5 million ids are always known, and up to 3 million. Two ids share a hash once in 10^19 pairs.
    """

    def __init__(self, largest: int = _LARGEST) -> None:
        self._largest = largest
        self._old = _empty(1)
        self._new = _empty(min(_SMALLEST, largest))
        self._used = 0

    def __contains__(self, key: str) -> bool:
        number = _number(key)
        return self._new[_slot(self._new, number)] == number or self._old[_slot(self._old, number)] == number

    def add(self, key: str) -> bool:
        """Remember `key`; whether it is new."""
        number = _number(key)
        if self._old[_slot(self._old, number)] == number:
            return False
        slot = _slot(self._new, number)
        if self._new[slot] == number:
            return False
        self._new[slot] = number
        self._used += 1
        if self._used * 4 >= len(self._new) * 3:
            self._make_room()
        return True

    def _make_room(self) -> None:
        if len(self._new) >= self._largest:
            self._old, self._new, self._used = self._new, _empty(self._largest), 0
            return
        grown = _empty(len(self._new) * 2)
        for number in self._new:
            if number:
                grown[_slot(grown, number)] = number
        self._new = grown


def _empty(slots: int) -> array[int]:
    return array("Q", bytes(8 * slots))


def _number(key: str) -> int:
    return hash(key) & 0xFFFF_FFFF_FFFF_FFFF or 1


def _slot(table: array[int], number: int) -> int:
    """Where `number` stands, or the free place for it."""
    last = len(table) - 1
    slot = number & last
    while table[slot] and table[slot] != number and last:
        slot = (slot + 1) & last
    return slot


class Seen:
    """What was counted so far. A call is known by its id, anywhere; the row of a bucket only in other files.

    Within one export equal rows add up, as several stand for one bucket; two exports that overlap repeat theirs.
    """

    def __init__(self) -> None:
        self._calls = Hashes()
        self._around = Hashes()
        self._rows: set[int] = set()
        self._rows_here: set[int] = set()

    def repeated(self, item: Item) -> str | None:
        """Why this item does not count again, None if it is new; it is remembered."""
        if item.id is None:
            return None
        if isinstance(item.entry, Usage) and item.entry.granularity is Granularity.REQUEST:
            return self._call(item.id, item.parent)
        row = hash(item.id)
        if row in self._rows:
            return ELSEWHERE
        if len(self._rows_here) < _ROWS:
            self._rows_here.add(row)
        return None

    def next_file(self) -> None:
        """The rows read so far are those of another file from now on."""
        if len(self._rows) < _ROWS:
            self._rows |= self._rows_here
        self._rows_here = set()

    def _call(self, key: str, parent: str | None) -> str | None:
        if len(key) < _SHORTEST_ID or key.isdigit():
            return None
        if key in self._around or (parent and parent in self._calls):
            return NESTED
        if not self._calls.add(key):
            return REPEATED
        if parent:
            self._around.add(parent)
        return None
