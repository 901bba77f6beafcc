"""`migrate probe` from the command line, against the stand-in on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from migrate_cli.__main__ import main
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Provider, Support
from migrate_cli.cli import probe as command
from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import Request
from migrate_cli.runtime.probe import client as probe_client
from migrate_cli.runtime.probe.reply import Reply
from migrate_cli.runtime.standin import StandIn

KEY = "canary-0123456789abcdef"
CATALOGUE = open_catalogue(observed=False)
PROGRAM = """from openai import OpenAI
client = OpenAI()
client.chat.completions.create(model="gpt-4o", messages=[], user="u1", seed=1)
"""
MOVED = ("rewrite", "--to", "local", "--model", "gpt-4o=llama", "--diff", "--no-report", "app.py")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data directory, an empty current directory, a key, and no proxy."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("DEEPSEEK_API_KEY", "VLLM_API_KEY"):
        monkeypatch.setenv(name, KEY)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "migrate" / "observed"


def without(name: str, provider: str) -> Provider:
    """A provider that refuses this field, whatever its documentation says."""
    known = CATALOGUE.provider(provider)
    entries = (replace(p, support=Support.REJECTED) if p.name == name else p for p in known.parameters)
    return replace(known, parameters=tuple(entries))


@contextmanager
def played(provider: Provider, key: str = KEY) -> Iterator[tuple[str, ...]]:
    """The options that probe a stand-in of `provider`."""
    with StandIn(provider, key) as server:
        yield "probe", "--to", provider.id, "--base-url", server.address, "--yes"


def probe(provider: Provider, *options: str, key: str = KEY) -> int:
    """Probe a stand-in of `provider`."""
    with played(provider, key) as start:
        return main([*start, *options])


def test_what_agrees_is_exit_0_and_one_line_of_sum(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert probe(CATALOGUE.provider("deepseek")) == 0
    written = capsys.readouterr()
    assert written.out.splitlines()[-1] == "what was observed agrees with the catalogue of 2026-11-21"
    assert "agrees  " not in written.out
    assert "differs  " not in written.out
    assert "sends 20 requests, at most ¥0.01 at list prices" in written.err
    assert "\r" not in written.err  # no progress without a terminal


def test_what_differs_is_exit_1_and_said_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert probe(without("presence_penalty", "deepseek")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines if line.startswith("differs")] == [
        ["differs", "presence_penalty"]
    ]
    assert "documented as ignored, observed as refused (HTTP 400 " in lines[0]
    assert lines[-1] == "1 observation differs from the catalogue of 2026-11-21"


def test_verbose_lists_what_agrees_and_quiet_only_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert probe(without("presence_penalty", "deepseek"), "--quiet") == 1
    quiet = capsys.readouterr()
    assert (len(quiet.out.splitlines()), quiet.err) == (2, "")
    assert probe(CATALOGUE.provider("deepseek"), "--verbose") == 0
    assert sum(line.startswith("agrees") for line in capsys.readouterr().out.splitlines()) >= 10


def test_json_holds_every_question_and_no_prompt_or_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert probe(CATALOGUE.provider("deepseek"), "--format", "json") == 0
    written = capsys.readouterr().out
    report = json.loads(written)
    assert (report["schema"], report["provider"], len(report["answers"])) == (1, "deepseek", 20)
    assert report["counts"]["differs"] == 0
    assert list(report["estimate"]["at_most"]) == ["CNY"]
    assert (KEY in written, "Reply with" in written) == (False, False)


def test_a_report_can_go_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert probe(CATALOGUE.provider("deepseek"), "--output", "report.txt", "--quiet") == 0
    assert capsys.readouterr().out == ""
    assert "agrees with the catalogue" in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_what_is_kept_holds_no_key_and_another_host_is_not_preferred(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert probe(without("presence_penalty", "deepseek")) == 1
    assert "is none of DeepSeek's own hosts, so it is not preferred" in capsys.readouterr().err
    (path,) = place.iterdir()
    text = path.read_text(encoding="utf-8")
    assert (KEY in text, "Reply with" in text, "is not accepted" in text) == (False, False, False)
    assert open_catalogue().provider("deepseek") == CATALOGUE.provider("deepseek")


def test_a_dry_run_sends_nothing_and_needs_no_key(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DEEPSEEK_API_KEY")
    monkeypatch.setattr(probe_client, "asking", None)
    assert main(["probe", "--to", "deepseek", "--dry-run"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[4].strip()
        == "5  developer               is the role developer accepted?  (documented as refused)"
    )
    assert lines[-1] == "sends 20 requests, at most ¥0.01 at list prices"
    assert main(["probe", "--to", "deepseek", "--dry-run", "--format", "json", "--full"]) == 0
    assert len(json.loads(capsys.readouterr().out)["questions"]) > 40
    assert not place.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "deepseek"], "add --yes to send 20 requests to api.deepseek.com, or --dry-run"),
        (["--to", "qwen", "--yes"], "set DASHSCOPE_API_KEY to your key for dashscope.aliyuncs.com"),
        (["--to", "deepseek", "--yes", "--key-env", "NOWHERE"], "set NOWHERE to your key"),
        ([], "say which provider to ask with --to"),
        (["--to", "deepsek"], "did you mean 'deepseek'"),
        (
            ["--to", "deepseek", "--yes", "--base-url", "http://127.0.0.1:1"],
            "127.0.0.1:1 could not be probed: it cannot",
        ),
        (["--list", "--forget"], "give one of them"),
    ],
)
def test_what_cannot_run_is_one_line_and_exit_2(
    arguments: list[str],
    said: str,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DASHSCOPE_API_KEY", raising=False)
    assert main(["probe", *arguments]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert said in written.err.splitlines()[-1]
    assert not place.exists()


def test_a_wrong_key_is_exit_2_after_two_requests_and_nothing_is_kept(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with StandIn(CATALOGUE.provider("deepseek"), "another-key") as server:
        assert main(["probe", "--to", "deepseek", "--base-url", server.address, "--yes"]) == 2
        assert len(server.exchanges) == 2
    written = capsys.readouterr()
    assert written.err.splitlines()[-1].endswith("could not be probed: the key was not accepted (HTTP 401)")
    assert KEY not in written.err + written.out
    assert not place.exists()


def test_a_probe_that_is_stopped_keeps_what_it_has_and_is_exit_2(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent, count = probe_client._send, iter(range(100))
    monkeypatch.setattr(
        probe_client, "_send", lambda *asked: sent(*asked) if next(count) < 6 else Reply(429, retry_after=0.0)
    )
    assert probe(CATALOGUE.provider("deepseek")) == 2
    out = capsys.readouterr().out
    assert "stopped: too many requests, or no quota (HTTP 429)" in out
    (path,) = place.iterdir()
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert (kept["stopped"], len(kept["answers"])) == (True, 6)


def test_an_interrupt_is_exit_130_and_nothing_is_kept(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> Reply:
        raise KeyboardInterrupt

    monkeypatch.setattr(probe_client, "_send", interrupted)
    assert probe(CATALOGUE.provider("deepseek")) == 130
    written = capsys.readouterr()
    assert (written.out, written.err.splitlines()[-1]) == ("", "migrate: interrupted")
    assert not place.exists()


@pytest.mark.parametrize(("answer", "code", "kept"), [("y", 0, 1), ("n", 2, 0), ("", 2, 0)])
def test_people_are_asked_before_anything_is_sent(
    answer: str, code: int, kept: int, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.mkdir(parents=True)
    monkeypatch.setattr(command, "sys", SimpleNamespace(stdin=Terminal(), stderr=Terminal()))
    asked: list[str] = []
    shown: list[str] = []
    told = SimpleNamespace(
        input=lambda prompt, **_: asked.append(prompt) or answer,
        print=lambda text, **_: shown.append(str(text)),
    )
    monkeypatch.setattr(command, "console", lambda *_: told)
    with played(CATALOGUE.provider("deepseek")) as start:
        assert main([word for word in start if word != "--yes"]) == code
    assert (asked, len(list(place.iterdir()))) == (["send them [y,n]? "], kept)
    assert shown[-1] == "sends 20 requests, at most ¥0.01 at list prices"


class Terminal:
    """What a person sits at."""

    def isatty(self) -> bool:
        return True


def test_what_was_observed_is_listed_and_forgotten(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", "--list"]) == 0
    assert capsys.readouterr().out == "Nothing is on record.\n"
    probe(CATALOGUE.provider("deepseek"), "--quiet")
    probe(CATALOGUE.provider("local"), "--model", "llama", "--quiet")
    capsys.readouterr()
    assert main(["probe", "--list", "--to", "deepseek"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split()[1] == "deepseek"
    assert "deepseek-flash, short: 20 observations" in line
    assert main(["probe", "--forget", "--to", "deepseek"]) == 0
    assert capsys.readouterr().out == "1 run forgotten.\n"
    assert main(["probe", "--list", "--format", "json"]) == 0
    assert [run["provider"] for run in json.loads(capsys.readouterr().out)["runs"]] == ["local"]


def test_a_broken_file_is_one_warning_and_any_command_goes_on(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.mkdir(parents=True)
    (place / "deepseek-2026-11-22.json").write_text('{"format": 1, "prov', encoding="utf-8")
    assert main(["providers", "deepseek"]) == 0
    assert capsys.readouterr().err.count("cannot be read and are not used") == 1
    monkeypatch.setenv("MIGRATE_NO_PROBE", "1")
    assert main(["providers", "deepseek"]) == 0
    assert capsys.readouterr().err == ""


def rewritten(capsys: pytest.CaptureFixture[str]) -> str:
    """The call as a rewrite would write it."""
    capsys.readouterr()
    main(list(MOVED))
    lines = capsys.readouterr().out.splitlines()
    return next(line for line in lines if line.startswith("+client.chat"))


def test_a_field_that_was_seen_refused_is_dropped_by_the_rewrite_and_not_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app.py").write_text(PROGRAM, encoding="utf-8")
    kept = '+client.chat.completions.create(model="llama", messages=[], user="u1", seed=1)'
    assert rewritten(capsys) == kept
    assert probe(without("user", "local"), "--model", "llama", "--full") == 1
    assert rewritten(capsys) == '+client.chat.completions.create(model="llama", messages=[], seed=1)'
    monkeypatch.setenv("MIGRATE_NO_PROBE", "1")
    assert rewritten(capsys) == kept


def test_scan_says_who_saw_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.py").write_text(PROGRAM, encoding="utf-8")
    probe(without("user", "local"), "--model", "llama", "--full")
    capsys.readouterr()
    main(["scan", "--to", "local", "--model", "gpt-4o=llama", "--format", "json", "app.py"])
    decisions = json.loads(capsys.readouterr().out)["targets"][0]["decisions"]
    (found,) = [f for d in decisions for f in d["findings"] if f["rule"] == "PRM14"]
    assert "refused with HTTP 400 on" in found["message"]
    assert "documented as ignored" in found["message"]
    assert found["source"].startswith("observed on ")


def test_a_stand_in_refuses_what_was_seen_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"model": "llama", "messages": [{"role": "user", "content": "Hi"}], "user": "u1"}
    request = Request(
        "POST", "/v1/chat/completions", {"authorization": f"Bearer {KEY}"}, json.dumps(body).encode()
    )
    assert check(request, open_catalogue().provider("local"), KEY).notes.ignored == ("user",)
    probe(without("user", "local"), "--model", "llama", "--full")
    refused = check(request, open_catalogue().provider("local"), KEY).refused
    assert refused is not None
    assert refused.reason == "user is not accepted"
    monkeypatch.setenv("MIGRATE_NO_PROBE", "1")
    assert check(request, open_catalogue().provider("local"), KEY).refused is None


def test_observations_never_promise_that_a_field_works() -> None:
    generous = CATALOGUE.provider("local")
    assert probe(generous, "--model", "llama", "--full", "--quiet") == 0
    seen = [
        p for p in open_catalogue().provider("local").parameters if "migrate probe" in (p.fact.source or "")
    ]
    assert {p.support for p in seen} == {Support.UNKNOWN}
    assert all(
        "its effect is not known" in (p.note or "") or "with an effect" in (p.note or "") for p in seen
    )
