from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate_cli.costs.usage.fields import Odd, amount, count, flag, known_cost, label, mapping, text, when

NOON = datetime(2026, 11, 2, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("value", "number"), [(None, 0), ("", 0), (7, 7), ("7", 7), ("40.0", 40), (40.0, 40), ("4.8E+4", 48_000)]
)
def test_counts(value: object, number: int) -> None:
    assert count(value) == number


@pytest.mark.parametrize(
    "value", [-1, "-1", 1.5, "1,234", "1,0", True, [1], "NaN", "Infinity", "1e999999999", "x"]
)
def test_what_is_no_count(value: object) -> None:
    with pytest.raises(Odd):
        count(value)


@pytest.mark.parametrize(
    ("value", "number"), [("0.10", Decimal("0.10")), (0.1, Decimal("0.1")), (-5, Decimal(-5)), ("", None)]
)
def test_amounts_keep_their_digits(value: object, number: Decimal | None) -> None:
    assert str(amount(value)) == str(number)


@pytest.mark.parametrize("value", ["1,5", "$3", "inf", True, {}, "1e999999"])
def test_what_is_no_amount(value: object) -> None:
    with pytest.raises(Odd):
        amount(value)


def test_a_cost_of_zero_is_unknown() -> None:
    assert (known_cost("0.0"), known_cost("0.1")) == (None, Decimal("0.1"))


@pytest.mark.parametrize(
    "value",
    [
        1793620800,
        1793620800.0,
        "1793620800",
        1793620800_000,
        1793620800_000_000,
        1793620800_000_000_000,
        "1793620800000000000",
        "2026-11-02T12:00:00Z",
        "2026-11-02T12:00:00.000000000Z",
        "2026-11-02 12:00:00",
        "2026-11-02 12:00:00.000",
        "2026-11-02 12:00:00 UTC",
        "2026-11-02 12:00:00+00",
        "2026-11-02T20:00:00+0800",
        "2026-11-02T20:00:00.5+08:00",
    ],
)
def test_times(value: object) -> None:
    assert abs((when(value) or NOON.min) - NOON) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "value", ["yesterday", "02.11.2026", "20261102", 12.5, 0, True, [], "1e400", float("nan"), 1e300]
)
def test_what_is_no_time(value: object) -> None:
    with pytest.raises(Odd):
        when(value)


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())))
def test_any_value_is_read_or_refused(value: object) -> None:
    for reader in (count, amount, when, text, label, flag, mapping):
        try:
            reader(value)
        except Odd as odd:
            assert str(value) == "" or str(value) not in str(odd).split()


def test_texts_are_one_line_and_short() -> None:
    assert text(" a\tb\u2028c ") == "a b c"
    assert len(text("x" * 999) or "") == 200
    assert (text(3), text("  "), text("")) == (None, None, None)


def test_objects_may_be_written_as_texts() -> None:
    assert (mapping('{"a": 1}'), mapping({"a": 1})) == ({"a": 1}, {"a": 1})
    assert [mapping(value) for value in ("{'a': 1}", "[1]", "{", None, 5)] == [{}] * 5


@pytest.mark.parametrize(
    ("value", "says"), [(True, True), ("True", True), ("1", True), ("None", False), (2, False)]
)
def test_flags(value: object, says: bool) -> None:
    assert flag(value) is says
