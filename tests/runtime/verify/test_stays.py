"""A program that stays at OpenAI can be verified, too; and the environment is changed no more than needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate_cli.api_verify import verify
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.model import UserError
from migrate_cli.runtime.verify.process import Streams
from migrate_cli.runtime.verify.run import Limits, observe
from migrate_cli.runtime.verify.verdict import Fared, Verdict, Verification

ASK = """\
import json, os, sys, urllib.error, urllib.request
body = json.dumps({{"model": "gpt-4o", "messages": [{{"role": "user", "content": "Hello"}}], {more}}}).encode()
asked = urllib.request.Request("{url}", body, {{"Authorization": "Bearer " + os.environ["{key}"]}})
try:
    urllib.request.urlopen(asked)
except urllib.error.HTTPError as error:
    error.close()
"""
OPENAI = "https://api.openai.com/v1/chat/completions"
KNOWN = open_catalogue()


def run(home: Path, url: str = OPENAI, key: str = "OPENAI_API_KEY", more: str = "") -> Verification:
    """The verdict on a program that stays."""
    (home / "app.py").write_text(ASK.format(url=url, key=key, more=more), encoding="utf-8")
    variables = {"PATH": os.environ["PATH"], "ZAI_API_KEY": "the users own key"}
    return verify([sys.executable, "app.py"], ["OpenAI"], directory=home, environment=variables)


def test_a_program_that_stays_passes(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.verdict, done.providers[0][:2]) == (Verdict.PASSED, ("openai", "OpenAI"))
    assert done.providers[0][2] is not None


@pytest.mark.parametrize(
    ("change", "fared"),
    [
        ({"more": '"enable_thinking": False'}, Fared.REFUSED),
        ({"url": "https://open.bigmodel.cn/api/paas/v4/chat/completions"}, Fared.ELSEWHERE),
        ({"key": "ZAI_API_KEY"}, Fared.LEAKED),
    ],
)
def test_one_that_is_half_gone_does_not(change: dict[str, str], fared: Fared, tmp_path: Path) -> None:
    done = run(tmp_path, **change)
    assert (done.verdict, [(sent.fared, sent.rules) for sent in done.bad]) == (Verdict.REFUSED, [(fared, ())])


def test_a_name_that_is_nobodys_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="opnai"):
        verify([sys.executable, "-c", ""], ["opnai"], directory=tmp_path, environment={})


def variables(tmp_path: Path, **given: str) -> list[str]:
    """The key variables that a program finds, when these are set."""
    code = "import os; open('seen', 'w').write(' '.join(sorted(n for n in os.environ if n.endswith('_KEY'))))"
    quiet = Limits(streams=Streams(stdout=subprocess.DEVNULL))
    observe([sys.executable, "-c", code], [KNOWN.provider("deepseek")], tmp_path, given, KNOWN, quiet)
    return (tmp_path / "seen").read_text(encoding="utf-8").split()


def test_keys_of_others_are_not_invented(tmp_path: Path) -> None:
    assert variables(tmp_path) == ["DEEPSEEK_API_KEY", "OPENAI_API_KEY"]


def test_keys_that_are_set_stay_set(tmp_path: Path) -> None:
    given = {"MOONSHOT_API_KEY": "x", "AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com"}
    told = ["AZURE_OPENAI_API_KEY", "DEEPSEEK_API_KEY", "MOONSHOT_API_KEY", "OPENAI_API_KEY"]
    assert variables(tmp_path, **given) == told
