"""Clients that travel: through parameters, objects, functions, modules, collections and frameworks' holders.

Every program runs twice: with OpenAI's class each call in it must be found, with another vendor's class of the same
name none may be.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sites.scanning import calls

HERE = Path(__file__).parent / "across"
ASK = 'chat.completions.create(model="gpt-4o", messages=[])'
FILES = ("parameters", "objects", "elsewhere")


def programs() -> list[Any]:
    """Each program with the certainty of its calls."""
    return [
        pytest.param(files, certainty, id=f"{name}: {title}")
        for name in FILES
        for certainty, cases in yaml.safe_load((HERE / f"{name}.yaml").read_text()).items()
        for title, files in cases.items()
    ]


def written(files: dict[str, str] | str, head: str, every: str = "") -> dict[str, str]:
    """The files of a program: `head` is put before a single text and for `from sdk`, `every` before each file."""
    named = files if isinstance(files, dict) else {"app.py": f"from sdk import OpenAI\n{files}"}
    return {
        path: every + text.replace("from sdk import", head).replace("ask()", ASK)
        for path, text in named.items()
    }


@pytest.mark.parametrize(("files", "certainty"), programs())
def test_a_client_is_followed(files: dict[str, str] | str, certainty: str) -> None:
    texts = written(files, "from openai import")
    count = sum(text.count(ASK) for text in texts.values())
    assert calls(texts) == [f"chat.completions {certainty}"] * count


@pytest.mark.parametrize(("files", "certainty"), programs())
def test_the_client_of_a_vendor_is_followed_too(files: dict[str, str] | str, certainty: str) -> None:
    assert calls(written(files, "from groq import", "import openai\n")) == []


@pytest.mark.parametrize("title", yaml.safe_load((HERE / "alone.yaml").read_text()))
def test_a_call_on_something_else_is_left_alone(title: str) -> None:
    files = yaml.safe_load((HERE / "alone.yaml").read_text())[title]
    both = "from groq import Groq\nfrom openai import"
    assert calls(written(files, both)) == []
