"""Frameworks that are edited: what belongs together, what is left alone, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli.model import Fate, SiteKind
from tests.programs import fates, move, moved, write

CHAT = "from langchain_openai import ChatOpenAI\n\n{}\n"
AGENTS = "from agents import Agent, Runner\n\n{}\n"
PYDANTIC = "from pydantic_ai import Agent\n\n{}\n"


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('ChatOpenAI(model="gpt-4o", openai_api_base="https://api.openai.com/v1")', "openai_api_base="),
        ('ChatOpenAI(model="gpt-4o", openai_api_key="k")', 'openai_api_key=os.environ["DEEPSEEK_API_KEY"]'),
        ('ChatOpenAI(model="gpt-4o", max_tokens=9)', '"max_tokens": 9}'),
        (
            'ChatOpenAI(model="gpt-4o", extra_body={"user_id": u})',
            '{"user_id": u, "thinking": {"type": "disabled"}}',
        ),
        ('ChatOpenAI(model="gpt-4o", organization="org-1")', "deepseek-flash"),
    ],
)
def test_langchain_keeps_its_spelling(tmp_path: Path, call: str, found: str) -> None:
    text = moved(tmp_path, CHAT.format(f"llm = {call}"), "deepseek")
    assert found in text
    assert "api.openai.com" not in text
    assert "organization" not in text


@pytest.mark.parametrize(
    "call",
    [
        'ChatOpenAI(model="gpt-4o", base_url=address())',
        'ChatOpenAI(model="gpt-4o", base_url="https://gateway.example/v1")',
        'ChatOpenAI(model="our-deployment")',
        "ChatOpenAI(**options)",
    ],
)
def test_langchain_that_cannot_move_stays_whole(tmp_path: Path, call: str) -> None:
    source = CHAT.format(f"llm = {call}\nperson = llm.with_structured_output(Person)")
    assert moved(tmp_path, source, "deepseek") == source


def test_a_model_of_a_settings_file_moves_with_the_objects_that_read_it(tmp_path: Path) -> None:
    write(
        tmp_path, {"config.py": 'MODEL = "gpt-4o"\n', "app.py": CHAT.format("llm = ChatOpenAI(model=MODEL)")}
    )
    (tmp_path / "app.py").write_text(
        "from config import MODEL\n" + (tmp_path / "app.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    move(tmp_path, "qwen")
    assert (tmp_path / "config.py").read_text(encoding="utf-8") == 'MODEL = "qwen3.7-plus"\n'


def test_agents_are_set_up_where_they_are_run(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "team.py": 'from agents import Agent\n\ncook = Agent(name="Cook", model="gpt-4o-mini")\n',
            "main.py": 'from agents import Runner\nfrom team import cook\n\nRunner.run_sync(cook, "Hello")\n',
        },
    )
    move(tmp_path, "ernie")
    assert "set_tracing_disabled(True)" in (tmp_path / "main.py").read_text(encoding="utf-8")
    assert "set_" not in (tmp_path / "team.py").read_text(encoding="utf-8")


def test_what_a_program_sets_already_is_not_set_again(tmp_path: Path) -> None:
    source = (
        "from agents import Agent, Runner, set_default_openai_client, set_tracing_disabled\n"
        "from openai import AsyncOpenAI\n\nset_default_openai_client(AsyncOpenAI())\nset_tracing_disabled(True)\n"
        'Runner.run_sync(Agent(name="Cook", model="gpt-4o-mini"), "Hello")\n'
    )
    text = moved(tmp_path, source)
    assert text.count("set_tracing_disabled(True)") == 1
    assert text.count("set_default_openai_client(") == 1
    assert "use_for_tracing=False" in text


def test_every_script_that_runs_agents_is_set_up_by_itself(tmp_path: Path) -> None:
    script = AGENTS.format('Runner.run_sync(Agent(name="Cook", model="gpt-4o-mini"), "Hello")')
    write(tmp_path, {"one.py": script, "two.py": script})
    move(tmp_path, "ernie")
    texts = [(tmp_path / name).read_text(encoding="utf-8") for name in ("one.py", "two.py")]
    assert ["set_default_openai_client(" in text for text in texts] == [True, True]


@pytest.mark.parametrize(
    ("agent", "provider", "fate"),
    [
        ('Agent(name="A", model="gpt-4o", tools=[WebSearchTool()])', "ernie", Fate.MANUAL),
        ('Agent(name="A", model="gpt-4o", output_type=Person)', "deepseek", Fate.MANUAL),
        ('Agent(name="A", model="gpt-4o", output_type=str)', "deepseek", Fate.REWRITTEN),
        ('Agent(name="A", model="gpt-4o", tools=[look_up])', "ernie", Fate.REWRITTEN),
    ],
)
def test_what_an_agent_asks_for(tmp_path: Path, agent: str, provider: str, fate: Fate) -> None:
    write(tmp_path, {"app.py": AGENTS.format(f"agent = {agent}")})
    assert fates(move(tmp_path, provider), SiteKind.FRAMEWORK) == [fate]


@pytest.mark.parametrize(
    "source",
    [
        AGENTS.format('agent = Agent(name="A", model=LitellmModel(model="x"))'),
        AGENTS.format("def make():\n    return Agent(name='A', model=pick())"),
        PYDANTIC.format('agent = Agent("anthropic:claude-sonnet-4-0")'),
        PYDANTIC.format("agent = Agent(chosen())"),
        "from langchain_groq import ChatGroq\n\nllm = ChatGroq(model='openai/gpt-oss-20b')\n",
        "from llama_index.llms.anthropic import Anthropic\n\nllm = Anthropic(model='claude-3')\n",
        "import instructor\nfrom groq import Groq\n\nclient = instructor.from_groq(Groq())\n",
        "from pydantic_ai.models.openai import OpenAIModel\n\n\nclass Ours(OpenAIModel):\n    pass\n",
    ],
)
def test_what_is_not_openais_is_left_alone(tmp_path: Path, source: str) -> None:
    assert moved(tmp_path, source, "kimi") == source


@pytest.mark.parametrize(
    ("output", "provider", "found"),
    [
        ("Person", "kimi", "output_type=PromptedOutput(Person)"),
        ("Person", "ernie", "output_type=Person"),
        ("str", "kimi", "output_type=str"),
        ("NativeOutput(Person)", "kimi", "output_type=NativeOutput(Person)"),
        ("[A, B]", "kimi", "output_type=[A, B]"),
    ],
)
def test_the_type_of_an_answer(tmp_path: Path, output: str, provider: str, found: str) -> None:
    source = PYDANTIC.format(f'agent = Agent("openai:gpt-4o", output_type={output})')
    assert found in moved(tmp_path, source, provider)


@pytest.mark.parametrize(
    ("provider", "found"),
    [("deepseek", 'method="function_calling"'), ("ernie", "(Person)"), ("kimi", "(Person)")],
)
def test_the_method_of_structured_output(tmp_path: Path, provider: str, found: str) -> None:
    source = CHAT.format('llm = ChatOpenAI(model="gpt-4o")\nx = llm.with_structured_output(Person)')
    assert found in moved(tmp_path, source, provider)


def test_a_method_that_needs_the_prompt_waits_for_a_look(tmp_path: Path) -> None:
    source = CHAT.format('llm = ChatOpenAI(model="gpt-4o")\nx = llm.with_structured_output(P, strict=True)')
    assert 'with_structured_output(P, method="json_mode")' in moved(tmp_path, source, "kimi", review=True)


AUTOGEN = 'from autogen import AssistantAgent\n\nagent = AssistantAgent("a", llm_config={})\n'


@pytest.mark.parametrize(
    ("config", "kept"),
    [
        ('{"config_list": [{"model": "gpt-4"}], "temperature": 1}', '"temperature": 1'),
        (
            '{"config_list": [{"model": "gpt-4"}, {"model": "claude-3", "api_type": "anthropic"}], "temperature": 0}',
            '"temperature": 0',
        ),
        ('{"config_list": [{"model": "gpt-4"}], "cache_seed": 7}', '"cache_seed": 7'),
    ],
)
def test_what_all_entries_share_is_kept_where_it_may(tmp_path: Path, config: str, kept: str) -> None:
    assert kept in moved(tmp_path, AUTOGEN.format(config), "kimi")


def test_a_temperature_that_is_refused_goes_with_the_list(tmp_path: Path) -> None:
    config = (
        '{"config_list": [{"model": "gpt-4", "temperature": 0}, {"model": "gpt-4o"}], "temperature": 0.5}'
    )
    assert "temperature" not in moved(tmp_path, AUTOGEN.format(config), "kimi")


def test_a_limit_that_moves_into_the_body_stays_below_the_ceiling(tmp_path: Path) -> None:
    text = moved(tmp_path, CHAT.format('llm = ChatOpenAI(model="gpt-4o-mini", max_tokens=9000)'), "baichuan")
    assert '"max_tokens": 2048' in text
