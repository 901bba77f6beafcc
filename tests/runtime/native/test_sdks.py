"""The providers' own SDKs, executed for real: untouched programs whose requests reach the stand-in in their dialect.

Each program says what came of its calls: chat, stream, tools and embeddings that go well, and requests that do not.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.verify.process import Streams
from migrate_cli.runtime.verify.run import Limits, Observed, observe
from tests.projects.environments import native_sdks

pytestmark = pytest.mark.slow
PROGRAMS = Path(__file__).parent / "programs"
PROVIDERS = {
    "dashscope_1": "qwen",
    "dashscope_2": "qwen",
    "zai_sdk": "glm",
    "zhipuai_sdk": "glm",
    "ark_sdk": "doubao",
    "volcengine_sdk": "doubao",
    "qianfan_sdk": "ernie",
    "tencent_sdk": "hunyuan",
}
KNOWN = open_catalogue()
TEXT = "This is stand-in answer 64b690be."
USUAL = {"chat": TEXT, "stream": TEXT, "tool": ["look", {"name": "example"}]}


@dataclass(frozen=True)
class Ran:
    """A finished program: what it told, what was seen of it."""

    told: dict[str, Any]
    seen: Observed

    @property
    def dialects(self) -> dict[str | None, int]:
        """How many requests came in each dialect."""
        return dict(Counter(exchange.dialect for _, exchange in self.seen.asked))

    @property
    def refused(self) -> int:
        """How many requests were refused."""
        return sum(exchange.verdict.refused is not None for _, exchange in self.seen.asked)

    @property
    def unproven(self) -> set[str]:
        """What no source speaks of."""
        return {note for _, exchange in self.seen.asked for note in exchange.verdict.notes.unproven}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """All programs, run two at a time."""
    python, home = native_sdks(), tmp_path_factory.mktemp("told")
    # no bytecode in the source tree, and each library compiled once
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(home / "compiled"), "HOME": str(home)}

    def run(name: str) -> Ran:
        told = home / name
        with told.open("wb") as output:
            seen = observe(
                [str(python), f"{name}.py"],
                [KNOWN.provider(PROVIDERS[name])],
                PROGRAMS,
                environment,
                KNOWN,
                Limits(timeout=120, streams=Streams(stdout=output)),
            )
        return Ran(json.loads(told.read_text(encoding="utf-8") or "{}"), seen)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(PROVIDERS, pool.map(run, PROVIDERS), strict=True))


@pytest.mark.parametrize("name", PROVIDERS)
def test_it_runs_untouched_and_reaches_nobody_else(name: str, ran: dict[str, Ran]) -> None:
    seen = ran[name].seen
    assert (seen.ended.code, seen.escapes) == (0, ())
    assert all(exchange.source.startswith(("shared.py", name)) for _, exchange in seen.asked)
    assert {leak for _, exchange in seen.asked for leak in exchange.leaks} == set()


@pytest.mark.parametrize("name", ["zai_sdk", "zhipuai_sdk"])
def test_zhipu(name: str, ran: dict[str, Ran]) -> None:
    run = ran[name]
    assert run.told == {**USUAL, "tokens": 39, "refused": "APIRequestFailedError", "width": 2048}
    assert (run.dialects, run.refused, run.unproven) == ({"zai-sdk": 5}, 1, set())


@pytest.mark.parametrize("name", ["ark_sdk", "volcengine_sdk"])
def test_ark(name: str, ran: dict[str, Ran]) -> None:
    run = ran[name]
    vectors = {"width": 1024, "created": 1760000000}
    assert run.told == {**USUAL, **vectors, "tokens": 39, "refused": "ArkBadRequestError"}
    assert (run.dialects, run.refused) == ({"ark": 4, "ark-multimodal": 1}, 1)


def test_qianfan(ran: dict[str, Ran]) -> None:
    run = ran["qianfan_sdk"]
    assert run.told == {**USUAL, "tokens": 26, "refused": "RequestError", "old": 336003, "signed": TEXT}
    assert run.dialects == {"qianfan": 5, "qianfan-v1": 2, "qianfan-token": 1}
    assert (run.refused, run.unproven) == (3, {"tools"})


def test_dashscope_1(ran: dict[str, Ran]) -> None:
    run = ran["dashscope_1"]
    assert run.told == {
        "chat": TEXT,
        "tokens": 26,
        "text": [TEXT, "stop"],
        "vision": run.told["vision"],
        "stream": TEXT,
        "grown": TEXT,
        "ends": ["null", "stop"],
        "later": TEXT,
        "tool": "look",
        "widths": [256, 256],
        "refused": [400, "InvalidParameter", None],
        "refused_stream": [[400, "InvalidParameter"]],
        "many": [400, "InvalidParameter"],
        "unknown": "ModelNotFound",
    }
    assert run.told["vision"].startswith("This is stand-in answer")
    assert (run.dialects, run.refused) == ({"dashscope": 12}, 4)


def test_dashscope_2(ran: dict[str, Ran]) -> None:
    run = ran["dashscope_2"]
    failed = ["BadRequestError", "BadRequestError", "NotFoundError"]
    usual = {"chat": TEXT, "tokens": 26, "stream": TEXT, "tool": "look", "width": 256, "refused": failed}
    assert run.told == {"openai": usual, "native": usual, "workspace": TEXT}
    assert (run.dialects, run.refused) == ({"dashscope-openai": 7, "dashscope": 8}, 6)


def test_tencent(ran: dict[str, Ran]) -> None:
    run = ran["tencent_sdk"]
    assert run.told == {
        **USUAL,
        "tokens": 26,
        "named": True,
        "refused": "InvalidParameter",
        "refused_stream": "InvalidParameter",
        "closed": "InvalidParameterValue.Model",
        "embed": "InvalidParameterValue.Model",
    }
    assert (run.dialects, run.refused) == ({"tencentcloud": 7}, 4)
    assert run.unproven == {"hunyuan.tencentcloudapi.com was announced to close on 2026-09-30"}
