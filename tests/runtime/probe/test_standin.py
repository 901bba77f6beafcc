"""The stand-in of each provider, probed over HTTP, does what the catalogue says: each checks the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from migrate_cli import api_probe
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Endpoint, Parameter, Provider, Restriction, Support, TargetModel
from migrate_cli.runtime.probe.aim import Aim
from migrate_cli.runtime.probe.verdict import Agreement, Run
from migrate_cli.runtime.standin import StandIn

KEY = "canary-0123456789abcdef"
CATALOGUE = open_catalogue(observed=False)
OWN_NAMES = {"local": "my-model", "azure": "my-deployment"}  # where the catalogue lists no models


def aimed(name: str, address: str, *, full: bool = False, model: str | None = None) -> Aim:
    """A probe of provider `name` at a stand-in."""
    chosen = model or OWN_NAMES.get(name)
    return api_probe.aim(name, base_url=address, model=chosen, full=full, catalogue=CATALOGUE)


def probed(played: Provider, *, full: bool = False, model: str | None = None) -> Run:
    """What a probe of `played`, as the catalogue knows it, shows."""
    with StandIn(played, KEY) as server:
        return api_probe.probe(aimed(played.id, server.address, full=full, model=model), KEY)


def different(done: Run) -> dict[str, tuple[str, str]]:
    """The questions that differ, with what was expected and what was seen."""
    return {t.asked.id: (t.asked.expected, t.observed) for t in done.told if t.agreement is Agreement.DIFFERS}


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_the_stand_in_of_every_provider_agrees_with_the_catalogue(name: str, full: bool) -> None:
    done = probed(CATALOGUE.provider(name), full=full)
    assert (different(done), done.stopped) == ({}, None)
    assert [t.asked.id for t in done.told if t.sent and t.agreement is Agreement.UNCLEAR] == []


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_the_short_set_is_about_twenty_and_the_full_one_holds_it(name: str) -> None:
    short, full = (aimed(name, "http://127.0.0.1:1", full=full).questions for full in (False, True))
    assert 17 <= len(short) <= 25
    assert {asked.id for asked in short} < {asked.id for asked in full}


def with_parameter(change: Callable[[Parameter], Parameter], name: str, provider: str) -> Provider:
    """The provider with another entry for one parameter."""
    known = CATALOGUE.provider(provider)
    return replace(known, parameters=tuple(change(p) if p.name == name else p for p in known.parameters))


def refuse(entry: Parameter) -> Parameter:
    """An entry that refuses every value."""
    return replace(entry, support=Support.REJECTED, restriction=None)


def ignore(entry: Parameter) -> Parameter:
    """An entry without effect."""
    return replace(entry, support=Support.IGNORED, restriction=None)


def narrow(entry: Parameter) -> Parameter:
    """An entry that takes one value."""
    return replace(entry, support=Support.RESTRICTED, restriction=Restriction(allowed=("auto",)))


def accept(entry: Parameter) -> Parameter:
    """An entry that takes everything."""
    return replace(entry, support=Support.SUPPORTED, restriction=None)


@pytest.mark.parametrize(
    ("provider", "name", "change", "differs"),
    [
        ("qwen", "seed", refuse, {"seed": ("accepted", "refused")}),
        ("deepseek", "presence_penalty", refuse, {"presence_penalty": ("ignored", "refused")}),
        ("deepseek", "role_developer", accept, {"developer": ("refused", "accepted")}),
        ("qwen", "n", ignore, {"n": ("accepted", "ignored")}),
        ("qwen", "logprobs", ignore, {"logprobs": ("accepted", "ignored")}),
        ("ernie", "tool_choice", narrow, {"required": ("accepted", "refused")}),
        ("glm", "tool_choice", accept, {"required": ("refused", "accepted")}),
        ("kimi", "n", accept, {"n": ("refused", "honoured")}),
    ],
)
def test_one_fact_that_is_not_so_is_one_difference(
    provider: str, name: str, change: Callable[[Parameter], Parameter], differs: dict[str, tuple[str, str]]
) -> None:
    assert different(probed(with_parameter(change, name, provider))) == differs


def test_an_endpoint_that_is_not_there_is_one_difference() -> None:
    known = CATALOGUE.provider("deepseek")
    gone = replace(known.endpoints["responses"], support=Support.REJECTED)
    endpoints: dict[str, Endpoint] = {**known.endpoints, "responses": gone}
    assert different(probed(replace(known, endpoints=endpoints))) == {"responses": ("accepted", "refused")}


def test_a_model_that_is_gone_is_missed_in_the_list_and_answers_no_more() -> None:
    known = CATALOGUE.provider("deepseek")
    gone = replace(known.models["deepseek-v4-pro"], status="retired")
    models: dict[str, TargetModel] = {**known.models, "deepseek-v4-pro": gone}
    assert different(probed(replace(known, models=models), full=True)) == {
        "models": ("all of them", "without deepseek-v4-pro"),
        "model deepseek-v4-pro": ("accepted", "refused"),
    }


def test_a_model_that_stopped_thinking_is_not_told_from_one_answer() -> None:
    known = CATALOGUE.provider("deepseek")
    models = {name: replace(model, thinking=None) for name, model in known.models.items()}
    done = probed(replace(known, models=models))
    assert {t.asked.id for t in done.told if t.agreement is Agreement.UNCLEAR} >= {"thinking"}


def test_vectors_of_another_width_are_one_difference() -> None:
    known = CATALOGUE.provider("glm")
    model = known.models["embedding-3"]
    assert model.embedding is not None
    narrower = replace(model, embedding=replace(model.embedding, dimensions=(1024, 2048, 512, 256)))
    done = probed(replace(known, models={**known.models, "embedding-3": narrower}))
    assert different(done) == {"embed": ("2048 numbers", "1024 numbers")}


def test_nothing_is_expected_of_a_model_that_the_catalogue_does_not_know() -> None:
    asked = {q.id: q.expected for q in aimed("doubao", "http://127.0.0.1:1", model="ep-2026-mine").questions}
    assert (asked["chat"], asked["thinking"]) == ("accepted", "unknown")
