"""Leads the requests of each HTTP library to the stand-in, below all that the program itself can see."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from migrate_egress.routes import marks, moved, standin
from migrate_egress.sockets import refuse


def redirect_httpx(module: ModuleType) -> None:
    """Patch the transports of httpx or httpx2, which openai 1.0 and later use."""

    def move(request: Any) -> None:
        url = str(request.url)
        there = moved(url)
        if there is not None:
            request.headers.update(marks(url))
            request.url = type(request.url)(there)

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
        there = moved(request.url)
        if there is not None:
            request.headers.update(marks(request.url))
            request.url = there
        return send(self, request, *args, **kwargs)

    module.HTTPAdapter.send = moved_send


def redirect_aiohttp(module: ModuleType) -> None:
    """Patch the request of aiohttp, at which a session's base URL has already been put in front."""
    build = module.ClientRequest.__init__

    def moved_init(self: Any, method: str, url: Any, *args: Any, **kwargs: Any) -> None:
        there = moved(str(url))
        if there is not None:
            headers = kwargs.get("headers")
            pairs = list(headers.items()) if headers else []  # a name may come twice
            kwargs["headers"] = [*pairs, *marks(str(url)).items()]
            url = type(url)(there, encoded=True)
        build(self, method, url, *args, **kwargs)

    module.ClientRequest.__init__ = moved_init


def redirect_http_client(module: ModuleType) -> None:
    """Patch http.client, on which urllib stands."""
    _redirect_connections(module.HTTPConnection, module.HTTPSConnection)
    putrequest = module.HTTPConnection.putrequest

    def marked(self: Any, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        done = putrequest(self, method, url, *args, **kwargs)
        if standin(_netloc(self)) is not None:
            scheme = "https" if self.default_port == 443 else "http"
            for name, value in marks(f"{scheme}://{_netloc(self)}{url}").items():
                self.putheader(name, value)
        return done

    module.HTTPConnection.putrequest = marked


def redirect_urllib3(module: ModuleType) -> None:
    """Patch the connections of urllib3, which open sockets and TLS by themselves; their requests are http.client's."""
    _redirect_connections(module.HTTPConnection, module.HTTPSConnection)


def guard_loop(name: str) -> Callable[[ModuleType], None]:
    """The patch for the event loop `name`: asyncio's looks names up in a thread, where nobody knows the line of the
    program any more, and uvloop's opens connections below Python's sockets."""

    def guard(module: ModuleType) -> None:
        loop = getattr(module, name)
        create = loop.create_connection

        async def create_connection(
            self: Any, factory: Any, host: Any = None, port: Any = None, **more: Any
        ) -> Any:
            refuse(host, port)
            return await create(self, factory, host, port, **more)

        loop.create_connection = create_connection

    return guard


def forget_proxies(module: ModuleType) -> None:
    """Patch urllib.request, which tells every library of the proxies: they are for programs that are not Python."""
    for name in ("getproxies", "getproxies_environment"):
        setattr(module, name, dict)


def redirect_lm15(name: str) -> Callable[[ModuleType], None]:
    """The patch for one of the two transports that DSPy 3.4 carries with it and writes to sockets with."""

    def redirect(module: ModuleType) -> None:
        transport = getattr(module, name)
        stream = transport.stream

        def moved_stream(self: Any, request: Any) -> Any:
            there = moved(request.url)
            if there is not None:
                request.headers = [*request.headers, *marks(request.url).items()]
                request.url = there
            return stream(self, request)

        transport.stream = moved_stream

    return redirect


def _redirect_connections(*classes: Any) -> None:
    for kind in classes:
        if "connect" in vars(kind):
            kind.connect = _moved_connect(kind.connect)


def _moved_connect(connect: Callable[..., Any]) -> Callable[..., Any]:
    def moved_connect(self: Any) -> Any:
        address = standin(_netloc(self))
        if address is None:
            return connect(self)
        import socket

        here = urlsplit(address)
        timeout = self.timeout if isinstance(self.timeout, (int, float)) else None
        self.sock = socket.create_connection((here.hostname, here.port), timeout)
        self.is_verified = True  # urllib3 warns of a connection that has no certificate
        return None

    return moved_connect


def _netloc(connection: Any) -> str:
    usual = connection.port in (None, connection.default_port)
    return str(connection.host) if usual else f"{connection.host}:{connection.port}"
