"""The files of a project as modules: loaded when asked for, found by import name or by what they write.

Parsing is what costs, so questions such as "who calls `create`?" are first asked of the bytes: one set of words
per file, then one regular expression over the few files that hold the word.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import PurePosixPath

from migrate_cli.index.beside import Beside
from migrate_cli.index.module import Module, Scope, index_tree, parse
from migrate_cli.index.newer import needed

MAX_FILES = 200
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")


class Project:
    """Lazily parsed modules below one root.

    `read` gives a file's bytes, `open_text` turns them into Python text (a notebook becomes one virtual text).
    Either raises an exception with a one-line message when it cannot; the message is kept in `problems`. `seeds`
    are the files that were chosen because they mention the SDK, `beside` the configuration files.
    """

    def __init__(
        self,
        files: Iterable[str],
        read: Callable[[str], bytes],
        open_text: Callable[[str, bytes], str],
        seeds: Iterable[str] = (),
        beside: Iterable[str] = (),
    ) -> None:
        self.files = tuple(files)
        self.seeds = frozenset(seeds)
        self.beside = Beside(beside, read)
        self.problems: dict[str, str] = {}
        self.loaded = 0  # files parsed so far
        self._read = read
        self._open_text = open_text
        self._known = set(self.files)
        self._bytes: dict[str, bytes] = {}
        self._modules: dict[str, Module | None] = {}
        self._words: dict[bytes, list[str]] | None = None
        self._found: dict[tuple[str, str], str | None] = {}
        self._matches: dict[tuple[str, bytes], tuple[str, ...]] = {}
        self._calling: dict[tuple[str, str], tuple[str, ...]] = {}
        self._importing: dict[str, frozenset[str]] = {}
        self._deriving: dict[str, tuple[tuple[Module, Scope], ...]] = {}

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
            text = self._open_text(path, data)
        except ValueError as error:
            self.problems[path] = str(error)
            return None
        self.loaded += 1
        try:
            return index_tree(path, text, parse(text))
        except SyntaxError as error:
            hint = needed(error.text or "", sys.version_info[:2])
            self.problems[path] = f"syntax error at line {error.lineno}: {error.msg}{hint}"
        except (RecursionError, MemoryError):
            self.problems[path] = "nested too deeply to be parsed"
        except ValueError as error:
            self.problems[path] = str(error)
        return None

    # --- questions asked of the bytes ---

    def mentioning(self, word: str) -> tuple[str, ...]:
        """Paths of files that hold the identifier `word`."""
        if not word.isascii():
            needle = word.encode("utf-8")
            return tuple(p for p in self.files if needle in self.data(p))
        if self._words is None:
            self._words = {}
            for path in self.files:
                for known in set(_WORD.findall(self.data(path))):
                    self._words.setdefault(known, []).append(path)
        return tuple(self._words.get(word.encode("ascii"), ()))

    def matching(self, word: str, pattern: bytes) -> tuple[str, ...]:
        """Paths of files that hold `word` and match `pattern`, in which `%b` stands for the word."""
        key = (word, pattern)
        if key not in self._matches:
            exact = pattern.replace(b"%b", re.escape(word.encode("utf-8")))
            search = re.compile(exact, re.MULTILINE).search
            self._matches[key] = tuple(p for p in self.mentioning(word) if search(self.data(p)))
        return self._matches[key]

    def holding(self, word: str, needles: tuple[str, ...], among: Iterable[str] | None = None) -> list[str]:
        """Paths of files that hold `word` and one of `needles`, in which `%` stands for it: cheaper than `matching`."""
        key = (word, "\0".join(needles).encode())
        if key not in self._matches:
            exact = [n.replace("%", word).encode() for n in needles]
            paths = self.mentioning(word)
            self._matches[key] = tuple(p for p in paths if any(e in self.data(p) for e in exact))
        if among is None:
            return list(self._matches[key])
        allowed = among if isinstance(among, Set) else set(among)
        return [p for p in self._matches[key] if p in allowed]

    def importing(self, word: str) -> frozenset[str]:
        """Files with an import statement that holds `word`."""
        if word not in self._importing:
            found = self.matching(word, rb"^[ \t\">.]*(?:from|import)\b[^\n]*\b%b\b")
            self._importing[word] = frozenset(found)
        return self._importing[word]

    def calling(self, word: str, home: str | None = None) -> tuple[str, ...]:
        """Files that write `word(`, at most MAX_FILES; with `home`, only those that can know what is defined there."""
        paths = self.matching(word, rb"\b%b\s*\(|\b%b\s+as\s")
        if home is None:
            return paths[:MAX_FILES]
        if (word, home) not in self._calling:
            about = {*self.importing(stem(home)), *self.matching(word, rb"\b%b\b\s*(?:[,)#\n\\\"]|$)"), home}
            self._calling[word, home] = tuple(p for p in paths if p in about)[:MAX_FILES]
        return self._calling[word, home]

    def calling_method(self, word: str, classes: Iterable[str], home: str) -> tuple[str, ...]:
        """Files that write `.word(` and mention one of `classes` or their module, or OpenAI; at most MAX_FILES."""
        about = {*self.seeds, home, *self.importing(stem(home))}
        for name in classes:
            about.update(self.mentioning(name))
        return tuple(p for p in self.matching(word, rb"\.\s*%b\s*\(") if p in about)[:MAX_FILES]

    def deriving_paths(self, base: str) -> tuple[str, ...]:
        """Files that write `base` among the bases of a class, at most MAX_FILES."""
        return self.matching(base, rb"\bclass\s+\w+\s*(?:\[[^\]]*\]\s*)?\([^:]*\b%b\b")[:MAX_FILES]

    def deriving(self, base: str) -> tuple[tuple[Module, Scope], ...]:
        """Classes that write `base` among their bases."""
        if base not in self._deriving:
            self._deriving[base] = tuple(self._derived(base))
        return self._deriving[base]

    def _derived(self, base: str) -> Iterator[tuple[Module, Scope]]:
        for path in self.deriving_paths(base):
            module = self.module(path)
            for node, scope in module.scopes.items() if module is not None else ():
                if isinstance(node, ast.ClassDef) and module is not None and writes(node.bases, base):
                    yield module, scope

    # --- import names ---

    def find(self, importer: str, dotted: str) -> str | None:
        """Path of the project module that `dotted` (absolute, or relative with leading dots) means in `importer`."""
        directory = importer.rpartition("/")[0]
        key = (directory, dotted)
        if key not in self._found:
            self._found[key] = self._find(PurePosixPath(directory), dotted)
        found = self._found[key]
        if found == importer and not dotted.startswith("."):
            return self._find(PurePosixPath(directory), dotted, besides=importer)
        return found

    def _find(self, directory: PurePosixPath, dotted: str, besides: str | None = None) -> str | None:
        level = len(dotted) - len(dotted.lstrip("."))
        parts = [p for p in dotted[level:].split(".") if p]
        if level:
            for _ in range(level - 1):
                directory = directory.parent
            return self._at(directory, parts)
        found = (self._at(root, parts) for root in self._roots(directory))
        return next((path for path in found if path not in (None, besides)), None)

    def shadows(self, importer: str, dotted: str) -> bool:
        """Whether the project's module `dotted` surely hides a package of that name from `importer`.

        It does when it lies beside the importer or at the top. In a folder in between it depends on how the program
        is started.
        """
        path = self.find(importer, dotted)
        if path is None:
            return False
        top = dotted.split(".")[0]
        beside = importer.rpartition("/")[0]
        homes = {f"{folder}/{top}" if folder else top for folder in (beside, "", "src")}
        return any(path.startswith((f"{home}.py", f"{home}/")) for home in homes)

    def _roots(self, directory: PurePosixPath) -> Iterator[PurePosixPath]:
        """Folders that an absolute import may start from: those above the importer that are no packages, and `src`."""
        for folder in (directory, *directory.parents):
            if str(folder / "__init__.py") not in self._known:
                yield folder
                yield folder / "src"

    def _at(self, folder: PurePosixPath, parts: list[str]) -> str | None:
        base = str(folder.joinpath(*parts))
        candidates = (f"{base}.py", f"{base}/__init__.py") if parts else (f"{base}/__init__.py",)
        return next((c.removeprefix("./") for c in candidates if c.removeprefix("./") in self._known), None)


def stem(path: str) -> str:
    """The word by which a module is imported: its file's name, or its folder's for a package."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.name == "__init__.py" and pure.parent.name else pure.stem


def writes(bases: list[ast.expr], name: str) -> bool:
    """Whether one of the base expressions holds the name."""
    return any(
        name in (getattr(node, "id", None), getattr(node, "attr", None))
        for base in bases
        for node in ast.walk(base)
    )
