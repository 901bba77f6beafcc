"""OpenAI's bill: the pages of its Costs API and the cost CSV of its dashboard. It holds discounts and credits.

Fields: openai-openapi commit f85dbe22, 2026-08-21; the header of the CSV as seen in 2026-09.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from migrate_cli.costs.usage.fields import Odd, amount, first, label, mapping, when
from migrate_cli.costs.usage.format import Columns, Format, Item, Reading
from migrate_cli.costs.usage.openai_usage import empty_bucket, rows
from migrate_cli.costs.usage.record import Billed, Covered

_OBJECT = "organization.costs.result"
_COLUMNS = (
    "start_time end_time start_time_iso end_time_iso amount_value amount_currency quantity quantity_unit line_item "
    "user_id api_key_id project_id organization_id project_name organization_name user_email api_source"
)


def _fits(row: Mapping[str, Any]) -> bool:
    return row.get("object") == _OBJECT


def _read_result(row: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    start, end = when(row.get("start_time")), when(row.get("end_time"))
    if empty_bucket(row):
        return (Item(Covered(reading.source, start, end, billed=True)),)
    paid = mapping(row.get("amount"))
    key = json.dumps(row, sort_keys=True)
    return (_line(row, paid.get("value"), paid.get("currency"), start, end, reading, key),)


def _read_row(row: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    start = when(first(row, "start_time_iso", "start_time"))
    end = when(first(row, "end_time_iso", "end_time"))
    if first(row, "amount_value", "line_item") is None:
        return (Item(Covered(reading.source, start, end, billed=True)),)
    key = "\x1f".join(row.values())
    return (_line(row, row.get("amount_value"), row.get("amount_currency"), start, end, reading, key),)


def _line(
    row: Mapping[str, Any],
    value: Any,
    currency: Any,
    start: datetime | None,
    end: datetime | None,
    reading: Reading,
    key: str,
) -> Item:
    paid = amount(value)
    if paid is None or not label(currency):
        raise Odd("an amount or its currency is missing")
    billed = Billed(
        source=reading.source,
        amount=paid,
        currency=str(label(currency)).upper(),
        start=start,
        end=end,
        item=label(row.get("line_item")),
        quantity=amount(row.get("quantity")),
        unit=label(row.get("quantity_unit")),
        project=label(row.get("project_id")),
    )
    return Item(billed, key)


COSTS_API = Format(
    name="openai-costs",
    title="OpenAI costs",
    about="pages of OpenAI's Costs API as JSON: what was billed, best asked for with group_by=line_item",
    read=_read_result,
    fits=_fits,
    parts=rows,
)
COSTS_CSV = Format(
    name="openai-costs-csv",
    title="OpenAI cost export",
    about="the cost CSV of OpenAI's dashboard",
    read=_read_row,
    columns=Columns(
        signs=(frozenset({"amount_value"}),),
        needs=(("start_time", "start_time_iso"), ("amount_value",), ("amount_currency",)),
        known=frozenset(_COLUMNS.split()),
    ),
)
