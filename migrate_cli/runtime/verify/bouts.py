"""What hostile answers did to a program, beside what they did to it before the move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate_cli.runtime.hostile.evidence import Evidence
    from migrate_cli.runtime.hostile.server import Item
    from migrate_cli.runtime.verify.hostile import Trial, Trials


class Took(str, Enum):
    """How a program took an answer, from the best to the worst."""

    SURVIVED = "survived"
    GAVE_UP = "gave up"  # an error code of its own, for a request that was not answered
    OTHER_OUTPUT = "other output"
    OVERTRIED = "overtried"
    FAILED = "failed"  # an error code, though it was answered
    CRASHED = "crashed"
    HUNG = "hung"


class Beside(str, Enum):
    """The rewritten program beside the original."""

    ALONE = "not compared"
    SAME = "the original fares the same"
    BETTER = "the original fares worse"
    WORSE = "only the rewritten program"
    UNMET = "the original asks nothing that this could answer"


# Ways of one number are as bad as each other; from _BROKEN on a program has not coped.
_GRAVITY: Mapping[Took, int] = {
    Took.SURVIVED: 0,
    Took.GAVE_UP: 1,
    Took.OTHER_OUTPUT: 2,
    Took.OVERTRIED: 2,
    Took.FAILED: 3,
    Took.CRASHED: 3,
    Took.HUNG: 4,
}
_BROKEN = 2


@dataclass(frozen=True, slots=True)
class Bout:
    """One item: what the program made of it, what is known of it at the provider that answered so, and what the
    original made of it (None: no run)."""

    item: str
    about: str
    provider: str
    after: Trial
    known: Evidence
    before: Trial | None
    beside: Beside

    @property
    def broken(self) -> bool:
        """Whether the program did not cope."""
        return _GRAVITY[self.after.took] >= _BROKEN

    @property
    def fatal(self) -> bool:
        """Whether the move is to blame: the provider may answer so, and the original coped or never met it.

        What the provider documents and OpenAI is not known to send is new to the program, however the original fares.
        """
        new = self.beside is not Beside.ALONE and self.known.documented and self.known.openai is None
        return self.broken and self.known.counts and (new or self.beside in (Beside.WORSE, Beside.UNMET))

    @property
    def grave(self) -> bool:
        """Whether it counts against the program, whatever the original does."""
        return self.broken and self.known.counts


@dataclass(frozen=True, slots=True)
class Hostility:
    """All items: `unmet` fit none of the program's requests.

    `untried` says why nothing was tried, `alone` why the original was not although it was to be; both are clauses.
    """

    bouts: tuple[Bout, ...]
    unmet: tuple[str, ...] = ()
    untried: str | None = None
    alone: str | None = None
    interrupted: bool = False


def judge(items: Sequence[Item], after: Trials, before: Trials | None) -> Hostility:
    """The runs of the program beside those of the original (None: there was to be no comparison)."""
    if after.code != 0:
        return Hostility((), untried=f"without any input the program {_ended(after)}")
    compared = before is not None and before.code == 0
    earlier = before.runs if before is not None else {}
    bouts = []
    for item in (each for each in items if each.name in after.runs):
        met, was = after.runs[item.name], earlier.get(item.name)
        trial = was.trial if was is not None else None
        side = beside(met.trial, trial, compared=compared)
        bouts.append(Bout(item.name, item.about, met.provider, met.trial, met.known, trial, side))
    unmet = tuple(item.name for item in items if item.name not in after.runs)
    alone = None if compared or before is None else f"without any input it {_ended(before)}"
    return Hostility(tuple(bouts), unmet, alone=alone)


def _ended(trials: Trials) -> str:
    return "was stopped" if trials.code is None else f"ends with exit code {trials.code}"


def beside(after: Trial, before: Trial | None, *, compared: bool) -> Beside:
    """The rewritten program's run beside the original's, None when the original did not meet the item."""
    if not compared:
        return Beside.ALONE
    if before is None:
        return Beside.UNMET
    difference = _GRAVITY[after.took] - _GRAVITY[before.took]
    return Beside.WORSE if difference > 0 else Beside.BETTER if difference < 0 else Beside.SAME
