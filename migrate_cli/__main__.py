"""The entry of `migrate`: what must work before anything heavy is imported, and how every run ends.

User errors are one line and exit 2; anything unexpected is one line, a log ready to paste, and exit 3;
Ctrl-C exits 130; a closed pipe is quiet.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

from migrate_cli import __version__

# as in `cli.exits`, which an interrupt may keep from being imported
INTERRUPTED, PROBLEM = 130, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run `migrate` with `argv` (default: the command line) and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _version() if arguments in (["--version"], ["-V"]) else _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _closed_pipe()
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return _full_disk(error)
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        what_was = "; no file is half-written, `migrate undo` takes back what was."
        _complain(f"migrate: interrupted{what_was if 'rewrite' in arguments[:1] else ''}", code)
    return code


def _version() -> int:
    print(f"migrate {__version__}")
    return 0


def _run(arguments: list[str]) -> int:
    _never_fail_on_encoding()
    from migrate_cli.cli import exits
    from migrate_cli.model import UserError

    try:
        from migrate_cli.cli.app import run

        return run(arguments)
    except UserError as error:
        return _complain(f"migrate: {error}", exits.USAGE)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        return _crash(error, arguments)
    except Exception as error:
        return _crash(error, arguments)


def _full_disk(error: OSError) -> int:
    """The output could not be written; what the buffer still holds goes nowhere, or the last flush fails as well."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _complain(f"migrate: cannot write the output: {error.strerror}", PROBLEM)


def _crash(error: Exception, arguments: list[str]) -> int:
    from migrate_cli.cli import crash, exits

    command = next((argument for argument in arguments if not argument.startswith("-")), "")
    return _complain(crash.report(error, command), exits.PROBLEM)


def _complain(line: str, code: int) -> int:
    """Print one line, whatever was typed or lies in the way: no key, no second line, no control character."""
    from migrate_cli.files.secrets import mask
    from migrate_cli.report.words import visible

    clear = "\r\x1b[K" if sys.stderr.isatty() else ""  # a line of progress may stand there
    print(f"{clear}{visible(mask(line))}", file=sys.stderr)
    return code


def _never_fail_on_encoding() -> None:
    """A terminal that cannot show a character gets an escape, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _closed_pipe() -> int:
    """The reader went away (`migrate scan | head`): say nothing, also at the last flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


if __name__ == "__main__":
    sys.exit(main())
