"""Which directories hold other people's code, and in what words we leave them out."""

from __future__ import annotations

from collections.abc import Collection

ENVIRONMENT = "virtual environment"
DEPENDENCIES = "installed dependencies"
VENDORED = "vendored openai SDK"
BUILT = "build output"
CACHE = "cache"
CONTROL = "version control"
JOURNAL = "undo journal"
CHECKPOINT = "notebook checkpoints"

_EVERYWHERE = {
    ".venv": ENVIRONMENT,
    "site-packages": DEPENDENCIES,
    "dist-packages": DEPENDENCIES,
    "node_modules": DEPENDENCIES,
    ".tox": ENVIRONMENT,
    ".nox": ENVIRONMENT,
    ".ipynb_checkpoints": CHECKPOINT,
    "__pycache__": CACHE,
    ".migrate": JOURNAL,
}
# Without git to say what is ignored, names have to do. In a repository `build/` may well be source.
_WALKING = {
    "venv": ENVIRONMENT,
    "build": BUILT,
    "dist": BUILT,
    "_build": BUILT,
    ".eggs": DEPENDENCIES,
    "__pypackages__": DEPENDENCIES,
    ".git": CONTROL,
    ".hg": CONTROL,
    ".svn": CONTROL,
    ".bzr": CONTROL,
    ".cache": CACHE,
    ".mypy_cache": CACHE,
    ".pytest_cache": CACHE,
    ".ruff_cache": CACHE,
    ".hypothesis": CACHE,
    ".npm": CACHE,
    ".cargo": CACHE,
    ".terraform": CACHE,
    ".pyenv": ENVIRONMENT,
    ".conda": ENVIRONMENT,
    ".pixi": ENVIRONMENT,
    ".direnv": ENVIRONMENT,
}

# Nobody's source in the first place: not worth a word.
QUIET = frozenset([CACHE, CONTROL, JOURNAL])


def by_name(name: str, *, walking: bool) -> str | None:
    """Why a directory of this name is left out, or None. `walking` is true when git was not there to ask."""
    return _EVERYWHERE.get(name) or (_WALKING.get(name) if walking else None)


def by_content(name: str, children: Collection[str]) -> str | None:
    """Why a directory is left out for what lies directly in it, or None."""
    if "pyvenv.cfg" in children or "conda-meta" in children:
        return ENVIRONMENT
    if name == "openai" and ("api_resources" in children or {"_client.py", "resources"} <= set(children)):
        return VENDORED
    return None
