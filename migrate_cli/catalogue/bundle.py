"""A bundle is the whole catalogue as one JSON file, so that a company can host its own.

{"format": "migrate-catalogue", "schema": 1, "compiled": "2026-11-21", "files": {"providers/ernie": {…}, …}}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrate_cli.catalogue.source import SCHEMA, read_data

_FORMAT = "migrate-catalogue"
# Read with the rules of the very version they came with, so they are not updated.
_WITH_CODE = frozenset({"frameworks", "native", "pitfalls"})
_EDITION = "edition"  # schema and date of a catalogue directory; a bundle has them at its top
_NAME = re.compile(r"(?:(?:providers|behaviours)/)?[a-z][a-z0-9_]{0,60}")
_DATE = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


class BundleError(ValueError):
    """Some bytes are not a bundle that this version can use; the text says why, as a clause."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files by name (`providers/ernie`), as plain data; `compiled` is the newest date of any fact in them."""

    compiled: str
    files: Mapping[str, Mapping[str, Any]]


def bundle_text(directory: Path) -> str:
    """The catalogue in `directory` as one bundle; the same files give the same text. Raises UserError."""
    import json

    edition = read_data(directory, _EDITION)
    files = {name: read_data(directory, name) for name in names(directory)}
    whole = {
        "format": _FORMAT,
        "schema": edition["schema"],
        "compiled": edition["compiled"],
        "files": files,
    }
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def names(directory: Path) -> tuple[str, ...]:
    """The files of a catalogue that an update replaces, sorted, without suffix."""
    paths = (path.relative_to(directory) for kind in ("*.yaml", "*.json") for path in directory.rglob(kind))
    found = {path.with_suffix("").as_posix() for path in paths if path.parts[0] != "schema"}
    return tuple(sorted(found - _WITH_CODE - {_EDITION}))


def parse_bundle(data: bytes) -> Bundle:
    """Read a bundle. Raises BundleError for anything else, for another schema, and for a name that is no file's."""
    whole = _json(data)
    if not isinstance(whole, dict) or whole.get("format") != _FORMAT:
        raise BundleError("it is not a catalogue bundle as `migrate catalog export` writes it")
    if whole.get("schema") != SCHEMA:
        raise BundleError(
            f"it has schema {whole.get('schema')!r}, and this version of migrate reads schema {SCHEMA}"
        )
    compiled, files = whole.get("compiled"), whole.get("files")
    if not isinstance(compiled, str) or not _DATE.fullmatch(compiled):
        raise BundleError("its `compiled` is not a date")
    if not isinstance(files, dict) or not files:
        raise BundleError("it holds no files")
    for name, content in files.items():
        if not _NAME.fullmatch(name) or name in _WITH_CODE | {_EDITION}:
            raise BundleError(f"it holds a file {name!r}, which is none of the catalogue's")
        if not isinstance(content, dict):
            raise BundleError(f"{name} is not a mapping")
    return Bundle(compiled, files)


def as_files(bundle: Bundle) -> dict[str, bytes]:
    """The bundle's files as a catalogue directory holds them: `providers/ernie.json` to its bytes."""
    import json

    edition = {"schema": SCHEMA, "compiled": bundle.compiled}
    return {
        f"{name}.json": json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        for name, content in {**bundle.files, _EDITION: edition}.items()
    }


def _json(data: bytes) -> Any:
    import json

    def refuse(constant: str) -> None:
        raise BundleError(f"it holds {constant}, which is no number")

    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=refuse)
    except UnicodeDecodeError:
        raise BundleError("it is not UTF-8 text") from None
    except RecursionError:
        raise BundleError("it is nested too deeply") from None
    except BundleError:
        raise
    except ValueError as error:
        raise BundleError(f"it is not valid JSON: {error}") from None
