"""Other machines are out of reach: name look-ups, connections and datagrams to them are refused and logged."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from migrate_egress.source import user_line

LOG = os.environ.get("MIGRATE_STANDIN_LOG", "")
ALLOWED = frozenset(host.lower() for host in os.environ.get("MIGRATE_STANDIN_ALLOW", "").split(",") if host)
_LOCAL = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost"})


def is_within_reach(host: object) -> bool:
    """Whether `host` is this machine (None and the empty name are what servers bind to), or allowed by the user."""
    name = (host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")).lower()
    if name in _LOCAL or name in ALLOWED or name == _own_name():
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse(host: object, port: object = None) -> None:
    """Log `host`, `port` and the program's line, and raise OSError; nothing when `host` is within reach.

    A line of the log is tab-separated: host, port (may be empty), FILE:LINE (may be empty).
    """
    if is_within_reach(host):
        return
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if LOG:
        line = "\t".join(_plain(part) for part in (name, port, user_line()))
        handle = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{line}\n".encode("utf-8", "backslashreplace"))
        finally:
            os.close(handle)
    raise OSError(f"the guard refused to reach {name}")


def guard_sockets() -> None:
    """Refuse from now on, in this process and what it forks. An audit hook also sees what C code does by itself."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, address: Any) -> Any:
            _refuse_address(address)  # before the name is looked up, which the audit hook is too late for
            return original(self, address)

        return call

    for name, function in (("connect", guarded(connect)), ("connect_ex", guarded(connect_ex))):
        setattr(socket.socket, name, function)
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event == "socket.getaddrinfo":
        if not _is_number(arguments[0]):  # the number itself is refused when it is connected to
            refuse(arguments[0], arguments[1])
    elif event in ("socket.gethostbyname", "socket.gethostbyaddr"):
        refuse(arguments[0])
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        _refuse_address(arguments[1])


def _refuse_address(address: Any) -> None:
    if (
        isinstance(address, tuple) and len(address) >= 2
    ):  # a path (a socket in the file system) is this machine
        refuse(address[0], address[1])


def _is_number(host: object) -> bool:
    try:
        ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return True


def _own_name() -> str:
    return socket.gethostname().lower()


def _plain(value: object) -> str:
    return "" if value is None else "".join(c for c in str(value) if c.isprintable())
