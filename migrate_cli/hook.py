"""The entry of the pre-commit hooks: filter on bytes, start the command line only for a file that qualifies.

Most commits touch no file that mentions OpenAI; for them this costs little more than starting Python.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from migrate_cli.files.prefilter import is_seed, read_bytes


def main(argv: Sequence[str] | None = None) -> int:
    """Run `migrate COMMAND --quiet ...` if any file among the arguments may use OpenAI, else return 0."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not any(_qualifies(argument) for argument in arguments[1:] if not argument.startswith("-")):
        return 0
    from migrate_cli.__main__ import main as run

    return run([*arguments[:1], "--quiet", *arguments[1:]])


def _qualifies(argument: str) -> bool:
    """Whether to look closer: a seed, or something that only the full tool can explain to the user."""
    try:
        return is_seed(read_bytes(argument))
    except FileNotFoundError:
        return False  # the value of an option, such as a provider's name
    except OSError:
        return True


if __name__ == "__main__":
    sys.exit(main())
