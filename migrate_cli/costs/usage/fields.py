"""Values as exports write them: counts, amounts, times and texts. None and `""` are both nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from migrate_cli.files.secrets import mask

_LONGEST = 200
_DIGITS = 18
_FRACTION = re.compile(r"\.(\d+)")
_UTC = re.compile(r"\s*(?:Z|UTC|\+00)$", re.IGNORECASE)
_OFFSET = re.compile(r"([+-]\d\d)(\d\d)$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Times as numbers: nano-, micro- and milliseconds since 1970 are told by their size.
_EARLIEST = 10**9  # 2001; smaller numbers are durations, or dates without hyphens
_UNITS = ((10**17, 10**9), (10**14, 10**6), (10**11, 10**3))
_NOTHING: Mapping[str, Any] = {}


class Odd(ValueError):
    """A value that is not what its name says. The message never repeats the value."""


def first(record: Mapping[str, Any], *names: str) -> Any:
    """The first of these members that holds something, None without one."""
    for name in names:
        value = record.get(name)
        if value is not None and value != "":
            return value
    return None


def mapping(value: Any) -> Mapping[str, Any]:
    """An object, also one written as a JSON string; an empty one for anything else."""
    if isinstance(value, dict):
        return value
    if isinstance(value, str) and value[:1] == "{":
        try:
            parsed = json.loads(value)
        except (ValueError, RecursionError):
            return _NOTHING
        return parsed if isinstance(parsed, dict) else _NOTHING
    return _NOTHING


def count(value: Any) -> int:
    """A whole number of 0 or more, 0 for nothing. Raises Odd."""
    if type(value) is int and value >= 0:
        return value
    if value is None or value == "":
        return 0
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Odd("a count is not a number")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise Odd("a count is not a number") from None
    if not number.is_finite() or number < 0 or number.adjusted() > _DIGITS or number != int(number):
        raise Odd("a count is not a whole number of 0 or more")
    return int(number)


def counted(record: Mapping[str, Any], *names: str) -> int:
    """The first of these members as a count. Raises Odd."""
    for name in names:
        value = record.get(name)
        if value is not None and value != "":
            return count(value)
    return 0


def amount(value: Any) -> Decimal | None:
    """An amount as written, None for nothing. Raises Odd."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Odd("an amount is not a number")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise Odd("an amount is not a number") from None
    if not number.is_finite() or number.adjusted() > _DIGITS:
        raise Odd("an amount is not a number")
    return number


def known_cost(value: Any) -> Decimal | None:
    """What a tool worked out for a call; None for 0 as well, which stands for a price it does not know."""
    return amount(value) or None


def when(value: Any) -> datetime | None:
    """A time in UTC: ISO 8601, or seconds to nanoseconds since 1970; without a zone it is UTC. Raises Odd."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return _since_1970(value)
        if isinstance(value, str):
            return _since_1970(float(value)) if value.replace(".", "", 1).isdigit() else _written(value)
    except (ValueError, OverflowError, OSError):
        pass
    raise Odd("a time is not one")


def _since_1970(number: float) -> datetime:
    if number < _EARLIEST:
        raise Odd("a time is not one")
    unit = next((unit for least, unit in _UNITS if number >= least), 1)
    return datetime.fromtimestamp(number / unit, timezone.utc)


def _written(text: str) -> datetime:
    # Python 3.10 reads offsets with a colon and fractions of six digits only.
    plain = _OFFSET.sub(r"\1:\2", _UTC.sub("+00:00", text.strip())) if ":" in text else text.strip()
    plain = _FRACTION.sub(lambda found: f".{found[1][:6]:0<6}", plain, count=1)
    read = datetime.fromisoformat(plain)
    return read.replace(tzinfo=timezone.utc) if read.tzinfo is None else read.astimezone(timezone.utc)


def text(value: Any) -> str | None:
    """A name on one line, cut to 200 characters; None for anything else."""
    if not isinstance(value, str):
        return None
    if not (len(value) <= _LONGEST and value.isprintable()):
        value = _CONTROL.sub(" ", value[:_LONGEST])
    return value.strip() or None


@lru_cache(maxsize=4096)
def _masked(plain: str) -> str:
    return mask(plain)


def label(value: Any) -> str | None:
    """A name that may be shown, of a model or a line of a bill: as `text`, with anything like a key masked."""
    plain = text(value)
    return _masked(plain) if plain else None


def flag(value: Any) -> bool:
    """Whether a value says yes: true, `"true"`, `"1"`."""
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "1", "yes", "t"))
