"""Taking a bundle into use: all of it or nothing, and back again."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from migrate_cli.catalogue.installed import STATE, _digest_of, in_use, packaged_date
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.files import lock
from migrate_cli.model import UserError
from migrate_cli.update.failure import UpdateFailed
from migrate_cli.update.fetch import Fetched
from migrate_cli.update.install import Updated, install, rollback
from tests.update.bundles import NEWER, as_bytes, plain, price_of, repriced


def put(data: bytes, sha256: str | None = None, dry_run: bool = False) -> Updated:
    return install(Fetched(data, '"tag"'), "bundle.json", "2027-01-02", sha256=sha256, dry_run=dry_run)


def price() -> str:
    """What the catalogue in use says glm-5.3-flash costs."""
    return str(open_catalogue().provider("glm").models["glm-5.3-flash"].prices[0].input)


@pytest.fixture(scope="module")
def cheap() -> bytes:
    return repriced(0.7)


def test_an_update_is_used_from_then_on(home: Path, cheap: bytes) -> None:
    assert price() == "0.8"
    done = put(cheap)
    assert [(c.kind, c.where) for c in done.changes] == [("price", "glm glm-5.3-flash china CNY")]
    assert price() == "0.7"
    found = in_use()
    assert found.origin == "update" and found.edition is not None
    assert (found.edition.compiled, found.edition.etag) == (NEWER, '"tag"')
    assert found.edition.sha256 == hashlib.sha256(cheap).hexdigest()


def test_a_dry_run_writes_nothing(home: Path, cheap: bytes) -> None:
    assert len(put(cheap, dry_run=True).changes) == 1
    assert not home.exists()
    assert price() == "0.8"


def test_the_same_update_again_changes_nothing(home: Path, cheap: bytes) -> None:
    put(cheap)
    again = put(cheap)
    assert again.same and not again.changes
    assert price() == "0.7"


def test_the_demanded_hash_is_accepted_in_capitals(cheap: bytes) -> None:
    assert put(cheap, sha256=hashlib.sha256(cheap).hexdigest().upper()).compiled == NEWER


def test_going_back_twice_ends_at_the_package(home: Path, cheap: bytes) -> None:
    put(cheap)
    put(repriced(0.6))
    assert price() == "0.6"
    back = rollback()
    assert back is not None and back.compiled == NEWER
    assert price() == "0.7"
    assert rollback() is None
    assert (price(), in_use().origin) == ("0.8", "package")
    with pytest.raises(UserError, match="no catalogue update to go back from"):
        rollback()


def test_what_was_gone_back_from_can_be_taken_again(cheap: bytes) -> None:
    put(cheap)
    rollback()
    put(cheap)
    assert price() == "0.7"


def test_only_a_few_old_updates_are_kept(home: Path, cheap: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrate_cli.update.install._KEPT", 2)
    put(cheap)
    first = in_use().directory
    put(repriced(0.6))
    put(repriced(0.5))
    assert sorted(path.name for path in home.iterdir() if path.is_file()) == ["lock", STATE]
    assert len([path for path in home.iterdir() if path.is_dir()]) == 2
    assert not first.exists()


def broken(change: Any) -> bytes:
    bundle = plain()
    change(bundle)
    return as_bytes(bundle)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not valid JSON"),
        (b"<html>", "not valid JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "not a catalogue bundle"),
        (b'{"format": "migrate-catalogue", "schema": 2}', "has schema 2, and this version of migrate reads schema 1"),
        (broken(lambda b: b.update(compiled="soon")), "`compiled` is not a date"),
        (broken(lambda b: b.update(files={})), "holds no files"),
        (broken(lambda b: b["files"].update({"../x": {}})), "none of the catalogue's"),
        (broken(lambda b: b["files"].update({"frameworks": {}})), "none of the catalogue's"),
        (broken(lambda b: b["files"].update(fx=[])), "fx is not a mapping"),
        (broken(lambda b: b["files"].pop("openai")), "it lacks openai"),
        (broken(lambda b: b["files"].pop("providers/qwen")), "it lacks providers/qwen"),
        (broken(lambda b: b["files"]["behaviours/streams"].pop("empty_choices")), "lacks streams.empty_choices"),
        (broken(lambda b: b["files"]["fx"].pop("low")), "fx: fx: low is missing"),
        (broken(lambda b: price_of(b).update(input="four")), r"providers/glm: .*input must be a number"),
        (broken(lambda b: price_of(b).update(input=-1)), r"input must not be below 0"),
        (broken(lambda b: price_of(b).update(input="NaN")), r"input must not be"),
        (broken(lambda b: price_of(b).update(site=7)), r"site must not be 7"),
        (broken(lambda b: b["files"]["providers/glm"]["sites"]["china"].update(base_url=7)), "base_url must not be 7"),
        (broken(lambda b: b.update(compiled="2026-01-01")), f"older than the packaged catalogue of {packaged_date()}"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "bundle",
)  # fmt: skip
def test_a_bundle_that_will_not_do_changes_nothing(home: Path, data: bytes, why: str) -> None:
    with pytest.raises(UpdateFailed, match=why):
        put(data)
    assert in_use().origin == "package"
    assert [path for path in home.iterdir() if path.name != "lock"] == []


def test_a_number_that_is_none_is_refused() -> None:
    bundle = plain()
    price_of(bundle)["input"] = float("nan")
    with pytest.raises(UpdateFailed, match="holds NaN"):
        put(json.dumps(bundle).encode())


def test_another_hash_than_demanded_is_refused(cheap: bytes) -> None:
    with pytest.raises(UpdateFailed, match=r"0{64} was demanded"):
        put(cheap, sha256="0" * 64)
    assert in_use().origin == "package"


def test_an_update_is_not_replaced_by_an_older_one(cheap: bytes) -> None:
    put(cheap)
    with pytest.raises(UpdateFailed, match=f"older than the updated catalogue of {NEWER}"):
        put(repriced(0.5, "2026-12-01"))
    assert price() == "0.7"


def test_a_full_disk_keeps_what_was(home: Path, cheap: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    put(cheap)
    real, written = os.write, 0

    def full(handle: int, data: Any) -> int:
        nonlocal written
        written += 1
        if written > 7:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    other = repriced(0.6)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(UpdateFailed, match="No space left on device"):
            put(other)
    assert price() == "0.7"
    assert len([path for path in home.iterdir() if path.is_dir()]) == 1


def test_a_record_that_cannot_be_written_keeps_what_was(
    home: Path, cheap: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(cheap)
    real = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(target).name == STATE:
            raise OSError(errno.EROFS, "Read-only file system")
        real(source, target)

    other = repriced(0.6)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(UpdateFailed, match="Read-only file system"):
            put(other)
    assert price() == "0.7"


def test_an_interrupt_leaves_nothing_half_done(
    home: Path, cheap: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            put(cheap)
    assert [path.name for path in home.iterdir()] == ["lock"]
    assert price() == "0.8"


def test_two_at_once_are_one(home: Path, cheap: bytes) -> None:
    home.mkdir(parents=True)
    handle = lock.take(home)
    try:
        with pytest.raises(UpdateFailed, match="another update of the catalogue is running"):
            put(cheap)
        with pytest.raises(UpdateFailed, match="another update"):
            rollback()
    finally:
        lock.release(handle)
    put(cheap)
    assert price() == "0.7"


def test_a_place_that_is_no_directory_is_told(home: Path, cheap: bytes) -> None:
    home.parent.mkdir(parents=True)
    home.write_text("in the way", encoding="utf-8")
    with pytest.raises(UpdateFailed, match="cannot be stored"):
        put(cheap)
    assert in_use().origin == "package"


def test_a_damaged_update_is_mended_by_taking_it_again(home: Path, cheap: bytes) -> None:
    put(cheap)
    folder = in_use().directory
    (folder / "fx.json").write_text("{}", encoding="utf-8")
    _digest_of.cache_clear()  # as in the next run
    assert in_use().damaged
    put(cheap)
    assert in_use().directory == folder
    assert price() == "0.7"


@pytest.mark.parametrize("mend", [lambda: put(repriced(0.7)), rollback])
def test_a_damaged_record_is_mended_by_either_way_out(home: Path, cheap: bytes, mend: Any) -> None:
    put(cheap)
    (home / STATE).write_text("{", encoding="utf-8")
    assert in_use().damaged
    mend()
    assert not in_use().damaged


def test_files_left_by_a_crash_are_cleared_away(home: Path, cheap: bytes) -> None:
    (home / ".new-0123").mkdir(parents=True)
    put(cheap)
    assert not (home / ".new-0123").exists()
