"""The guard for Node: requests go to the stand-in, everything else stays here."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.verify.run import Observed, observe

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")
URL = "https://open.bigmodel.cn/api/paas/v4/chat/completions"
HEAD = """
import https from 'node:https';
const headers = {authorization: `Bearer ${process.env.ZAI_API_KEY}`, 'content-type': 'application/json'};
const body = JSON.stringify({model: 'glm-5.3-flash', messages: [{role: 'user', content: 'Hello'}]});
"""


def run(code: str, home: Path) -> Observed:
    """Run `code` as a module of Node in `home`."""
    (home / "app.mjs").write_text(HEAD + code, encoding="utf-8")
    known = open_catalogue()
    return observe(["node", "app.mjs"], [known.provider("glm")], home, os.environ, known)


@pytest.mark.parametrize(
    "code",
    [
        f"await fetch('{URL}', {{method: 'POST', headers, body}});",
        f"await fetch(new Request('{URL}', {{method: 'POST', headers, body}}));",
        f"https.request('{URL}', {{method: 'POST', headers, agent: new https.Agent()}}, (r) => r.resume()).end(body);",
        "https.request({hostname: 'open.bigmodel.cn', path: '/api/paas/v4/chat/completions', method: 'POST', headers},"
        " (r) => r.resume()).end(body);",
    ],
)
def test_requests_reach_the_standin(code: str, tmp_path: Path) -> None:
    seen = run(code, tmp_path)
    assert [(e.original, e.status, e.source) for _, e in seen.asked] == [(URL, 200, "app.mjs:5")]


def test_openai_gets_nothing(tmp_path: Path) -> None:
    seen = run("await fetch('https://api.openai.com/v1/models', {headers});", tmp_path)
    assert [e.status for _, e in seen.asked] == [404]


@pytest.mark.parametrize(
    "code",
    [
        "await fetch('https://elsewhere.invalid/').catch(() => {});",
        "https.get('https://elsewhere.invalid/').on('error', () => {});",
        "(await import('node:net')).connect(443, 'elsewhere.invalid').on('error', () => {});",
    ],
)
def test_other_hosts_are_out_of_reach(code: str, tmp_path: Path) -> None:
    seen = run(code, tmp_path)
    assert seen.asked == ()
    assert [(escape.host, escape.port) for escape in seen.escapes] == [("elsewhere.invalid", "443")]
