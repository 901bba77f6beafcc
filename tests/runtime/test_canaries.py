"""Which variables get a canary, which are left as they are, and what no stand-in may be given."""

from __future__ import annotations

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.canaries import canaries, canary, forbidden, openai_keys

KNOWN = open_catalogue()
GLM = KNOWN.provider("glm")


@pytest.mark.parametrize("given", [{}, {"OPENAI_API_KEY": "x"}, {"OPENAI_API_TYPE": "azure"}])
def test_a_key_of_azure_is_not_invented(given: dict[str, str]) -> None:
    assert openai_keys(given) == {"OPENAI_API_KEY": canary(None)}


def test_the_provider_gets_its_key_and_those_of_its_own_sdks() -> None:
    keys = canaries([GLM], KNOWN, {})
    assert keys == dict.fromkeys(keys, canary(GLM)) | {"OPENAI_API_KEY": canary(None)}
    assert {"ZAI_API_KEY", "ZHIPUAI_API_KEY"} <= set(keys)


def test_keys_of_other_providers_are_exchanged_only_where_they_are_set() -> None:
    given = {"MOONSHOT_API_KEY": "sk-moonshot", "HOME": "/root"}
    keys = canaries([GLM], KNOWN, given)
    assert keys["MOONSHOT_API_KEY"] == canary(KNOWN.provider("kimi"))
    assert not {"HOME", "DEEPSEEK_API_KEY"} & set(keys)


def test_the_users_key_and_every_other_canary_are_forbidden() -> None:
    keys = canaries([GLM], KNOWN, {})
    assert forbidden(keys, {"OPENAI_API_KEY": "sk-mine-0123"}, canary(GLM)) == (canary(None), "sk-mine-0123")


def test_a_short_value_is_no_key() -> None:
    assert forbidden({}, {"OPENAI_API_KEY": "test"}, canary(GLM)) == ()
