"""Which models are answered: deprecated ones with a remark, retired ones not, and endpoints of one's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrate_cli.runtime.checks.model import Served, served
from migrate_cli.runtime.exchange import Refusal
from tests.runtime.acme import ACME, model
from tests.runtime.test_real_providers import USER, ask

LEAVING = {name: model(name, status="deprecated") for name in ("soon-1", "late-1")}
DATED = {
    "soon-1": replace(LEAVING["soon-1"], retired_on="2020-01-31"),
    "late-1": replace(LEAVING["late-1"], retired_on="2999-01-31"),
    "past-1": replace(model("past-1", status="preview"), retired_on="2020-01-31"),
}
PROVIDER = replace(ACME, models=DATED)


def test_a_deprecated_model_is_answered_until_its_day_and_noted() -> None:
    found = served({"model": "late-1"}, "chat.completions", PROVIDER)
    assert isinstance(found, Served)
    assert found.notes.unproven == ("model late-1: deprecated, to be retired on 2999-01-31",)


@pytest.mark.parametrize("name", ["soon-1", "past-1"])
def test_after_its_day_it_is_refused(name: str) -> None:
    found = served({"model": name}, "chat.completions", PROVIDER)
    assert isinstance(found, Refusal)
    assert found.reason == f"the model {name} is retired since 2020-01-31"


@pytest.mark.parametrize(
    ("provider", "name"),
    [("deepseek", "deepseek-v4-flash"), ("qwen", "qwen-turbo"), ("glm", "glm-4.5-flash")],
)
def test_what_is_on_its_way_out_is_still_answered(provider: str, name: str) -> None:
    verdict = ask(provider, "/chat/completions", messages=[USER], model=name)
    assert verdict.refused is None
    assert verdict.notes.unproven == (f"model {name}: deprecated, and no end is announced",)


@pytest.mark.parametrize(
    ("provider", "name"), [("deepseek", "deepseek-chat"), ("qwen", "qwen-max-0403"), ("glm", "glm-4")]
)
def test_what_is_gone_is_refused(provider: str, name: str) -> None:
    assert ask(provider, "/chat/completions", messages=[USER], model=name).refused is not None


@pytest.mark.parametrize("provider", ["doubao", "hunyuan"])
def test_an_endpoint_of_ones_own_is_answered_and_nothing_is_claimed_of_its_model(provider: str) -> None:
    verdict = ask(provider, "/chat/completions", messages=[USER], model="ep-20260101-abcde")
    assert verdict.refused is None
    assert verdict.notes.unproven == ("model: which one is behind an id ep-… of one's own",)


@pytest.mark.parametrize("provider", ["glm", "kimi"])
def test_others_have_no_such_endpoints(provider: str) -> None:
    refused = ask(provider, "/chat/completions", messages=[USER], model="ep-20260101-abcde").refused
    assert refused is not None
    assert refused.check == "model"
