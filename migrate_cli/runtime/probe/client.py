"""Sends a probe's requests: to one host, with the user's key, following no redirect."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from migrate_cli import __version__
from migrate_cli.model import UserError
from migrate_cli.runtime.probe.reply import Reply, read

if TYPE_CHECKING:
    import httpx

Ask = Callable[[str, str, Mapping[str, Any] | None], Reply]
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})
_MOST = 4_000_000  # bytes of an answer


def checked_base(base_url: str) -> str:
    """A base URL that a key may be sent to: https, or this machine. Raises UserError for any other."""
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise UserError("--base-url is no valid address") from None
    if parts.scheme not in ("https", "http") or not host:
        raise UserError("--base-url wants an address such as https://api.example.com/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UserError("--base-url takes no user name, password or query: the key is read from its variable")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise UserError("the base URL is not encrypted, and the key would be sent there: use https")
    return base_url.rstrip("/")


def host_of(base_url: str) -> str:
    """The host of a base URL, with its port if it names one."""
    return urlsplit(base_url).netloc.lower()


def is_local(base_url: str) -> bool:
    """Whether a base URL is on this machine."""
    return urlsplit(base_url).hostname in _LOOPBACK


@contextmanager
def asking(base_url: str, key: str, timeout: float) -> Iterator[Ask]:
    """A function that sends one request (method, path below the base URL, payload) and gives what came back.

    `timeout` is in seconds, for each request as a whole. Raises UserError when httpx is not installed.
    """
    try:
        import httpx
    except ImportError:
        raise UserError("httpx is needed to probe an endpoint: pip install 'migrate-cli[probe]'") from None
    headers = {
        "Authorization": f"Bearer {key}",
        "Accept-Encoding": "identity",
        "User-Agent": f"migrate-cli/{__version__}",
    }
    # A proxy that stands in the environment is for the outside.
    with httpx.Client(
        headers=headers, timeout=timeout, follow_redirects=False, trust_env=not is_local(base_url)
    ) as client:
        yield lambda method, path, payload: _send(client, method, base_url + path, payload, timeout)


def _send(
    client: httpx.Client, method: str, url: str, payload: Mapping[str, Any] | None, timeout: float
) -> Reply:
    import httpx

    body = {} if payload is None else {"json": payload}
    end = time.monotonic() + timeout
    try:
        with client.stream(method, url, **body) as answer:  # type: ignore[arg-type]
            if answer.is_redirect:
                return Reply(answer.status_code, problem="it redirects elsewhere, which is not followed")
            return _read(answer, end)
    except httpx.ConnectError:
        return Reply(problem="it cannot be reached", fatal=True)
    except httpx.TimeoutException:
        return Reply(problem=f"there was no answer within {timeout:g} seconds")
    except (httpx.HTTPError, httpx.StreamError):
        return Reply(problem="the answer broke off")
    except (httpx.InvalidURL, UnicodeError):
        return Reply(problem="it cannot be reached", fatal=True)


def _read(answer: httpx.Response, end: float) -> Reply:
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > _MOST:
            return Reply(answer.status_code, problem=f"the answer is larger than {_MOST:,} bytes")
        if time.monotonic() > end:
            return Reply(answer.status_code, problem="the answer took too long")
    kind = answer.headers.get("content-type", "").lower()
    return read(answer.status_code, kind, bytes(data), answer.headers.get("retry-after"))
