from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate_cli.files.journal import Journal, UndoStatus, undo
from migrate_cli.files.pads import lock, state_directory, unlock
from migrate_cli.files.write import replace_bytes
from migrate_cli.model import UserError

KEY = b"sk-" + b"aB3dE6gH9jK2mN5pQ8sT"


def _rewrite(root: Path, changes: dict[str, tuple[bytes, bytes]], *, secrets: bool = False) -> str:
    """A whole run: every file is made as it was, recorded and replaced."""
    journal = Journal.begin(root, "glm")
    for path, (before, after) in changes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(before)
        journal.record(path, before, after, secrets=secrets)
        replace_bytes(root / path, before, after)
    journal.finish()
    return journal.run


def _statuses(root: Path, run: str | None = None) -> dict[str, UndoStatus]:
    return {result.path: result.status for result in undo(root, run)}


def test_undo_restores_the_last_run(tmp_path: Path) -> None:
    _rewrite(tmp_path, {"a.py": (b"one\r\n", b"two"), "s/b.py": (b"", b"x\n")})
    assert _statuses(tmp_path) == {"a.py": UndoStatus.RESTORED, "s/b.py": UndoStatus.RESTORED}
    assert (tmp_path / "a.py").read_bytes() == b"one\r\n"
    assert (tmp_path / "s/b.py").read_bytes() == b""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.binary(), st.binary()), min_size=1, max_size=4), st.booleans())
def test_undo_restores_every_byte(tmp_path: Path, contents: list[tuple[bytes, bytes]], secrets: bool) -> None:
    changes = {f"{number}.py": pair for number, pair in enumerate(contents)}
    undo(tmp_path, _rewrite(tmp_path, changes, secrets=secrets))
    assert {path: (tmp_path / path).read_bytes() for path in changes} == {
        p: old for p, (old, _) in changes.items()
    }


def test_nothing_to_undo_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to undo"):
        undo(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_undone_once_and_then_the_one_before(tmp_path: Path) -> None:
    _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    _rewrite(tmp_path, {"a.py": (b"2", b"3")})
    undo(tmp_path)
    assert (tmp_path / "a.py").read_bytes() == b"2"
    undo(tmp_path)
    assert (tmp_path / "a.py").read_bytes() == b"1"
    with pytest.raises(UserError, match="nothing to undo"):
        undo(tmp_path)


def test_an_edited_file_is_left_alone_and_the_rest_restored(tmp_path: Path) -> None:
    _rewrite(tmp_path, {"a.py": (b"1", b"2"), "b.py": (b"1", b"2"), "c.py": (b"1", b"2")})
    (tmp_path / "a.py").write_bytes(b"edited")
    (tmp_path / "c.py").unlink()
    reasons = {result.path: result.reason for result in undo(tmp_path)}
    assert reasons == {"a.py": "changed since the rewrite", "b.py": None, "c.py": "deleted since the rewrite"}
    assert (tmp_path / "a.py").read_bytes() == b"edited"
    assert not (tmp_path / "c.py").exists()


def test_a_refused_run_stays_the_one_to_undo(tmp_path: Path) -> None:
    _rewrite(tmp_path, {"a.py": (b"1", b"2"), "b.py": (b"1", b"2")})
    (tmp_path / "a.py").write_bytes(b"edited")
    undo(tmp_path)
    (tmp_path / "a.py").write_bytes(b"2")
    assert _statuses(tmp_path) == {"a.py": UndoStatus.RESTORED, "b.py": UndoStatus.ALREADY}


def test_an_interrupted_run_is_undone(tmp_path: Path) -> None:
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_bytes(b"old")
    journal = Journal.begin(tmp_path, "glm")
    journal.record("a.py", b"old", b"new", secrets=False)
    replace_bytes(tmp_path / "a.py", b"old", b"new")
    journal.record("b.py", b"old", b"new", secrets=False)
    with (tmp_path / ".migrate/journal" / journal.run / "journal.jsonl").open("ab") as lines:
        lines.write(b'{"path": "c.py", "bef')
    os.close(journal.lock)  # as when a process ends
    assert _statuses(tmp_path) == {"a.py": UndoStatus.RESTORED, "b.py": UndoStatus.ALREADY}
    assert {(tmp_path / name).read_bytes() for name in ("a.py", "b.py", "c.py")} == {b"old"}


def test_a_run_without_files_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal.begin(tmp_path, "glm")
    journal.finish()
    assert not (tmp_path / ".migrate/journal" / journal.run).exists()


def test_a_run_cut_off_at_its_start_does_not_hide_the_one_before(tmp_path: Path) -> None:
    _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    os.close(Journal.begin(tmp_path, "glm").lock)  # as when a process ends
    assert _statuses(tmp_path) == {"a.py": UndoStatus.RESTORED}


def test_a_named_run(tmp_path: Path) -> None:
    first = _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    _rewrite(tmp_path, {"b.py": (b"1", b"2")})
    assert _statuses(tmp_path, first) == {"a.py": UndoStatus.RESTORED}
    assert _statuses(tmp_path, first) == {"a.py": UndoStatus.ALREADY}
    assert (tmp_path / "b.py").read_bytes() == b"2"


@pytest.mark.parametrize("name", ["nonsense", "..", "../../outside", ""])
def test_an_unknown_run_is_refused(tmp_path: Path, name: str) -> None:
    run = _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    with pytest.raises(UserError, match=f"known runs: {run}"):
        undo(tmp_path, name)
    assert (tmp_path / "a.py").read_bytes() == b"2"


def test_runs_sort_by_time_even_when_the_clock_stands_still(tmp_path: Path) -> None:
    names = [_rewrite(tmp_path, {"a.py": (b"1", b"2")}) for _ in range(5)]
    assert names == sorted(set(names))


@pytest.mark.parametrize(
    "line",
    [
        b"{half\n",
        b"[]\n",
        b'{"path": "a.py"}\n',
        b'{"path": "../x", "before": "", "after": "", "saved": "s", "locked": false}\n',
        b'{"path": "/etc/x", "before": "", "after": "", "saved": "s", "locked": false}\n',
        b'{"path": "x", "before": "", "after": "", "saved": "../s", "locked": false}\n',
        b'{"path": 1, "before": "", "after": "", "saved": "s", "locked": false}\n',
    ],
)
def test_a_damaged_journal_is_told_and_nothing_is_changed(tmp_path: Path, line: bytes) -> None:
    run = _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    with (tmp_path / ".migrate/journal" / run / "journal.jsonl").open("ab") as lines:
        lines.write(line)
    with pytest.raises(UserError, match="is damaged"):
        undo(tmp_path)
    assert (tmp_path / "a.py").read_bytes() == b"2"
    assert (tmp_path / ".migrate/journal" / run / "00001.saved").read_bytes() == b"1"


def test_a_journal_of_another_version_is_told(tmp_path: Path) -> None:
    run = _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    lines = tmp_path / ".migrate/journal" / run / "journal.jsonl"
    lines.write_bytes(lines.read_bytes().replace(b'"version": 1', b'"version": 99'))
    with pytest.raises(UserError, match="another version"):
        undo(tmp_path)


def test_a_damaged_copy_is_not_restored(tmp_path: Path) -> None:
    run = _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    (tmp_path / ".migrate/journal" / run / "00001.saved").write_bytes(b"rubbish")
    assert [result.reason for result in undo(tmp_path)] == ["its saved copy is damaged"]
    assert (tmp_path / "a.py").read_bytes() == b"2"


def test_a_file_made_read_only_is_left_alone(tmp_path: Path) -> None:
    _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    (tmp_path / "a.py").chmod(0o444)
    assert [result.reason for result in undo(tmp_path)] == ["read-only file"]
    assert (tmp_path / "a.py").read_bytes() == b"2"


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    _rewrite(root, {"a.py": (b"1", b"2")})
    (tmp_path / "outside.py").write_bytes(b"2")
    (root / "a.py").unlink()
    (root / "a.py").symlink_to(tmp_path / "outside.py")
    assert [result.reason for result in undo(root)] == ["now leads outside the project"]
    assert (tmp_path / "outside.py").read_bytes() == b"2"


def test_a_key_is_readable_nowhere_in_the_journal(tmp_path: Path) -> None:
    before = b'OpenAI(api_key="' + KEY + b'")\n'
    _rewrite(tmp_path, {"a.py": (before, b"new")}, secrets=True)
    kept = [path for place in (tmp_path / ".migrate", state_directory()) for path in place.rglob("*")]
    assert not any(KEY in path.read_bytes() for path in kept if path.is_file())
    undo(tmp_path)
    assert (tmp_path / "a.py").read_bytes() == before


def test_a_pad_is_private_and_kept_apart(tmp_path: Path) -> None:
    run = _rewrite(tmp_path, {"a.py": (KEY, b"new")}, secrets=True)
    pad = state_directory() / "pads" / run / "00001.saved"
    assert stat.S_IMODE(pad.stat().st_mode) == 0o600
    assert not pad.is_relative_to(tmp_path / ".migrate")


def test_without_its_pad_a_file_is_refused(tmp_path: Path) -> None:
    run = _rewrite(tmp_path, {"a.py": (KEY, b"new")}, secrets=True)
    (state_directory() / "pads" / run / "00001.saved").unlink()
    assert [result.reason for result in undo(tmp_path)] == [
        "its saved copy, or the pad that unlocks it, is missing"
    ]
    assert (tmp_path / "a.py").read_bytes() == b"new"


@given(st.binary())
def test_a_pad_opens_what_it_locked(data: bytes) -> None:
    assert unlock(*lock(data)) == data


def test_a_relative_state_home_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert state_directory() == Path.home() / ".local/state/migrate"


def test_git_does_not_see_the_journal(tmp_path: Path) -> None:
    _rewrite(tmp_path, {"a.py": (b"1", b"2")})
    assert (tmp_path / ".migrate/journal/.gitignore").read_text() == "*\n"


def test_without_a_place_for_the_journal_nothing_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(UserError, match=r"cannot keep an undo journal in .*: Permission denied"):
        Journal.begin(tmp_path, "glm")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_stops_before_the_file_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal.begin(tmp_path, "glm")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(UserError, match=r"cannot save a\.py for undo: No space left on device"):
        journal.record("a.py", b"1", b"2", secrets=False)
