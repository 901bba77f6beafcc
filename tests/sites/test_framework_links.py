"""What a framework's object is built on, and the methods that decide how it asks."""

from __future__ import annotations

import pytest

from migrate_cli.model import Site, SiteKind
from tests.sites.scanning import sites

LLM = "from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(model='gpt-4o')\n"


def objects(files: dict[str, str] | str, kind: SiteKind = SiteKind.FRAMEWORK) -> list[Site]:
    """The sites of one kind."""
    return [s for s in sites(files) if s.kind is kind]


def deeds(files: dict[str, str] | str) -> list[str]:
    """Method and keywords of each call that is noted at the first object."""
    return [f"{u.detail}({', '.join(a.name for a in u.arguments)})" for u in objects(files)[0].uses]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("llm.with_structured_output(Person)", ["with_structured_output()"]),
        ("llm.bind_tools([], tool_choice='any', strict=True)", ["bind_tools(tool_choice, strict)"]),
        ("def f(model):\n    return model.with_structured_output(P, method='json_mode')\nf(llm)",
         ["with_structured_output(method)"]),
        ("llm.invoke('hello')", []),
        ("other.with_structured_output(Person)", []),
        ("llm = Other()\nllm.with_structured_output(Person)", []),
    ],
)  # fmt: skip
def test_methods_that_tell_how_it_asks(source: str, found: list[str]) -> None:
    assert deeds(LLM + source) == found


@pytest.mark.xfail(strict=True, reason="what a file imports from another one is not followed to its methods")
def test_a_method_in_another_file() -> None:
    files = {"llms.py": LLM, "app.py": "from llms import llm\nllm.bind_tools([], parallel_tool_calls=False)"}
    assert deeds(files) == ["bind_tools(parallel_tool_calls)"]


@pytest.mark.parametrize(
    ("given", "fed"),
    [
        ("OpenAIProvider(api_key='k')", ["pydantic_ai.providers.openai.OpenAIProvider"]),
        ("provider", ["pydantic_ai.providers.openai.OpenAIProvider"]),
        ("'openai'", []),
        ("anything()", []),
    ],
)
def test_a_model_knows_its_provider(given: str, fed: list[str]) -> None:
    source = (
        "from pydantic_ai.models.openai import OpenAIModel\n"
        "from pydantic_ai.providers.openai import OpenAIProvider\n"
        f"provider = OpenAIProvider(api_key='k')\nmodel = OpenAIModel('gpt-4o', provider={given})\n"
    )
    [model] = [s for s in objects(source) if s.symbol.endswith("OpenAIModel")]
    assert [symbol for _, _, symbol in model.clients] == fed


def test_an_object_around_a_client_of_another_provider_is_elsewhere() -> None:
    source = (
        "from agents import OpenAIChatCompletionsModel\nfrom openai import AsyncOpenAI\n"
        "client = AsyncOpenAI(base_url='https://api.deepseek.com')\n"
        "OpenAIChatCompletionsModel(model='deepseek-chat', openai_client=client)\n"
    )
    [found] = objects(source)
    assert found.elsewhere == "api.deepseek.com"


@pytest.mark.parametrize(
    ("call", "keywords"),
    [
        ("instructor.from_openai(client)", [[]]),
        ("instructor.patch(client, mode=instructor.Mode.JSON)", [["mode"]]),
        ("instructor.from_openai(client, **options)", []),
        ("unheard.patch(client)", []),
    ],
)
def test_a_client_knows_that_instructor_wraps_it(call: str, keywords: list[list[str]]) -> None:
    source = f"import instructor\nfrom openai import OpenAI\nclient = OpenAI()\nwrapped = {call}\n"
    [client] = objects(source, SiteKind.CLIENT)
    assert [[a.name for a in u.arguments] for u in client.uses] == keywords
