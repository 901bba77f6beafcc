"""Which files beside Python are read, told by their names, and how each is written.

A `form` is the way a file is written (`yaml`, `dotenv`, `shell`, …), not what it is for. `text` is read for literal
keys and nothing else: prose and other languages use no OpenAI variable that we could follow.
"""

from __future__ import annotations

import re

LOCK = "lock"
TEXT = "text"
NOT_OURS = "lock file of another language"
MINIFIED = "minified file"
DATA = "data, not configuration"
# Configuration is written by people. Lock files are not, and prose may be long.
_CONFIG_BYTES = 512_000
_MOST_BYTES = {LOCK: 10_000_000, TEXT: 2_000_000}

_NAMES = {
    "Makefile": "make", "GNUmakefile": "make", "makefile": "make", "justfile": "make", "Justfile": "make",
    "Procfile": "shell", "Jenkinsfile": "groovy", "Dockerfile": "docker", "Containerfile": "docker",
    "pyproject.toml": "pyproject", "setup.cfg": "setup.cfg", "Pipfile": "pipfile", "OAI_CONFIG_LIST": "json",
    "Pipfile.lock": LOCK, "poetry.lock": LOCK, "uv.lock": LOCK, "pdm.lock": LOCK, "conda-lock.yml": LOCK,
    "pixi.lock": LOCK, "pylock.toml": LOCK, "meta.yaml": "conda", "dotenv": "dotenv", ".flaskenv": "dotenv",
    ".bashrc": "shell", ".zshrc": "shell", ".profile": "shell", ".bash_profile": "shell", ".zshenv": "shell",
    ".ruff.toml": "toml",
}  # fmt: skip
_SUFFIXES = {
    ".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".ini": "ini", ".cfg": "ini", ".conf": "ini",
    ".properties": "ini", ".json": "json", ".jsonc": "json", ".json5": "json", ".env": "dotenv", ".envrc": "dotenv",
    ".sh": "shell", ".bash": "shell", ".zsh": "shell", ".fish": "shell", ".ps1": "shell", ".bat": "shell",
    ".cmd": "shell", ".command": "shell", ".mk": "make", ".dockerfile": "docker", ".tf": "hcl", ".tfvars": "hcl",
    ".hcl": "hcl", ".bicep": "hcl", ".bicepparam": "hcl", ".groovy": "groovy", ".service": "ini",
    ".md": TEXT, ".mdx": TEXT, ".rst": TEXT, ".txt": TEXT, ".adoc": TEXT, ".html": TEXT, ".xml": TEXT, ".js": TEXT,
    ".mjs": TEXT, ".cjs": TEXT, ".jsx": TEXT, ".ts": TEXT, ".tsx": TEXT, ".vue": TEXT, ".svelte": TEXT, ".go": TEXT,
    ".java": TEXT, ".kt": TEXT, ".rb": TEXT, ".php": TEXT, ".rs": TEXT, ".cs": TEXT, ".swift": TEXT, ".lua": TEXT,
    ".r": TEXT, ".jl": TEXT, ".sql": TEXT, ".pyi": TEXT,
}  # fmt: skip
_PATTERNS = (
    (
        re.compile(r"(?:.*[-_.])?(?:requirements|constraints|reqs)(?:[-_.].*)?\.(?:txt|in|pip)"),
        "requirements",
    ),
    (re.compile(r"(?:.*[-_.])?(?:conda|environment)(?:[-_.].*)?\.ya?ml"), "conda"),
    (re.compile(r"(?:Dockerfile|Containerfile)[-_.].*|.*\.Dockerfile"), "docker"),
    (re.compile(r".*conda-lock\.ya?ml|pylock\.[^.]+\.toml|(?:.*[-_.])?requirements(?:[-_.].*)?\.lock"), LOCK),
)
# `.env`, `.env.example`, `example.env.local`, `env-template`, …
_DOTENV = re.compile(r"(?:.*\.)?env(?:rc)?(?:[-_.][\w-]+)*|dot[-_.]?env(?:[-_.][\w-]+)*", re.IGNORECASE)
_REQUIREMENT_FOLDERS = ("requirements", "requires", "reqs", "constraints")
_LEFT_OUT = {
    **dict.fromkeys(
        ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "composer.lock",
         "Cargo.lock", "go.sum", "Gemfile.lock", "deno.lock"), NOT_OURS),
}  # fmt: skip
_DATA = (".jsonl", ".ndjson", ".geojson", ".avsc")
# What a test server or a browser recorded is what somebody answered, not what this project asks for. Some recorders
# name their folders after the host.
_RECORDED = re.compile(r"(?:^|/)(?:(?:vcr_)?cassettes|__snapshots__|recordings|api\.openai\.com)/")
# A path without any of these fits none of the patterns.
_SPECIAL = re.compile(r"req|constraints|env|conda|file|pylock")


def form_of(path: str) -> str | None:
    """How the file at this POSIX path is written, by its name; None when it is none that is read."""
    folder, _, name = path.rpartition("/")
    form = _NAMES.get(name)
    if form is None and _SPECIAL.search(path):
        form = _by_pattern(folder.rpartition("/")[2], name)
    if form is None:
        stem, dot, suffix = name.rpartition(".")
        form = _SUFFIXES.get(dot + suffix.lower()) if stem or name in _SUFFIXES else None
    if form is None and "env" in name.lower() and _DOTENV.fullmatch(name):
        form = "dotenv"
    if form is not None and is_recorded(path):
        return TEXT
    return form


def is_recorded(path: str) -> bool:
    """Whether a file holds what a server answered when somebody recorded it for the tests."""
    return _RECORDED.search(path) is not None


def _by_pattern(folder: str, name: str) -> str | None:
    if folder in _REQUIREMENT_FOLDERS and name.endswith((".txt", ".in")):
        return "requirements"
    return next((form for pattern, form in _PATTERNS if pattern.fullmatch(name)), None)


def left_out(path: str) -> str | None:
    """Why a file that could be taken for configuration is none of ours, or None."""
    name = path.rpartition("/")[2]
    if name in _LEFT_OUT:
        return _LEFT_OUT[name]
    if name.endswith(_DATA):
        return DATA
    return MINIFIED if name.endswith((".min.js", ".min.json", ".min.css")) else None


def most_bytes(form: str) -> int:
    """The size above which a file of this form is data rather than configuration."""
    return _MOST_BYTES.get(form, _CONFIG_BYTES)
