"""The verbs of `migrate catalog` for Python callers: which facts are in use, how old they are, and newer ones.

    from migrate_cli import api_catalog

    api_catalog.update("https://intranet.example/catalogue.json", dry_run=True)

Only `update` with an https address reaches the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate_cli.catalogue.installed import Edition, InUse
    from migrate_cli.costs.agreement.check import Check
    from migrate_cli.update.install import Updated


def in_use() -> InUse:
    """Which catalogue is read: the packaged one, an update, or a directory of the user's. Never raises."""
    from migrate_cli.catalogue.installed import in_use as found

    return found()


def compiled() -> str | None:
    """The newest date of any fact in the catalogue in use; None when its directory does not say."""
    from migrate_cli.catalogue.source import read_data
    from migrate_cli.model import UserError

    try:
        return str(read_data(in_use().directory, "edition")["compiled"])
    except (UserError, KeyError):
        return None


def check(
    against: Sequence[Path] = (), *, as_of: date | None = None, cny_per_usd: Decimal | None = None
) -> Check:
    """Old facts, and the prices that differ from those in open data sets. Raises UserError for a bad file."""
    from migrate_cli.catalogue.loader import open_catalogue
    from migrate_cli.costs.agreement.check import check as look

    return look(open_catalogue(), against, as_of or date.today(), cny_per_usd)


def export() -> str:
    """The catalogue in use as one bundle that `update` takes. Raises UserError when it is broken."""
    from migrate_cli.catalogue.bundle import bundle_text
    from migrate_cli.catalogue.loader import open_catalogue

    return bundle_text(open_catalogue().directory)


def update(place: str, *, sha256: str | None = None, dry_run: bool = False) -> Updated | None:
    """Take the bundle at a path, file:// or https:// address into use; None when its server has nothing newer.

    Raises `migrate_cli.update.failure.UpdateFailed`; what was in use before still is then.
    """
    from migrate_cli.update.run import update as take

    return take(place, date.today().isoformat(), sha256=sha256, dry_run=dry_run)


def rollback() -> Edition | None:
    """Go back to the update before the current one, or to the packaged catalogue (None).

    Raises UserError when there is no update, UpdateFailed when the record of updates cannot be written.
    """
    from migrate_cli.update.install import rollback as back

    return back()
