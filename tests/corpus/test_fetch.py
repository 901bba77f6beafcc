"""Only the pinned file is accepted, and it cannot write outside of its own directory."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.corpus import fetch as corpus


def wheel_with(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "import openai\n")
    return path


def test_unpack_keeps_every_byte(tmp_path: Path) -> None:
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("pkg/a.py", b"x = 1\r\n\x0cy = 2")
    corpus.unpack(wheel, tmp_path / "tree")
    assert (tmp_path / "tree/pkg/a.py").read_bytes() == b"x = 1\r\n\x0cy = 2"


@pytest.mark.parametrize("name", ["../out.py", "pkg/../../out.py", "/out.py", "c:/out.py", "..\\out.py"])
def test_unpack_leaves_the_outside_alone(tmp_path: Path, name: str) -> None:
    wheel = wheel_with(tmp_path / "a.whl", "pkg/a.py", name)
    with pytest.raises(corpus.CorpusError, match="points outside"):
        corpus.unpack(wheel, tmp_path / "tree")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.whl"]


def test_unpack_refuses_a_link(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("pkg/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
        archive.writestr(link, "elsewhere")
    with pytest.raises(corpus.CorpusError, match="points outside"):
        corpus.unpack(tmp_path / "a.whl", tmp_path / "tree")
    assert not (tmp_path / "tree").exists()


def test_unpack_refuses_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "UNPACKED_LIMIT", 20)
    wheel = wheel_with(tmp_path / "a.whl", "a.py", "b.py")
    with pytest.raises(corpus.CorpusError, match="unpacks to more than"):
        corpus.unpack(wheel, tmp_path / "tree")
    assert not (tmp_path / "tree").exists()


def test_another_file_is_not_accepted(tmp_path: Path) -> None:
    wheel = wheel_with(tmp_path / "a.whl", "a.py")
    with pytest.raises(corpus.CorpusError, match="pinned is 0000"):
        corpus.check(wheel, "0" * 64)


def test_the_pinned_file_is_accepted(tmp_path: Path) -> None:
    wheel = wheel_with(tmp_path / "a.whl", "a.py")
    corpus.check(wheel, hashlib.sha256(wheel.read_bytes()).hexdigest())


def test_a_failed_download_leaves_no_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = subprocess.CompletedProcess([], 1, "", "ERROR: first\nERROR: nothing found\n")
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: refused)
    with pytest.raises(corpus.CorpusError, match="ERROR: nothing found"):
        corpus.fetch(corpus.packages()[0], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_cached_tree_is_not_downloaded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = corpus.packages()[0]
    (tmp_path / f"{entry}-{entry.sha256[:12]}").mkdir()
    monkeypatch.setattr(corpus, "_download", lambda *args: pytest.fail("downloaded again"))
    assert corpus.fetch(entry, tmp_path).is_dir()


def test_every_entry_is_pinned_once() -> None:
    entries = corpus.packages()
    assert len({str(entry) for entry in entries}) == len(entries)
    assert [entry for entry in entries if not re.fullmatch(r"[0-9a-f]{64}", entry.sha256)] == []


def test_the_corpus_covers_both_generations() -> None:
    styles = [entry.openai for entry in corpus.packages()]
    assert styles.count("1.x") >= 10
    assert styles.count("0.28") >= 3


def test_the_cache_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(os.environ, "MIGRATE_TEST_CACHE", str(tmp_path))
    assert corpus.cache_directory() == tmp_path
