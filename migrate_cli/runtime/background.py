"""A server that answers in a thread of its own while a `with` block runs."""

from __future__ import annotations

import threading
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import TypeVar

_LOOK = 0.05  # seconds between two looks at whether it is to end
_Self = TypeVar("_Self", bound="Background")


class Background:
    """Serves with `server` from the start of the block to its end; then the port is free again."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._serving = server
        self._thread = threading.Thread(target=server.serve_forever, args=(_LOOK,), daemon=True)

    def __enter__(self: _Self) -> _Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._serving.shutdown()
        self._thread.join()
        self._serving.server_close()
