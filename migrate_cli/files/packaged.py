"""Data files that come with this package."""

from __future__ import annotations

from importlib.resources import files


def packaged_text(package: str, name: str) -> str:
    """The text of the file `name` (`schema/scan.json`) inside `package`."""
    return files(package).joinpath(name).read_text(encoding="utf-8")
