"""Loaded by Python at start: sends requests for the provider to the stand-in, and refuses every other host.

Set from outside through three variables: MIGRATE_STANDIN_URL (where the stand-in listens),
MIGRATE_STANDIN_HOSTS (the hosts it stands in for, separated by commas, `*` allowed) and MIGRATE_STANDIN_LOG
(a file that gets one line per refused host). Standard library only: it runs in the program's environment.
"""

from __future__ import annotations

import fnmatch
import importlib.abc
import importlib.machinery
import ipaddress
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

URL = os.environ.get("MIGRATE_STANDIN_URL", "")
HOSTS = [host for host in os.environ.get("MIGRATE_STANDIN_HOSTS", "").split(",") if host]
LOG = os.environ.get("MIGRATE_STANDIN_LOG", "")
ORIGINAL = "x-standin-original"


def stands_in(url: str) -> bool:
    """Whether the stand-in answers for the host of `url`."""
    return any(fnmatch.fnmatch(urlsplit(url).netloc, host) for host in HOSTS)


def moved(url: str) -> str:
    """`url` with the stand-in's scheme, host and port."""
    here = urlsplit(URL)
    return urlsplit(url)._replace(scheme=here.scheme, netloc=here.netloc).geturl()


def is_loopback(host: object) -> bool:
    """Whether `host` is this machine; None and the empty name are what servers bind to."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def refuse(host: object) -> None:
    """Log `host` and raise OSError, unless it is this machine."""
    if is_loopback(host):
        return
    if LOG:
        with Path(LOG).open("a", encoding="utf-8") as log:
            log.write(f"{host}\n")
    raise OSError(f"the guard refused to reach {host}")


def guard_sockets() -> None:
    """Refuse name look-ups and connections to other machines."""
    look_up, connect, connect_ex = socket.getaddrinfo, socket.socket.connect, socket.socket.connect_ex

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse(host)
        return look_up(host, *args, **kwargs)

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, address: Any) -> Any:
            if isinstance(address, tuple):
                refuse(address[0])
            return original(self, address)

        return call

    patches = {"connect": guarded(connect), "connect_ex": guarded(connect_ex)}
    for name, function in patches.items():
        setattr(socket.socket, name, function)
    socket.getaddrinfo = getaddrinfo


def redirect_httpx(module: ModuleType) -> None:
    """Patch the transports of httpx or httpx2, which openai 1.0 and later use."""

    def move(request: Any) -> None:
        url = str(request.url)
        if stands_in(url):
            request.headers[ORIGINAL] = url
            request.url = type(request.url)(moved(url))

    send, send_async = module.HTTPTransport.handle_request, module.AsyncHTTPTransport.handle_async_request

    def handle_request(self: Any, request: Any) -> Any:
        move(request)
        return send(self, request)

    async def handle_async_request(self: Any, request: Any) -> Any:
        move(request)
        return await send_async(self, request)

    module.HTTPTransport.handle_request = handle_request
    module.AsyncHTTPTransport.handle_async_request = handle_async_request


def redirect_requests(module: ModuleType) -> None:
    """Patch the adapter of requests, which openai 0.28 and hand-written calls use."""
    send = module.HTTPAdapter.send

    def moved_send(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        if stands_in(request.url):
            request.headers[ORIGINAL] = request.url
            request.url = moved(request.url)
        return send(self, request, *args, **kwargs)

    module.HTTPAdapter.send = moved_send


def redirect_aiohttp(module: ModuleType) -> None:
    """Patch the session of aiohttp, which the async calls of openai 0.28 use."""
    request = module.ClientSession._request

    async def moved_request(self: Any, method: str, url: Any, **kwargs: Any) -> Any:
        if stands_in(str(url)):
            kwargs["headers"] = {**(kwargs.get("headers") or {}), ORIGINAL: str(url)}
            url = moved(str(url))
        return await request(self, method, url, **kwargs)

    module.ClientSession._request = moved_request


def redirect_lm15(name: str) -> Callable[[ModuleType], None]:
    """The patch for one of the two transports that DSPy 3.4 carries with it and writes to sockets with."""

    def redirect(module: ModuleType) -> None:
        transport = getattr(module, name)
        stream = transport.stream

        def moved_stream(self: Any, request: Any) -> Any:
            if stands_in(request.url):
                request.headers = [*request.headers, (ORIGINAL, request.url)]
                request.url = moved(request.url)
            return stream(self, request)

        transport.stream = moved_stream

    return redirect


PATCHES: dict[str, Callable[[ModuleType], None]] = {
    "httpx": redirect_httpx,
    "httpx2": redirect_httpx,
    "requests.adapters": redirect_requests,
    "aiohttp.client": redirect_aiohttp,
    "dspy._vendor.lm15.transports._sync": redirect_lm15("StdlibTransport"),
    "dspy._vendor.lm15.transports._async": redirect_lm15("StdlibAsyncTransport"),
}


class _Patching(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader, patch: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._patch = patch

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._patch(module)


class Finder(importlib.abc.MetaPathFinder):
    """Patches each module of PATCHES right after its own import, so that nothing is imported for its sake."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The usual spec, with a loader that patches; None for every other module."""
        patch = PATCHES.get(fullname)
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target) if patch else None
        if patch is None or spec is None or spec.loader is None:
            return None
        spec.loader = _Patching(spec.loader, patch)
        return spec


if URL:
    sys.meta_path.insert(0, Finder())
    guard_sockets()
