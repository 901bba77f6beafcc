"""`migrate report --usage` from end to end, on exports as people have them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from migrate_cli.__main__ import main

EXPORTS = Path(__file__).parent / "cases" / "usage"
PROGRAM = 'from openai import OpenAI\n\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n'
KEY = "sk-" + "proj-notReal" * 3
# 100,000 requests in October, 1,200 tokens in (400 cached), 350 out, as the costs of section 0 are worked out
MONTH = {
    "object": "page",
    "has_more": False,
    "next_page": None,
    "data": [
        {
            "object": "bucket",
            "start_time": 1790812800,
            "end_time": 1793491200,
            "results": [
                {
                    "object": "organization.usage.completions.result",
                    "num_model_requests": 100_000,
                    "input_tokens": 120_000_000,
                    "input_cached_tokens": 40_000_000,
                    "output_tokens": 35_000_000,
                    "model": "gpt-4o-2024-08-06",
                    "batch": False,
                }
            ],
        }
    ],
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "app.py").write_text(PROGRAM)
    (tmp_path / "usage.json").write_text(json.dumps(MONTH))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    """The JSON report."""
    assert main(["report", "app.py", "--as-of", "2026-11-21", "--format", "json", *options]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


WHOLE = ("--usage", "usage.json", "--longest-input", "8000")


def test_the_worked_example_to_the_cent(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = told(capsys, *WHOLE, "--to", "glm", "--to", "deepseek")
    (line,) = report["openai"]
    assert (line["model"], line["call_sites"], line["costs"][0]["low_usd"]) == ("gpt-4o", 1, "600.00")
    assert line["replacement"]["costs"][0]["low_usd"] == "25.90"
    glm, deepseek = (provider["models"][0]["costs"][0] for provider in report["providers"])
    assert (glm["low_cny"], glm["low_usd"], glm["high_usd"]) == ("194.00", "29.16", "29.16")
    assert (deepseek["low_usd"], deepseek["high_usd"]) == ("39.08", "78.16")


@pytest.mark.parametrize(
    ("provider", "model", "yuan", "dollars"),
    [
        ("qwen", "qwen-flash", "70.50", "10.60"),
        ("qwen", "qwen-plus", "166.00", "24.95"),
        ("ernie", "ernie-4.5-turbo-128k", "208.00", "31.26"),
        ("glm", "glm-5.3", "1940.00", "291.60"),
    ],
)
def test_each_row_of_the_worked_example(
    home: Path, provider: str, model: str, yuan: str, dollars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report = told(capsys, *WHOLE, "--to", provider, "--model", f"gpt-4o={model}")
    bill = report["providers"][0]["models"][0]["costs"][0]
    assert (bill["low_cny"], bill["high_cny"], bill["low_usd"]) == (yuan, yuan, dollars)


def test_dearer_than_staying_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = told(capsys, *WHOLE, "--to", "glm")
    words = [line["vs_staying"][0]["words"] for line in report["providers"][0]["models"]]
    assert words == ["13% dearer"]


def test_sums_alone_leave_the_tier_open(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = told(capsys, "--usage", "usage.json", "--to", "qwen", "--model", "gpt-4o=qwen-plus")
    bill = report["providers"][0]["models"][0]["costs"][0]
    assert (bill["low_cny"], bill["note"]) == ("166.00", "base tier to the highest tier a request may reach")
    assert float(bill["high_cny"]) > 166


def test_the_same_input_twice_gives_the_same_bytes(home: Path) -> None:
    options = ["report", "app.py", "--usage", "usage.json", "--to", "qwen", "--as-of", "2026-11-21"]
    for form in ("json", "html", "markdown", "csv", "text"):
        main([*options, "--format", form, "--output", f"one.{form}"])
        main([*options, "--format", form, "--output", f"two.{form}"])
        assert Path(f"one.{form}").read_bytes() == Path(f"two.{form}").read_bytes()


def test_usage_and_a_bill_together(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = told(
        capsys, "--usage", "usage.json", "--usage", str(EXPORTS / "openai-costs.json"), "--to", "glm"
    )
    assert report["origin"] == "measured"
    assert report["billed"]


def test_without_usage_nothing_is_called_measured(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = told(capsys, "--to", "glm")
    assert (report["origin"], report["usage"], report["billed"]) == ("assumed", None, [])


def test_keys_and_prompts_never_reach_a_report(home: Path) -> None:
    line = {
        "id": "1",
        "created": 1790812800,
        "model": "gpt-4o",
        "api_key": KEY,
        "messages": [{"role": "user", "content": "a very private prompt"}],
        "user": "someone@example.com",
        "usage": {"prompt_tokens": 5, "completion_tokens": 2},
    }
    (home / "log.jsonl").write_text(json.dumps(line) + "\n")
    for form in ("json", "html", "markdown", "csv", "text"):
        main(
            [
                "report",
                "app.py",
                "--usage",
                "log.jsonl",
                "--days",
                "1",
                "--format",
                form,
                "--output",
                f"out.{form}",
            ]
        )
        text = Path(f"out.{form}").read_text(encoding="utf-8")
        assert not [word for word in (KEY, "private prompt", "someone@example.com") if word in text]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("ungrouped.json", json.dumps(MONTH).replace('"gpt-4o-2024-08-06"', "null"), "group_by=model"),
        ("empty.json", "", "empty"),
        ("notes.txt", "we paid about six hundred dollars\n", "format"),
    ],
)
def test_what_cannot_be_read_says_so_in_one_line(
    home: Path, name: str, text: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / name).write_text(text)
    assert main(["report", "app.py", "--usage", name]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
