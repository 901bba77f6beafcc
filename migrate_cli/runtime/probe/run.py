"""Asks the questions of a probe, slowly, and stops as soon as the provider seems to mind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from migrate_cli.catalogue.observed import Seen
from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime.probe.client import Ask
from migrate_cli.runtime.probe.looks import NO_THOUGHTS, UNKNOWN, Sight, look
from migrate_cli.runtime.probe.plan import Asked
from migrate_cli.runtime.probe.reply import Reply, clean, error, is_refusal, is_success, trouble
from migrate_cli.runtime.probe.verdict import Run, Told

PAUSE = 0.5  # seconds between two requests
_RETRY = 5.0  # seconds to wait where the server names none
_LONGEST_WAIT = 60.0
_ENOUGH = 2  # answers that say "not now" before no more is asked

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Pace:
    """When the next request may go, and whether any may."""

    pause: float
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    next: float = 0.0
    troubles: int = 0
    reason: str | None = None

    def turn(self) -> bool:
        """Wait for a turn; False when no more is asked."""
        with self.lock:
            now = time.monotonic()
            start = max(now, self.next)
            self.next = start + self.pause
        return not self.stop.wait(max(0.0, start - now))

    def hold(self, seconds: float) -> None:
        """Let nothing go for so long."""
        with self.lock:
            self.next = max(self.next, time.monotonic() + seconds)

    def end(self, reason: str) -> None:
        """Ask no more."""
        self.reason = self.reason or reason
        self.stop.set()


@dataclass(frozen=True, slots=True)
class _Asking:
    """Everything that one question needs to be asked."""

    ask: Ask
    provider: Provider
    key: str
    pace: _Pace


def run(
    questions: Sequence[Asked],
    ask: Ask,
    provider: Provider,
    key: str,
    *,
    pause: float = PAUSE,
    concurrency: int = 1,
    progress: Progress | None = None,
) -> Run:
    """Put the questions to `ask`, `concurrency` at a time and `pause` seconds apart. `key` is kept out of all texts.

    A question that builds on one that was not accepted is not asked; a refusal that is not documented is asked about
    twice. Retry-After is honoured up to a minute. After the
    second answer that says "not now" (401, 402, 403, 429, a server's error, nothing that can be read) no more is asked,
    and none when nobody is reached. An interrupt ends it at once.
    """
    asking = _Asking(ask, provider, key, _Pace(pause))
    tell = progress or (lambda done, total: None)
    tell(0, len(questions))
    if concurrency == 1:
        told = _one_by_one(questions, asking, tell)
    else:
        told = _together(questions, asking, tell, concurrency)
    return Run(told, asking.pace.reason)


def _one_by_one(questions: Sequence[Asked], asking: _Asking, tell: Progress) -> tuple[Told, ...]:
    told: dict[str, Told] = {}
    for number, asked in enumerate(questions, 1):
        told[asked.id] = _one(asked, told.get(asked.question.on or ""), asking)
        tell(number, len(questions))
    return tuple(told.values())


def _together(
    questions: Sequence[Asked], asking: _Asking, tell: Progress, concurrency: int
) -> tuple[Told, ...]:
    """The same by threads; a question waits for the one it builds on, which is always earlier in the queue."""
    futures: dict[str, Future[Told]] = {}

    def one(asked: Asked) -> Told:
        before = futures.get(asked.question.on or "")
        return _one(asked, before.result() if before is not None else None, asking)

    with ThreadPoolExecutor(concurrency) as pool:
        try:
            for asked in questions:
                futures[asked.id] = pool.submit(one, asked)
            for number, future in enumerate(futures.values(), 1):
                future.result()
                tell(number, len(questions))
        except BaseException:
            asking.pace.end("interrupted")
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return tuple(future.result() for future in futures.values())


def _one(asked: Asked, before: Told | None, asking: _Asking) -> Told:
    """Ask one question; once more where the server said when to come again, and where a refusal surprises."""
    if before is not None and before.seen in (Seen.REFUSED, Seen.UNCLEAR):
        return _unasked(asked, f"not asked, as {before.asked.id} was not accepted")
    reply = _sent(asked, asking)
    if reply is not None and reply.status == 429 and not asking.pace.stop.is_set():
        reply = _sent(asked, asking)
    if reply is None:
        return _unasked(asked, "not asked any more")
    told = _told(asked, reply, asking)
    if told.seen is not Seen.REFUSED or asked.expected == Seen.REFUSED.value:
        return told
    return _confirmed(told, _sent(asked, asking), asking)


def _confirmed(told: Told, again: Reply | None, asking: _Asking) -> Told:
    """A refusal that nobody documents must come twice, as a busy server may refuse what it takes a moment later."""
    if again is not None and is_refusal(again, asking.provider):
        return told
    when = "not asked again" if again is None else "not when asked again"
    return replace(told, seen=Seen.UNCLEAR, observed=Seen.UNCLEAR.value, detail=f"refused once, and {when}")


def _sent(asked: Asked, asking: _Asking) -> Reply | None:
    """What came back; None when no more is asked."""
    if not asking.pace.turn():
        return None
    reply = asking.ask(asked.method, asked.path, asked.payload)
    minded = trouble(reply, asking.provider)
    if minded is not None:
        _note(reply, minded, asking.pace)
    return reply


def _note(reply: Reply, minded: str, pace: _Pace) -> None:
    usual = _RETRY if reply.status == 429 else 0.0
    wait = reply.retry_after if reply.retry_after is not None else usual
    with pace.lock:
        pace.troubles += 1
    if reply.fatal or pace.troubles >= _ENOUGH:
        pace.end(minded)
    elif wait > _LONGEST_WAIT:
        pace.end(f"the server asks to wait for {wait:,.0f} seconds")
    else:
        pace.hold(wait)


def _unasked(asked: Asked, why: str) -> Told:
    return Told(asked, Seen.UNCLEAR, Seen.UNCLEAR.value, sent=False, detail=why)


def _told(asked: Asked, reply: Reply, asking: _Asking) -> Told:
    """The observation in an answer."""
    found = error(reply, asking.key)
    told = Told(asked, Seen.UNCLEAR, Seen.UNCLEAR.value, True, reply.status, found.code, found.message)
    if is_refusal(reply, asking.provider):
        return _with(told, Sight(Seen.REFUSED), asking.key)
    if not is_success(reply):
        minded = trouble(reply, asking.provider) or "the answer holds an error"
        return _with(told, Sight(Seen.UNCLEAR, detail=minded), asking.key)
    sight = look(asked.question, asked.payload, reply, asking.provider)
    if sight.said == NO_THOUGHTS and asked.expected not in (NO_THOUGHTS, UNKNOWN):
        sight = Sight(Seen.UNCLEAR, detail="no thoughts in this answer, which proves nothing")
    return _with(told, sight, asking.key)


def _with(told: Told, sight: Sight, key: str) -> Told:
    detail = clean(sight.detail, key) if sight.detail else None
    words = sight.said if sight.said and sight.seen is Seen.ACCEPTED else sight.seen.value
    return replace(told, seen=sight.seen, observed=words, detail=detail)
