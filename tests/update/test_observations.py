"""Observations are kept whole or not at all, each run in a file of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from migrate_cli.catalogue.observed import Answer, Observations, observations
from migrate_cli.files import write
from migrate_cli.model import UserError
from migrate_cli.update.observations import forget, keep

SEED = Answer("seed", "parameter", "seed", ("m",), True, "ignored", "refused", 400, None)
RUN = Observations("glm", "china", "open.bigmodel.cn", "2026-11-22", "1.0", "m", False, False, (SEED,))


def test_what_is_kept_is_found_again_beside_the_updates(home: Path) -> None:
    path = keep(RUN)
    assert path == home.parent / "observed" / "glm-2026-11-22.json"
    assert observations().runs == ((path, RUN),)


def test_a_second_run_leaves_the_first_alone(home: Path) -> None:
    first, second = keep(RUN), keep(replace(RUN, stopped=True))
    assert (first.name, second.name) == ("glm-2026-11-22.json", "glm-2026-11-22-2.json")
    assert [run.stopped for _, run in observations().runs] == [True, False]


def test_the_same_run_gives_the_same_bytes(home: Path) -> None:
    assert keep(RUN).read_bytes() == keep(RUN).read_bytes()


def test_one_provider_is_forgotten_and_the_others_stay(home: Path) -> None:
    keep(RUN)
    other = keep(replace(RUN, provider="qwen"))
    (other.parent / "glm-2026-11-21.json").write_text("{", encoding="utf-8")
    (other.parent / "notes.txt").write_text("mine", encoding="utf-8")
    assert forget("glm") == 2
    assert sorted(path.name for path in other.parent.iterdir()) == ["notes.txt", "qwen-2026-11-22.json"]
    assert (forget(), forget()) == (1, 0)


def test_nothing_half_written_stays_when_the_disk_is_full(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write.os, "replace", full)
    with pytest.raises(UserError, match=r"cannot be kept in .*No space left on device"):
        keep(RUN)
    assert list((home.parent / "observed").iterdir()) == []


def test_a_place_that_cannot_be_made_is_one_line(home: Path) -> None:
    home.parent.parent.mkdir(parents=True, exist_ok=True)
    home.parent.write_text("a file", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be kept"):
        keep(RUN)
    assert forget() == 0
