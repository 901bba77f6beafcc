"""How old a dated fact is."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(r"(?<!\d)(20\d\d)(?:-(\d\d))?(?:-(\d\d))?(?!\d)")
_STALE_DAYS = 90


def as_date(text: str | None) -> date | None:
    """The oldest date that `text` names, taking a month or year at its first day; None when it names none.

    Several dates mean several sources: the figure is only sure to be as fresh as the oldest.
    """
    found = []
    for year, month, day in _DATE.findall(text or ""):
        try:
            found.append(date(int(year), int(month or 1), int(day or 1)))
        except ValueError:
            continue
    return min(found, default=None)


def age_in_days(text: str | None, today: date) -> int | None:
    """Days from the date in `text` to `today`, never below 0; None when it names no date."""
    start = as_date(text)
    return None if start is None else max((today - start).days, 0)


def is_stale(text: str | None, today: date) -> bool:
    """Whether a price is older than 90 days, or of unknown age."""
    age = age_in_days(text, today)
    return age is None or age > _STALE_DAYS
