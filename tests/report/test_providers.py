from __future__ import annotations

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.report.providers import render_provider, render_providers
from tests.cli.fakes import provider
from tests.report.pages import drawn

CATALOGUE = open_catalogue()


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_every_provider_can_be_shown_with_its_addresses_whole(name: str) -> None:
    known = CATALOGUE.provider(name)
    page = drawn(lambda c: render_provider(known, (), c, sources=True))
    assert [site.base_url for site in known.sites if f": {site.base_url}  [as of " not in page] == []


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_no_price_that_is_unknown_is_shown_as_nothing(name: str) -> None:
    page = drawn(lambda c: render_provider(CATALOGUE.provider(name), CATALOGUE.offers(), c))
    assert "None" not in page.replace("none", "")


def test_the_list_never_breaks_an_address() -> None:
    long = f"https://{'sub.' * 40}example/v1"
    site = provider().sites[0].__class__("china", long, None, None, None, provider().key_variable_fact)
    assert f"  {long}  " in drawn(lambda c: render_providers([provider(sites=(site,))], c))


def test_a_provider_without_pitfalls_has_no_section_for_them() -> None:
    assert "Mind" not in drawn(lambda c: render_provider(provider(), (), c))


def test_offers_come_with_their_verdict() -> None:
    page = drawn(lambda c: render_provider(provider(), CATALOGUE.offers(), c))
    assert all(offer.verdict.replace("_", " ") in page for offer in CATALOGUE.offers())
