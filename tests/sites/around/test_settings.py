"""Models, providers, class paths and hosts in configuration files."""

from __future__ import annotations

import pytest

from migrate_cli.model import Certainty
from tests.sites.around.reading import lines, sites, spans


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("a.yaml", "model: gpt-4o\n", "model gpt-4o:1"),
        ("a.yaml", "model: gpt-7.1-sol\n", "model gpt-7.1-sol:1"),
        ("a.yaml", "llm: {name: gpt-4o}\n", "model gpt-4o:1"),
        (
            "a.toml",
            '[openai]\nembedding_model = "text-embedding-3-small"\n',
            "model text-embedding-3-small:2",
        ),
        ("a.ini", "[llm]\nmodel = gpt-3.5-turbo\n", "model gpt-3.5-turbo:2"),
        ("OAI_CONFIG_LIST", '[{"model": "gpt-4"}]\n', "model gpt-4:1"),
        (".env", "LLM_MODEL=openai/gpt-4o\n", "model openai/gpt-4o:1"),
        (
            "a.yaml",
            "model_list:\n- litellm_params: {model: azure/my-own}\n#openai\n",
            "model azure/my-own:2",
        ),
        ("a.yaml", "agent: {model: 'openai:gpt-4o'}\n", "model openai:gpt-4o:1"),
        ("a.yaml", "llm: {provider: openai}\n", "setting openai:1"),
        ("a.yaml", "api_type: open_ai\n", "setting open_ai:1"),
        ("a.yaml", "_target_: langchain_openai.ChatOpenAI\n", "type langchain_openai.ChatOpenAI:1"),
        ("a.yaml", "class: openai.AsyncOpenAI\n", "type openai.AsyncOpenAI:1"),
        ("a.toml", '[openai]\napi_key = ""\n', "setting api_key:2"),
        ("a.yaml", "openai_api_base: http://x\n", "setting openai_api_base:1"),
        ("a.yaml", "model: ${MODEL:-gpt-4o}\n", "model gpt-4o:1"),
        ("a.yaml", "model: ${MODEL_NAME:gpt-4o}\n", "model gpt-4o:1"),
        ("a.yaml", "model: '${oc.env:MODEL,gpt-4o}'\n", "model gpt-4o:1"),
        ("a.json", '{"llm": "gpt-4o", "answer": {"k": 3}}\n', "model gpt-4o:1"),
        ("a.yaml", "env: [{name: LLM_MODEL, value: gpt-4o}]\n", "model gpt-4o:1"),
        ("compose.yml", "environment:\n- LLM_MODEL=gpt-4o # dear\n", "model gpt-4o:2"),
        ("compose.yml", "environment:\n- 'LLM_MODEL=gpt-4o'\n", "model gpt-4o:2"),
        ("a.yaml", "envVars: [{key: LLM_PROVIDER, value: openai}]\n", "setting openai:1"),
        ("run.sh", 'export LLM_MODEL="${LLM_MODEL:-gpt-4o}"\n', "model gpt-4o:1"),
        ("a.yaml", "base_url: https://api.openai.com/v1\n", "url api.openai.com:1"),
        ("np.yaml", "egress: [{fqdn: api.openai.com}]\n", "url api.openai.com:1"),
        ("a.yaml", "hosts: '*.example.org,my.openai.azure.com'\n", "url my.openai.azure.com:1"),
        (
            "nginx.conf",
            "location /v1 {\n  proxy_pass https://api.openai.com/v1/;\n}\n",
            "url api.openai.com:2",
        ),
        ("main.tf", 'env = {\n  BASE = "https://api.openai.com/v1"\n}\n', "url api.openai.com:2"),
        ("main.tf", 'resource "a" "b" {\n  model {\n    name = "gpt-4o"\n  }\n}\n', "model gpt-4o:3"),
        ("main.bicep", "param model string = 'gpt-4o'\n", "model gpt-4o:1"),
        ("run.sh", "python app.py --model gpt-4o-mini\n", "model gpt-4o-mini:1"),
        ("run.sh", "curl https://api.openai.com/v1/models\n", "request curl:1"),
        ("k.yaml", "args: ['--model=gpt-4o']\n", "model gpt-4o:1"),
    ],
)
def test_configuration_that_chooses_openai(path: str, text: str, found: str) -> None:
    assert lines(path, text) == [found]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "env: [{name: A, value: gpt-4o}]\n"),
        ("a.yaml", "title: gpt-4o\nnote: I like gpt-4o\n"),
        ("a.yaml", "model: gpt-4all-j\nother: my-gpt-4o\n"),
        ("a.yaml", "provider: groq\nmodel: llama-3-70b-mini\n"),
        ("a.yaml", "model: openrouter/openai/gpt-4o\n"),
        ("a.yaml", "groq:\n  model: openai/gpt-oss-120b\n"),
        (".env", "LLM_MODEL=openai/gpt-oss-20b\n"),
        ("run.sh", "serve --model openai/gpt-oss-20b\n"),
        ("a.yaml", "models: [gpt-4o, gpt-4]\n"),
        ("a.yaml", "supported_models:\n- name: gpt-4o\n- name: gpt-4\n"),
        ("a.yaml", "gpt-4o: {input: 2.5, provider: openai}\n"),
        ("a.yaml", "- {model: gpt-4o, input_cost_per_token: 1}\n"),
        ("model_prices.json", '{"a": {"model": "gpt-4o"}}\n'),
        ("schema.json", '{"properties": {"model": {"default": "gpt-4o", "enum": ["gpt-4o"]}}}\n'),
        ("locales/en.json", '{"model": "gpt-4o"}\n'),
        ("tests/fixtures/answer.json", '{"model": "gpt-4o"}\n'),
        ("answer.json", '{"model": "gpt-4o", "choices": [{"index": 0}]}\n'),
        ("a.yaml", "docs: https://platform.openai.com/docs\n"),
        ("a.yaml", "description: Calls https://api.openai.com/v1 for you\n"),
        ("a.yaml", "error: we could not reach api.openai.com in time\n"),
        ("a.yaml", "type: string\nname: openai\n"),
        ("cassettes/a.yaml", "uri: https://api.openai.com/v1/chat/completions\n"),
        ("a.yaml", "_target_: groq.Groq\n# openai\n"),
        ("a.yaml", "api_key: x\nbase_url: https://api.groq.com/openai/v1\n"),
        ("pyproject.toml", '[dependency-groups]\nllm = ["pytest"]\n[tool.x.extras]\nengine = ["openai"]\n'),
        ("a.yaml", "model: gpt-2\n#openai\n"),
        ("run.sh", 'echo "see https://platform.openai.com"\n'),
        ("package-lock.json", '{"model": "gpt-4o"}\n'),
    ],
)
def test_tables_schemas_prose_and_others_are_left_alone(path: str, text: str) -> None:
    assert lines(path, text) == []


@pytest.mark.parametrize("item", ["MODEL gpt-4o", "--model=gpt-4o", "PROVIDERS=gpt-4o", "TITLE=gpt-4o"])
def test_an_item_of_an_environment_that_sets_no_model_is_left_alone(item: str) -> None:
    assert lines("compose.yml", f"environment:\n- {item}\n") == []


def test_the_name_of_an_extra_chooses_no_provider() -> None:
    assert lines("pyproject.toml", '[project.optional-dependencies]\nllm = ["openai"]\n') == [
        "dependency openai:2"
    ]


def test_a_program_s_own_table_in_pyproject_may_choose_one() -> None:
    assert lines("pyproject.toml", '[tool.reviewer]\nprovider = "openai"\n') == ["setting openai:2"]


def test_one_cost_among_dozens_of_options_makes_no_price_table() -> None:
    options = "".join(f"option_{number} = {number}\n" for number in range(20))
    assert lines("a.toml", f'[config]\nmodel = "gpt-4o"\nshow_cost = true\n{options}') == ["model gpt-4o:2"]


def test_a_long_list_of_models_is_a_table() -> None:
    names = ("gpt-4o", "gpt-4", "gpt-4-turbo", "gpt-3.5-turbo", "o1", "o3-mini", "gpt-4.1")
    rows = "".join(f"- name: m\n  weak_model: {name}\n" for name in names)
    assert lines("a.yaml", rows) == []


def test_many_agents_that_share_a_model_are_no_table() -> None:
    agents = "".join(f"- id: a{number}\n  model: gpt-4o\n" for number in range(9))
    assert len(lines("a.yaml", agents)) == 9


def test_a_name_beside_the_provider_is_the_model() -> None:
    text = "agent: {provider: openai, name: gpt-4o, role: name}\n"
    assert lines("a.yaml", text) == ["setting openai:1", "model gpt-4o:1"]


def test_a_name_beside_another_provider_is_left_alone() -> None:
    assert lines("a.yaml", "agent: {provider: openrouter, name: gpt-4o}\n") == []


def test_the_endpoint_is_the_models() -> None:
    found = sites("a.yaml", "llm: gpt-4o\nembedding: text-embedding-3-small\nspeech_model: tts-1\n")
    assert [s.endpoint for s in found] == ["chat.completions", "embeddings", "audio.speech"]


def test_another_base_url_beside_it_is_told() -> None:
    text = "provider: openai\nmodel: gpt-4o\nbase_url: http://localhost:11434/v1\n"
    assert [s.elsewhere for s in sites("a.yaml", text)] == ["localhost:11434", "localhost:11434"]


def test_a_base_url_of_something_else_says_nothing() -> None:
    text = "model: gpt-4o\nembedding_base_url: http://localhost:11434/v1\n"
    assert [s.elsewhere for s in sites("a.yaml", text)] == [None]


def test_a_value_is_spanned_as_it_is_written() -> None:
    assert spans("a.yaml", "ä: ö\nmodel: 'gpt-4o'\n") == ["'gpt-4o'"]


def test_a_setting_that_hands_on_a_variable_is_the_variable() -> None:
    assert lines("a.yaml", "openai_api_key: ${OPENAI_API_KEY}\n") == ["environment OPENAI_API_KEY:1"]


def test_what_is_only_named_like_a_provider_is_likely() -> None:
    [site] = sites("a.yaml", "llm_provider: openai\n")
    assert site.certainty is Certainty.LIKELY


def test_a_fallback_of_a_variable_belongs_to_it() -> None:
    text = "url: ${OPENAI_API_URL:https://api.openai.com/v1}\n"
    assert lines("a.yaml", text) == ["environment OPENAI_API_URL:1"]


def test_a_named_variable_speaks_for_the_value_beside_it() -> None:
    [site] = sites("a.yaml", "env: [{name: OPENAI_BASE_URL, value: https://api.openai.com/v1}]\n")
    assert (site.symbol, site.arguments[0].code) == ("OPENAI_BASE_URL", "https://api.openai.com/v1")
