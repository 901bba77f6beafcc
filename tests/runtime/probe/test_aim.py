"""Whom a probe asks, with which key, and what is refused before anything is sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrate_cli import api_probe
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.model import UserError
from migrate_cli.runtime.probe.aim import Aim, address, read_key
from tests.runtime.acme import ACME, BASE

CATALOGUE = open_catalogue(observed=False)
AIM = Aim(ACME, "china", BASE, "ACME_API_KEY", "chat-1", None, False)
LOCAL = replace(AIM, base_url="http://127.0.0.1:8000/v1", key_variable="OPENAI_API_KEY")


def test_the_first_platform_is_asked_unless_another_is_named() -> None:
    aims = [
        api_probe.aim("qwen", catalogue=CATALOGUE),
        api_probe.aim("qwen", site="international", catalogue=CATALOGUE),
    ]
    assert [(aim.site, aim.host) for aim in aims] == [
        ("china", "dashscope.aliyuncs.com"),
        ("international", "dashscope-intl.aliyuncs.com"),
    ]
    assert all(aim.preferred for aim in aims)


def test_the_model_is_the_usual_replacement_unless_one_is_named() -> None:
    usual = CATALOGUE.replacement(CATALOGUE.provider("glm"), "gpt-4o-mini")
    assert usual is not None
    assert api_probe.aim("glm", catalogue=CATALOGUE).model == usual.to
    assert api_probe.aim("glm", model="glm-4.7", catalogue=CATALOGUE).model == "glm-4.7"


@pytest.mark.parametrize("url", ["https://gateway.example/v1", "http://127.0.0.1:8399/v1"])
def test_another_address_is_no_site_and_not_preferred(url: str) -> None:
    aim = api_probe.aim("deepseek", base_url=url, catalogue=CATALOGUE)
    assert (aim.site, aim.base_url, aim.preferred) == (None, url, False)


@pytest.mark.parametrize(
    ("name", "options", "why"),
    [
        ("deepsek", {}, "did you mean 'deepseek'"),
        ("deepseek", {"site": "moon"}, "choose from: china, international"),
        ("azure", {}, "name your own address with --base-url"),
        ("local", {}, "say which model to ask with --model"),
        ("deepseek", {"base_url": "http://api.deepseek.com"}, "not encrypted"),
    ],
)
def test_what_cannot_be_asked_is_one_line(name: str, options: dict[str, str], why: str) -> None:
    with pytest.raises(UserError, match=why):
        api_probe.aim(name, catalogue=CATALOGUE, **options)


def test_a_provider_without_an_endpoint_is_not_asked() -> None:
    with pytest.raises(UserError, match="has no endpoint to probe"):
        address(replace(ACME, sites=()), None, None)


@pytest.mark.parametrize(
    ("aim", "named", "environment", "key"),
    [
        (AIM, None, {"ACME_API_KEY": " secret\n"}, "secret"),
        (AIM, "OTHER", {"ACME_API_KEY": "no", "OTHER": "yes"}, "yes"),
        (LOCAL, None, {"OPENAI_API_KEY": "openai's own"}, "EMPTY"),
        (LOCAL, "OPENAI_API_KEY", {"OPENAI_API_KEY": "named"}, "named"),
        (replace(LOCAL, key_variable="VLLM_API_KEY"), None, {}, "EMPTY"),
        (replace(LOCAL, key_variable="VLLM_API_KEY"), None, {"VLLM_API_KEY": "mine"}, "mine"),
    ],
)
def test_the_key_is_that_of_the_variable(
    aim: Aim, named: str | None, environment: dict[str, str], key: str
) -> None:
    assert read_key(aim, named, environment) == key


@pytest.mark.parametrize(
    ("aim", "named", "environment", "why"),
    [
        (AIM, None, {}, "set ACME_API_KEY to your key for api.acme.example"),
        (AIM, None, {"ACME_API_KEY": "  "}, "set ACME_API_KEY"),
        (AIM, "OTHER", {"ACME_API_KEY": "no"}, "set OTHER to your key"),
        (AIM, None, {"ACME_API_KEY": "two words"}, "ACME_API_KEY does not hold a key"),
        (AIM, None, {"ACME_API_KEY": "schlüssel"}, "ACME_API_KEY does not hold a key"),
        (AIM, None, {"ACME_API_KEY": "a\nb"}, "ACME_API_KEY does not hold a key"),
        (LOCAL, "OTHER", {}, "set OTHER to your key"),
        (replace(AIM, key_variable=None), None, {}, "name the variable that holds the key"),
    ],
)
def test_without_a_key_nothing_is_sent(
    aim: Aim, named: str | None, environment: dict[str, str], why: str
) -> None:
    with pytest.raises(UserError, match=why) as error:
        read_key(aim, named, environment)
    assert "words" not in str(error.value)
