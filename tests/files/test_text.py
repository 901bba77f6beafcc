from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate_cli.files.text import (
    SourceText,
    Unreadable,
    decode,
    encode,
    line_starts,
    location,
    offset,
    position,
)
from migrate_cli.model import Location, Span

AWKWARD = [
    b"",
    b"x = 1",
    b"x = 1\r\ny = 2\r\n",
    b"x = 1\ny = 2\r\nz = 3\rw = 4",
    b"x = 1\n\x0cy = 2\n",
    b"\xef\xbb\xbfx = 1\r\n",
    b"\xef\xbb\xbf# coding: utf-8\nx = 1",
    b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
    b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\r\n",
    b"# coding: gbk\nx = '\xc4\xe3\xba\xc3'\n",
    b"# coding: euc_jp\rx = '\xa4\xa2'\r",
    b"# coding: utf-8-sig\nx = 1\n",
    "x = 'é\u2028\x85 中文 😀'\n".encode(),
]


@pytest.mark.parametrize("data", AWKWARD)
def test_awkward_bytes_come_back(data: bytes) -> None:
    source = decode(data)
    assert encode(source, source.text) == data


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")), st.booleans())
def test_any_utf8_text_comes_back(text: str, bom: bool) -> None:
    data = (b"\xef\xbb\xbf" if bom else b"") + b"x\n\n" + text.encode()
    source = decode(data)
    assert source.bom is bom
    assert encode(source, source.text) == data


def _there_and_back(data: bytes) -> bytes | None:
    try:
        source = decode(data)
    except Unreadable:
        return None
    return encode(source, source.text)


@given(
    st.sampled_from(["latin-1", "cp1252", "gb18030", "shift_jis", "koi8-r", "utf-7"]), st.binary(max_size=40)
)
def test_bytes_come_back_or_are_refused(encoding: str, body: bytes) -> None:
    data = b"# coding: " + encoding.encode() + b"\n" + body
    assert _there_and_back(data) in (None, data)


def test_an_edit_touches_nothing_else() -> None:
    source = decode(b"\xef\xbb\xbfx = 'OLD'\r\ny = '\xc3\xa9'\rz = 1")
    assert (
        encode(source, source.text.replace("OLD", "new")) == b"\xef\xbb\xbfx = 'new'\r\ny = '\xc3\xa9'\rz = 1"
    )


def test_a_cookie_is_only_one_in_the_first_two_lines() -> None:
    assert decode(b"x = 1\n# coding: latin-1\n").encoding == "utf-8"
    assert decode(b"\n\n# coding: latin-1\n").encoding == "utf-8"
    assert decode(b"\n# coding: latin-1\n").encoding == "iso-8859-1"


def test_a_cookie_in_a_string_is_none() -> None:
    assert decode(b"x = '# coding: latin-1'\n") == SourceText("x = '# coding: latin-1'\n", "utf-8", False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"MZ\x00\x01", "binary file"),
        ("x = 1".encode("utf-16"), "UTF-16, which Python cannot run: save it as UTF-8"),
        (b"x = '\xe9'\n", "not valid utf-8 (byte 5)"),
        (b"# coding: klingon\n", "unknown encoding: klingon"),
        (b"# coding: rot13\nk = 1", "unknown encoding: rot-13"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "byte-order mark of utf-8, but the file declares iso-8859-1"),
        (b"# coding: utf-7\nx = '+AGE-'\n", "bytes do not survive a round trip through utf-7"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(data)
    assert refusal.value.reason == reason
    assert refusal.value.problem


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    source = decode(b"# coding: latin-1\nx = 1\n")
    with pytest.raises(Unreadable, match="has no character"):
        encode(source, source.text + "# 文")


def test_lines_end_at_newlines_only() -> None:
    data = "a\nb\r\nc\rd\x0ce\x0bf\u2028g\x85h".encode()
    assert line_starts(data) == (0, 2, 5, 7)


def test_lines_of_an_empty_text() -> None:
    assert line_starts(b"") == (0,)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_ast_positions_are_byte_offsets(newline: str) -> None:
    code = newline.join(["é = '中文'; x = 1", "\x0cif x:", "    s = '\u2028\x85'; target", ""])
    data = code.encode()
    name = next(n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Name) and n.id == "target")
    start = offset(line_starts(data), name.lineno, name.col_offset)
    assert data[start : start + 6] == b"target"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.data())
def test_positions_and_offsets_agree(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    starts = line_starts(raw)
    place = len(text[: data.draw(st.integers(0, len(text)))].encode())
    line, column = position(raw, starts, place)
    assert starts[line - 1] + len(raw[starts[line - 1] :].decode()[: column - 1].encode()) == place


def test_location_counts_characters_from_one() -> None:
    raw = "a\né = f(1)\n".encode()
    span = Span(raw.index(b"f"), raw.index(b")") + 1)
    assert location("m.py", raw, line_starts(raw), span) == Location("m.py", 2, 5, 2, 9)


def test_location_in_a_notebook_counts_in_the_cell() -> None:
    raw = b"# cell\nx = 1\ny = 2\n"
    place = location("n.ipynb", raw, line_starts(raw), Span(13, 18), lambda line: (4, line - 1))
    assert place == Location("n.ipynb", 2, 1, 2, 6, 4)
