"""A scan, a plan and an outcome: what the verbs of the tool hand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from migrate_cli.model.findings import Decision, Fate
from migrate_cli.model.operations import Operation
from migrate_cli.model.sites import Site


@dataclass(frozen=True, slots=True)
class Skip:
    """A file that was left out, with its reason; `problem` is true when it should have been read (exit code 3)."""

    path: str
    reason: str
    problem: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for beside the provider.

    `others` sends a capability (`embeddings`, `images`, `audio`) to a provider of its own.
    """

    review: bool = False
    upgrade_sdk: bool = False
    guard: bool = False
    todo: bool = False
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan saw: sites in path and line order, skipped files, and how many files were looked at.

    `frameworks` are packages imported in the candidate files that read OpenAI's variables themselves.
    `digests` are the SHA-256 of every file that was read: a plan is only good for those very bytes.
    `hints` are places near the use of OpenAI that a move may break; they count as no use.
    """

    root: str
    sites: tuple[Site, ...]
    skips: tuple[Skip, ...]
    files: int
    candidates: int
    frameworks: tuple[str, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[Site, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The very change that would be written: decisions per site and operations per file.

    `notices` are the decisions about the scan's hints; they never hold an edit.
    """

    scan: Scan
    provider: str
    decisions: tuple[Decision, ...]
    operations: Mapping[str, tuple[Operation, ...]] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)  # OpenAI model found -> target model
    notices: tuple[Decision, ...] = ()
    options: Options = field(default_factory=Options)


class Status(str, Enum):
    """What became of one file in a rewrite."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"  # dirty, read-only, changed meanwhile: left as it was
    FAILED = "failed"  # self-check failed or it could not be written: left as it was


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file of a rewrite: `before` and `after` are decoded texts, for the diff; equal unless CHANGED."""

    path: str
    status: Status
    before: str
    after: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished (or dry) rewrite. `run` names the journal entry, None when nothing was written."""

    plan: Plan
    decisions: tuple[Decision, ...]
    files: tuple[FileResult, ...]
    run: str | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """How a scan's sites would fare on one provider.

    `problem` says why no plan could be made, `blockers` what stands in the way.
    """

    provider: str
    name: str
    counts: Mapping[Fate, int]
    problem: str | None
    blockers: tuple[str, ...]
