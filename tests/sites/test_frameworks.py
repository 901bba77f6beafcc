"""OpenAI through a framework: what is found, with endpoint and certainty, and what is left alone."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from tests.sites.scanning import sites


def uses(files: dict[str, str] | str) -> list[str]:
    """Framework, last name of the symbol, endpoint and certainty of each framework site."""
    return [
        f"{s.framework} {s.symbol.rsplit('.', 1)[-1]} {s.endpoint} {s.certainty.value}"
        for s in sites(files)
        if s.kind is SiteKind.FRAMEWORK
    ]


def models(source: str) -> list[object]:
    """The literal model names of the one framework site."""
    [site] = [s for s in sites(source) if s.kind is SiteKind.FRAMEWORK]
    return [v.literal for a in site.model_arguments for v in a.values]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (
            "from langchain_openai import ChatOpenAI\nChatOpenAI(model='gpt-4o')",
            "langchain ChatOpenAI chat.completions proved",
        ),
        (
            "from langchain.chat_models import AzureChatOpenAI\nAzureChatOpenAI()",
            "langchain AzureChatOpenAI chat.completions proved",
        ),
        (
            "from langchain_community.llms.openai import OpenAI\nOpenAI()",
            "langchain OpenAI completions proved",
        ),
        (
            "from langchain.embeddings import OpenAIEmbeddings as E\nE()",
            "langchain OpenAIEmbeddings embeddings proved",
        ),
        (
            "from langchain.callbacks import get_openai_callback\nwith get_openai_callback() as cb: pass",
            "langchain get_openai_callback None proved",
        ),
        (
            "from langchain.chat_models import init_chat_model\ninit_chat_model('openai:gpt-4o')",
            "langchain init_chat_model chat.completions proved",
        ),
        (
            "from langchain.chat_models import init_chat_model\ninit_chat_model('x', model_provider='openai')",
            "langchain init_chat_model chat.completions proved",
        ),
        (
            "from langgraph.prebuilt import create_react_agent\ncreate_react_agent('openai:gpt-4o', [])",
            "langgraph create_react_agent chat.completions proved",
        ),
        (
            "from llama_index.llms.openai import OpenAI\nOpenAI(model='gpt-4o')",
            "llama_index OpenAI chat.completions proved",
        ),
        (
            "from llama_index.agent import OpenAIAgent\nOpenAIAgent.from_tools([])",
            "llama_index from_tools chat.completions proved",
        ),
        (
            "import litellm\nlitellm.completion(model='gpt-4o', messages=[])",
            "litellm completion chat.completions proved",
        ),
        (
            "from litellm import acompletion\nacompletion('azure/my', [])",
            "litellm acompletion chat.completions proved",
        ),
        (
            "import litellm\ndef f(m):\n    return litellm.completion(model=m)",
            "litellm completion chat.completions likely",
        ),
        (
            "import litellm\ndef f(m):\n    return litellm.completion(model=f'openai/{m}')",
            "litellm completion chat.completions likely",
        ),
        (
            "from litellm import Router\nRouter(model_list=[{'litellm_params': {'model': 'azure/x'}}])",
            "litellm Router chat.completions proved",
        ),
        (
            "from functools import partial\nimport litellm\npartial(litellm.completion, model='gpt-4o')",
            "litellm completion chat.completions proved",
        ),
        (
            "from pydantic import Field\nfrom langchain_openai import ChatOpenAI as C\nField(default_factory=C)",
            "langchain ChatOpenAI chat.completions proved",
        ),
        (
            "from agents import Agent\nAgent[Context](name='a')",
            "openai_agents Agent responses proved",
        ),
        (
            "import autogen\nc = autogen.config_list_from_json('OPENAI')\n"
            "autogen.AssistantAgent('a', llm_config={'config_list': c})",
            "autogen AssistantAgent chat.completions likely",
        ),
        ("import langchain\nlangchain.llms.OpenAI()", "langchain OpenAI completions proved"),
        (
            "import langchain.chat_models as cm\ncm.ChatOpenAI()",
            "langchain ChatOpenAI chat.completions proved",
        ),
        (
            "from langchain_openai import ChatOpenAI as A, AzureChatOpenAI as B\nk = A if x else B\nk()",
            "langchain ChatOpenAI chat.completions proved",
        ),
        (
            "from langchain_openai import ChatOpenAI\nclass Bot:\n    kind = ChatOpenAI\n"
            "    def make(self):\n        return self.kind()",
            "langchain ChatOpenAI chat.completions proved",
        ),
        (
            "from langchain_openai import ChatOpenAI\ndef make(cls=ChatOpenAI):\n    return cls()",
            "langchain ChatOpenAI chat.completions proved",
        ),
        ("import litellm\nlitellm.openai_key = k", "litellm openai_key None proved"),
        (
            "from agents import Agent\nAgent(name='a', instructions='b')",
            "openai_agents Agent responses proved",
        ),
        (
            "from agents import Agent, Runner\nRunner.run_sync(agent, 'hi')",
            "openai_agents run_sync responses proved",
        ),
        (
            "from pydantic_ai import Agent\nAgent('openai:gpt-4o')",
            "pydantic_ai Agent chat.completions proved",
        ),
        (
            "from pydantic_ai.models.openai import OpenAIModel\nOpenAIModel('gpt-4o')",
            "pydantic_ai OpenAIModel chat.completions proved",
        ),
        (
            "import autogen\nautogen.AssistantAgent('a', llm_config={'config_list': [{'model': 'gpt-4'}]})",
            "autogen AssistantAgent chat.completions proved",
        ),
        (
            "from crewai import Agent\nAgent(role='r', llm='gpt-4o')",
            "crewai Agent chat.completions proved",
        ),
        (
            "from langchain_litellm import ChatLiteLLM\nChatLiteLLM(model='openai/gpt-4o')",
            "langchain_litellm ChatLiteLLM chat.completions proved",
        ),
        (
            "from langchain_community.chat_models import ChatLiteLLM as C\nC(model_name='gpt-4o')",
            "langchain_litellm ChatLiteLLM chat.completions proved",
        ),
        (
            "from langchain_litellm import LiteLLMEmbeddings\nLiteLLMEmbeddings()",
            "langchain_litellm LiteLLMEmbeddings embeddings proved",
        ),
        ("import dspy\ndspy.LM('openai/gpt-4o')", "dspy LM chat.completions proved"),
        (
            "from haystack.nodes import PromptNode\nPromptNode('gpt-3.5-turbo')",
            "haystack PromptNode chat.completions proved",
        ),
        (
            "from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion as A\nA()",
            "semantic_kernel AzureChatCompletion chat.completions proved",
        ),
        (
            "from chromadb.utils import embedding_functions as ef\nef.OpenAIEmbeddingFunction()",
            "chromadb OpenAIEmbeddingFunction embeddings proved",
        ),
        ("from mem0 import Memory\nMemory()", "mem0 Memory chat.completions proved"),
        (
            "from mem0 import Memory\nMemory.from_config({'llm': {'provider': 'openai'}})",
            "mem0 from_config chat.completions proved",
        ),
        ("import guidance\nguidance.models.OpenAI('gpt-4')", "guidance OpenAI chat.completions proved"),
        ("import marvin\nmarvin.settings.openai.api_key = k", "marvin api_key None proved"),
        (
            "import tiktoken\ntiktoken.encoding_for_model('gpt-4o')",
            "tiktoken encoding_for_model None proved",
        ),
        (
            "from some_kit.llms import OpenAIChatDriver\nOpenAIChatDriver()",
            "some_kit OpenAIChatDriver chat.completions likely",
        ),
    ],
)
def test_found(source: str, found: str) -> None:
    assert uses(source) == [found]


@pytest.mark.parametrize(
    "source",
    [
        "class ChatOpenAI: pass\nChatOpenAI(model='gpt-4o')",
        "from langchain_openai import ChatOpenAI\nllm: ChatOpenAI = make()",
        "from langchain_anthropic import ChatAnthropic\nChatAnthropic(model='gpt-4o')",
        "from langchain.chat_models import init_chat_model\ninit_chat_model('anthropic:claude-sonnet-4')",
        "from langchain.chat_models import init_chat_model\ninit_chat_model('gpt-4o', model_provider='groq')",
        "from langchain.agents import create_agent\ncreate_agent(llm_for('openai'))",
        "from llama_index.llms.openai_like import OpenAILike\nOpenAILike(model='gpt-4o')",
        "import litellm\nlitellm.completion(model='groq/llama-3.3-70b', messages=[])",
        "import litellm\nlitellm.completion(model='claude-sonnet-4', messages=[])",
        "import litellm\ndef f(m):\n    return litellm.completion(model=f'ollama/{m}')",
        "import litellm\nlitellm.token_counter(model='gpt-4o', text='')",
        "import litellm\nlitellm.drop_params = True",
        "from litellm import Router\nRouter(model_list=[{'litellm_params': {'model': 'bedrock/x'}}])",
        "from pydantic_ai import Agent\nAgent('anthropic:claude-sonnet-4', name='openai')",
        "from pydantic_ai.models.openai import OpenAIModel as M\nM('x', provider=DeepSeekProvider())",
        "import autogen\nautogen.UserProxyAgent('openai', llm_config=False)",
        "import autogen\nautogen.AssistantAgent('a', llm_config={'model': 'llama3', 'note': 'gpt-4'})",
        "from crewai import Agent\nAgent(role='openai', llm=llm)",
        "from crewai import LLM\nLLM(model='ollama/gpt-oss')",
        "from langchain_litellm import ChatLiteLLM\nChatLiteLLM(model='groq/llama3')",
        "from langchain_litellm import ChatLiteLLM\nChatLiteLLM(model='gpt-4o', custom_llm_provider='groq')",
        "from langchain_community.chat_models import ChatOllama\nChatOllama(model='gpt-4o')",
        "import dspy\ndspy.LM('ollama_chat/llama3', api_key='openai')",
        "from haystack.nodes import PromptNode\nPromptNode('google/flan-t5-base', 'openai')",
        "from mem0 import Memory\nMemory.from_config({'llm': {'provider': 'ollama'}})",
        "import tiktoken\ntiktoken.Encoding('mine', pat_str='', mergeable_ranks={}, special_tokens={})",
        "from camel.messages import OpenAIMessage\nOpenAIMessage()",
        "from opentelemetry.instrumentation.openai import OpenAIInstrumentor\nOpenAIInstrumentor()",
        "def completion(model): pass\ncompletion(model='gpt-4o')",
        "'''ChatOpenAI(model=\"gpt-4o\")'''",
        "from langchain_openai import ChatOpenAI\ndef f(llm: ChatOpenAI):\n    llm.invoke('hi')",
    ],
)
def test_left_alone(source: str) -> None:
    assert uses(source) == []


def test_a_local_agents_package_is_not_openais() -> None:
    assert (
        uses({"agents.py": "class Agent: pass", "app.py": "from agents import Agent\nAgent(name='gpt-4')"})
        == []
    )


def test_a_class_of_the_project_that_derives_from_a_frameworks() -> None:
    files = {
        "own.py": "from langchain_openai import ChatOpenAI\nclass Chat(ChatOpenAI): pass",
        "app.py": "from own import Chat\nllm = Chat(model='gpt-4o')",
    }
    assert uses(files) == ["langchain ChatOpenAI chat.completions proved"]


def test_a_class_that_is_only_defined_is_no_use() -> None:
    assert uses("from langchain_openai import ChatOpenAI\nclass Chat(ChatOpenAI): pass") == []


def test_a_name_that_another_file_exports() -> None:
    files = {
        "llm/__init__.py": "from langchain_openai import ChatOpenAI",
        "app.py": "from llm import ChatOpenAI\nChatOpenAI()",
    }
    assert uses(files) == ["langchain ChatOpenAI chat.completions proved"]


def test_a_class_kept_in_a_dictionary() -> None:
    source = (
        "from langchain_openai import ChatOpenAI\nKINDS = {'chat': ChatOpenAI}\ndef f():\n    KINDS['chat']()"
    )
    assert uses(source) == ["langchain ChatOpenAI chat.completions proved"]


KINDS = "from langchain_openai import ChatOpenAI\nKINDS = {'chat': ChatOpenAI}\nothers = {'chat': print}\n"


@pytest.mark.parametrize(
    "source",
    [
        "def f(kind):\n    made = KINDS[kind]\n    return made()",
        "def f(kind):\n    made = KINDS.get(kind)\n    return made()",
        "def f(kind):\n    return KINDS.get(kind)()",
    ],
)
def test_a_class_looked_up_in_a_dictionary(source: str) -> None:
    assert uses(KINDS + source) == ["langchain ChatOpenAI chat.completions likely"]


@pytest.mark.parametrize(
    "source",
    [
        "def f(kind):\n    made = others[kind]\n    return made()",
        "def f(kind):\n    made = others.get(kind)\n    return made()",
        "def f(kind):\n    return others.get(kind)()",
        "def f(kind):\n    return KINDS.get(kind)",
        "def f(kind):\n    return list(KINDS.get(kind).__mro__)",
    ],
)
def test_what_else_is_looked_up_in_a_dictionary(source: str) -> None:
    assert uses(KINDS + source) == []


def test_two_ways_to_import_are_one_use() -> None:
    source = (
        "try:\n    from langchain_openai import ChatOpenAI\n"
        "except ImportError:\n    from langchain.chat_models import ChatOpenAI\nChatOpenAI()"
    )
    assert uses(source) == ["langchain ChatOpenAI chat.completions proved"]


@pytest.mark.parametrize(
    "source",
    [
        "litellm = load()\nlitellm.completion(model='gpt-4o')",
        "import importlib\nlitellm = importlib.import_module('litellm')\nlitellm.completion(model='gpt-4o')",
        "import lazy_import\nlitellm = lazy_import.lazy_module('litellm')\nlitellm.completion(model='gpt-4o')",
        "def f():\n    return litellm.completion(model='gpt-4o')",
    ],
)
def test_a_framework_that_is_loaded_late(source: str) -> None:
    assert uses(source) == ["litellm completion chat.completions likely"]


def test_an_object_called_like_a_framework_is_none() -> None:
    assert (
        uses(
            "class Fake:\n    def completion(self, model): ...\nlitellm = Fake()\nlitellm.completion('gpt-4')"
        )
        == []
    )


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import dspy\ndspy.LM('openai/gpt-4o')", ["openai/gpt-4o"]),
        ("from langchain.llms import OpenAI\nM = 'gpt-4'\nOpenAI(model_name=M)", ["gpt-4"]),
        ("from crewai import Agent\nAgent(llm='gpt-4o')", ["gpt-4o"]),
        (
            "import autogen\nC = [{'model': 'gpt-4'}]\nautogen.AssistantAgent('a', llm_config={'config_list': C})",
            ["gpt-4"],
        ),
        ("from langchain_openai import AzureChatOpenAI\nAzureChatOpenAI(azure_deployment='mine')", []),
    ],
)
def test_the_model_it_asks_for(source: str, names: list[object]) -> None:
    assert models(source) == names


@pytest.mark.parametrize(
    ("source", "host"),
    [
        (
            "from langchain_openai import ChatOpenAI\nChatOpenAI(base_url='https://api.groq.com/openai/v1')",
            "api.groq.com",
        ),
        (
            "from langchain_openai import ChatOpenAI\nChatOpenAI(openai_api_base='http://localhost:1/v1')",
            "localhost:1",
        ),
        ("from langchain_openai import ChatOpenAI\nChatOpenAI(base_url='https://api.openai.com/v1')", None),
        ("from langchain_openai import ChatOpenAI\nChatOpenAI()", None),
    ],
)
def test_where_it_points(source: str, host: str | None) -> None:
    assert [s.elsewhere for s in sites(source) if s.kind is SiteKind.FRAMEWORK] == [host]


@pytest.mark.parametrize(
    ("source", "frameworks"),
    [
        ("from langchain_openai import ChatOpenAI", ["langchain"]),
        ("from langchain.chat_models import ChatOpenAI, ChatAnthropic", ["langchain"]),
        ("import tiktoken", ["tiktoken"]),
        ("import litellm\nlitellm.completion(model='gpt-4o')", ["litellm"]),
        ("from llama_index.llms import openai", ["llama_index"]),
        ("import litellm\nlitellm.completion(model='groq/x')", []),
        ("import litellm\nprint('gpt-4o', litellm)", []),
        ("from langchain.chat_models import init_chat_model\nprint('openai')", []),
        ("from langchain_core.messages import HumanMessage\nprint('openai')", []),
        ("from agents import Agent\nprint('openai', Agent)", []),
        ("from .langchain_openai import ChatOpenAI", []),
    ],
)
def test_imports(source: str, frameworks: list[str]) -> None:
    assert [s.framework for s in sites(source) if s.kind is SiteKind.IMPORT] == frameworks


def test_the_openai_of_a_framework_is_no_client_of_the_sdk() -> None:
    found = sites("from llama_index.llms.openai import OpenAI\nllm = OpenAI()\nllm.chat.completions.create()")
    assert [s.kind for s in found] == [SiteKind.IMPORT, SiteKind.FRAMEWORK]


def test_a_key_is_masked() -> None:
    key = "sk-" + "FAKE" * 12
    [site] = [
        s
        for s in sites(f"from langchain_openai import ChatOpenAI\nChatOpenAI(openai_api_key='{key}')")
        if s.kind is SiteKind.FRAMEWORK
    ]
    assert key not in repr(site)
