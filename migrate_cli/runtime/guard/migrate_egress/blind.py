"""Which programs the guard cannot see into, told by the words that start them. Standard library only.

It is a list of the usual ways, not of all: a program that is none of these may still leave the guard behind.
"""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a program may run on a Python that cannot subscript these
    from collections.abc import Sequence

_GUARD = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
_PYTHON = re.compile(r"(?:python|pypy)[\d.]*w?(?:\.exe)?$", re.IGNORECASE)
_FLAGS = {"I": "-I", "E": "-E", "S": "-S"}
_WITH_VALUE = "WX"  # options of Python whose value may be the next word
_FINAL = "cm"  # options of Python behind which its own options end
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ash", "ksh"})
_WRAPPERS = frozenset({"timeout", "nice", "nohup", "time", "exec", "xvfb-run", "stdbuf", "setsid"})
_CONTAINER = "what runs in a container is out of the guard's sight"
_MACHINE = "what runs on another machine is out of the guard's sight"
_OTHER_USER = "it clears the environment, and the guard with it"
_OTHER_RUNTIME = "the guard is for Python and Node"
_WAYS = {
    ("docker", "podman", "nerdctl"): ({"run", "exec", "compose", "start"}, _CONTAINER),
    ("docker-compose", "podman-compose"): (None, _CONTAINER),
    ("kubectl", "oc"): ({"run", "exec"}, _MACHINE),
    ("ssh",): (None, _MACHINE),
    ("sudo", "doas", "su", "runuser"): (None, _OTHER_USER),
    ("deno", "bun"): (None, _OTHER_RUNTIME),
}


def blind(words: Sequence[str]) -> str | None:
    """Why the guard does not see what these words start (`["python", "-I", "app.py"]`); None when it does, or may."""
    rest = list(words)
    while rest:
        name = os.path.basename(rest[0])  # noqa: PTH119 - pathlib is slow to import
        if _PYTHON.match(name):
            return _flags(rest[1:])
        if name in _SHELLS:
            return _script(rest[1:])
        if name == "env":
            reason, rest = _environment(rest[1:])
            if reason:
                return reason
            continue
        if name in _WRAPPERS:
            rest = rest[1:]
            while rest and (rest[0].startswith("-") or rest[0][:1].isdigit()):
                rest = rest[1:]
            continue
        if _drops(rest[0]):
            return f"`{rest[0]}` keeps the guard out"
        if _ASSIGNMENT.match(rest[0]):
            rest = rest[1:]
            continue
        return _way(name, rest[1:])
    return None


def split(text: str) -> list[str]:
    """The words of a line for the shell, as far as it can be taken apart."""
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _flags(options: list[str]) -> str | None:
    """Whether Python is told to leave out what brings the guard in."""
    words = iter(options)
    for word in words:
        if not word.startswith("-") or word in ("-", "--") or word.startswith("--"):
            return None
        for at, letter in enumerate(word[1:], 1):
            if letter in _FLAGS:
                return f"{_FLAGS[letter]} keeps the guard out"
            if letter in _FINAL:
                return None
            if letter in _WITH_VALUE:
                if at == len(word) - 1:
                    next(words, None)
                break
    return None


def _script(options: list[str]) -> str | None:
    """The first command of `sh -c TEXT` that the guard does not see."""
    for at, word in enumerate(options):
        if word.startswith("-") and "c" in word:
            text = options[at + 1] if at + 1 < len(options) else ""
            parts = re.split(r"&&|\|\||[;|&\n]", text)
            return next((reason for part in parts if (reason := blind(split(part)))), None)
        if not word.startswith("-"):
            return None
    return None


def _environment(options: list[str]) -> tuple[str | None, list[str]]:
    """Whether `env` starts its command without the guard's variables, and that command."""
    rest = list(options)
    while rest and (rest[0].startswith("-") or _ASSIGNMENT.match(rest[0])):
        word = rest.pop(0)
        if word in ("-i", "-", "--ignore-environment") or _drops(word):
            return f"`env {word}` keeps the guard out", rest
        if word in ("-u", "--unset") and rest:
            unset = rest.pop(0)
            if unset == "PYTHONPATH":
                return "`env -u PYTHONPATH` keeps the guard out", rest
    return None, rest


def _drops(word: str) -> bool:
    """Whether an assignment sets the path on which Python finds the guard to something without it."""
    return word.startswith("PYTHONPATH=") and not (
        "$PYTHONPATH" in word or "${PYTHONPATH" in word or _GUARD in word
    )


def _way(name: str, options: list[str]) -> str | None:
    for names, (verbs, reason) in _WAYS.items():
        if name in names and (verbs is None or verbs & set(options)):
            return reason
    return None
