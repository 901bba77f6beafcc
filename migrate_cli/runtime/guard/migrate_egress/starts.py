"""Writes down what the program starts that the guard does not see, so that a verdict does not pass over it."""

from __future__ import annotations

import os
import sys
from typing import Any

from migrate_egress.blind import blind, split
from migrate_egress.source import user_line

LOG = os.environ.get("MIGRATE_STANDIN_LOG", "")
SUFFIX = ".unseen"
_WORDS = {"subprocess.Popen": 1, "os.exec": 1, "os.posix_spawn": 1, "os.spawn": 2, "os.system": 0}


def watch_starts() -> None:
    """Look at the words of every start from now on; nothing is changed or held up."""
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    at = _WORDS.get(event)
    if at is None or not LOG:
        return
    words = _plain(arguments[at])
    reason = blind(words)
    if reason is not None:
        _write("\t".join((os.path.basename(words[0]), reason, user_line() or "")))  # noqa: PTH119


def _plain(words: Any) -> list[str]:
    if isinstance(words, (str, bytes)):
        line: list[str] = split(os.fsdecode(words))
        return line
    return [os.fsdecode(word) for word in words if isinstance(word, (str, bytes, os.PathLike))]


def _write(line: str) -> None:
    """A line of the file: program, reason, FILE:LINE (may be empty), separated by tabs. Arguments may hold secrets."""
    clean = "".join(char for char in line if char == "\t" or char.isprintable())
    handle = os.open(LOG + SUFFIX, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{clean}\n".encode("utf-8", "backslashreplace"))
    finally:
        os.close(handle)
