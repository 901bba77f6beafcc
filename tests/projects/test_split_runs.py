"""A split client really asks two providers, each with its own key, with every SDK; without the split it asks one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.programs import move, write
from tests.projects.environments import interpreter

pytestmark = pytest.mark.slow

KEYS = {
    "MOONSHOT_API_KEY": "canary-kimi",
    "DASHSCOPE_API_KEY": "canary-qwen",
    "OPENAI_API_KEY": "canary-openai",
}
PROGRAM = """
import json
import os

import openai
from openai import OpenAI

if openai.__version__ < "3":
    import httpx
else:
    import httpx2 as httpx


def answer(request):
    print(json.dumps([request.url.host, request.headers["authorization"], json.loads(request.content)["model"]]))
    if request.url.path.endswith("/embeddings"):
        item = {"object": "embedding", "index": 0, "embedding": [0.5]}
        return httpx.Response(200, json={"object": "list", "model": "m", "data": [item], "usage": {}})
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello"}}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return httpx.Response(200, json=body)


class Assistant:
    def __init__(self):
        transport = httpx.MockTransport(answer)
        self.client = OpenAI(api_key=os.environ["OPENAI_API_KEY"], http_client=httpx.Client(transport=transport))

    def ask(self):
        return self.client.chat.completions.create(
            model="gpt-4o-mini", messages=[{"role": "user", "content": "Hello"}]
        )

    def embed(self):
        return self.client.embeddings.create(model="text-embedding-3-small", input=["a"])


assistant = Assistant()
assert assistant.ask().choices[0].message.content == "Hello"
assert assistant.embed().data[0].embedding == [0.5]
"""


def asked(folder: Path, generation: str, **options: Any) -> list[list[str]]:
    """Host, key and model of each request of the program after its move to Kimi."""
    write(folder, {"program.py": PROGRAM})
    move(folder, "kimi", **options)
    python = interpreter(generation)
    done = subprocess.run(
        [python, "program.py"], cwd=folder, env=KEYS, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("generation", ["1", "2", "3"])
def test_each_capability_asks_its_own_provider(generation: str, tmp_path: Path) -> None:
    chat, vectors = asked(tmp_path, generation, others={"embeddings": "qwen"})
    assert chat[:2] == ["api.moonshot.cn", "Bearer canary-kimi"]
    assert vectors[:2] == ["dashscope.aliyuncs.com", "Bearer canary-qwen"]
    assert vectors[2] != "text-embedding-3-small"


def test_without_the_rule_both_ask_the_first(tmp_path: Path) -> None:
    _, vectors = asked(tmp_path, "3", others={"embeddings": "qwen"}, ignore=("ENV07",))
    assert vectors[:2] == ["api.moonshot.cn", "Bearer canary-kimi"]
