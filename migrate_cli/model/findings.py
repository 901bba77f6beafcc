"""What the rules say of a site, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from migrate_cli.model.operations import Operation
from migrate_cli.model.places import Location
from migrate_cli.model.sites import Site, SiteId


class Compatibility(str, Enum):
    """How a site fares on a target."""

    SAME = "same"
    DIFFERS = "differs"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


class Fate(str, Enum):
    """Where a site ends; every site has exactly one, and the sum is checked."""

    REWRITTEN = "rewritten"
    REVIEW = "review"
    MANUAL = "manual"
    SKIPPED = "skipped"
    MIGRATED = "already migrated"


class Safety(str, Enum):
    """What a rule may do by itself: SAFE edits are written by default, REVIEW ones on request, ADVICE is words."""

    SAFE = "safe"
    REVIEW = "review"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's identity: `code` (`SDK08`), kebab-case `name`, one-line `summary`, estimated `minutes` by hand.

    `safety` is the boldest thing the rule does. `leaves` says what it does not handle. `covers` are the pitfalls of
    the catalogue (`catalogue/pitfalls.yaml`, with severity and sources) that it answers, when not just its own code.
    """

    code: str
    name: str
    summary: str
    minutes: int = 5
    safety: Safety = Safety.ADVICE
    leaves: str = ""
    covers: tuple[str, ...] = ()

    @property
    def pitfalls(self) -> tuple[str, ...]:
        """The codes of the pitfalls that the rule answers."""
        return self.covers or (self.code,)


class Level(str, Enum):
    """What a finding asks for: an EDIT, a look, work by hand, or nothing (NOTE); MIGRATED and SKIP state a fact."""

    EDIT = "edit"
    REVIEW = "review"
    MANUAL = "manual"
    NOTE = "note"
    MIGRATED = "migrated"
    SKIP = "skip"


class StepKind(str, Enum):
    """What a next step is about, in the order in which people do them."""

    KEY = "key"
    VARIABLE = "variable"
    SECRET = "secret"
    PACKAGE = "package"
    LOCK = "lock"
    INDEX = "index"
    HOST = "host"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do outside of the code once the edits are written; `command` is what to type, if anything."""

    kind: StepKind
    text: str
    command: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one site for one target. `edits` is empty unless the rule can do it.

    The edits of a finding belong together: all are written or none, also when they touch several files. `place` is
    where it holds when that is not the site itself, such as a line that reads the answer of a call. `steps` are what
    the user has to do outside of the code when this finding is acted on. Findings of one `bundle` are written
    together or not at all: a program that would not run half done. A finding that `needs` bundles, or the
    changes of other sites (a client), is not written without them, though they are without it.
    """

    rule: Rule
    site: Site
    provider: str
    level: Level
    compatibility: Compatibility
    message: str
    advice: str | None = None
    edits: tuple[Operation, ...] = ()
    source: str | None = None  # where the fact behind it comes from
    place: Location | None = None
    steps: tuple[NextStep, ...] = ()
    bundle: str | None = None
    needs: tuple[str | SiteId, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The fate of one site, why, and the findings that led there."""

    site: Site
    fate: Fate
    reason: str
    findings: tuple[Finding, ...] = ()
