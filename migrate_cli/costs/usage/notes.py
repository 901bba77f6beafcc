"""What a file's reader left out, added up by reason: one line each, however long the file is."""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.costs.usage.format import NO_MODEL, NO_TOKENS
from migrate_cli.costs.usage.record import Left
from migrate_cli.files.streams.values import Broken

_REASONS = 40
_OTHERS = "other reasons"
_LOST = frozenset({NO_MODEL, NO_TOKENS, _OTHERS})  # what may be traffic that was paid for


class Notes:
    """Tallies of one file, whose name and format is `source`."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._left: dict[str, list[int]] = {}
        self._broken: dict[str, tuple[int, int]] = {}
        self.first_odd: tuple[int, str] | None = None

    def leave(self, why: str, times: int = 1, tokens: int = 0) -> None:
        """Something is left out; beyond 40 reasons they are put together."""
        known = why in self._left or len(self._left) < _REASONS
        tally = self._left.setdefault(why if known else _OTHERS, [0, 0])
        tally[0] += times
        tally[1] += tokens

    def broken(self, place: Broken, what: str) -> None:
        """A place that could not be parsed."""
        why = f"the file breaks off in its last {what}" if place.cut else f"no valid {what}"
        self._at(why, place.line)

    def odd(self, line: int, error: ValueError) -> None:
        """A record whose values are not what they should be; `error` repeats none of them."""
        self.first_odd = self.first_odd or (line, str(error))
        self._at(f"cannot be read: {error}", line)

    def times(self, why: str) -> int:
        """How often this reason came up."""
        return self._left.get(why, (0, 0))[0]

    @property
    def empty(self) -> bool:
        """Whether nothing was left out."""
        return not (self._left or self._broken)

    def entries(self) -> Iterator[Left]:
        """One entry per reason, by reason."""
        for why, (times, tokens) in sorted(self._left.items()):
            yield Left(self._source, why, times, tokens, lost=why in _LOST)
        for why, (line, times) in sorted(self._broken.items()):
            where = f"(first: line {line})" if times > 1 else f"(line {line})"
            yield Left(self._source, f"{why} {where}", times, lost=True)

    def _at(self, why: str, line: int) -> None:
        at, times = self._broken.get(why, (line, 0))
        self._broken[why] = (at, times + 1)
