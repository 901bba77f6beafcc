"""Hostile mode of verify: the program again, once for each unfriendly answer, and what it made of it."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import IO

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Provider
from migrate_cli.model import UserError
from migrate_cli.runtime.hostile.evidence import Evidence, evidence, keeps_output, may_give_up
from migrate_cli.runtime.hostile.server import ITEMS, SLOW, Hostile, Item, kinds
from migrate_cli.runtime.verify.bouts import Took
from migrate_cli.runtime.verify.crash import Crash, crash
from migrate_cli.runtime.verify.process import Streams
from migrate_cli.runtime.verify.run import Limits, Observed, observe

_LEAST = 30.0  # seconds that a run has at least when the user gives no limit
_PATIENCE = 5  # times as long as an ordinary run may take a run that meets delays and retries
_TAIL = 262_144  # bytes of standard error in which an exception is looked for
_PIECE = 1 << 20

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """One run that met one item. `asked` are the lines whose requests met it; `most` is how often one was sent.

    `unsaid`: no answer came, and the program ended well all the same with another output, which may or may not say so.
    """

    took: Took
    asked: tuple[str, ...] = ()
    code: int | None = None
    crash: Crash | None = None
    most: int = 0
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """A trial, who gave the answer (`openai` for OpenAI), and what is known of that."""

    trial: Trial
    provider: str
    known: Evidence


@dataclass(frozen=True, slots=True)
class Trials:
    """All runs of one program by name of the item. Items that fit no request are missing.

    `code` is the exit code of the ordinary run before them, None when it was stopped: unless it is 0 nothing is tried.
    """

    code: int | None
    runs: Mapping[str, Met]
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A program to be tried: what `observe` needs to run it."""

    command: Sequence[str]
    targets: Sequence[Provider | None]
    directory: Path
    environment: Mapping[str, str]
    catalogue: Catalogue
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Run:
    """One run with its streams read: `output` stands for what it wrote to standard output."""

    observed: Observed
    output: str
    errors: str
    seconds: float


def chosen(names: Sequence[str]) -> tuple[Item, ...]:
    """The items with these names, all but the wait without any; raises UserError for a name that is none's."""
    known = {item.name: item for item in (*ITEMS, SLOW)}
    wrong = next((name for name in names if name not in known), None)
    if wrong is not None:
        raise UserError(f"there is no hostile answer {wrong!r}: `migrate verify --items list` names them all")
    return tuple(known[name] for name in dict.fromkeys(names)) if names else ITEMS


def try_all(subject: Subject, items: Sequence[Item], told: Told | None = None) -> Trials:
    """Run the program as usual, without a word, and then once for each item that fits one of its requests.

    Its standard input is empty. `told` gets the runs done and the runs in all.
    """
    usual = _run(subject, None)
    code = usual.observed.ended.code
    if usual.observed.ended.reason == "interrupted":
        return Trials(0, {}, interrupted=True)
    if code != 0:
        return Trials(code, {})
    wait = subject.limits.timeout or max(_LEAST, _PATIENCE * usual.seconds)
    bounded = replace(subject, limits=replace(subject.limits, timeout=wait))
    runs: dict[str, Met] = {}
    steady = cache(lambda: _run(subject, None).output == usual.output)
    asked = _asked(usual.observed)
    fitting = [item for item in items if any(item.needs <= kind for kind in asked)]
    for number, item in enumerate(fitting):
        _tell(told, number, len(fitting))
        hostile = Hostile(only=item)
        found = _run(bounded, hostile)
        if found.observed.ended.reason == "interrupted":
            return Trials(code, runs, interrupted=True)
        met = [(who, e) for who, e in found.observed.asked if e.hostile == item.name]
        if met:
            who = met[0][0]
            known = evidence(item.name, who, [e.verdict.payload for _, e in met])
            telling = keeps_output(item.name) or may_give_up(item.name)
            other = telling and found.output != usual.output and steady()
            trial = _trial(item, found, hostile, subject.directory, other_output=other)
            runs[item.name] = Met(trial, who.id if who is not None else "openai", known)
    _tell(told, len(fitting), len(fitting))
    return Trials(code, runs)


def _tell(told: Told | None, done: int, total: int) -> None:
    if told is not None:
        told(done, total)


def _asked(usual: Observed) -> tuple[frozenset[str], ...]:
    """What each accepted request is, in the words of `Item.needs`."""
    accepted = [(who, e.verdict) for who, e in usual.asked if e.verdict.refused is None]
    return tuple(kinds(str(verdict.endpoint), verdict.payload, who) for who, verdict in accepted)


def _trial(item: Item, found: _Run, hostile: Hostile, directory: Path, *, other_output: bool) -> Trial:
    ended = found.observed.ended
    places = [e.source or e.path for _, e in found.observed.asked if e.hostile == item.name]
    most = max((count for _, count in hostile.retries), default=0)
    died = crash(found.errors, directory, died=ended.code != 0)
    holds = {
        Took.HUNG: ended.reason == "timeout",
        Took.CRASHED: died is not None,
        Took.GAVE_UP: ended.code != 0 and may_give_up(item.name),
        Took.FAILED: ended.code != 0,
        Took.OVERTRIED: bool(hostile.overtried),
        Took.OTHER_OUTPUT: other_output and keeps_output(item.name),
    }
    took = next((took for took, held in holds.items() if held), Took.SURVIVED)
    died = died if took is Took.CRASHED else None
    unsaid = took is Took.SURVIVED and other_output
    return Trial(took, tuple(dict.fromkeys(places)), ended.code, died, most, unsaid)


def _run(subject: Subject, hostile: Hostile | None) -> _Run:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        streams = Streams(subprocess.DEVNULL, out, err)
        start = time.monotonic()
        observed = observe(
            subject.command,
            subject.targets,
            subject.directory,
            subject.environment,
            subject.catalogue,
            replace(subject.limits, streams=streams),
            hostile=hostile,
        )
        return _Run(observed, _digest(out), _tail(err), time.monotonic() - start)


def _digest(file: IO[bytes]) -> str:
    whole = sha256()
    for piece in _pieces(file):
        whole.update(piece)
    return whole.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    yield from iter(lambda: file.read(_PIECE), b"")


def _tail(file: IO[bytes]) -> str:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return file.read().decode("utf-8", "replace")
