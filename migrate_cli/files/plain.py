"""Text of a file that is not Python: any encoding that editors write, never a guess that could crash."""

from __future__ import annotations

import codecs

from migrate_cli.files.text import Unreadable

_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode_plain(data: bytes) -> str:
    """Decode by the byte-order mark, else as UTF-8, else byte for byte. Raises Unreadable for binary data."""
    encoding = _WIDE.get(data[:2])
    if encoding is not None:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            raise Unreadable("not valid UTF-16") from None
    if b"\0" in data:
        raise Unreadable("binary file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
