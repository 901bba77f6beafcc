"""What `migrate probe` saw at a provider's own endpoint: dated files in the user's data directory.

    {"format": 1, "provider": "deepseek", "site": "china", "host": "api.deepseek.com", "date": "2026-11-22",
     "version": "0.7.0", "model": "deepseek-flash", "full": false, "stopped": false,
     "answers": [{"question": "seed", "kind": "parameter", "name": "seed", "models": ["deepseek-flash"],
                  "whole": true, "expected": "ignored", "observed": "refused", "status": 400, "code": "…"}]}

No key, no prompt, no text of an answer and no id of a request or an account is in them. Reading is all that happens
here; `update/observations.py` writes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from migrate_cli.catalogue.installed import home

FORMAT = 1
SWITCH = "MIGRATE_NO_PROBE"  # set to anything: what was observed is left aside
_NAME = re.compile(r"(?P<provider>[a-z0-9]+)-(?P<day>20\d\d-\d\d-\d\d)(?:-(?P<number>\d+))?\.json")
_CODE = re.compile(r"[\w.:-]{1,60}", re.ASCII)


class Seen(str, Enum):
    """What an answer shows. ACCEPTED may still be without effect; HONOURED and IGNORED are seen in the answer."""

    ACCEPTED = "accepted"
    HONOURED = "honoured"
    IGNORED = "ignored"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was observed of one question.

    `kind` (`parameter` or `endpoint`) and `name` say which fact of the catalogue it is about, None for none.
    `models` are those it holds for, empty for all. `whole`: a refusal holds for every value of the parameter.
    `expected` and `observed` are words such as `ignored` and `refused`.
    """

    question: str
    kind: str | None
    name: str | None
    models: tuple[str, ...]
    whole: bool
    expected: str
    observed: str
    status: int | None
    code: str | None


@dataclass(frozen=True, slots=True)
class Observations:
    """One run of `migrate probe`; `date` is its day, `host` whom it asked, `full` whether all was asked."""

    provider: str
    site: str | None
    host: str
    date: str
    version: str
    model: str
    full: bool
    stopped: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The observations on record, the newest first, each with its file, and the names of files that are broken."""

    runs: tuple[tuple[Path, Observations], ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for people for each broken file."""
        return tuple(
            f"the observations in {name} cannot be read and are not used; run `migrate probe` again, or "
            "`migrate probe --forget`"
            for name in self.broken
        )


def observations_home() -> Path | None:
    """The directory for observations in the user's data directory; None for a user without a home."""
    updates = home()
    return None if updates is None else updates.parent / "observed"


def in_use() -> bool:
    """Whether observations are preferred at all."""
    return not os.environ.get(SWITCH)


def observations(provider: str | None = None) -> Found:
    """What is on record, of one provider (by id) or of all. Never raises: a broken file is named in the answer."""
    root = observations_home()
    try:
        names = sorted(os.listdir(root)) if root is not None else []  # noqa: PTH208  (the cheap way when there is none)
    except OSError:
        return Found()
    matched = [(match, name) for name in names if (match := _NAME.fullmatch(name))]
    wanted = [(match, name) for match, name in matched if provider in (None, match["provider"])]
    wanted.sort(key=lambda each: (each[0]["day"], int(each[0]["number"] or 1)), reverse=True)
    runs, broken = [], []
    for match, name in wanted:
        path = (root or Path()) / name
        try:
            runs.append((path, parse(path.read_bytes(), match["provider"])))
        except (OSError, ValueError):
            broken.append(str(path))
    return Found(tuple(runs), tuple(broken))


def file_name(run: Observations, taken: Iterable[str]) -> str:
    """The name for a run's file, none of those `taken`."""
    used = frozenset(taken)
    stem = f"{run.provider}-{run.date}"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}.json" for number in range(1, len(used) + 2))
    return next(name for name in names if name not in used)


def as_bytes(run: Observations) -> bytes:
    """A run as it is stored: the same run gives the same bytes."""
    import json

    return (json.dumps({"format": FORMAT, **asdict(run)}, ensure_ascii=False, indent=1) + "\n").encode()


def parse(data: bytes, provider: str) -> Observations:
    """A stored run of this provider. Raises ValueError for anything else."""
    import json

    try:
        whole = json.loads(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(whole, Mapping) or whole.get("format") != FORMAT or whole.get("provider") != provider:
        raise ValueError("not observations of this version")
    answers = whole.get("answers")
    if not isinstance(answers, list):
        raise ValueError("no answers")
    day = _text(whole, "date")
    date.fromisoformat(day)
    site = whole.get("site")
    if site is not None and not isinstance(site, str):
        raise ValueError("site is no text")
    return Observations(
        provider=provider,
        site=site,
        host=_text(whole, "host"),
        date=day,
        version=_text(whole, "version"),
        model=_text(whole, "model"),
        full=whole.get("full") is True,
        stopped=whole.get("stopped") is True,
        answers=tuple(map(_answer, answers)),
    )


def _answer(data: Any) -> Answer:
    if not isinstance(data, Mapping):
        raise ValueError("an answer is no mapping")
    models = data.get("models")
    if not isinstance(models, list) or not all(isinstance(model, str) for model in models):
        raise ValueError("models is no list of texts")
    status, code = data.get("status"), data.get("code")
    if status is not None and type(status) is not int:
        raise ValueError("status is no number")
    if code is not None and not (isinstance(code, str) and _CODE.fullmatch(code)):
        raise ValueError("code is no code")
    kind, name = data.get("kind"), data.get("name")
    if kind not in (None, "parameter", "endpoint") or (kind is None) != (name is None):
        raise ValueError("kind and name do not name a fact")
    return Answer(
        _text(data, "question"),
        kind,
        None if name is None else _text(data, "name"),
        tuple(models),
        data.get("whole") is True,
        _text(data, "expected"),
        _text(data, "observed"),
        status,
        code,
    )


def plain_code(code: object) -> str | None:
    """An error's code when it is a short word or number, as it may be kept; None for anything else."""
    text = str(code) if isinstance(code, (str, int)) and not isinstance(code, bool) else ""
    return text if _CODE.fullmatch(text) else None


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is no text")
    return value
