"""The verb behind `migrate verify`, for Python callers.

from migrate_cli.api_verify import verify

done = verify(["python", "app.py"], ["glm"])
print(done.verdict, [sent.reason for sent in done.bad])
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from migrate_cli.model import UserError

_CUT = "the rest, for it was interrupted"

if TYPE_CHECKING:
    from migrate_cli.catalogue.loader import Catalogue
    from migrate_cli.catalogue.types import Provider
    from migrate_cli.model import Decision
    from migrate_cli.runtime.hostile.server import Item
    from migrate_cli.runtime.verify.bouts import Hostility
    from migrate_cli.runtime.verify.compare import Comparison
    from migrate_cli.runtime.verify.hostile import Subject
    from migrate_cli.runtime.verify.pending import Pending
    from migrate_cli.runtime.verify.process import Ended
    from migrate_cli.runtime.verify.run import Observed
    from migrate_cli.runtime.verify.verdict import FailOn, Sent, Verification


def verify(
    command: Sequence[str],
    providers: Sequence[str],
    *,
    directory: Path | None = None,
    environment: Mapping[str, str] | None = None,
    timeout: float | None = None,
    allow: Sequence[str] = (),
    addresses: Sequence[str] = (),
    fail_on: Collection[FailOn] = (),
    before: str | None = None,
    hostile: Sequence[str] | None = None,
    told: Callable[[int, int], None] | None = None,
    reading: Callable[[int, int], None] | None = None,
    stdout: int | IO[bytes] | None = None,
    catalogue: Catalogue | None = None,
) -> Verification:
    """Run `command` in `directory` (the current one without) against stand-ins of `providers`, and judge its requests.

    `timeout` is in seconds; `allow` are hosts that stay within reach; `addresses` are variables that get the address of
    the first provider's stand-in. `before` (a directory or a git revision) also runs the command as it was, against
    OpenAI's profile, and compares. With `hostile`, these unfriendly answers (all of them without names) are tried, each
    in a run of its own; `told` gets the runs done and in all, `reading` the files of the project, which are read where
    something is to be mended. The command writes to `stdout` (a file or its number), or
    to ours. Raises UserError for an unknown provider or answer, and for a command that cannot be started.
    """
    from migrate_cli.catalogue.loader import open_catalogue
    from migrate_cli.runtime.verify.hostile import Subject, chosen
    from migrate_cli.runtime.verify.process import Streams
    from migrate_cli.runtime.verify.run import Limits

    if not command:
        raise UserError("say what to run, for example: migrate verify --to glm -- python app.py")
    known = catalogue or open_catalogue()
    targets = _targets(providers, known)
    if not targets:
        raise UserError("say which provider to play with --to; `migrate providers` lists them")
    home = (directory or Path()).absolute()
    variables = os.environ if environment is None else environment
    limits = Limits(timeout, tuple(allow), tuple(addresses), Streams(stdout=stdout))
    subject = Subject(command, targets, home, variables, known, limits)
    items = None if hostile is None else chosen(hostile)
    return _judged(subject, before, items, frozenset(fail_on), told, reading)


def _judged(
    subject: Subject,
    before: str | None,
    items: Sequence[Item] | None,
    fail_on: frozenset[FailOn],
    told: Callable[[int, int], None] | None,
    reading: Callable[[int, int], None] | None,
) -> Verification:
    """All runs, and what they show together."""
    from migrate_cli.files.secrets import mask
    from migrate_cli.runtime.verify.process import Ended
    from migrate_cli.runtime.verify.verdict import Verification, describe, each_once

    with _original(subject, before) as original:
        earlier = None if original is None else _observed(original)
        observed = _observed(subject)
        struck = None if items is None else _hostile(subject, original, observed, items, told)
    ended = Ended(None, "interrupted") if struck is not None and struck.interrupted else observed.ended
    sent, undone = _explained(describe(observed), ended, subject, reading)
    return Verification(
        tuple(mask(part) for part in subject.command),
        tuple(map(_stated, subject.targets)),
        ended,
        sent,
        each_once(observed.escapes),
        fail_on,
        None if earlier is None or ended.reason == "interrupted" else _compared(earlier, observed),
        struck,
        observed.unseen,
        undone,
    )


def _targets(names: Sequence[str], catalogue: Catalogue) -> list[Provider | None]:
    """Whom `names` mean, each once; None is OpenAI, for a program that stays where it is."""
    from migrate_cli.runtime.roles import OPENAI, player

    found = [player(name, catalogue.provider) for name in names]
    return list({target.id if target else OPENAI: target for target in found}.values())


def _stated(target: Provider | None) -> tuple[str, str, str | None]:
    """The id, the name and the date of what is known of a target."""
    from migrate_cli.runtime.checks import openai as openai_checks
    from migrate_cli.runtime.roles import OPENAI

    if target is None:
        return OPENAI, "OpenAI", openai_checks.AS_OF
    return target.id, target.name, target.as_of


@contextlib.contextmanager
def _original(subject: Subject, before: str | None) -> Iterator[Subject | None]:
    """The command as it was, to be asked of OpenAI; its interpreter, if it lies in the project, is today's."""
    from migrate_cli.files.snapshot import earlier

    if before is None:
        yield None
        return
    home = subject.directory
    with earlier(home, before) as place:
        program, *rest = subject.command
        if os.sep in program and not (place / program).exists() and (home / program).exists():
            program = str(home / program)
        yield replace(subject, command=[program, *rest], targets=[None], directory=place)


def _observed(subject: Subject) -> Observed:
    from migrate_cli.runtime.verify.run import observe

    return observe(
        subject.command,
        subject.targets,
        subject.directory,
        subject.environment,
        subject.catalogue,
        subject.limits,
    )


def _hostile(
    subject: Subject,
    original: Subject | None,
    observed: Observed,
    items: Sequence[Item],
    told: Callable[[int, int], None] | None,
) -> Hostility:
    """The unfriendly answers, tried only on a program that ends well without them."""
    from migrate_cli.runtime.verify.bouts import Hostility, judge
    from migrate_cli.runtime.verify.hostile import try_all

    if observed.ended.code != 0 or all(e.verdict.refused for _, e in observed.asked):
        return Hostility(
            (), untried="the ordinary run has to end well first, with a request that is answered"
        )
    earlier = try_all(original, items, told) if original is not None else None
    if earlier is not None and earlier.interrupted:
        return Hostility((), untried="it was interrupted", interrupted=True)
    done = try_all(subject, items, told)
    found = judge(items, done, earlier)
    return replace(found, unmet=(), untried=_CUT, interrupted=True) if done.interrupted else found


def _compared(earlier: Observed, observed: Observed) -> Comparison:
    from migrate_cli.runtime.verify.compare import compare

    return compare([exchange for _, exchange in earlier.asked], [exchange for _, exchange in observed.asked])


def _explained(
    sent: Sequence[Sent],
    ended: Ended,
    subject: Subject,
    reading: Callable[[int, int], None] | None,
) -> tuple[tuple[Sent, ...], tuple[Pending, ...]]:
    """The requests with the rules that would mend the bad ones, and the edits to come where the command just failed.

    The project is only read when there is a reason. No rule leads to OpenAI.
    """
    from migrate_cli.runtime.verify.pending import pending
    from migrate_cli.runtime.verify.rules import with_rules
    from migrate_cli.runtime.verify.verdict import GOOD

    provider, home = subject.targets[0], subject.directory
    bad = [s for s in sent if s.fared not in GOOD]
    broken = not bad and (ended.code or (ended.code == 0 and not sent))
    if provider is None or not (bad or broken):
        return tuple(sent), ()
    files = sorted({home / s.path for s in bad if s.path is not None and (home / s.path).is_file()})
    root, decisions = _planned(_worth_reading(files, home), provider.id, home, subject.catalogue, reading)
    return with_rules(sent, decisions, root, home), pending(decisions, root, home) if broken else ()


def _worth_reading(files: Sequence[Path], home: Path) -> list[Path]:
    """The project and what lies outside of it; of a whole disk or all that somebody has, the files alone."""
    if home in (Path.home(), Path(home.anchor)):
        return list(files)
    return [home, *(file for file in files if not file.is_relative_to(home))]


def _planned(
    paths: Sequence[Path],
    provider: str,
    home: Path,
    catalogue: Catalogue,
    reading: Callable[[int, int], None] | None,
) -> tuple[Path, tuple[Decision, ...]]:
    if not paths:
        return home, ()
    from migrate_cli.rules.decide import decide
    from migrate_cli.sites.scan import scan_paths
    from migrate_cli.targets.endpoint import open_target

    scan = scan_paths(paths, reading)
    if reading is not None:
        reading(scan.files, scan.files)
    return Path(scan.root), decide(scan, open_target(catalogue, provider)).decisions
