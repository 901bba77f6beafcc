"""Which catalogue is in use: the user's own directory, the last update, or the one inside the package.

Updates live in the user's data directory, each in a folder of its own; `state.json` beside them names those that may be
gone back to, the last one being current. Reading is all that happens here; `update/` writes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from migrate_cli.catalogue.source import SCHEMA, read_data

PACKAGED = Path(__file__).parent
STATE = "state.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Edition:
    """An installed update. `sha256` is the bundle's, `content` the digest of its files in `folder`.

    `source` is where it came from, without user names, keys and queries; `etag` and `last_modified` are what its server
    said, `installed` the day.
    """

    folder: str
    schema: int
    compiled: str
    sha256: str
    content: str
    source: str
    installed: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class InUse:
    """The catalogue in use. `origin`: `environment`, `update` or `package`.

    `edition` is the current update even when it is not used, `unused` then says why, as a clause. `damaged` asks for a
    warning: the update cannot be used although it should.
    """

    directory: Path
    origin: str
    edition: Edition | None = None
    unused: str | None = None
    damaged: bool = False

    @property
    def warning(self) -> str | None:
        """One line for people when a damaged update was passed over."""
        if not self.damaged:
            return None
        return (
            f"the catalogue update is not used, because {self.unused}; the packaged catalogue of "
            f"{packaged_date()} is. Run `migrate catalog update` again, or `migrate catalog rollback`"
        )


class DamagedState(ValueError):
    """The record of updates cannot be read."""


def in_use() -> InUse:
    """The catalogue that every command reads. Never raises: what is wrong with an update is in the answer."""
    override = os.environ.get("MIGRATE_CATALOGUE")
    if override:
        return InUse(Path(override), "environment")
    root = home()
    try:
        editions = () if root is None else read_state(root)
    except DamagedState as error:
        return InUse(PACKAGED, "package", None, str(error), damaged=True)
    if root is None or not editions:
        return InUse(PACKAGED, "package")
    last = editions[-1]
    if last.schema != SCHEMA:
        return InUse(PACKAGED, "package", last, "it was made for another version of migrate")
    if last.compiled < packaged_date():
        return InUse(PACKAGED, "package", last, "the packaged catalogue is newer")
    if _digest_of(root / last.folder, _written(root / STATE)) != last.content:
        return InUse(PACKAGED, "package", last, "its files are damaged", damaged=True)
    return InUse(root / last.folder, "update", last)


def home() -> Path | None:
    """The directory for updates in the user's data directory; None for a user without a home."""
    system = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME", "")
    if Path(system).is_absolute():
        return Path(system) / "migrate" / "catalogue"
    try:
        own = Path.home()
    except RuntimeError:
        return None
    default = ("AppData", "Local") if sys.platform == "win32" else (".local", "share")
    return own.joinpath(*default, "migrate", "catalogue")


def packaged_date() -> str:
    """The newest date of any fact in the packaged catalogue."""
    return str(read_data(PACKAGED, "edition")["compiled"])


def read_state(root: Path) -> tuple[Edition, ...]:
    """The installed updates, the current one last; none without a record. Raises DamagedState."""
    try:
        data = (root / STATE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ()  # the rule: nothing more is imported for it
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DamagedState(f"the record of updates cannot be read ({reason})") from None
    return _editions(data)


def _editions(data: bytes) -> tuple[Edition, ...]:
    import json

    try:
        state = json.loads(data)
        if state["format"] == _FORMAT:
            return tuple(map(_edition, state["editions"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DamagedState("the record of updates is damaged") from None
    raise DamagedState("the record of updates was written by another version of migrate")


def state_bytes(editions: tuple[Edition, ...]) -> bytes:
    """The record as it is stored."""
    import json

    entries = [asdict(edition) for edition in editions]
    return (json.dumps({"format": _FORMAT, "editions": entries}, indent=1) + "\n").encode()


def digest(files: Mapping[str, bytes]) -> str:
    """One sha256 over files by name, in hexadecimal; any other byte, name or length gives another."""
    from hashlib import sha256

    whole = sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{len(files[name])}\0".encode())
        whole.update(files[name])
    return whole.hexdigest()


def _written(path: Path) -> int:
    """When a file was written; 0 for one that has gone since."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _digest_of(folder: Path, _written: int) -> str | None:
    """The digest of the files in `folder`, read once per writing of the record; None when they cannot be read."""
    try:
        paths = [path for path in folder.rglob("*") if path.is_file()]
        return digest({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
    except OSError:
        return None


def _edition(entry: Any) -> Edition:
    edition = Edition(**entry)
    texts = (edition.folder, edition.compiled, edition.sha256, edition.content, edition.source)
    marks = (edition.etag, edition.last_modified)
    if not all(isinstance(text, str) for text in (*texts, *filter(None, marks))):
        raise ValueError("not an edition")
    if not edition.folder.isalnum():  # nowhere else than beside the record
        raise ValueError("not a folder of ours")
    return edition
