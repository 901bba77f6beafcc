"""openai-python's own sources, with its tests and examples: fetched once by name through pip, checked by hash, kept."""

from __future__ import annotations

import os
import tarfile
import tempfile
from pathlib import Path

from tests.corpus.fetch import download

# generation: version, hash of its source distribution
PINNED = {
    "1": ("1.109.1", "d173ed8dbca665892a6db099b4a2dfac624f94d20a93f46eb0b56aae940ed869"),
    "2": ("2.54.0", "e3e6f8bc1ba30ddf381ace1a14340eed381cb984a1a59bd0f34b5be3b5d49cfa"),
    "3": ("3.54.0", "2e393e63f8a38be6452806f9ef0b6534fecd6d41ab3b2165180dfce3599249cd"),
}
_ROOT = Path(__file__).parents[2]


def sources(generation: str) -> Path:
    """The unpacked sources of a generation. They are unpacked beside their place and moved there, so whole or absent.

    Raises CorpusError when pip cannot get the file, or when it is not the pinned one.
    """
    version, sha256 = PINNED[generation]
    cache = Path(os.environ.get("MIGRATE_TEST_CACHE") or _ROOT / ".cache") / "sources"
    home = cache / f"openai-{version}-{sha256[:12]}"
    if not home.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            archive = download("openai", version, sha256, Path(scratch) / "archive", "--no-binary")
            _unpack(archive, Path(scratch))
            (Path(scratch) / f"openai-{version}").rename(home)
    return home


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
