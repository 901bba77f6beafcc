"""How well a scan does against labels made by hand: what was found, missed, and reported by mistake.

`labels/<package>-<version>.yaml` holds them. Every file named there is labelled whole: each site with its first line
and kind (`or` lists other lines that are right too), and under `not` lines that tempt but where nothing may be
reported. What people cannot agree on is `unsure`: it counts neither way, whatever kind is reported there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent / "labels"

Place = tuple[str, int, str]  # path in the package, 1-based line, kind of the site


@dataclass(frozen=True, slots=True)
class Label:
    """One site that a person found."""

    path: str
    line: int
    kind: str
    others: tuple[int, ...] = ()
    unsure: str | None = None

    @property
    def place(self) -> Place:
        """Where the site starts."""
        return self.path, self.line, self.kind


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels of one package."""

    files: frozenset[str]
    sites: tuple[Label, ...]
    innocent: Mapping[tuple[str, int], str]  # path and line, and why nothing may be reported there


@dataclass(frozen=True, slots=True)
class Score:
    """The places that agree and those that do not.

    `soiled` are reports on innocent lines; `doubts` the reason of each unsure label and whether it was reported.
    """

    found: tuple[Place, ...] = ()
    missed: tuple[Place, ...] = ()
    false: tuple[Place, ...] = ()
    soiled: tuple[Place, ...] = ()
    doubts: tuple[tuple[str, bool], ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found,
            self.missed + other.missed,
            self.false + other.false,
            self.soiled + other.soiled,
            self.doubts + other.doubts,
        )

    @property
    def recall(self) -> float:
        """The share of real sites that were found."""
        return _share(len(self.found), len(self.missed))

    @property
    def precision(self) -> float:
        """The share of reported sites that are real."""
        return _share(len(self.found), len(self.false))


def read_labels(package: str, folder: Path = HERE) -> Labels:
    """The labels of `package` (`name-version`); none when it has no file."""
    file = folder / f"{package}.yaml"
    files = yaml.safe_load(file.read_text(encoding="utf-8"))["files"] if file.is_file() else {}
    return Labels(
        files=frozenset(files),
        sites=tuple(_label(path, site) for path, entry in files.items() for site in entry.get("sites", ())),
        innocent={
            (path, line["line"]): line["why"]
            for path, entry in files.items()
            for line in entry.get("not", ())
        },
    )


def read_known(package: str, file: Path = HERE / "known.yaml") -> dict[Place, str]:
    """Sites of `package` that the scan is known to miss, with the reason."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8")).get(package, ())
    return {(entry["path"], entry["line"], entry["kind"]): entry["reason"] for entry in entries}


def score(labels: Labels, reported: Iterable[Place]) -> Score:
    """Compare what was reported with the labels, in labelled files only; two sites of a kind on a line are two."""
    left = Counter(place for place in reported if place[0] in labels.files)
    sure = [(label, _take(label, left)) for label in labels.sites if label.unsure is None]
    doubts = [(label, _take(label, left) or _take_any(label, left)) for label in labels.sites if label.unsure]
    rest = tuple(sorted(left.elements()))
    return Score(
        found=tuple(label.place for label, hit in sure if hit),
        missed=tuple(label.place for label, hit in sure if not hit),
        false=rest,
        soiled=tuple(place for place in rest if place[:2] in labels.innocent),
        doubts=tuple((label.unsure, hit) for label, hit in doubts if label.unsure),
    )


def table(total: Score) -> list[Sequence[object]]:
    """One row per kind and one for all: labelled sites, found, missed, false, recall and precision."""
    kinds = sorted({place[2] for place in total.found + total.missed + total.false})
    return [_row(kind, _only(total, kind)) for kind in kinds] + [_row("all", total)]


def written(places: Iterable[Place]) -> list[str]:
    """Places for people."""
    return [f"{path}:{line} {kind}" for path, line, kind in places]


def unsure(total: Score) -> list[str]:
    """What the labels leave open, by reason: how many, and how many of them were reported."""
    labelled = Counter(reason for reason, _ in total.doubts)
    reported = Counter(reason for reason, hit in total.doubts if hit)
    return [f"{count} ({reported[reason]} reported): {reason}" for reason, count in labelled.most_common()]


def _label(path: str, entry: Mapping[str, Any]) -> Label:
    unsure = entry["why"] if entry.get("unsure") else None
    return Label(path, entry["line"], entry["kind"], tuple(entry.get("or", ())), unsure)


def _take(label: Label, left: Counter[Place]) -> bool:
    """Remove the report that fits `label` from what is left."""
    for line in (label.line, *label.others):
        place = (label.path, line, label.kind)
        if left[place] > 0:
            left[place] -= 1
            return True
    return False


def _take_any(label: Label, left: Counter[Place]) -> bool:
    """Remove a report of another kind on the label's line."""
    place = next((place for place in left if place[:2] == (label.path, label.line) and left[place] > 0), None)
    if place is not None:
        left[place] -= 1
    return place is not None


def _only(total: Score, kind: str) -> Score:
    found, missed, false, soiled = (
        tuple(place for place in places if place[2] == kind)
        for places in (total.found, total.missed, total.false, total.soiled)
    )
    return Score(found, missed, false, soiled)


def _row(name: str, part: Score) -> Sequence[object]:
    counts = len(part.found) + len(part.missed), len(part.found), len(part.missed), len(part.false)
    return name, *counts, f"{part.recall:.1%}", f"{part.precision:.1%}"


def _share(good: int, bad: int) -> float:
    return good / (good + bad) if good + bad else 1.0
