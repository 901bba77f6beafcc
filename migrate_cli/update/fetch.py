"""Reads a bundle from a file or over https; the only code of the catalogue that can reach the network."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, unquote, urlsplit

from migrate_cli.files.trees import read_limited
from migrate_cli.update.failure import UpdateFailed

if TYPE_CHECKING:
    import httpx

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """At most `size` bytes, `wait` seconds for each step of the network and `whole` seconds for everything."""

    size: int = 20_000_000
    wait: float = 15
    whole: float = 120


@dataclass(frozen=True, slots=True)
class Known:
    """What the server said about the bundle that is in use."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A bundle's bytes, with what its server wants to be asked next time."""

    data: bytes
    etag: str | None = None
    last_modified: str | None = None


def shown(place: str) -> str:
    """Where a bundle comes from, fit to print and store: without user name, password, query and fragment."""
    parts = _split(place)
    if parts is None:
        return place
    port = f":{parts.port}" if parts.port else ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return f"{parts.scheme}://{host}{port}{parts.path}"


def fetch(
    place: str,
    known: Known | None = None,
    *,
    trusted: bool = False,
    limits: Limits | None = None,
    transport: httpx.BaseTransport | None = None,
) -> Fetched | None:
    """The bundle at `place`: a path, a file:// or an https:// address. None when the server says that `known` is new.

    Plain http is taken from this machine only, or when its hash was demanded (`trusted`). Raises UpdateFailed.
    """
    bounds = limits or Limits()
    parts = _split(place)
    if parts is None:
        return _read(Path(place), bounds)
    if parts.scheme == "file":
        return _read(_local(parts), bounds)
    if parts.scheme == "http" and not trusted and parts.hostname not in _LOOPBACK:
        raise UpdateFailed(
            f"{shown(place)} is not encrypted, and a catalogue says where keys are sent: "
            "use https, or demand its hash with --sha256"
        )
    return _get(place, known, bounds, transport)


def _split(place: str) -> SplitResult | None:
    """The parts of an address; None for a path, Windows drives included. Raises UpdateFailed for other addresses."""
    if "://" not in place:
        return None
    try:
        parts = urlsplit(place)
        port = parts.port
    except ValueError:
        raise UpdateFailed("the address of the bundle is not valid") from None
    if parts.scheme not in ("https", "http", "file") or (parts.scheme != "file" and not parts.hostname):
        raise UpdateFailed(f"a bundle comes from a file, file:// or https://, not from {parts.scheme}://")
    if port == 0:
        raise UpdateFailed("the address of the bundle is not valid")
    return parts


def _local(parts: SplitResult) -> Path:
    if parts.netloc not in ("", "localhost"):
        raise UpdateFailed("a file:// address has three slashes, such as file:///srv/catalogue.json")
    path = unquote(parts.path)
    drive = path[2:3] == ":"  # file:///C:/…
    return Path(path[1:] if drive else path)


def _read(path: Path, limits: Limits) -> Fetched:
    try:
        data = read_limited(path, limits.size)
    except OSError as error:
        raise UpdateFailed(f"{path} cannot be read: {error.strerror or type(error).__name__}") from None
    except ValueError:
        raise UpdateFailed("the path of the bundle is not valid") from None
    if data is None:
        raise UpdateFailed(f"{path} is larger than {limits.size:,} bytes")
    return Fetched(data)


def _get(url: str, known: Known | None, limits: Limits, transport: Any) -> Fetched | None:
    try:
        import httpx
    except ImportError:
        raise UpdateFailed(
            "httpx is needed to fetch an address: pip install 'migrate-cli[update]', or download the file yourself"
        ) from None
    try:
        with httpx.Client(timeout=limits.wait, transport=transport) as client:
            return _follow(client, httpx.URL(url), _headers(known), limits)
    except httpx.TimeoutException:
        raise UpdateFailed(f"{shown(url)} did not answer within {limits.wait:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
        raise UpdateFailed(f"{shown(url)} could not be read: {_words(error)}") from None


def _follow(client: httpx.Client, url: httpx.URL, headers: dict[str, str], limits: Limits) -> Fetched | None:
    """Get `url`, going along with redirects to https and no others."""
    end = time.monotonic() + limits.whole
    for _ in range(_REDIRECTS + 1):
        with client.stream("GET", url, headers=headers) as answer:
            if not answer.has_redirect_location:
                return _answer(answer, headers, limits, end)
            url = url.join(answer.headers["location"])
            if url.scheme != "https":
                raise UpdateFailed(f"{shown(str(answer.url))} redirects to an address that is not https")
    raise UpdateFailed(f"{shown(str(url))} redirects more than {_REDIRECTS} times")


def _answer(answer: httpx.Response, headers: dict[str, str], limits: Limits, end: float) -> Fetched | None:
    where = shown(str(answer.url))
    if answer.status_code == 304 and ("If-None-Match" in headers or "If-Modified-Since" in headers):
        return None
    if answer.status_code != 200:
        raise UpdateFailed(f"{where} answered with HTTP {answer.status_code}")
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise UpdateFailed(f"{where} sent compressed data, which was not asked for")
    data = bytearray()
    for chunk in answer.iter_raw():
        data += chunk
        if len(data) > limits.size:
            raise UpdateFailed(f"{where} sends more than {limits.size:,} bytes")
        if time.monotonic() > end:
            raise UpdateFailed(f"{where} took longer than {limits.whole:g} seconds")
    return Fetched(bytes(data), answer.headers.get("etag"), answer.headers.get("last-modified"))


def _headers(known: Known | None) -> dict[str, str]:
    """Compressed answers are not asked for: what they unpack to has no limit."""
    asked = {
        "If-None-Match": known.etag if known else None,
        "If-Modified-Since": known.last_modified if known else None,
    }
    wanted = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "migrate-cli"}
    return wanted | {name: value for name, value in asked.items() if value}


def _words(error: Exception) -> str:
    """The kind of trouble without addresses, which a library's own message may repeat with what is in them."""
    from migrate_cli.files.secrets import mask

    message = str(error).partition("\n")[0]
    return type(error).__name__ if not message or "://" in message else mask(message)
