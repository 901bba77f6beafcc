"""Recall and precision against labels made by hand, per kind and in sum."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import SiteKind
from tests.corpus.fetch import cache_directory, fetch, packages
from tests.corpus.scoring import HERE, Labels, Score, read_known, read_labels, score

ALL = (*packages(), *packages(HERE / "packages.yaml"))
LABELLED = tuple(package for package in ALL if read_labels(str(package)).files)
ENOUGH = 0.98


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory that is gone when the tests end."""
    path = tmp_path_factory.mktemp("labels")
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def scores(tree: Path, total: dict[str, Score]) -> dict[str, Score]:
    """The score of every labelled package."""
    for package in LABELLED:
        # Copied, because a scan of a directory that git ignores finds nothing.
        copy = Path(shutil.copytree(fetch(package, cache_directory()), tree / str(package)))
        sites = api.scan([copy]).sites
        reported = [(site.path, site.location.line, site.kind.value) for site in sites]
        total[str(package)] = score(read_labels(str(package)), reported)
    return total


def every_label() -> tuple[Labels, ...]:
    return tuple(read_labels(str(package)) for package in LABELLED)


def test_there_are_enough_labels() -> None:
    sure = [site for labels in every_label() for site in labels.sites if site.unsure is None]
    innocent = [line for labels in every_label() for line in labels.innocent]
    assert len(sure) >= 300
    assert len(innocent) >= 120


def test_labels_use_the_kinds_of_the_model() -> None:
    used = {site.kind for labels in every_label() for site in labels.sites}
    assert used <= {kind.value for kind in SiteKind}


def test_no_innocent_line_is_a_site_too() -> None:
    clash = [
        site.place
        for labels in every_label()
        for site in labels.sites
        if {(site.path, line) for line in (site.line, *site.others)} & set(labels.innocent)
    ]
    assert clash == []


def test_every_label_file_belongs_to_a_pinned_package() -> None:
    names = {str(package) for package in LABELLED} | {"known", "packages"}
    assert {file.stem for file in HERE.glob("*.yaml")} == names


@pytest.mark.slow
def test_recall_and_precision(scores: dict[str, Score]) -> None:
    sums = sum(scores.values(), Score())
    assert sums.recall >= ENOUGH
    assert sums.precision >= ENOUGH


@pytest.mark.slow
@pytest.mark.parametrize("package", LABELLED, ids=str)
def test_misses_are_the_known_ones(package: object, scores: dict[str, Score]) -> None:
    """A known miss that is found must leave the list, so that the list shrinks."""
    assert sorted(set(scores[str(package)].missed)) == sorted(read_known(str(package)))


@pytest.mark.slow
@pytest.mark.parametrize("package", LABELLED, ids=str)
def test_innocent_lines_are_left_alone(package: object, scores: dict[str, Score]) -> None:
    assert scores[str(package)].soiled == ()
