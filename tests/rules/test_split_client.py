"""Capabilities that go to a provider of their own, beside a client that moves to another."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate, SiteKind, UserError
from tests.programs import fates, move, moved, write

HEAD = "import os\n\nfrom openai import OpenAI\n\nclient = OpenAI()\n"
CHAT = 'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n'
VECTORS = 'client.embeddings.create(model="text-embedding-3-small", input=["a"])\n'
APART = {"embeddings": "qwen"}
COPY = (
    'client.with_options(base_url="https://dashscope.aliyuncs.com/compatible-mode/v1", '
    'api_key=os.environ["DASHSCOPE_API_KEY"]).embeddings'
)


def test_a_shared_client_keeps_its_own_address_and_the_call_gets_another(tmp_path: Path) -> None:
    text = moved(tmp_path, HEAD + CHAT + VECTORS, "kimi", others=APART)
    assert 'client = OpenAI(base_url="https://api.moonshot.cn/v1"' in text
    assert COPY in text
    assert "text-embedding-3-small" not in text


def test_a_client_in_an_attribute_is_split_where_it_is_used(tmp_path: Path) -> None:
    source = (
        "from openai import OpenAI\n\n\nclass Store:\n    def __init__(self):\n        self.client = OpenAI()\n\n"
        "    def ask(self):\n        return self."
        + CHAT
        + "\n    def embed(self):\n        return self."
        + VECTORS
    )
    assert f"return self.{COPY}" in moved(tmp_path, source, "kimi", others=APART)


def test_a_client_for_this_alone_moves_as_a_whole(tmp_path: Path) -> None:
    source = HEAD + CHAT + "vectors = OpenAI(api_key=KEY)\nvectors." + VECTORS.partition(".")[2]
    text = moved(tmp_path, source, "kimi", others=APART)
    assert 'vectors = OpenAI(api_key=os.environ["DASHSCOPE_API_KEY"], base_url="https://dashscope.' in text
    assert "with_options" not in text


def test_a_shared_key_is_not_renamed_for_the_client_that_goes_elsewhere(tmp_path: Path) -> None:
    source = (
        'import os\n\nfrom openai import OpenAI\n\nKEY = os.environ["OPENAI_API_KEY"]\nclient = OpenAI(api_key=KEY)\n'
        + CHAT
        + "vectors = OpenAI(api_key=KEY)\nvectors."
        + VECTORS.partition(".")[2]
    )
    text = moved(tmp_path, source, "kimi", others=APART)
    assert 'KEY = os.environ["MOONSHOT_API_KEY"]' in text
    assert 'vectors = OpenAI(api_key=os.environ["DASHSCOPE_API_KEY"]' in text


def test_a_resource_under_a_name_is_left_with_words(tmp_path: Path) -> None:
    source = (
        HEAD
        + CHAT
        + "vectors = client.embeddings\nvectors.create(model='text-embedding-3-small', input=[])\n"
    )
    write(tmp_path, {"app.py": source})
    outcome = move(tmp_path, "kimi", others=APART)
    assert fates(outcome, SiteKind.CALL) == [Fate.REWRITTEN, Fate.MANUAL]
    assert "text-embedding-3-small" in (tmp_path / "app.py").read_text()


def test_a_provider_without_the_capability_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": HEAD + CHAT + VECTORS})
    with pytest.raises(UserError, match="DeepSeek does not offer embeddings; choose from: ernie"):
        api.plan(api.scan([tmp_path]), "glm", others={"embeddings": "deepseek"})


def test_an_address_that_only_the_user_knows_is_never_written(tmp_path: Path) -> None:
    source = HEAD + CHAT + VECTORS
    assert VECTORS in moved(tmp_path, source, "kimi", others={"embeddings": "azure"})


def test_without_the_option_the_providers_that_have_it_are_named(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": HEAD + CHAT + VECTORS})
    plan = api.plan(api.scan([tmp_path]), "kimi")
    advice = [f.advice or "" for d in plan.decisions for f in d.findings if f.rule.code == "ENV07"]
    assert all("--embeddings-to" in text and "qwen" in text and "glm" in text for text in advice) and advice


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    once = moved(tmp_path, HEAD + CHAT + VECTORS, "kimi", others=APART)
    again = move(tmp_path, "kimi", others=APART)
    assert not again.plan.operations
    assert (tmp_path / "app.py").read_text() == once
    assert set(fates(again, SiteKind.CALL)) == {Fate.MIGRATED}


def test_other_calls_stay_with_their_client(tmp_path: Path) -> None:
    text = moved(tmp_path, HEAD + CHAT, "kimi", others=APART)
    assert "with_options" not in text and "dashscope" not in text


def test_a_client_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    source = (
        'from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost:1/v1")\n' + CHAT + VECTORS
    )
    assert moved(tmp_path, source, "kimi", others=APART) == source


def test_a_client_that_goes_elsewhere_is_not_guarded(tmp_path: Path) -> None:
    source = HEAD + CHAT + "vectors = OpenAI()\nvectors." + VECTORS.partition(".")[2]
    text = moved(tmp_path, source, "kimi", others=APART, guard=True)
    assert "client = GuardedOpenAI(" in text
    assert "vectors = OpenAI(" in text
