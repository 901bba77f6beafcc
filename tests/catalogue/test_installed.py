"""Which catalogue is read, and what becomes of an update that cannot be."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from migrate_cli.catalogue.bundle import as_files, bundle_text, parse_bundle
from migrate_cli.catalogue.installed import (
    PACKAGED,
    STATE,
    Edition,
    digest,
    home,
    in_use,
    packaged_date,
    state_bytes,
)
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.source import SCHEMA

FILES = as_files(parse_bundle(bundle_text(PACKAGED).encode()))
EDITION = Edition("abc", SCHEMA, packaged_date(), "0" * 64, digest(FILES), "bundle.json", "2026-11-22")


ELSEWHERE = json.dumps({"format": 1, "editions": [{**asdict(EDITION), "folder": "../elsewhere"}]})


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path / "migrate" / "catalogue"


def installed(root: Path, *editions: Edition) -> None:
    for name, data in FILES.items():
        path = root / "abc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (root / STATE).write_bytes(state_bytes(editions))


def test_without_updates_the_package_is_read() -> None:
    found = in_use()
    assert (found.directory, found.origin, found.warning) == (PACKAGED, "package", None)


def test_an_update_of_the_same_day_is_read(root: Path) -> None:
    installed(root, EDITION)
    assert (in_use().directory, in_use().warning) == (root / "abc", None)
    assert open_catalogue().directory == root / "abc"


def test_a_directory_of_the_users_own_wins(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(root, EDITION)
    monkeypatch.setenv("MIGRATE_CATALOGUE", str(PACKAGED))
    assert (in_use().directory, in_use().origin) == (PACKAGED, "environment")


@pytest.mark.parametrize(
    ("edition", "why"),
    [
        (replace(EDITION, compiled="2026-01-01"), "the packaged catalogue is newer"),
        (replace(EDITION, schema=SCHEMA + 1), "it was made for another version of migrate"),
    ],
)
def test_an_update_that_is_no_longer_fit_is_passed_over_quietly(
    root: Path, edition: Edition, why: str
) -> None:
    installed(root, edition)
    found = in_use()
    assert (found.directory, found.unused, found.warning) == (PACKAGED, why, None)


def test_a_changed_byte_is_noticed(root: Path) -> None:
    installed(root, EDITION)
    path = root / "abc" / "providers" / "glm.json"
    path.write_bytes(path.read_bytes().replace(b"https", b"htttp", 1))
    found = in_use()
    assert found.directory == PACKAGED
    assert found.warning == (
        "the catalogue update is not used, because its files are damaged; the packaged catalogue of "
        f"{packaged_date()} is. Run `migrate catalog update` again, or `migrate catalog rollback`"
    )


def test_an_added_file_is_noticed(root: Path) -> None:
    installed(root, EDITION)
    (root / "abc" / "fx.yaml").write_text("cny_per_usd: 1", encoding="utf-8")
    assert in_use().damaged


def test_missing_files_are_noticed(root: Path) -> None:
    root.mkdir(parents=True)
    (root / STATE).write_bytes(state_bytes((EDITION,)))
    assert in_use().damaged


@pytest.mark.parametrize(
    "state",
    [
        "",
        "[]",
        "{}",
        '{"format": 9, "editions": []}',
        '{"format": 1, "editions": [{}]}',
        '{"format": 1, "editions": [7]}',
        ELSEWHERE,
        json.dumps({"format": 1, "editions": [{**asdict(EDITION), "etag": 7}]}),
        "[" * 100_000,
    ],
)
def test_a_damaged_record_is_told_and_passed_over(root: Path, state: str) -> None:
    installed(root, EDITION)
    (root / STATE).write_text(state, encoding="utf-8")
    found = in_use()
    assert (found.directory, found.damaged) == (PACKAGED, True)
    assert "record of updates" in (found.warning or "")


def test_the_current_one_is_the_last(root: Path) -> None:
    installed(root, replace(EDITION, folder="gone"), EDITION)
    assert in_use().directory == root / "abc"


def test_a_relative_data_directory_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, "somewhere")
    found = home()
    assert found is not None and found.is_relative_to(Path.home())
