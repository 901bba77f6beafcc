"""One update from start to end."""

from __future__ import annotations

from migrate_cli.catalogue.installed import in_use
from migrate_cli.update.fetch import Known, fetch, shown
from migrate_cli.update.install import Updated, install


def update(place: str, day: str, *, sha256: str | None = None, dry_run: bool = False) -> Updated | None:
    """Take the bundle at `place` (path, file:// or https://) into use; None when its server has nothing newer.

    `day` is today's date. Raises UpdateFailed, and whatever was in use still is then.
    """
    source = shown(place)
    fetched = fetch(place, _known(place, source, sha256), trusted=sha256 is not None)
    return None if fetched is None else install(fetched, source, day, sha256=sha256, dry_run=dry_run)


def _known(place: str, source: str, sha256: str | None) -> Known | None:
    """What to tell the server that we have: only the very bundle that is in use, from the very same address."""
    current = in_use()
    edition = current.edition
    if current.origin != "update" or edition is None or edition.source != source or "?" in place:
        return None
    if sha256 is not None and edition.sha256 != sha256.lower():
        return None
    return Known(edition.etag, edition.last_modified)
