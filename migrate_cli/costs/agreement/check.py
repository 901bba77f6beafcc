"""`migrate catalog check` as a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.costs.agreement.compare import Agreement, compare
from migrate_cli.costs.agreement.rows import read_dataset
from migrate_cli.costs.agreement.stale import Stale, stale_facts
from migrate_cli.costs.money import Exchange, exchange
from migrate_cli.files.trees import read_limited
from migrate_cli.model import UserError

_LARGEST = 100_000_000  # bytes; the largest of the three was 3 MB in November 2026


@dataclass(frozen=True, slots=True)
class Check:
    """How the catalogue stands on a day: its old facts, and how far each data set agrees."""

    as_of: date
    rate: Exchange
    stale: tuple[Stale, ...]
    agreements: tuple[Agreement, ...]

    @property
    def differs(self) -> bool:
        """Whether any data set names another price."""
        return any(agreement.differences for agreement in self.agreements)


def check(catalogue: Catalogue, against: Sequence[Path], as_of: date, cny_per_usd: Decimal | None) -> Check:
    """Look for old facts, and compare prices with the data sets in the files `against`.

    Raises UserError for a file that cannot be read or is none of the data sets, and for a broken catalogue.
    """
    rate = exchange(catalogue.rate(), cny_per_usd, as_of)
    sets = [read_dataset(_read(path), str(path), as_of) for path in against]
    return Check(
        as_of=as_of,
        rate=rate,
        stale=stale_facts(catalogue, as_of),
        agreements=tuple(compare(catalogue, dataset, rate.cny_per_usd) for dataset in sets),
    )


def _read(path: Path) -> bytes:
    try:
        data = read_limited(path, _LARGEST)
    except (OSError, ValueError) as error:
        raise UserError(
            f"{path} cannot be read: {getattr(error, 'strerror', None) or 'not a path'}"
        ) from None
    if data is None:
        raise UserError(f"{path} is larger than {_LARGEST:,} bytes")
    return data
