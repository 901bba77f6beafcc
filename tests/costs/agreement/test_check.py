"""Where our prices and open data differ by more than 5%, and what is due for another look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.agreement.check import check
from migrate_cli.costs.agreement.compare import Agreement, compare
from migrate_cli.costs.agreement.rows import Dataset, Row
from migrate_cli.costs.agreement.stale import stale_facts
from migrate_cli.model import UserError

CATALOGUE = open_catalogue()
TODAY = date(2026, 11, 22)
RATE = Decimal("6.6529")


def against(model: str, site: str | None = "china", provider: str = "glm", **rates: str) -> Agreement:
    given: Mapping[str, Decimal | None] = {
        rate: Decimal(rates[rate]) if rate in rates else None for rate in ("input", "cached_input", "output")
    }
    return compare(CATALOGUE, Dataset("litellm", (Row(provider, site, model, given),), 3), RATE)


def test_a_yuan_price_divided_by_an_old_rate_is_found_out() -> None:
    (found,) = against("GLM-5.3", input="1.103").differences  # 8 yuan at 7.25
    assert (found.ours, found.currency, found.as_of) == (8, "CNY", "2026-10-27")
    assert found.change is not None and round(found.change, 3) == Decimal("-0.083")
    assert found.implied is not None and round(found.implied, 2) == Decimal("7.25")


def test_five_percent_is_close_enough() -> None:
    assert against("glm-5.3", input=str(8 / RATE * Decimal("1.05"))).differences == ()
    assert against("glm-5.3", input=str(8 / RATE * Decimal("1.0501"))).differences != ()


def test_a_dollar_price_needs_no_rate() -> None:
    (found,) = against("gpt-4o", None, "openai", output="11").differences
    assert (found.change, found.implied) == (Decimal("0.1"), None)


def test_regions_are_kept_apart() -> None:
    assert against("glm-5.3", "international", input="1.40").differences == ()
    assert against("glm-5.3", "china", input="1.40").differences != ()


def test_what_we_do_not_price_is_counted_and_not_judged() -> None:
    found = against("glm-99", input="1")
    assert (found.compared, found.differences, found.unknown, found.others) == (0, (), 1, 3)


def test_a_rate_that_one_side_lacks_is_not_compared() -> None:
    assert against("glm-5.3", output="4.2").compared == 1


def test_free_here_and_not_there_is_a_difference_without_percent() -> None:
    (found,) = against("Qwen/Qwen3-8B", provider="siliconflow", input="0.06").differences
    assert (found.ours, found.change, found.implied) == (0, None, None)


def test_models_that_are_gone_are_left_in_peace() -> None:
    assert against("deepseek-chat", "international", "deepseek", input="9").unknown == 1


def test_every_old_fact_is_older_than_sixty_days() -> None:
    facts = stale_facts(CATALOGUE, TODAY)
    assert facts
    assert all(fact.days is None or fact.days > 60 for fact in facts)


def test_on_the_day_of_reading_less_is_old_than_a_year_later() -> None:
    assert len(stale_facts(CATALOGUE, TODAY)) < len(stale_facts(CATALOGUE, date(2027, 11, 22)))


def test_what_is_over_does_not_grow_stale() -> None:
    named = {(fact.owner, fact.name) for fact in stale_facts(CATALOGUE, date(2030, 1, 1))}
    assert not any("glm-4-0520" in name for _, name in named)
    assert ("qwen", "alibaba-2024-bailian") not in named
    assert ("openai", "gpt-6-luna") in named


def test_no_data_set_no_difference() -> None:
    found = check(CATALOGUE, [], TODAY, None)
    assert (found.agreements, found.differs) == ((), False)


@pytest.mark.parametrize(("rate", "differs"), [(None, True), (Decimal("7.25"), False)])
def test_the_users_own_rate_is_used(tmp_path: Path, rate: Decimal | None, differs: bool) -> None:
    data: Any = [{"id": "zhipuai", "models": [{"id": "GLM-5.3", "prices": {"input_mtok": 1.103}}]}]
    (tmp_path / "genai.json").write_text(json.dumps(data), encoding="utf-8")
    assert check(CATALOGUE, [tmp_path / "genai.json"], TODAY, rate).differs is differs


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        check(CATALOGUE, [tmp_path / name], TODAY, None)
