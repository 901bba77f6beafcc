"""Loaded by Python at start: sends requests for the provider to the stand-in, and refuses every other host.

Set from outside through variables: MIGRATE_STANDIN_URL (where the stand-in listens), MIGRATE_STANDIN_HOSTS (the
hosts it stands in for, separated by commas, `*` allowed; `HOST=URL` for one with a stand-in of its own),
MIGRATE_STANDIN_ALLOW (hosts that stay within reach) and MIGRATE_STANDIN_LOG (a file that gets one line per refused
connection). Standard library only: it runs in the program's environment. The program's own `sitecustomize`, which
this one hides, is run right after.

It does not see: a Python started with -I, -E or -S, which is told where what starts it is guarded; libraries that open
connections in C (libcurl, gRPC), which mostly heed the refusing proxy; programs that are neither Python nor Node
(`node.cjs` is for the latter); containers and other machines. On a Python older than 3.8 the program does not run at
all. On Linux, `unshare -rn sh -c 'ip link set lo up && migrate verify …'` leaves none of them a network.
"""

from __future__ import annotations

import os
import sys


def _run_the_programs_own() -> None:
    """Run the next `sitecustomize` on the path, as Python would have done without this one."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib is slow to import
    path = [entry for entry in sys.path if os.path.abspath(entry) != here]  # noqa: PTH100
    spec = PathFinder.find_spec("sitecustomize", path)
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


def _guard() -> None:
    """Activate the guard, or end the process: without it the program would reach the world with whatever it has."""
    try:
        from migrate_egress.activation import activate

        activate()
    except Exception as error:
        version = ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write(f"migrate: the guard does not work with Python {version}: {error!r}\n")
        sys.stderr.flush()
        os._exit(70)


if os.environ.get("MIGRATE_STANDIN_URL"):
    _guard()
_run_the_programs_own()
