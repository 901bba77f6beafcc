"""OpenAI's usage: the pages of its Usage API and the CSV files of its dashboard. Input includes cached tokens in both.

Fields: openai-openapi commit f85dbe22, 2026-08-21; the columns of the CSV are known from third-party exports only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from migrate_cli.costs.usage.fields import amount, count, counted, first, flag, label, when
from migrate_cli.costs.usage.format import NO_MODEL, Columns, Format, Item, Reading
from migrate_cli.costs.usage.models import modality_of
from migrate_cli.costs.usage.record import Covered, Granularity, Usage

# Family of an endpoint, as in `organization.usage.completions.result`, to its modality; None: told by the model.
_FAMILIES = {
    "completions": None,
    "embeddings": "embedding",
    "moderations": "moderation",
    "images": "image",
    "audio_speeches": "audio",
    "audio_transcriptions": "audio",
}
_QUANTITIES = {"images": "images", "characters": "characters", "seconds": "seconds"}
_AUDIO = ("input_audio_tokens", "output_audio_tokens")
_COLUMNS = (
    "start_time end_time start_time_iso end_time_iso project_id project_name num_model_requests user_id user_email "
    "api_key_id api_key_name model batch service_tier input_tokens output_tokens input_cached_tokens "
    "input_uncached_tokens input_cache_write_tokens input_text_tokens output_text_tokens input_cached_text_tokens "
    "input_audio_tokens input_cached_audio_tokens output_audio_tokens input_image_tokens input_cached_image_tokens "
    "output_image_tokens images size source characters seconds organization_id organization_name"
)
_NO_BUCKETS = ({"object": "bucket", "results": []},)
_PERIOD = frozenset({"start_time", "end_time", "start_time_iso", "end_time_iso"})


def rows(value: Any) -> Iterator[Mapping[str, Any]]:
    """The rows in a page or bucket, each with the times of its bucket; an empty bucket as it is."""
    if not isinstance(value, dict):
        return
    if isinstance(value.get("data"), list):
        for bucket in value["data"] or _NO_BUCKETS:
            yield from rows(bucket)
        return
    found = first(value, "results", "result")
    if not isinstance(found, list):
        yield value
        return
    times = {name: value.get(name) for name in ("start_time", "end_time")}
    if not found:
        yield {"object": "bucket", **times}
    yield from ({**row, **times} for row in found if isinstance(row, dict))


def _family(row: Mapping[str, Any]) -> str | None:
    """`completions` of `organization.usage.completions.result`, None for other objects."""
    parts = str(row.get("object") or "").split(".")
    return parts[2] if len(parts) == 4 and parts[:2] == ["organization", "usage"] else None


def _fits(row: Mapping[str, Any]) -> bool:
    return _family(row) is not None


def _read_result(row: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    start, end = when(row.get("start_time")), when(row.get("end_time"))
    kind = _family(row)
    if empty_bucket(row):
        return (Item(Covered(reading.source, start, end)),)
    if kind not in _FAMILIES:
        return (reading.left(f"{kind or 'results of another kind'}: not priced by a model's tokens"),)
    return (_row(row, _FAMILIES[kind], start, end, reading, json.dumps(row, sort_keys=True)),)


def _read_line(row: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    start = when(first(row, "start_time_iso", "start_time"))
    end = when(first(row, "end_time_iso", "end_time"))
    if first(row, "model", "num_model_requests", "input_tokens", *_QUANTITIES) is None:
        return (Item(Covered(reading.source, start, end)),)
    return (_row(row, None, start, end, reading, "\x1f".join(row.values())),)


def _row(
    row: Mapping[str, Any],
    modality: str | None,
    start: datetime | None,
    end: datetime | None,
    reading: Reading,
    key: str,
) -> Item:
    model = label(row.get("model"))
    into, out = count(row.get("input_tokens")), count(row.get("output_tokens"))
    quantity, unit = _quantity(row)
    if model is None:
        return reading.left(NO_MODEL, into + out)
    usage = Usage(
        source=reading.source,
        granularity=Granularity.BUCKET,
        requested=None,
        answered=model,
        start=start,
        end=end,
        requests=count(row.get("num_model_requests")),
        input=into,
        cached=counted(row, "input_cached_tokens"),
        cache_write=counted(row, "input_cache_write_tokens"),
        output=out,
        batch=flag(row.get("batch")),
        tier=label(row.get("service_tier")),
        modality=_modality(row, model, modality, unit),
        quantity=quantity,
        unit=unit,
        project=label(row.get("project_id")),
    )
    return Item(usage, key)


def _quantity(row: Mapping[str, Any]) -> tuple[Decimal | None, str | None]:
    unit = next((name for name in _QUANTITIES if first(row, name) is not None), None)
    return (amount(row[unit]), _QUANTITIES[unit]) if unit else (None, None)


def _modality(row: Mapping[str, Any], model: str, modality: str | None, unit: str | None) -> str:
    if modality is not None:
        return modality
    if unit is not None:
        return "image" if unit == "images" else "audio"
    if any(count(row.get(name)) for name in _AUDIO):
        return "audio"
    if count(row.get("output_image_tokens")):
        return "image"
    return modality_of(model)


def empty_bucket(row: Mapping[str, Any]) -> bool:
    """Whether `rows` found a bucket without a row here, which tells nothing of its format."""
    return row.get("object") == "bucket"


USAGE_API = Format(
    name="openai-usage",
    title="OpenAI usage",
    about="pages of OpenAI's Usage API as JSON (completions, embeddings, images, …), asked for with group_by=model",
    read=_read_result,
    fits=_fits,
    parts=rows,
    ungrouped="the model is null in every row: ask for the usage again with group_by=model",
)
USAGE_CSV = Format(
    name="openai-usage-csv",
    title="OpenAI usage export",
    about="the usage CSV of OpenAI's dashboard, one file for each family of endpoints",
    read=_read_line,
    columns=Columns(
        signs=(
            frozenset({"start_time", "num_model_requests"}),
            frozenset({"start_time_iso", "num_model_requests"}),
            _PERIOD,
        ),
        needs=(("start_time", "start_time_iso"), ("model",), ("num_model_requests",)),
        known=frozenset(_COLUMNS.split()),
    ),
    ungrouped="no row names a model: export the usage again, grouped by model",
)
EMPTY_EXPORT = _PERIOD
"""All columns of the dashboard's export of a period without traffic."""
