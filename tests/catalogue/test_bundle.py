"""The whole catalogue as one file: complete, repeatable, and checked to the last file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from migrate_cli.catalogue.bundle import BundleError, as_files, bundle_text, names, parse_bundle
from migrate_cli.catalogue.installed import PACKAGED, packaged_date
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.source import read_data

TEXT = bundle_text(PACKAGED)


def test_a_bundle_holds_every_file_and_gives_it_back(tmp_path: Path) -> None:
    bundle = parse_bundle(TEXT.encode())
    assert set(bundle.files) == set(names(PACKAGED))
    for name, data in as_files(bundle).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert bundle_text(tmp_path) == TEXT == bundle_text(PACKAGED)
    assert open_catalogue(tmp_path).provider("glm") == open_catalogue(PACKAGED).provider("glm")


def test_every_file_of_a_bundle_is_read_by_the_check(tmp_path: Path) -> None:
    catalogue = open_catalogue(PACKAGED)
    catalogue.check()
    assert {name for name in names(PACKAGED) if name not in catalogue._cache} == set()


def test_tables_that_belong_to_the_rules_stay_with_them() -> None:
    assert {"frameworks", "pitfalls", "edition"} & set(names(PACKAGED)) == set()


def test_the_edition_is_as_new_as_its_newest_fact() -> None:
    dated = re.compile(r'(?:as_of|compiled): [\'"]?(20\d\d-\d\d-\d\d)')
    texts = ((PACKAGED / f"{name}.yaml").read_text(encoding="utf-8") for name in names(PACKAGED))
    assert max(date for text in texts for date in dated.findall(text)) <= packaged_date()


def test_the_edition_has_the_schema_that_is_read() -> None:
    assert parse_bundle(TEXT.encode()).compiled == read_data(PACKAGED, "edition")["compiled"]


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_bundle(b"\xef\xbb\xbf" + TEXT.encode()) == parse_bundle(TEXT.encode())


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "..", "providers/../x", "a\\b", "providers/", "x/y", "con.txt", ""]
)
def test_no_file_leaves_its_place(name: str) -> None:
    data = f'{{"format": "migrate-catalogue", "schema": 1, "compiled": "2026-11-22", "files": {{"{name}": {{}}}}}}'
    with pytest.raises(BundleError):
        parse_bundle(data.encode())


def test_yaml_is_not_taken_for_a_bundle() -> None:
    with pytest.raises(BundleError, match="not valid JSON"):
        parse_bundle(yaml.safe_dump({"format": "migrate-catalogue"}).encode())
