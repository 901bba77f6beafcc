"""What a rewrite changes, as a unified diff that `git apply` takes."""

from __future__ import annotations

from collections.abc import Iterator

_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def unified(path: str, before: str, after: str) -> str:
    """The diff of one file with three lines of context, "" when nothing changed. Keys in it are masked.

    Lines end at `\\n` alone, as git has it, so CRLF survives. A diff with a masked key shows the change, but
    does not apply.
    """
    from difflib import unified_diff

    from migrate_cli.files.secrets import mask

    if before == after:
        return ""
    lines = unified_diff(_lines(before), _lines(after), _header("a", path), _header("b", path))
    return mask("".join(_ended(lines)))


def _lines(text: str) -> list[str]:
    *full, rest = text.split("\n")
    return [f"{line}\n" for line in full] + ([rest] if rest else [])


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _header(side: str, path: str) -> str:
    """A path as git writes it: quoted if it has odd characters, ended by a tab if it has spaces."""
    name = f"{side}/{path}"
    data = name.encode("utf-8", "surrogateescape")
    if all(32 <= byte < 127 and byte not in b'"\\' for byte in data):
        return f"{name}\t" if " " in name else name
    quoted = "".join(
        _ESCAPES.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in data
    )
    return f'"{quoted}"'
