"""Which hosts the stand-ins answer for, and under which addresses. All of it comes from the environment."""

from __future__ import annotations

import fnmatch
import os
from urllib.parse import quote, urlsplit

from migrate_egress.source import user_line

URL = os.environ.get("MIGRATE_STANDIN_URL", "")
# `HOST` goes to URL, `HOST=URL` to a stand-in of its own; a host may hold `*` and a port, the first that fits wins.
ROUTES = [
    (host, address or URL)
    for host, _, address in (
        entry.partition("=") for entry in os.environ.get("MIGRATE_STANDIN_HOSTS", "").split(",") if entry
    )
]
ORIGINAL = "x-standin-original"
SOURCE = "x-standin-source"
TEST = "x-standin-test"


def standin(netloc: str) -> str | None:
    """The address of the stand-in that answers for `netloc` (`host` or `host:port`), or None."""
    name = netloc.rpartition("@")[2].lower()
    return next((address for host, address in ROUTES if fnmatch.fnmatchcase(name, host.lower())), None)


def moved(url: str) -> str | None:
    """`url` with its stand-in's scheme, host and port, or None when no stand-in answers for it."""
    parts = urlsplit(url)
    address = standin(parts.netloc) if parts.scheme in ("http", "https", "ws", "wss") else None
    if address is None:
        return None
    here = urlsplit(address)
    return parts._replace(scheme=here.scheme, netloc=here.netloc).geturl()


def marks(url: str) -> dict[str, str]:
    """The headers that tell the stand-in which address was asked for, and by which line and test of the program."""
    found = {ORIGINAL: quote(url, safe="%/:?#[]@!$&'()*+,;=~")}
    line = user_line()
    if line:
        found[SOURCE] = quote(line, safe="/:\\.")
    test, _, _phase = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")
    if test:
        found[TEST] = quote(test, safe="/:.[]")
    return found
