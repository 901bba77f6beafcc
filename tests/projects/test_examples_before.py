"""The examples as they stand are legal OpenAI programs: they run with every SDK they claim to work with."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli.runtime.standin import StandIn
from tests.projects.environments import interpreter
from tests.projects.programs import PROGRAMS, copy, main_file
from tests.projects.running import run

pytestmark = pytest.mark.slow

KEY = "canary-openai-0123456789"
CASES = [(name, generation) for name, program in PROGRAMS.items() for generation in program.generations]


@pytest.mark.parametrize(("name", "generation"), CASES)
def test_example_runs_before_its_move(name: str, generation: str, tmp_path: Path) -> None:
    program = PROGRAMS[name]
    main = main_file(program, copy(program, tmp_path))
    variables = {"OPENAI_API_KEY": KEY, "AZURE_OPENAI_API_KEY": KEY}
    with StandIn(None, KEY) as standin:
        result = run(interpreter(generation), main, standin, variables, tmp_path / "escapes")
    assert result.code == 0, result
    assert result.output.strip(), result
    assert result.complaints == []
    assert result.escapes == ()
    assert len(result.exchanges) == program.requests
    assert {e.verdict.endpoint for e in result.exchanges} == {program.endpoint}


LEGACY_ASYNC = """
import asyncio
import openai
openai.api_key = "{key}"
reply = openai.ChatCompletion.acreate(model="gpt-4o", messages=[{{"role": "user", "content": "Hello"}}])
print(asyncio.run(reply)["choices"][0]["message"]["content"])
"""
BY_HAND = """
import httpx
url = "https://api.openai.com/v1/chat/completions"
body = {{"model": "gpt-4o", "messages": [{{"role": "user", "content": "Hello"}}]}}
print(httpx.post(url, headers={{"Authorization": "Bearer {key}"}}, json=body).status_code)
"""


@pytest.mark.parametrize(("generation", "code"), [("0.28", LEGACY_ASYNC), ("1", BY_HAND)])
def test_every_way_out_leads_to_the_standin(generation: str, code: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(code.format(key=KEY), encoding="utf-8")
    proxy = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    with StandIn(None, KEY) as standin:
        result = run(interpreter(generation), program, standin, proxy, tmp_path / "escapes")
    assert result.code == 0, result
    assert [e.original for e in result.exchanges] == ["https://api.openai.com/v1/chat/completions"]
    assert result.complaints == []
    assert result.escapes == ()


def test_a_program_that_asks_another_host_is_caught(tmp_path: Path) -> None:
    program = tmp_path / "stray.py"
    program.write_text(
        "from openai import OpenAI\n"
        "OpenAI(api_key='x', base_url='https://elsewhere.invalid/v1', max_retries=0).models.list()\n",
        encoding="utf-8",
    )
    with StandIn(None, KEY) as standin:
        result = run(interpreter("1"), program, standin, {}, tmp_path / "escapes")
    assert result.code != 0
    assert result.escapes == ("elsewhere.invalid",)
    assert result.exchanges == ()
