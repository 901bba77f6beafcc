"""Takes a bundle into use: checked with the loader that will read it, then swapped in at one stroke."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from migrate_cli.catalogue.bundle import as_files
from migrate_cli.catalogue.installed import (
    PACKAGED,
    STATE,
    DamagedState,
    Edition,
    digest,
    home,
    in_use,
    read_state,
    state_bytes,
)
from migrate_cli.catalogue.loader import Catalogue, open_catalogue
from migrate_cli.catalogue.source import SCHEMA
from migrate_cli.files import trees
from migrate_cli.files.lock import release, take
from migrate_cli.files.write import NotWritable, write_bytes
from migrate_cli.model import UserError
from migrate_cli.update.changes import Change, changes
from migrate_cli.update.failure import UpdateFailed
from migrate_cli.update.fetch import Fetched
from migrate_cli.update.verify import parsed, verified

_KEPT = 5  # editions that can be gone back to, the current one among them


@dataclass(frozen=True, slots=True)
class Updated:
    """An update that was taken, or with `dry_run` would be. `changes` are against what was in use before.

    `compiled` and `sha256` are the bundle's. `same` says that this very bundle was in use already.
    """

    compiled: str
    sha256: str
    source: str
    changes: tuple[Change, ...]
    dry_run: bool
    same: bool


def install(fetched: Fetched, source: str, day: str, *, sha256: str | None, dry_run: bool) -> Updated:
    """Check a bundle and take it into use. `source` is fit to print, `day` today's date.

    Raises UpdateFailed when the bundle is not what was demanded, is damaged, foreign or older than what is in use, or
    cannot be stored; whatever was in use still is then. With `dry_run` nothing is written to the data directory.
    """
    found = hashlib.sha256(fetched.data).hexdigest()
    if sha256 is not None and found != sha256.lower():
        raise UpdateFailed(f"{source} has the sha256 {found}, and {sha256.lower()} was demanded")
    with _scratch() if dry_run else _updates() as root:
        bundle = parsed(fetched.data, source)
        files = as_files(bundle)
        edition = _edition(fetched, found, bundle.compiled, digest(files), source, day)
        same = _is_in_use(edition)
        staged = trees.stage(root, files)
        try:
            differences = changes(_before(), verified(staged, source))
            if not dry_run:
                _adopt(root, staged, edition, same=same)
        finally:
            trees.remove(staged)
    return Updated(bundle.compiled, found, source, differences, dry_run, same)


def rollback() -> Edition | None:
    """Go back to the update before the current one, else to the packaged catalogue (None), and say which it is.

    A record that cannot be read is given up. Raises UserError when there is no update, UpdateFailed when the record
    cannot be written.
    """
    with _updates() as root:
        try:
            editions = read_state(root)
        except DamagedState:
            editions = ()
        else:
            if not editions:
                raise UserError(
                    "there is no catalogue update to go back from: the packaged catalogue is in use"
                )
        _record(root, editions[:-1])  # the files stay until the next update: another run may be reading them
    return editions[-2] if len(editions) > 1 else None


@contextmanager
def _scratch() -> Iterator[Path]:
    """A place to try things out."""
    from tempfile import gettempdir

    try:
        yield Path(gettempdir())
    except NotWritable as error:
        raise UpdateFailed(f"the bundle cannot be unpacked: {error.reason}") from None


@contextmanager
def _updates() -> Iterator[Path]:
    """The place for updates, locked against a second process."""
    root = home()
    if root is None:
        raise UpdateFailed("there is no home directory to keep an update in; set XDG_DATA_HOME")
    try:
        trees.make(root)
        handle = take(root)
    except UserError:
        raise UpdateFailed("another update of the catalogue is running") from None
    except (NotWritable, OSError) as error:
        raise UpdateFailed(f"the update cannot be stored in {root}: {_reason(error)}") from None
    try:
        yield root
    except NotWritable as error:
        raise UpdateFailed(f"the update cannot be stored in {root}: {error.reason}") from None
    finally:
        release(handle)


def _edition(fetched: Fetched, sha256: str, compiled: str, content: str, source: str, day: str) -> Edition:
    return Edition(
        folder=content[:16],
        schema=SCHEMA,
        compiled=compiled,
        sha256=sha256,
        content=content,
        source=source,
        installed=day,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
    )


def _is_in_use(edition: Edition) -> bool:
    current = in_use()
    return (
        current.origin == "update"
        and current.edition is not None
        and current.edition.content == edition.content
    )


def _before() -> Catalogue:
    """What is in use, else the packaged catalogue."""
    try:
        found = open_catalogue(observed=False)
        found.check()
    except UserError:
        return open_catalogue(PACKAGED)
    return found


def _adopt(root: Path, staged: Path, edition: Edition, *, same: bool) -> None:
    """Move the checked files to their place, then make them current by writing the record; old ones go last."""
    if not same:
        trees.settle(staged, root / edition.folder)
    try:
        known = read_state(root)
    except DamagedState:  # an update mends it
        known = ()
    kept = (*(e for e in known if e.folder != edition.folder), edition)[-_KEPT:]
    _record(root, kept)
    trees.keep_only(root, {edition.folder for edition in kept})


def _record(root: Path, editions: tuple[Edition, ...]) -> None:
    write_bytes(root / STATE, state_bytes(editions), mode=0o644)


def _reason(error: NotWritable | OSError) -> str:
    return error.reason if isinstance(error, NotWritable) else error.strerror or type(error).__name__
