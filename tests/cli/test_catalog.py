"""`migrate catalog` from the command line: what is printed, and how each run ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from migrate_cli.__main__ import main
from migrate_cli.catalogue.installed import PACKAGED, STATE, packaged_date
from migrate_cli.cli.exits import FINDINGS, OK, PROBLEM, USAGE

Run = Callable[..., tuple[int, str, str]]
GLM = {"id": "GLM-5.3", "prices": {"input_mtok": 1.103, "output_mtok": 4.2}}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    return tmp_path / "data" / "migrate" / "catalogue"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["catalog", *arguments])
        seen = capsys.readouterr()
        return code, seen.out, seen.err

    return call


@pytest.fixture
def bundle(tmp_path: Path, run: Run) -> Path:
    """A newer bundle with another price, made from what `export` writes."""
    path = tmp_path / "bundle.json"
    assert run("export", "--output", str(path))[0] == OK
    data = json.loads(path.read_text(encoding="utf-8"))
    data["compiled"] = "2027-01-01"
    data["files"]["fx"]["cny_per_usd"] = 6.7
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.fixture
def prices(tmp_path: Path) -> str:
    path = tmp_path / "genai.json"
    path.write_text(json.dumps([{"id": "zhipuai", "models": [GLM]}]), encoding="utf-8")
    return str(path)


def test_the_way_of_an_update_and_back(run: Run, bundle: Path) -> None:
    assert run("path") == (OK, f"{PACKAGED}\n", "")
    assert f"Catalogue of {packaged_date()}, the packaged one" in run("show")[1]
    code, planned, _ = run("update", "--from", str(bundle), "--dry-run")
    assert code == OK
    assert "would be in use: 1 change." in planned
    assert "~ rate CNY per USD: 6.6529 -> 6.7" in planned
    assert run("path")[1] == f"{PACKAGED}\n"
    code, done, _ = run("update", "--from", bundle.as_uri())
    assert (code, "is in use: 1 change." in done) == (OK, True)
    assert "Catalogue of 2027-01-01, an update" in run("show")[1]
    assert run("rollback") == (OK, "The packaged catalogue is in use again.\n", "")
    assert run("path")[1] == f"{PACKAGED}\n"


def test_an_export_is_the_same_twice_and_is_itself_no_change(run: Run, tmp_path: Path) -> None:
    first = run("export")[1]
    assert run("export")[1] == first
    (tmp_path / "same.json").write_text(first, encoding="utf-8")
    assert ": 0 changes." in run("update", "--from", str(tmp_path / "same.json"), "--dry-run")[1]


def test_a_failure_is_one_sentence_and_code_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    code, out, err = run("update", "--from", str(tmp_path / "bad.json"))
    assert (code, out, err.count("\n")) == (PROBLEM, "", 1)
    assert err.startswith(f"migrate: {tmp_path / 'bad.json'} cannot be used: it is not valid JSON")
    assert err.endswith("; the catalogue in use is unchanged\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["update"], "--from"),
        (["update", "--from", "x.json", "--sha256", "abc"], "64 hexadecimal digits"),
        (["rollback"], "no catalogue update to go back from"),
        (["check", "--against", "missing.json"], "missing.json cannot be read"),
        (["check", "--fx", "0"], "--fx wants a positive number"),
        (["renew"], "renew"),
    ],
)
def test_a_mistake_is_code_2(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (USAGE, "")
    assert said in err


def test_a_directory_of_ones_own_is_said_to_win(
    run: Run, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGRATE_CATALOGUE", str(PACKAGED))
    assert "MIGRATE_CATALOGUE is set and wins over it." in run("update", "--from", str(bundle))[1]
    assert "from MIGRATE_CATALOGUE" in run("show")[1]


def test_a_damaged_update_is_told_once_and_the_rest_goes_on(run: Run, home: Path) -> None:
    home.mkdir(parents=True)
    (home / STATE).write_text("{", encoding="utf-8")
    code, out, err = run("path")
    assert (code, out) == (OK, f"{PACKAGED}\n")
    assert err.count("\n") == 1
    assert err.startswith(
        "migrate: the catalogue update is not used, because the record of updates is damaged"
    )


def test_a_price_that_differs_is_a_finding(run: Run, prices: str) -> None:
    code, out, _ = run("check", "--against", prices, "--as-of", "2026-11-22")
    assert code == FINDINGS
    assert "genai-prices: 2 rates compared, 1 differs by more than 5%" in out
    assert "input: ¥8 here, $1.103 there: -8.3%, equal at 7.25 yuan per dollar" in out


def test_the_same_as_data(run: Run, prices: str) -> None:
    code, out, _ = run("check", "--against", prices, "--as-of", "2026-11-22", "--format", "json")
    found: Any = json.loads(out)
    assert (code, found["schema"], found["as_of"]) == (FINDINGS, 1, "2026-11-22")
    (difference,) = found["against"][0]["differences"]
    assert (difference["ours"], difference["theirs_usd"], difference["change_percent"]) == (
        "8",
        "1.103",
        "-8.3",
    )
    assert run("check", "--against", prices, "--as-of", "2026-11-22", "--format", "json")[1] == out


def test_old_facts_alone_are_no_finding(run: Run) -> None:
    code, out, _ = run("check", "--as-of", "2027-11-22")
    assert code == OK
    assert "older than 60 days" in out


@pytest.mark.parametrize("command", ["--version", "catalog show", "catalog check", "providers"])
def test_nothing_but_an_update_imports_a_network_client(command: str) -> None:
    script = (
        "import sys\nfrom migrate_cli.__main__ import main\n"
        f"main({command.split()!r})\n"
        "sys.exit('httpx' in sys.modules or 'ssl' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], stdout=subprocess.DEVNULL, check=False).returncode == 0
    )
