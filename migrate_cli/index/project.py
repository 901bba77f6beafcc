"""The files of a project as modules: loaded when asked for, found by import name or by a word they mention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

from migrate_cli.index.module import Module, parse_module

MAX_MENTIONS = 200


class Project:
    """Lazily parsed modules below one root.

    `read` gives a file's bytes, `open_text` turns them into Python text (a notebook becomes one virtual text).
    Either raises an exception with a one-line message when it cannot; the message is kept in `problems`.
    """

    def __init__(
        self,
        files: Iterable[str],
        read: Callable[[str], bytes],
        open_text: Callable[[str, bytes], str],
    ) -> None:
        self.files = tuple(files)
        self.problems: dict[str, str] = {}
        self._read = read
        self._open_text = open_text
        self._known = set(self.files)
        self._bytes: dict[str, bytes] = {}
        self._modules: dict[str, Module | None] = {}
        self._mentions: dict[str, tuple[str, ...]] = {}

    def data(self, path: str) -> bytes:
        """Bytes of a file; empty when it cannot be read (and then it is among `problems`)."""
        if path not in self._bytes:
            try:
                self._bytes[path] = self._read(path)
            except OSError as error:
                self.problems[path] = f"could not be read: {error.strerror or error}"
                self._bytes[path] = b""
        return self._bytes[path]

    def module(self, path: str) -> Module | None:
        """The parsed file, or None when it is unknown or broken."""
        if path not in self._modules:
            self._modules[path] = self._load(path)
        return self._modules[path]

    def _load(self, path: str) -> Module | None:
        if path not in self._known:
            return None
        data = self.data(path)
        if path in self.problems:
            return None
        try:
            return parse_module(path, self._open_text(path, data))
        except SyntaxError as error:
            self.problems[path] = f"syntax error at line {error.lineno}: {error.msg}"
        except RecursionError:
            self.problems[path] = "nested too deeply to be parsed"
        except ValueError as error:
            self.problems[path] = str(error)
        return None

    def mentioning(self, word: str) -> tuple[str, ...]:
        """Paths of Python files whose bytes contain `word`, at most MAX_MENTIONS."""
        if word not in self._mentions:
            needle = word.encode("utf-8")
            hits = [p for p in self.files if needle in self.data(p)]
            self._mentions[word] = tuple(hits[:MAX_MENTIONS])
        return self._mentions[word]

    def find(self, importer: str, dotted: str) -> str | None:
        """Path of the project module that `dotted` (absolute, or relative with leading dots) means in `importer`."""
        directory = PurePosixPath(importer).parent
        level = len(dotted) - len(dotted.lstrip("."))
        parts = [p for p in dotted[level:].split(".") if p]
        if level:
            for _ in range(level - 1):
                directory = directory.parent
            return self._at(directory, parts)
        for root in self._roots(directory):
            found = self._at(root, parts)
            if found is not None and found != importer:
                return found
        return None

    def _roots(self, directory: PurePosixPath) -> Iterable[PurePosixPath]:
        """Folders that an absolute import may start from: those above the importer that are no packages, and `src`."""
        for folder in (directory, *directory.parents):
            if str(folder / "__init__.py") not in self._known:
                yield folder
                yield folder / "src"

    def _at(self, folder: PurePosixPath, parts: list[str]) -> str | None:
        base = str(folder.joinpath(*parts))
        candidates = (f"{base}.py", f"{base}/__init__.py") if parts else (f"{base}/__init__.py",)
        return next((c.removeprefix("./") for c in candidates if c.removeprefix("./") in self._known), None)

    def failures(self) -> Mapping[str, str]:
        """Path and reason of every file that was asked for and could not be read or parsed."""
        return dict(self.problems)
