"""What is said of a framework's use of OpenAI for a provider, and that nothing beneath it is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Compatibility, Fate, Finding, Level, SiteKind
from tests.programs import decision, move, moved, write

LLM = "from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI({})\n"


def finding(folder: Path, source: str, provider: str = "qwen") -> Finding:
    """The first finding about the one framework site."""
    write(folder, {"app.py": source})
    return decision(move(folder, provider), SiteKind.FRAMEWORK).findings[0]


def test_a_framework_that_is_not_edited_is_told_address_key_and_model(tmp_path: Path) -> None:
    source = "from phi.model.openai import OpenAIChat\n\nOpenAIChat()\n"
    said = finding(tmp_path, source)
    assert (said.rule.code, said.level) == ("FRM00", Level.MANUAL)
    assert 'base_url="https://dashscope.aliyuncs.com/compatible-mode/v1"' in (said.advice or "")
    assert "DASHSCOPE_API_KEY" in (said.advice or "")


@pytest.mark.parametrize("provider", ["deepseek", "ernie"])
def test_litellm_is_given_the_prefix_that_keeps_the_request(tmp_path: Path, provider: str) -> None:
    text = moved(tmp_path, 'import litellm\n\nlitellm.completion(model="gpt-4o", messages=[])\n', provider)
    assert 'model="openai/' in text


AZURE_TOO = (
    "import litellm\n\nlitellm.Router([\n"
    '    {"litellm_params": {"model": "anthropic/claude-3", "api_key": key}},\n'
    '    {"litellm_params": {"model": model_of()}},\n])\n'
)


@pytest.mark.parametrize(
    "source",
    [
        AZURE_TOO,
        "import litellm\n\n\ndef ask(model):\n    return litellm.completion(model, [])\n",
        'import litellm\n\nlitellm.completion("openai/m", [], api_base="http://localhost:1/v1")\n',
        "from dspy import LM\n\n\ndef make(name):\n    return LM(name)\n",
        'from crewai import LLM\n\nllm = LLM("gemini/gemini-2")\n',
        'from mem0 import Memory\n\nMemory.from_config({"llm": {"config": {"model": "gpt-4o"}}})\n',
    ],
)
def test_what_may_be_another_vendors_is_not_edited(tmp_path: Path, source: str) -> None:
    assert moved(tmp_path, source) == source


def test_a_script_beside_the_code_is_told_by_its_import(tmp_path: Path) -> None:
    scripts = {"web/a.ts": 'import OpenAI from "openai";\n', "web/b.ts": "// openai\n"}
    write(tmp_path, {"app.py": LLM.format(""), **scripts})
    told = [
        n.site.path
        for n in api.plan(api.scan([tmp_path]), "qwen").notices
        if n.findings[0].rule.code == "FRM20"
    ]
    assert told == ["web/a.ts"]


@pytest.mark.parametrize("framework", ["unheard_of_kit"])
def test_a_framework_without_a_table_gets_general_advice(tmp_path: Path, framework: str) -> None:
    said = finding(tmp_path, f"from {framework} import OpenAIChatModel\n\nOpenAIChatModel()\n")
    assert "{" not in (said.advice or "")


def test_an_endpoint_that_is_missing(tmp_path: Path) -> None:
    source = "from langchain_openai import OpenAIEmbeddings\n\nOpenAIEmbeddings()\n"
    said = finding(tmp_path, source, "deepseek")
    assert said.compatibility is Compatibility.UNSUPPORTED
    assert "https://api.deepseek.com" not in (said.advice or "")


def test_an_endpoint_of_which_nothing_is_known(tmp_path: Path) -> None:
    source = "from langchain.chains import OpenAIModerationChain\n\nOpenAIModerationChain()\n"
    assert finding(tmp_path, source, "deepseek").compatibility is Compatibility.UNKNOWN


def test_one_that_points_elsewhere_is_left_alone(tmp_path: Path) -> None:
    said = finding(tmp_path, LLM.format('base_url="http://localhost:8000/v1"'))
    assert said.level is Level.SKIP


def test_one_that_points_to_the_provider_has_moved(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": LLM.format('base_url="https://dashscope.aliyuncs.com/compatible-mode/v1"')})
    assert decision(move(tmp_path, "qwen"), SiteKind.FRAMEWORK).fate is Fate.MIGRATED


def test_another_providers_model_is_no_work(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": 'import litellm\n\nlitellm.completion(model="groq/openai-x", messages=[])\n'})
    assert api.scan([tmp_path]).sites == ()


SHARED = (
    "from langchain_openai import ChatOpenAI\nfrom openai import OpenAI\n\n"
    'MODEL = "gpt-4o"\nllm = ChatOpenAI(model=MODEL{})\nclient = OpenAI()\n'
    "client.chat.completions.create(model=MODEL, messages=[])\n"
)


def test_a_name_that_a_framework_needs_too_moves_with_both(tmp_path: Path) -> None:
    assert 'MODEL = "ernie-5.0"' in moved(tmp_path, SHARED.format(""))


@pytest.mark.parametrize(
    "stays", [", **options", ', base_url="http://localhost:1/v1"', ")  # migrate: ignore keep\n("]
)
def test_a_name_that_a_framework_which_stays_needs_is_not_exchanged(tmp_path: Path, stays: str) -> None:
    assert 'MODEL = "gpt-4o"' in moved(tmp_path, SHARED.format(stays))


def test_a_name_of_a_call_that_stays_is_not_exchanged_for_a_framework(tmp_path: Path) -> None:
    source = SHARED.format("").replace("OpenAI()", 'OpenAI(base_url="https://gateway.example/v1")')
    text = moved(tmp_path, source)
    assert 'MODEL = "gpt-4o"' in text
    assert "qianfan" not in text


@pytest.mark.parametrize(
    "source",
    [
        "class Own(ChatOpenAI):\n    pass\n\n\nllm = Own(model='gpt-4o')\n",
        "def make(**options):\n    return ChatOpenAI(**options)\n",
        "llm = ChatOpenAI(model='gpt-4o')  # migrate: ignore measured against it\n",
        "class Settings:\n    llm = field(default_factory=ChatOpenAI)\n",
    ],
)
def test_what_is_not_plainly_langchains_own_class_is_not_edited(tmp_path: Path, source: str) -> None:
    text = f"from dataclasses import field\nfrom langchain_openai import ChatOpenAI\n\n{source}"
    assert moved(tmp_path, text) == text


def test_the_import_of_a_framework_stays_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": "import tiktoken\n\ntiktoken.get_encoding('cl100k_base')\n"})
    assert decision(move(tmp_path, "qwen"), SiteKind.IMPORT).reason == "the framework stays"


@pytest.mark.parametrize(
    ("call", "level"),
    [
        ("encoding_for_model(model_of())", Level.REVIEW),
        ("encoding_name_for_model(model_of())", Level.REVIEW),
        ('encoding_for_model("gpt-4o")', Level.NOTE),
        ('get_encoding("cl100k_base")', Level.NOTE),
    ],
)
def test_tiktoken(tmp_path: Path, call: str, level: Level) -> None:
    assert finding(tmp_path, f"import tiktoken\n\ntiktoken.{call}\n").level is level


def test_frameworks_count_among_the_models(tmp_path: Path) -> None:
    source = 'import dspy\nimport litellm\n\ndspy.LM("openai/gpt-4o")\nlitellm.completion(model="gpt-4o")\n'
    write(tmp_path, {"app.py": source})
    assert api.models_found(api.scan([tmp_path])) == {"gpt-4o": 2}
