"""Who answers at which path: one provider everywhere, or each below its own name and nobody elsewhere."""

from __future__ import annotations

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.exchange import Request
from migrate_cli.runtime.roles import Role, cast, every_role
from migrate_cli.runtime.standin import StandIn
from tests.runtime.acme import ACME, KEY, USER, chat

ALL = every_role([ACME, open_catalogue().provider("glm")])


@pytest.mark.parametrize(
    ("path", "name", "rest"),
    [
        ("/acme/api/v9/models", "acme", "/api/v9/models"),
        ("/glm/api/paas/v4/models?x=1", "glm", "/api/paas/v4/models?x=1"),
        ("/openai/v1/models", "openai", "/v1/models"),
    ],
)
def test_the_prefix_chooses_and_is_taken_off(path: str, name: str, rest: str) -> None:
    found = cast(ALL, Request("GET", path, {}))
    assert found is not None
    assert (found[0].name, found[1].path) == (name, rest)


@pytest.mark.parametrize("path", ["/", "/acme", "/acmes/api/v9/models", "/api/v9/models", "//acme/api/v9"])
def test_nobody_is_played_elsewhere(path: str) -> None:
    assert cast(ALL, Request("GET", path, {})) is None


def test_one_role_takes_every_path_as_it_is() -> None:
    request = Request("GET", "/glm/anything", {})
    assert cast((Role(ACME, KEY),), request) == (Role(ACME, KEY), request)


def test_addresses_lead_below_the_prefix() -> None:
    addresses = {role.name: role.addresses("http://127.0.0.1:1")[0] for role in ALL}
    assert addresses["acme"] == "http://127.0.0.1:1/acme/api/v9"
    assert addresses["openai"] == "http://127.0.0.1:1/openai/v1"


def test_a_key_opens_its_own_provider_only() -> None:
    with StandIn(None, "", roles=ALL) as standin:
        body = chat().body
        paths = ("/acme/api/v9/chat/completions", "/glm/api/paas/v4/chat/completions", "/chat/completions")
        sent = {"authorization": "Bearer standin-acme"}
        statuses = [standin.answer(Request("POST", path, sent, body)).status for path in paths]
    assert statuses == [200, 401, 404]
    assert USER["content"] not in "".join(map(str, standin.exchanges))
