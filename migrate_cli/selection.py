"""Which sites of a scan are wanted: by kind, by certainty, with or without the tests."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrate_cli.model import Certainty, Scan, Site, SiteKind
from migrate_cli.tally import at_rest

_ORDER = list(Certainty)


@dataclass(frozen=True, slots=True)
class Selection:
    """The sites that are wanted; without `kinds`, those of every kind."""

    kinds: frozenset[SiteKind] = frozenset()
    certainty: Certainty = Certainty.GUESS  # and anything surer
    tests: bool = True

    def wants(self, site: Site) -> bool:
        """Whether a site is among those wanted."""
        return (
            (not self.kinds or site.kind in self.kinds)
            and _ORDER.index(site.certainty) <= _ORDER.index(self.certainty)
            and (self.tests or not is_test(site.path))
        )


def is_test(path: str) -> bool:
    """Whether a file belongs to the tests, whose settings say nothing about the program."""
    *folders, name = path.split("/")
    return name.startswith(("test_", "conftest")) or name.endswith("_test.py") or "tests" in folders


def restrict(scan: Scan, selection: Selection) -> Scan:
    """The scan with none but the wanted sites; one that rests because its clients do says so itself then."""
    hosts = {site.id: site.elsewhere for site in scan.sites}
    resting = {site.id for site in at_rest(scan)}
    return replace(
        scan,
        sites=tuple(
            replace(site, elsewhere=site.elsewhere or hosts[site.clients[0]])
            if site.id in resting and site.ignored is None
            else site
            for site in scan.sites
            if selection.wants(site)
        ),
    )
