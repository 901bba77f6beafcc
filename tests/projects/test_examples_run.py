"""Every example is moved to every provider and then really runs there, with each SDK it claims to work with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Decision, Fate, Level, Status
from migrate_cli.runtime.standin import StandIn
from tests.projects.environments import interpreter
from tests.projects.moving import (
    OLD_KEY,
    PROVIDERS,
    execute,
    execute_all,
    faults,
    move,
    provider_called,
    said,
)
from tests.projects.programs import EXAMPLES, PROGRAMS, main_file
from tests.projects.running import Run, run

pytestmark = pytest.mark.slow

NO_EMBEDDINGS = ("deepseek", "kimi")
OTHERS = (
    "sensenova",
    "baichuan",
    "hunyuan",
    "minimax",
    "doubao",
    "spark",
    "stepfun",
    "siliconflow",
    "zhinao",
)
CASES = [
    (name, provider)
    for name in PROGRAMS
    for provider in PROVIDERS
    if not (name == "embeddings_search" and provider in NO_EMBEDDINGS)
]
# GLM's small models always think, which uses up a small output limit: raising it waits for a look.
LOOKED_AT = (("async_handler", "glm"), ("azure", "glm"))


@cache
def before(name: str, home: Path) -> Run:
    """The run of the example as it stands, with the newest SDK it works with."""
    program = PROGRAMS[name]
    variables = {"OPENAI_API_KEY": OLD_KEY, "AZURE_OPENAI_API_KEY": OLD_KEY}
    with StandIn(None, OLD_KEY) as standin:
        python = interpreter(program.generations[-1])
        return run(python, main_file(program, home), standin, variables, home.parent / "escapes")


def waiting(decisions: Sequence[Decision]) -> list[tuple[Level, str]]:
    """What is left to a person, as level and rule."""
    left = (Level.REVIEW, Level.MANUAL)
    return [(f.level, f.rule.code) for d in decisions for f in d.findings if f.level in left]


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of the examples as they stand."""
    return Path(shutil.copytree(EXAMPLES, tmp_path_factory.mktemp("before") / "examples"))


@pytest.mark.parametrize(("name", "provider_name"), CASES)
def test_moved_example_runs(name: str, provider_name: str, tmp_path: Path, originals: Path) -> None:
    program, provider = PROGRAMS[name], provider_called(provider_name)
    home, _ = move(program, provider_name, tmp_path, review=(name, provider_name) in LOOKED_AT)
    for generation, result in execute_all(program, home, provider).items():
        case = f"openai {generation}: {result}"
        assert result.code == 0, case
        assert result.output.strip(), case
        assert result.escapes == (), case
        assert len(result.exchanges) == program.requests, case
        assert [fault for e in result.exchanges for fault in faults(e, provider)] == [], case
        assert said(result.exchanges) == said(before(name, originals / name).exchanges), case


@pytest.mark.parametrize(("name", "provider_name"), LOOKED_AT)
def test_a_limit_that_thinking_uses_up_is_told(name: str, provider_name: str, tmp_path: Path) -> None:
    _, outcome = move(PROGRAMS[name], provider_name, tmp_path)
    assert [code for _, code in waiting(outcome.decisions)] == ["PRM02"]


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_openais_key_is_never_sent_when_the_new_one_is_missing(name: str, tmp_path: Path) -> None:
    program, provider = PROGRAMS[name], provider_called("ernie")
    home, _ = move(program, "ernie", tmp_path)
    results = [execute(program, home, provider, generation, key=False) for generation in program.generations]
    assert [result.code for result in results].count(0) == 0
    assert [leak for result in results for e in result.exchanges for leak in e.leaks] == []


@pytest.mark.parametrize("provider_name", OTHERS)
def test_moved_stream_runs_at_the_other_providers(provider_name: str, tmp_path: Path) -> None:
    program, provider = PROGRAMS["chat_stream"], provider_called(provider_name)
    home, _ = move(program, provider_name, tmp_path, review=True)
    result = execute(program, home, provider, program.generations[-1])
    assert result.code == 0, result
    assert result.escapes == ()
    assert len(result.exchanges) == program.requests
    assert [fault for e in result.exchanges for fault in faults(e, provider)] == [], result


@pytest.mark.parametrize(("name", "provider_name"), CASES)
def test_a_second_move_changes_nothing(name: str, provider_name: str, tmp_path: Path) -> None:
    home, outcome = move(PROGRAMS[name], provider_name, tmp_path)
    plan = api.plan(api.scan([home]), provider_name)
    assert not any(plan.operations.values())
    assert {Fate.MIGRATED, Fate.REWRITTEN} & {decision.fate for decision in plan.decisions} == {Fate.MIGRATED}
    assert set(waiting(plan.decisions)) <= set(waiting(outcome.decisions))


@pytest.mark.parametrize("provider_name", NO_EMBEDDINGS)
def test_without_embeddings_the_program_is_left_alone(provider_name: str, tmp_path: Path) -> None:
    program = PROGRAMS["embeddings_search"]
    home, outcome = move(program, provider_name, tmp_path)
    calls = [d for d in outcome.decisions if d.site.endpoint == "embeddings"]
    assert [d.fate for d in calls] == [Fate.MANUAL]
    assert [f for f in outcome.files if f.status is Status.CHANGED] == []
    for source in ("client.py", "search.py"):
        assert (home / source).read_bytes() == (EXAMPLES / program.name / source).read_bytes()


MUTATIONS = {
    "the old model": ("chat_stream", "qwen", "chat.py", r"model=\"[^\"]+\"", 'model="gpt-4o-mini"', "model"),
    "the developer role": ("chat_stream", "qwen", "chat.py", r'"system"', '"developer"', "roles"),
    "the old stop": ("chat_stream", "glm", "chat.py", r"stop=\[([^]]*)\]", r"stop=\1", "fields"),
    "the old temperature": (
        "chat_stream",
        "ernie",
        "chat.py",
        r"temperature=[0-9.]+",
        "temperature=0",
        "fields",
    ),
    "the old key": ("chat_stream", "ernie", "chat.py", "QIANFAN_API_KEY", "OPENAI_API_KEY", "auth"),
    "a guessed path": ("chat_stream", "ernie", "chat.py", r"baidubce\.com/v2", "baidubce.com/v1", "path"),
    "base64 vectors": (
        "embeddings_search",
        "ernie",
        "search.py",
        r",\s*encoding_format=\"float\"",
        "",
        "fields",
    ),
    "the old model of 2023": (
        "legacy_028",
        "glm",
        "haiku.py",
        r"gpt-3.5-turbo|\bglm-[\w.-]+",
        "gpt-3.5-turbo",
        "model",
    ),
}


@pytest.mark.parametrize(("name", "provider_name", "source", "fixed", "broken", "check"), MUTATIONS.values())
def test_undoing_one_fix_turns_the_standin_red(
    name: str, provider_name: str, source: str, fixed: str, broken: str, check: str, tmp_path: Path
) -> None:
    program, provider = PROGRAMS[name], provider_called(provider_name)
    home, _ = move(program, provider_name, tmp_path)
    text = (home / source).read_text(encoding="utf-8")
    mutant, count = re.subn(fixed, broken, text)
    (home / source).write_text(mutant, encoding="utf-8")
    result = execute(program, home, provider, program.generations[-1])
    assert count > 0, text
    assert result.code != 0, result
    assert {e.verdict.refused.check for e in result.exchanges if e.verdict.refused} == {check}, result


def test_undoing_the_base_url_is_an_escape(tmp_path: Path) -> None:
    program, provider = PROGRAMS["chat_stream"], provider_called("ernie")
    home, _ = move(program, "ernie", tmp_path)
    source = home / "chat.py"
    text = source.read_text(encoding="utf-8")
    mutant, count = re.subn(r",\s*base_url=\"[^\"]+\"", "", text)
    source.write_text(mutant, encoding="utf-8")
    result = execute(program, home, provider, "1")
    assert count == 1, text
    assert result.code != 0
    assert set(result.escapes) == {"api.openai.com"}
    assert result.exchanges == ()
