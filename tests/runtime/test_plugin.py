"""The pytest plugin in a pytest of its own: what passes, what fails, and that it is free when nobody asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = """
import os
import httpx

def ask(model, key, host="open.bigmodel.cn"):
    headers = {"Authorization": "Bearer " + os.environ[key]}
    body = {"model": model, "messages": [{"role": "user", "content": "Hello"}]}
    return httpx.post(f"https://{host}/api/paas/v4/chat/completions", headers=headers, json=body)

"""
GOOD = 'def test_good():\n    assert ask("glm-5.3", "ZAI_API_KEY").status_code == 200\n'
BAD = 'def test_bad():\n    assert ask("gpt-4o", "ZAI_API_KEY").status_code == 404\n'
OLD_KEY = 'def test_old_key():\n    assert ask("glm-5.3", "OPENAI_API_KEY").status_code == 401\n'
STRAY = """
def test_stray():
    try:
        ask("glm-5.3", "ZAI_API_KEY", "elsewhere.invalid")
    except Exception:
        pass
"""
OTHERS = """
def test_own_keys_are_out_of_reach():
    assert os.environ["MOONSHOT_API_KEY"].startswith("canary-kimi-")
    assert "DEEPSEEK_API_KEY" not in os.environ
    assert ask("glm-5.3", "ZAI_API_KEY").status_code == 200
"""
CHILD = """
import subprocess, sys
def test_with_a_child():
    code = "from test_suite import ask; ask('gpt-4o', 'ZAI_API_KEY')"
    subprocess.run([sys.executable, "-c", code], check=True)
"""
WORKERS = """
import subprocess, sys
def test_workers(tmp_path):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "migrate_cli.runtime.plugin", "-p", "no:cacheprovider"]
    command += ["--migrate-standin=glm", "--rootdir", str(tmp_path), "-k", "good"]
    started = [subprocess.Popen([*command, __file__], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [worker.communicate()[0] for worker in started]
    assert [("1 passed" in text, "migrate:" in text) for text in said] == [(True, False)] * 3
"""
UNSEEN = """
import subprocess, sys
def test_unseen():
    assert ask("glm-5.3", "ZAI_API_KEY").status_code == 200
    subprocess.run([sys.executable, "-I", "-c", ""], check=True)
"""
FIXTURE = """
def test_own(migrate_standin):
    qwen, openai = migrate_standin("qwen"), migrate_standin()
    for standin in (qwen, openai):
        answer = httpx.get(standin.address + "/models", headers={"Authorization": "Bearer " + standin.key})
        assert answer.status_code == 200
    assert "/compatible-mode/" in qwen.address
    assert (len(qwen.exchanges), qwen.refused) == (1, ())
"""


def suite(home: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a suite of one file."""
    (home / "test_suite.py").write_text(HEAD + source, encoding="utf-8")
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("MIGRATE_", "PYTEST_"))
    }
    environment = clean | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "migrate_cli.runtime.plugin",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, *options],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_suite_whose_requests_are_taken_passes(tmp_path: Path) -> None:
    done = suite(tmp_path, GOOD, "--migrate-standin=glm")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 request: 0 refused, 1 accepted" in done.stdout


def test_a_key_of_another_provider_is_exchanged_where_it_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOONSHOT_API_KEY", "sk-somebodys")
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    done = suite(tmp_path, OTHERS, "--migrate-standin=glm")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (BAD, "test_suite.py::test_bad: 404 POST /api/paas/v4/chat/completions gpt-4o: refused (model)"),
        (OLD_KEY, "test_suite.py::test_old_key: 401 POST /api/paas/v4/chat/completions: refused (auth)"),
        (STRAY, "reached for elsewhere.invalid"),
        ("def test_nothing():\n    pass\n", "not verified: no request reached the stand-in"),
    ],
)
def test_a_suite_that_passes_fails_for_what_it_asked(tmp_path: Path, source: str, line: str) -> None:
    done = suite(tmp_path, source, "--migrate-standin=glm")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    assert line in done.stdout
    assert "canary" not in done.stdout


def test_a_wrong_name_is_a_usage_error(tmp_path: Path) -> None:
    done = suite(tmp_path, GOOD, "--migrate-standin=gml")
    assert done.returncode == 4
    assert "did you mean 'glm'?" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("options", [[], ["--migrate-standin=glm"]])
def test_the_fixture_works_with_and_without_the_option(tmp_path: Path, options: list[str]) -> None:
    assert "1 passed" in suite(tmp_path, FIXTURE, *options).stdout


def test_nothing_is_loaded_and_nothing_changed_when_nobody_asks(tmp_path: Path) -> None:
    source = (
        "import socket, sys\n\ndef test_free():\n"
        "    ours = {name for name in sys.modules if name.startswith('migrate_')}\n"
        "    assert ours == {'migrate_cli', 'migrate_cli.runtime', 'migrate_cli.runtime.plugin'}\n"
        "    assert socket.getaddrinfo.__module__ == 'socket'\n"
        "    assert not any(name.startswith('MIGRATE_') for name in os.environ)\n"
    )
    done = suite(tmp_path, source)
    assert done.returncode == 0, done.stdout
    assert "migrate" not in done.stdout


def test_a_request_of_a_child_belongs_to_the_test_that_started_it(tmp_path: Path) -> None:
    done = suite(tmp_path, CHILD, "--migrate-standin=glm")
    assert "test_suite.py::test_with_a_child: 404 POST" in done.stdout, done.stdout + done.stderr


def test_a_child_out_of_sight_is_told_and_does_not_fail_the_run(tmp_path: Path) -> None:
    done = suite(tmp_path, UNSEEN, "--migrate-standin=glm")
    assert done.returncode == 0, done.stdout + done.stderr
    assert ": -I keeps the guard out\n" in done.stdout


def test_workers_share_one_standin_and_the_summary_comes_once(tmp_path: Path) -> None:
    done = suite(tmp_path, GOOD + WORKERS, "--migrate-standin=glm")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 requests: 0 refused, 4 accepted" in done.stdout
    assert done.stdout.count("migrate: stand-in of") == 1
