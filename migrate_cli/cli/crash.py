"""What an unexpected error leaves behind: one line for the screen and a log that can be pasted into an issue.

The log holds no source line, no argument and no key: frames as file, line and function, and the exceptions'
types with the first line of their messages, masked.
"""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import PurePath

from migrate_cli import __version__


def report(error: BaseException, command: str) -> str:
    """Write the log to the temporary directory and return the line that points to it."""
    from migrate_cli.files.output import write_log

    try:
        where = f"details to paste into an issue: {write_log(text(error, command))}"
    except OSError:
        where = "and the log could not be written to the temporary directory"
    return f"migrate: unexpected {_summary(error)}; {where}"


def text(error: BaseException, command: str) -> str:
    """The log as Markdown."""
    lines = [
        f"### migrate {__version__} failed",
        "",
        f"- command: `{command if command.isalpha() else 'none'}`",
        f"- Python {platform.python_version()} on {platform.system()} {platform.machine()}",
        "",
        "```",
    ]
    for link in _chain(error):
        lines += [_frame(frame) for frame in traceback.extract_tb(link.__traceback__, limit=-60)]
        lines.append(_summary(link))
    return "\n".join([*lines, "```", ""])


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what led to it, the first cause first; each once, as a chain can be a ring."""
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and all(link is not seen for seen in links):
        links.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return links[::-1]


def _frame(frame: traceback.FrameSummary) -> str:
    return f"{_short(frame.filename)}:{frame.lineno}:{frame.name}"


def _short(filename: str) -> str:
    """A path that says which module, not whose home directory."""
    parts = PurePath(filename).parts
    for root in ("site-packages", "migrate_cli"):
        if root in parts:
            start = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[start + (root == "site-packages") :])
    return os.path.basename(filename)  # noqa: PTH119


def _summary(error: BaseException) -> str:
    from migrate_cli.files.secrets import mask

    message = str(error).partition("\n")[0].strip()
    return f"{type(error).__name__}: {mask(message)}" if message else type(error).__name__
