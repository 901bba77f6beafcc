from __future__ import annotations

import json

import pytest

import migrate_cli
from migrate_cli.report import cost_brief, cost_json, cost_page
from migrate_cli.report.page import text
from tests.cli.fakes import FakeApi


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> FakeApi:
    """The commands see this instead of the real verbs; the cost report is one word."""
    fake = FakeApi()
    monkeypatch.setattr(migrate_cli, "api", fake, raising=False)
    monkeypatch.setattr(cost_json, "costs_json", lambda costs: costs)
    monkeypatch.setattr(cost_page, "cost_page", lambda costs: costs)
    monkeypatch.setattr(text, "render_page", lambda page, console: console.print(json.dumps(page)))
    monkeypatch.setattr(
        cost_brief, "render_costs_brief", lambda costs, console: console.print(json.dumps({"brief": costs}))
    )
    return fake


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer's own terminal asks for must not change what is printed."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
