from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from migrate_cli.files.streams.opened import open_streams
from migrate_cli.model import UserError


def read(path: Path) -> bytes:
    return b"".join(chunk for stream in open_streams([str(path)]) for chunk in stream.chunks)


def write(folder: Path, data: bytes, name: str = "usage.jsonl") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": "\xc3\xa9"}\n',
        b'\xef\xbb\xbf{"a": "\xc3\xa9"}\n',
        gzip.compress(b'{"a": "\xc3\xa9"}\n'),
        gzip.compress(b'{"a": ') + gzip.compress(b'"\xc3\xa9"}\n'),
        '\ufeff{"a": "é"}\n'.encode("utf-16-le"),
        '\ufeff{"a": "é"}\n'.encode("utf-16-be"),
    ],
)
def test_all_wrappings_hold_the_same_text(data: bytes, tmp_path: Path) -> None:
    assert read(write(tmp_path, data)) == '{"a": "é"}\n'.encode()


def test_the_name_does_not_decide_whether_a_file_is_packed(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"plain", "usage.gz")) == b"plain"


def test_members_of_an_archive_come_by_name_and_others_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("b.csv", "readme.txt", "a.jsonl", "__MACOSX/a.jsonl"):
            archive.writestr(name, name)
    found = [(stream.name, b"".join(stream.chunks)) for stream in open_streams([str(path)])]
    assert found == [(f"{path}/a.jsonl", b"a.jsonl"), (f"{path}/b.csv", b"b.csv")]


def test_standard_input_is_a_dash_and_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(b"[1]")))
    monkeypatch.setattr("sys.stdin", stdin)
    assert [(each.name, b"".join(each.chunks)) for each in open_streams(["-"])] == [
        ("standard input", b"[1]")
    ]
    assert not stdin.closed


def test_progress_counts_what_lies_on_the_disk_and_ends_at_its_size(tmp_path: Path) -> None:
    first = write(tmp_path, gzip.compress(b"x" * 1_000_000), "a")
    second = write(tmp_path, b"x" * 600_000, "b")
    size = first.stat().st_size + 600_000
    seen: list[tuple[int, int]] = []
    streams = open_streams([str(second), str(first)], lambda done, total: seen.append((done, total)))
    assert [sum(map(len, stream.chunks)) for stream in streams] == [600_000, 1_000_000]
    assert {total for _, total in seen} == {size}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == size


def test_what_comes_through_a_pipe_has_no_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x" * 1000)))
    seen: list[tuple[int, int]] = []
    streams = open_streams(["-"], lambda done, total: seen.append((done, total)))
    assert [sum(map(len, stream.chunks)) for stream in streams] == [1000]
    assert {total for _, total in seen} == {0}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x7fELF\0\0\0", "is binary"),
        (b"PAR1\x15\x04", "a Parquet file: export it as CSV"),
        (b"(\xb5/\xfd$\0", "packed with zstd"),
        (b"SQLite format 3\0", "a database"),
        ("\ufeff[1]".encode("utf-32-le"), "UTF-32"),
        (b"\xff\xfe" + b"a\0\x00\xd8", "not valid UTF-16"),
        (gzip.compress(b"x" * 9999)[:-9], "damaged or cut off"),
        (b"\x1f\x8b\x08garbage that is no archive", "damaged or cut off"),
        (b"PK\x03\x04 no archive", "a damaged zip archive"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, words: str, tmp_path: Path) -> None:
    path = write(tmp_path, data)
    with pytest.raises(UserError, match=words) as refused:
        read(path)
    assert str(refused.value).startswith(str(path))


def test_an_archive_without_usage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(UserError, match="no CSV or JSON file in this archive"):
        read(path)


def test_a_directory_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a directory: name the usage files in it"):
        open_streams([str(tmp_path)])


def test_a_missing_file_is_refused_before_any_other_is_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot read .*missing"):
        open_streams([str(write(tmp_path, b"[1]")), str(tmp_path / "missing")])


def test_a_key_in_a_path_is_masked(tmp_path: Path) -> None:
    path = tmp_path / "sk-proj-Zx81kQp0LmNw72VbTr55.jsonl"
    path.write_bytes(b"\0")
    with pytest.raises(UserError) as refused:
        read(path)
    assert "Zx81kQp0" not in str(refused.value)
