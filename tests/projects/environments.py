"""Environments with the real SDKs, built once and kept: one per generation of the openai package, one per framework."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# httpx is pinned beside openai 1.x and 2.x, which take any; 0.28 brings requests and aiohttp, 3.x brings httpx2.
PINS = {
    "0.28": ("openai==0.28.1",),
    "1": ("openai==1.109.1", "httpx==0.28.1"),
    "2": ("openai==2.54.0", "httpx==0.28.1"),
    "3": ("openai==3.54.0",),
}
# Frameworks, each with the openai package that it asks for.
FRAMEWORKS = {
    "langchain": ("langchain==1.4.7", "langchain-openai==1.7.3"),
    "llama_index": (
        "llama-index-core==0.14.25",
        "llama-index-llms-openai==0.8.3",
        "llama-index-llms-openai-like==0.8.1",
        "llama-index-embeddings-openai==0.6.0",
        "llama-index-embeddings-openai-like==0.4.0",
    ),
    "instructor": ("instructor==1.17.0",),
    "agents": ("openai-agents==0.24.0",),
    "litellm": ("litellm==1.106.2",),
    "autogen": ("autogen-ext[openai]==0.7.5", "autogen-agentchat==0.7.5"),
    "haystack": ("haystack-ai==3.4.0",),
    "dspy": ("dspy[numpy]==3.4.1",),
    "autogen_2": ("pyautogen==0.2.35",),
    "chroma": ("chromadb==1.5.9", "openai==2.54.0"),
    "mem0": ("mem0ai==2.2.1", "openai==2.54.0"),
    "pydantic_ai": ("pydantic-ai-slim[openai]==2.68.0",),
}
# What openai-python's own tests need beside the package.
_TESTING = ("pytest==9.2.0", "pytest-asyncio==1.5.0", "rich==15.0.0", "aiohttp==3.14.5")
SELF_CHECKS = {
    "1 tested": (*PINS["1"], *_TESTING, "respx==0.23.1", "httpx-aiohttp==0.2.0"),
    "2 tested": (*PINS["2"], *_TESTING, "respx==0.23.1", "httpx-aiohttp==0.2.0", "httpx2==2.16.2"),
    "3 tested": (*PINS["3"], *_TESTING),
}
_NATIVE = Path(__file__).parent / "native_sdks.txt"
_ROOT = Path(__file__).parents[2]


def interpreters(generations: tuple[str, ...] = tuple(PINS)) -> dict[str, Path]:
    """The interpreter of each generation, building what is missing, two at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(generations, pool.map(interpreter, generations), strict=True))


def interpreter(generation: str) -> Path:
    """The interpreter of one environment. It is built beside its place and moved there, so it is whole or absent."""
    pins = (PINS | FRAMEWORKS | SELF_CHECKS)[generation]
    return _built("-".join(pins).replace("==", "-"), pins)


def native_sdks() -> Path:
    """The interpreter of one environment with all of the providers' own SDKs; see the head of `native_sdks.txt`."""
    digest = hashlib.sha256(_NATIVE.read_bytes()).hexdigest()[:12]
    return _built(f"native-{digest}", ("--no-deps", "--no-compile", "--requirement", str(_NATIVE)))


def _built(name: str, pins: tuple[str, ...]) -> Path:
    """The interpreter of the environment `name`, made with these arguments of pip where it is missing."""
    cache = Path(os.environ.get("MIGRATE_TEST_CACHE") or _ROOT / ".cache") / "envs"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    home = cache / f"py{version}-{name}"
    if not home.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            _build(Path(scratch) / "env", pins)
            _move(Path(scratch) / "env", home)
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _build(home: Path, pins: tuple[str, ...]) -> None:
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", *pins]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"pip could not install {', '.join(pins)}:\n{done.stderr[-2000:]}")


def _move(built: Path, home: Path) -> None:
    try:
        built.rename(home)
    except OSError:  # another run was faster
        if not home.exists():
            shutil.move(built, home)
