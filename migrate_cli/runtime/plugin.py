"""pytest plugin: `--migrate-standin=ernie` runs a suite against a stand-in, and `migrate_standin` starts one in a test.

Loaded by pytest at each of its starts wherever the package is installed: nothing but pytest is imported until asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from migrate_cli.runtime.standin import StandIn

_NAME = "migrate-standin-suite"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option."""
    parser.getgroup("migrate").addoption(
        "--migrate-standin",
        metavar="PROVIDER",
        help="run the suite against a strict stand-in of this provider (or of openai); all other hosts are refused",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the scene before any conftest.py makes a client; a worker of a run that has a stand-in shares it."""
    name = early_config.known_args_namespace.migrate_standin
    if not name or os.environ.get("MIGRATE_STANDIN_URL"):
        return
    from migrate_cli.model import UserError
    from migrate_cli.runtime.suite import Suite

    try:
        suite = Suite(name)
    except UserError as error:
        raise pytest.UsageError(f"--migrate-standin: {error}") from None
    suite.start()
    early_config.pluginmanager.register(suite, _NAME)


@pytest.fixture
def migrate_standin() -> Iterator[Callable[..., StandIn]]:
    """Start stand-ins: `migrate_standin("glm").address` is a base URL, `.key` opens it, `.refused` is what went wrong.

    `hostile=True` meets each request with another unfriendly answer. They stop when the test ends.
    """
    from contextlib import ExitStack

    from migrate_cli.runtime.hostile.server import Hostile
    from migrate_cli.runtime.roles import standin_key
    from migrate_cli.runtime.standin import StandIn
    from migrate_cli.runtime.suite import provider_called

    with ExitStack() as stack:

        def play(provider: str = "openai", *, hostile: bool = False) -> StandIn:
            found = provider_called(provider)
            key = standin_key(found.id if found is not None else "openai")
            return stack.enter_context(StandIn(found, key, hostile=Hostile() if hostile else None))

        yield play
