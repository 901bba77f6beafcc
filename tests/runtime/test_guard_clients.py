"""The guard with the real HTTP libraries: each request reaches the stand-in, with the program's own line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.verify.run import observe
from tests.projects.environments import interpreter

pytestmark = pytest.mark.slow
URL = "https://open.bigmodel.cn/api/paas/v4/chat/completions"
HEAD = f"""\
import asyncio, json, os
import {{module}}
there = {{{{"url": {URL!r}, "headers": {{{{"Authorization": "Bearer " + os.environ["ZAI_API_KEY"]}}}}}}}}
body = json.dumps({{{{"model": "glm-5.3-flash", "messages": [{{{{"role": "user", "content": "Hello"}}}}]}}}})
"""
AIOHTTP = """\
async def ask():
    async with aiohttp.ClientSession({base}) as session:
        async with session.post({url}, data=body, headers=there["headers"]) as answer: await answer.read()
asyncio.run(ask())
"""
ASYNC = """\
async def ask():
    async with {module}.AsyncClient() as client: await client.post(content=body, **there)
asyncio.run(ask())
"""


@pytest.mark.parametrize(
    ("generation", "module", "code", "line"),
    [
        ("0.28", "requests", "requests.post(data=body, **there)", 5),
        ("0.28", "urllib3", "urllib3.PoolManager().request('POST', body=body, **there)", 5),
        ("0.28", "aiohttp", AIOHTTP.format(base="", url="there['url']"), 7),
        (
            "0.28",
            "aiohttp",
            AIOHTTP.format(base="'https://open.bigmodel.cn'", url="'/api/paas/v4/chat/completions'"),
            7,
        ),
        ("1", "httpx", "httpx.post(content=body, **there)", 5),
        ("1", "httpx", ASYNC.format(module="httpx"), 6),
        ("3", "httpx2", "httpx2.post(content=body, **there)", 5),
        ("3", "httpx2", ASYNC.format(module="httpx2"), 6),
        ("3", "httpx2", "httpx2.Client(proxy=os.environ['HTTPS_PROXY']).post(content=body, **there)", 5),
    ],
)
def test_a_request_reaches_the_standin(
    generation: str, module: str, code: str, line: int, tmp_path: Path
) -> None:
    (tmp_path / "app.py").write_text(HEAD.format(module=module) + code + "\n", encoding="utf-8")
    known = open_catalogue()
    command = [str(interpreter(generation)), "app.py"]
    seen = observe(command, [known.provider("glm")], tmp_path, os.environ, known)
    assert seen.ended.code == 0
    assert [(e.original, e.status, e.source) for _, e in seen.asked] == [(URL, 200, f"app.py:{line}")]
    assert seen.escapes == ()
