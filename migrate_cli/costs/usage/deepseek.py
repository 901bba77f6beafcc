"""DeepSeek's export, a zip of `amount-*.csv` and `cost-*.csv`: after a move, to hold the forecast against.

Columns: from a third-party importer; not confirmed by DeepSeek. Each row of an amount file counts one kind of token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate_cli.costs.usage.fields import Odd, amount, count, first, label, when
from migrate_cli.costs.usage.format import NO_MODEL, Columns, Format, Item, Reading
from migrate_cli.costs.usage.record import Billed, Granularity, Usage

# Type of a row to the counts it is a part of.
_COUNTS = {
    "input_cache_hit_tokens": frozenset({"input", "cached"}),
    "input_cache_miss_tokens": frozenset({"input"}),
    "output_tokens": frozenset({"output"}),
    "request_count": frozenset({"requests"}),
}
_COLUMNS = (
    "user_id utc_date start_time start_time_iso end_time end_time_iso model api_key_name api_key type price amount "
    "wallet_type cost currency"
)


def _read(row: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    return (_billed(row, reading) if "cost" in row else _counted(row, reading),)


def _counted(row: Mapping[str, Any], reading: Reading) -> Item:
    kind, size = str(row.get("type") or "").strip().lower(), count(row.get("amount"))
    model = label(row.get("model"))
    if kind not in _COUNTS:
        return reading.left("rows of a type that is not known")
    if model is None:
        return reading.left(NO_MODEL, 0 if kind == "request_count" else size)
    counts = dict.fromkeys(_COUNTS[kind], size)
    usage = Usage(
        source=reading.source,
        granularity=Granularity.BUCKET,
        requested=None,
        answered=model,
        start=when(first(row, "start_time_iso", "start_time", "utc_date")),
        end=when(first(row, "end_time_iso", "end_time")),
        requests=counts.get("requests", 0),
        input=counts.get("input", 0),
        cached=counts.get("cached", 0),
        output=counts.get("output", 0),
    )
    return Item(usage, "\x1f".join(row.values()))


def _billed(row: Mapping[str, Any], reading: Reading) -> Item:
    paid, currency = amount(row.get("cost")), label(row.get("currency"))
    if paid is None or currency is None:
        raise Odd("a cost or its currency is missing")
    billed = Billed(
        source=reading.source,
        amount=paid,
        currency=currency.upper(),
        start=when(first(row, "start_time_iso", "start_time", "utc_date")),
        end=when(first(row, "end_time_iso", "end_time")),
        item=label(row.get("model")),
    )
    return Item(billed, "\x1f".join(row.values()))


DEEPSEEK = Format(
    name="deepseek",
    title="DeepSeek export",
    about="DeepSeek's own export, the zip archive as it is or the files in it: to check the forecast after a move",
    read=_read,
    columns=Columns(
        signs=(frozenset({"model", "type", "price", "amount"}), frozenset({"model", "wallet_type", "cost"})),
        needs=(("model",), ("amount", "cost")),
        known=frozenset(_COLUMNS.split()),
    ),
)
