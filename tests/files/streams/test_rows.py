from __future__ import annotations

import csv

import pytest

from migrate_cli.files.streams.rows import table
from migrate_cli.files.streams.values import Broken, Value
from migrate_cli.model import UserError


def rows(data: bytes) -> list[Value | Broken]:
    return list(table(iter([data[:9], data[9:]]), "usage.csv").rows)


@pytest.mark.parametrize(
    "data",
    [
        b"Model,Tokens\ngpt-4o,12\n",
        b"\r\nModel, Tokens \r\ngpt-4o,12\r\n\r\n",
        b"Model;Tokens\ngpt-4o;12",
        b"model\ttokens\ngpt-4o\t12\n",
    ],
)
def test_rows_are_read_by_the_names_in_the_header(data: bytes) -> None:
    assert [row.value for row in rows(data) if isinstance(row, Value)] == [
        {"model": "gpt-4o", "tokens": "12"}
    ]


def test_fields_may_hold_newlines_and_more_than_the_usual_limit() -> None:
    prompt = "line one\nline two, " + "x" * 200_000
    found = rows(f'model,prompt\ngpt-4o,"{prompt}"\ngpt-4o,short\n'.encode())
    assert [row.value["prompt"] for row in found if isinstance(row, Value)] == [prompt, "short"]
    assert [row.line for row in found] == [2, 4]


def test_the_limit_of_the_process_is_put_back() -> None:
    before = csv.field_size_limit()
    rows(b"a,b\n1,2\n")
    assert csv.field_size_limit() == before


def test_a_row_of_another_length_is_broken_and_the_rest_counts() -> None:
    assert rows(b"a,b\n1,2\n3\n4,5\n") == [
        Value(2, {"a": "1", "b": "2"}),
        Broken(3, cut=False),
        Value(4, {"a": "4", "b": "5"}),
    ]


def test_a_last_row_that_is_too_short_is_cut() -> None:
    assert rows(b"a,b\n1,2\n3")[-1] == Broken(3, cut=True)


@pytest.mark.parametrize(("data", "line"), [(b"a,b\n1,\xe9\n", "line 2"), (b"a,\xe9\n1,2\n", "line 1")])
def test_other_encodings_are_refused(data: bytes, line: str) -> None:
    with pytest.raises(UserError, match=rf"^usage\.csv, {line}: not UTF-8 text"):
        rows(data)


def test_a_quote_that_is_never_closed_is_refused_rather_than_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrate_cli.files.streams.rows._FIELD", 1_000)
    with pytest.raises(UserError, match=r"^usage\.csv, line 3: not a table that can be read \(field larger"):
        rows(b'a,b\n1,2\n"3,4\n' + b"5,6\n" * 1_000)


def test_a_header_that_is_none_is_refused() -> None:
    with pytest.raises(UserError, match=r"^usage\.csv, line 1: not the header of a table"):
        rows(b"model\rtokens\n1\n")
