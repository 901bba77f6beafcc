"""Switching the guard on in this process: at the start of Python, or by a test runner that is already up."""

from __future__ import annotations

from migrate_egress import children, clients
from migrate_egress.imports import patch_imports
from migrate_egress.sockets import guard_sockets
from migrate_egress.starts import watch_starts


def activate() -> None:
    """Patch the clients that are imported or will be, and the sockets; what to do is in the environment."""
    patch_imports(
        {
            "httpx": clients.redirect_httpx,
            "httpx2": clients.redirect_httpx,
            "requests.adapters": clients.redirect_requests,
            "aiohttp.client_reqrep": clients.redirect_aiohttp,
            "http.client": clients.redirect_http_client,
            "urllib3.connection": clients.redirect_urllib3,
            "urllib.request": clients.forget_proxies,
            "asyncio.base_events": clients.guard_loop("BaseEventLoop"),
            "uvloop": clients.guard_loop("Loop"),
            "subprocess": children.keep_guard,
            "os": children.keep_guard_in_os,
            "dspy._vendor.lm15.transports._sync": clients.redirect_lm15("StdlibTransport"),
            "dspy._vendor.lm15.transports._async": clients.redirect_lm15("StdlibAsyncTransport"),
        }
    )
    guard_sockets()
    watch_starts()
