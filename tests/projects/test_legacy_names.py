"""Every name that the upgrade from openai<1 writes exists in the SDKs that it is for."""

from __future__ import annotations

import subprocess

import pytest

from migrate_cli.rules.legacy.names import CALLS, ERRORS, TYPES
from migrate_cli.rules.legacy.patches import ANSWERS, CLASSES
from tests.projects.environments import interpreter

pytestmark = pytest.mark.slow

PROGRAM = """
import functools, inspect, sys
import openai

def reach(path):
    return functools.reduce(getattr, path.split(".")[1:], openai)

clients = [openai.OpenAI(api_key="k"), openai.AsyncOpenAI(api_key="k"), openai]
openai.api_key = "k"
for path in {calls}:
    for client in clients:
        assert callable(functools.reduce(getattr, path.split("."), client)), path
for name in {errors}:
    assert issubclass(getattr(openai, name), Exception), name
for path in {places}:
    assert inspect.isclass(reach(path)), path
for path in {answers}:
    assert callable(reach(path).construct) and callable(reach(path).model_dump), path
for name in ("api_key", "base_url", "http_client"):
    assert hasattr(openai, name), name
assert callable(clients[0].with_options) and openai.DefaultHttpxClient
"""


def places() -> list[str]:
    """The classes that `patch` is pointed at."""
    return [f"openai.resources.{r}.{prefix}{c}" for r, c in CLASSES.items() for prefix in ("", "Async")]


@pytest.mark.parametrize("generation", ["1", "2", "3"])
def test_every_written_name_exists(generation: str) -> None:
    code = PROGRAM.format(
        calls=sorted(set(CALLS.values())),
        errors=sorted(set(ERRORS.values())),
        places=places(),
        answers=sorted({*ANSWERS.values(), *(f"openai.{name}" for name in TYPES.values())}),
    )
    done = subprocess.run([interpreter(generation), "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
