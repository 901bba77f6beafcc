"""How a target is opened, and what it knows of models and hosts."""

from __future__ import annotations

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.model import UserError
from migrate_cli.targets.endpoint import Target, open_apart, open_target

CATALOGUE = open_catalogue()
HOSTED = tuple(name for name in CATALOGUE.provider_ids() if name not in ("local", "azure"))


def target(name: str, **options: object) -> Target:
    return open_target(CATALOGUE, name, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("ernie", "https://qianfan.baidubce.com/v2"),
        ("zhipu", "https://open.bigmodel.cn/api/paas/v4"),
        ("ark", "https://ark.cn-beijing.volces.com/api/v3"),
        ("deepseek", "https://api.deepseek.com"),
        ("dashscope", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
    ],
)
def test_base_urls_are_used_as_published(name: str, url: str) -> None:
    assert target(name).base_url == url


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_only_models_that_may_be_emitted_are_chosen(name: str) -> None:
    opened = target(name)
    chosen = {
        c.to for m in CATALOGUE.openai_models() if (c := opened.choose(m)) is not None and c.to is not None
    }
    assert all(opened.serves(model) for model in chosen)


@pytest.mark.parametrize("name", HOSTED)
def test_a_target_owns_its_own_base_url(name: str) -> None:
    assert target(name).owns(target(name).base_url)


@pytest.mark.parametrize("name", HOSTED)
def test_a_target_does_not_own_openai(name: str) -> None:
    assert not target(name).owns("https://api.openai.com/v1")


def test_a_lookalike_host_is_not_owned() -> None:
    assert not target("deepseek").owns("https://api.deepseek.com.example.org/v1")


def test_dated_and_fine_tuned_names_count_as_their_base() -> None:
    names = ("gpt-4o-2024-08-06", "ft:gpt-4o-2024-08-06:me::1")
    chosen = [c.to for n in names if (c := target("ernie").choose(n)) is not None]
    assert chosen == ["ernie-5.0", "ernie-5.0"]


def test_an_unknown_name_is_not_guessed() -> None:
    assert target("ernie").choose("my-deployment") is None


def test_the_users_own_choice_wins() -> None:
    chosen = target("ernie", models={"gpt-4o": "ernie-5.1"}).choose("gpt-4o")
    assert chosen is not None
    assert chosen.to == "ernie-5.1"


def test_a_retired_model_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"moonshot-v1-8k no longer answers on Moonshot AI \(Kimi\)"):
        target("kimi", models={"gpt-4o": "moonshot-v1-8k"})


def test_an_unknown_site_names_the_known_ones() -> None:
    with pytest.raises(UserError, match="has no site 'mars'; choose from: china"):
        target("ernie", site="mars")


def test_the_international_site_has_its_own_address() -> None:
    assert target("kimi", site="international").base_url == "https://api.moonshot.ai/v1"


def test_a_provider_without_the_service_cannot_take_it_over() -> None:
    with pytest.raises(UserError, match=r"--images-to: .*Kimi.* does not offer images; choose from: .*glm"):
        open_apart(open_catalogue(), "images", "kimi")


def test_what_is_not_known_of_a_provider_is_left_to_the_user() -> None:
    assert open_apart(open_catalogue(), "images", "baichuan").id == "baichuan"
