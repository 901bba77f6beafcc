"""openai-python's own sources, with its tests and examples: fetched once by name through pip, checked by hash, kept."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

# generation: version, hash of its source distribution
PINNED = {
    "1": ("1.109.1", "d173ed8dbca665892a6db099b4a2dfac624f94d20a93f46eb0b56aae940ed869"),
    "2": ("2.54.0", "e3e6f8bc1ba30ddf381ace1a14340eed381cb984a1a59bd0f34b5be3b5d49cfa"),
    "3": ("3.54.0", "2e393e63f8a38be6452806f9ef0b6534fecd6d41ab3b2165180dfce3599249cd"),
}
_ROOT = Path(__file__).parents[2]


def sources(generation: str) -> Path:
    """The unpacked sources of a generation. They are unpacked beside their place and moved there, so whole or absent.

    Raises RuntimeError when pip cannot get the file, or when it is not the pinned one.
    """
    version, sha256 = PINNED[generation]
    cache = Path(os.environ.get("MIGRATE_TEST_CACHE") or _ROOT / ".cache") / "sources"
    home = cache / f"openai-{version}-{sha256[:12]}"
    if not home.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            _unpack(_download(f"openai=={version} --hash=sha256:{sha256}", Path(scratch)), Path(scratch))
            (Path(scratch) / f"openai-{version}").rename(home)
    return home


def _download(wanted: str, folder: Path) -> Path:
    pinned = folder / "pinned.txt"
    pinned.write_text(f"{wanted}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-binary", "openai", "--ignore-requires-python", "--require-hashes"]
    done = subprocess.run(
        [*command, "--dest", str(folder), "--requirement", str(pinned)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    archive = next(folder.glob("*.tar.gz"), None)
    if done.returncode or archive is None:
        reason = (done.stderr.strip() or "no archive arrived").splitlines()[-1]
        raise RuntimeError(f"pip could not fetch the sources of {wanted.split()[0]}: {reason}")
    return archive


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
