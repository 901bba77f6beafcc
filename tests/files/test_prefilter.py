from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate_cli.files.prefilter import is_seed, is_seed_around, read_bytes


@pytest.mark.parametrize(
    "data",
    [
        b"import openai",
        b"from langchain_openai import ChatOpenAI",
        b"os.environ['OPENAI_API_KEY']",
        b"def ask(client):\n    return client.chat.completions.create(model=m)",
        b"c.embeddings.create(input=x)",
        b"c.responses.create(input=x)",
        b"c.images.generate(prompt=p)",
        b"c.audio.speech.create()",
        b"c.beta.threads.create()",
        b"c.moderations.create(input=x)",
        b"c.fine_tuning.jobs.list()",
        b"c.vector_stores.search(i)",
        b"c.files.create(file=f)",
        b"MODEL = 'gpt-4o'",
        b"from litellm import completion",
        b"import tiktoken",
        b"key = 'sk-proj-...'",
        "import openai".encode("utf-16"),
    ],
)
def test_a_usage_is_a_seed(data: bytes) -> None:
    assert is_seed(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"import os\nprint(os.getcwd())",
        b"open('ai.txt')",
        b"import anthropic\nanthropic.Anthropic().messages.create()",
        b"docker.from_env().containers.run('x')",
        b"completions = []",
        b"store.files.list()",
        "# 开放的人工智能".encode(),
        b"\xff\xfe\x00binary",
        "import os".encode("utf-16"),
    ],
)
def test_other_files_are_no_seed(data: bytes) -> None:
    assert not is_seed(data)


AROUND = (
    b'{"token": "sk-proj-..."}',
    b"llm: {model: text-davinci-003}",
    b"model: whisper-1",
    b"OPENAI_API_KEY=",
)


@pytest.mark.parametrize("data", AROUND)
def test_configuration_that_names_a_model_or_holds_a_key_is_a_seed(data: bytes) -> None:
    assert is_seed_around(data, keys_only=False)


@pytest.mark.parametrize("data", [b"model: qwen-plus", b"risk-project: disk-proj", b"model: claude-3"])
def test_configuration_of_others_is_no_seed(data: bytes) -> None:
    assert not is_seed_around(data, keys_only=False)


def test_in_prose_only_keys_count() -> None:
    assert is_seed_around(b"a key: sk-proj-...", keys_only=True)
    assert not is_seed_around(b"gpt-4o of openai", keys_only=True)


@pytest.mark.parametrize("size", [0, 1, 65_536, 3_000_001])
def test_reads_every_byte(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "f").write_bytes(data)
    assert read_bytes(tmp_path / "f") == data


def test_reads_on_after_short_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "f").write_bytes(b"abcdefgh")
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: read(handle, min(size, 3)))
    assert read_bytes(tmp_path / "f") == b"abcdefgh"


def test_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_bytes(tmp_path / "missing")


def test_imports_next_to_nothing() -> None:
    code = "import sys; import migrate_cli.files.prefilter; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert not {"re", "pathlib", "ast", "json", "libcst", "typer"} & set(loaded.stdout.split())
