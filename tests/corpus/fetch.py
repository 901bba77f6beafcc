"""Fetch the pinned packages: by name through pip, checked by hash, unpacked without running anything."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
UNPACKED_LIMIT = 200_000_000


class CorpusError(Exception):
    """A package could not be had, or is not what was pinned."""


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned distribution file; `packages.yaml` explains the fields."""

    name: str
    version: str
    sha256: str
    openai: str
    why: str
    look_alikes: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()
    at_least: int = 0

    def __str__(self) -> str:
        return f"{self.name}-{self.version}"


def packages(path: Path = HERE / "packages.yaml") -> tuple[Package, ...]:
    """The pinned packages, in the order of the file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["packages"]
    return tuple(_package(entry) for entry in entries)


def _package(entry: Mapping[str, Any]) -> Package:
    return Package(
        name=entry["name"],
        version=str(entry["version"]),
        sha256=entry["sha256"],
        openai=entry["openai"],
        why=entry["why"],
        look_alikes=frozenset(entry.get("look_alikes", ())),
        problems=frozenset(entry.get("problems", ())),
        at_least=entry.get("at_least", 0),
    )


def cache_directory() -> Path:
    """Where wheels and trees are kept: `$MIGRATE_TEST_CACHE`, else the git-ignored `.cache/corpus`."""
    return Path(os.environ.get("MIGRATE_TEST_CACHE") or HERE.parents[1] / ".cache" / "corpus")


def fetch(entry: Package, cache: Path) -> Path:
    """The unpacked sources of `entry` under `cache`, downloaded when they are not there yet.

    Raises CorpusError when pip cannot get the file, or when the file is not the pinned one.
    """
    tree = cache / f"{entry}-{entry.sha256[:12]}"
    if not tree.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            wheel = _download(entry, Path(scratch) / "wheels")
            unpacked = Path(scratch) / "tree"
            unpack(wheel, unpacked)
            unpacked.rename(tree)
    return tree


def _download(entry: Package, folder: Path) -> Path:
    wheel = download(entry.name, entry.version, entry.sha256, folder, "--only-binary")
    check(wheel, entry.sha256)
    return wheel


def download(name: str, version: str, sha256: str, folder: Path, form: str) -> Path:
    """The pinned file of a package in `folder`, which is made: a wheel (`--only-binary`) or sources (`--no-binary`).

    Raises CorpusError when pip cannot get it.
    """
    folder.mkdir(parents=True)
    pinned = folder / "pinned.txt"
    pinned.write_text(f"{name}=={version} --hash=sha256:{sha256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += [form, name, "--ignore-requires-python", "--require-hashes"]
    done = subprocess.run(
        [*command, "--dest", str(folder), "--requirement", str(pinned)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    arrived = next((file for file in folder.iterdir() if file != pinned), None)
    if done.returncode or arrived is None:
        reason = (done.stderr.strip() or "no file arrived").splitlines()[-1]
        words = f"pip could not fetch {name} {version}: {reason}"
        raise CorpusError(f"{words} (leave these tests out with -m 'not slow')")
    return arrived


def check(file: Path, sha256: str) -> None:
    """Raise CorpusError unless `file` has the hash `sha256`."""
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != sha256:
        raise CorpusError(f"{file.name} has sha256 {found}, pinned is {sha256}")


def unpack(wheel: Path, target: Path) -> None:
    """Unpack `wheel` into the new directory `target`.

    Raises CorpusError, leaving nothing behind, for a member that would land outside of `target`, for a link,
    and for an archive that unpacks to more than `UNPACKED_LIMIT` bytes.
    """
    with zipfile.ZipFile(wheel) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > UNPACKED_LIMIT:
            raise CorpusError(f"{wheel.name} unpacks to more than {UNPACKED_LIMIT:,} bytes")
        for member in members:
            _refuse_escape(member, wheel.name)
        target.mkdir(parents=True)
        try:
            archive.extractall(target)
        except (OSError, zipfile.BadZipFile):
            shutil.rmtree(target, ignore_errors=True)
            raise


def _refuse_escape(member: zipfile.ZipInfo, archive: str) -> None:
    # zipfile silently strips "..", drives and roots; a wheel that has them is not one to trust.
    name = member.filename.replace("\\", "/")
    unix_mode = member.external_attr >> 16
    outside = name.startswith("/") or ":" in name or ".." in name.split("/")
    link = unix_mode & 0o170000 == 0o120000
    if outside or link:
        raise CorpusError(f"{archive} holds {member.filename!r}, which points outside of it")
