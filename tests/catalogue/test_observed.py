"""Which observations are read: every whole file, the newest first, and none that is broken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.observed import (
    SWITCH,
    Answer,
    Observations,
    as_bytes,
    file_name,
    observations,
    observations_home,
    parse,
    plain_code,
)
from migrate_cli.catalogue.types import Support

ANSWER = Answer(
    "presence_penalty",
    "parameter",
    "presence_penalty",
    ("deepseek-flash",),
    True,
    "ignored",
    "refused",
    400,
    "invalid_request_error",
)
RUN = Observations(
    "deepseek", "china", "api.deepseek.com", "2026-11-22", "1.0", "deepseek-flash", False, False, (ANSWER,)
)
WHOLE = json.loads(as_bytes(RUN))


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    folder = tmp_path / "migrate" / "observed"
    folder.mkdir(parents=True)
    return folder


def penalty(model: str) -> Support:
    """How DeepSeek takes a presence penalty, as far as is known."""
    entries = open_catalogue().provider("deepseek").parameters
    own = (p.support for p in entries if p.name == "presence_penalty" and model in p.models)
    return next(own, Support.IGNORED)


def test_a_run_survives_its_file() -> None:
    assert parse(as_bytes(RUN), "deepseek") == RUN


def test_the_newest_run_comes_first_and_other_providers_stay_out(root: Path) -> None:
    days = ["2026-11-22", "2026-11-22-2", "2026-11-22-10", "2026-10-01"]
    for day in days:
        (root / f"deepseek-{day}.json").write_bytes(as_bytes(RUN))
    (root / "glm-2026-11-22.json").write_bytes(as_bytes(replace(RUN, provider="glm")))
    found = [path.stem for path, _ in observations("deepseek").runs]
    assert found == [
        f"deepseek-{day}" for day in ("2026-11-22-10", "2026-11-22-2", "2026-11-22", "2026-10-01")
    ]


def test_files_that_are_none_of_ours_are_left_alone(root: Path) -> None:
    (root / "notes.json").write_text("mine", encoding="utf-8")
    (root / ".migrate-0.tmp").write_text("half", encoding="utf-8")
    assert observations() == type(observations())()


def test_without_a_directory_there_is_nothing(root: Path) -> None:
    root.rmdir()
    assert observations().runs == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        as_bytes(RUN)[:-20],
        b"[]",
        b"[" * 100_000,
        json.dumps(WHOLE | {"format": 2}).encode(),
        json.dumps(WHOLE | {"provider": "glm"}).encode(),
        json.dumps(WHOLE | {"date": "soon"}).encode(),
        json.dumps(WHOLE | {"host": None}).encode(),
        json.dumps(WHOLE | {"answers": [1]}).encode(),
        json.dumps(WHOLE | {"answers": [WHOLE["answers"][0] | {"models": "all"}]}).encode(),
        json.dumps(WHOLE | {"answers": [WHOLE["answers"][0] | {"status": "400"}]}).encode(),
        json.dumps(WHOLE | {"answers": [WHOLE["answers"][0] | {"code": "two words"}]}).encode(),
        json.dumps(WHOLE | {"answers": [WHOLE["answers"][0] | {"kind": "price"}]}).encode(),
        json.dumps(WHOLE | {"answers": [WHOLE["answers"][0] | {"name": None}]}).encode(),
    ],
)
def test_a_broken_file_is_one_warning_and_not_used(data: bytes, root: Path) -> None:
    (root / "deepseek-2026-11-22.json").write_bytes(data)
    found = observations()
    assert found.runs == ()
    assert [line.startswith("the observations in ") for line in found.warnings] == [True]
    assert penalty("deepseek-flash") is Support.IGNORED


def test_an_observation_stands_in_place_of_the_fact_for_its_model_alone(root: Path) -> None:
    (root / "deepseek-2026-11-22.json").write_bytes(as_bytes(RUN))
    assert penalty("deepseek-flash") is Support.REJECTED
    assert penalty("deepseek-v4-pro") is Support.IGNORED


def test_the_switch_leaves_it_aside(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "deepseek-2026-11-22.json").write_bytes(as_bytes(RUN))
    monkeypatch.setenv(SWITCH, "1")
    assert penalty("deepseek-flash") is Support.IGNORED


def test_a_catalogue_that_is_named_or_wanted_pure_stays_as_it_is(root: Path) -> None:
    (root / "deepseek-2026-11-22.json").write_bytes(as_bytes(RUN))
    directory = open_catalogue().directory
    pure = [open_catalogue(directory), open_catalogue(observed=False)]
    assert [
        any("migrate probe" in str(p.fact.source) for p in c.provider("deepseek").parameters) for c in pure
    ] == [
        False,
        False,
    ]


def test_a_second_run_of_a_day_gets_a_name_of_its_own() -> None:
    assert file_name(RUN, ()) == "deepseek-2026-11-22.json"
    taken = ("deepseek-2026-11-22.json", "deepseek-2026-11-22-2.json", "other")
    assert file_name(RUN, taken) == "deepseek-2026-11-22-3.json"


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("invalid_request_error", "invalid_request_error"),
        (1214, "1214"),
        ("two words", None),
        (True, None),
        (None, None),
    ],
)
def test_only_a_short_word_is_kept_as_a_code(code: object, kept: str | None) -> None:
    assert plain_code(code) == kept


def test_they_lie_beside_the_updates_of_the_catalogue(root: Path) -> None:
    assert observations_home() == root
