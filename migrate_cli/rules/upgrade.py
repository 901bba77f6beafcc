"""What `--upgrade-sdk` does with each file: through which client its calls go, or why it stays on openai<1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrate_cli.model import Site, SiteId


@dataclass(frozen=True, slots=True)
class Clients:
    """The names of the clients that take the place of a file's module settings; None where no call needs one."""

    sync: str | None
    asynchronous: str | None


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A place that has no form for the current SDK, and why; everything that depends on it stays as it is."""

    site: SiteId
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The files that leave openai<1.

    `bundles` gives each of them the name of what moves with it. Files in `clients` get a client of their own; the
    others go through the client of the module (`openai.chat.completions.create`), which reads the module's settings
    when it is called. `hindrances` say per file why it stays. `heads` are the first imports of files that do not
    import the module itself. `forms` are sites as they will be, for rules that know nothing of this. The bundles in
    `waiting` hold something that waits for a look, and so wait as a whole. `leaning` are files that call nothing
    themselves (a test, a handler of errors), with the bundles that they go with.
    """

    bundles: Mapping[str, str] = field(default_factory=dict)
    clients: Mapping[str, Clients] = field(default_factory=dict)
    hindrances: Mapping[str, tuple[Hindrance, ...]] = field(default_factory=dict)
    heads: Mapping[str, SiteId] = field(default_factory=dict)
    forms: Mapping[SiteId, Site] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    leaning: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def moves(self, site: Site) -> bool:
        """Whether the file of a site leaves openai<1."""
        return site.path in self.bundles
