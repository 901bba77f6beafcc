"""A whole pytest run against one stand-in: the environment, the guard, and what is said at the end."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime.canaries import canaries, canary, forbidden
from migrate_cli.runtime.egress import GUARD, guarded_environment, refused_connections, unseen_programs
from migrate_cli.runtime.exchange import Exchange
from migrate_cli.runtime.log_line import line, summary
from migrate_cli.runtime.roles import player
from migrate_cli.runtime.standin import StandIn

_OUTSIDE = "outside any test"


def provider_called(name: str) -> Provider | None:
    """The provider of that name, None for `openai`; raises UserError for a name that is nobody's."""
    return player(name, lambda known: open_catalogue().provider(known))


class Suite:
    """The stand-in of a run and what its tests asked. Raises UserError when there is no such provider."""

    def __init__(self, name: str) -> None:
        self.provider = provider_called(name)
        self._config: pytest.Config | None = None
        self._test = _OUTSIDE
        self._asked: list[tuple[str, Exchange]] = []
        self._before = dict(os.environ)
        self._stack = ExitStack()

    def start(self) -> None:
        """Start the stand-in and let this process, and all it starts, reach nothing else."""
        key = canary(self.provider)
        keys = canaries([self.provider], open_catalogue(), self._before)
        home = Path(self._stack.enter_context(TemporaryDirectory(prefix="migrate-pytest-")))
        self._log = home / "log"
        closed = forbidden(keys, self._before, key)
        self.standin = self._stack.enter_context(StandIn(self.provider, key, closed, told=self._told))
        guarded = guarded_environment({**self._before, **keys}, self.standin, self._log)
        os.environ.clear()
        os.environ.update(guarded)
        sys.path.insert(0, str(GUARD))
        from migrate_egress.activation import activate

        activate()

    def _told(self, exchange: Exchange) -> None:
        shared = self._config is not None and self._config.pluginmanager.hasplugin("dsession")
        here = _OUTSIDE if shared else self._test  # of xdist's workers, several tests run at once
        self._asked.append((exchange.test or here, exchange))

    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep the settings of the run: they tell whether it is spread over workers."""
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """From here on requests belong to this test."""
        self._test = nodeid

    def pytest_runtest_logfinish(self) -> None:
        """The test is over."""
        self._test = _OUTSIDE

    @property
    def faults(self) -> list[str]:
        """Why the run does not pass, a line each; empty when it does."""
        found = [f"{test}: {line(each)}" for test, each in self._asked if each.verdict.refused or each.leaks]
        for escape in refused_connections(self._log):
            place = f" ({escape.source})" if escape.source else ""
            found.append(f"reached for {escape.host}{place}")
        return found if found or self._asked else ["not verified: no request reached the stand-in"]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A run that passed fails when a request was refused, another host was asked, or nothing was proved."""
        if session.exitstatus == pytest.ExitCode.OK and self.faults:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """What reached the stand-in, and what was wrong with it."""
        who = self.provider.name if self.provider is not None else "OpenAI"
        terminalreporter.section(f"migrate: stand-in of {who}")
        unseen = [f"not seen: {each.program}: {each.reason}" for each in unseen_programs(self._log)]
        for text in (*self.faults, *unseen, *summary(self.standin.exchanges)):
            terminalreporter.write_line(text)

    def pytest_unconfigure(self) -> None:
        """Stop the stand-in; the environment is as it was."""
        self._stack.close()
        os.environ.clear()
        os.environ.update(self._before)
