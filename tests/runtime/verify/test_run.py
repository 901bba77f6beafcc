"""A command under verify: what it did is written down, it is stopped with all it started, and no key is real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.model import UserError
from migrate_cli.runtime.canaries import canary
from migrate_cli.runtime.egress import GUARD, Escape
from migrate_cli.runtime.verify.run import Limits, Observed, observe

KNOWN = open_catalogue()
GLM = KNOWN.provider("glm")
ADDRESS = "https://open.bigmodel.cn/api/paas/v4/chat/completions"
ASK = """
import json, os, sys, urllib.error, urllib.request
def ask(url, key, **fields):
    body = {"model": "glm-5.3-flash", "messages": [{"role": "user", "content": "Hello"}], **fields}
    headers = {"Authorization": "Bearer " + key, "Content-Type": "application/json"}
    try:
        urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers)).read()
    except urllib.error.HTTPError as error:
        error.close()
"""


def run(code: str, home: Path, limits: Limits | None = None, **variables: str) -> Observed:
    """Run `code` as `program.py` in `home`, with glm to be asked."""
    (home / "program.py").write_text(f"{ASK}\n{code}\n", encoding="utf-8")
    environment = {**os.environ, **variables}
    return observe([sys.executable, "program.py"], [GLM], home, environment, KNOWN, limits)


def test_a_request_is_seen_with_the_line_that_sent_it(tmp_path: Path) -> None:
    seen = run(f"ask({ADDRESS!r}, os.environ['ZAI_API_KEY'])", tmp_path)
    assert seen.ended.code == 0
    assert [(e.original, e.source, e.verdict.auth) for _, e in seen.asked] == [
        (ADDRESS, "program.py:7", "right")
    ]


@pytest.mark.parametrize(
    "url", ["https://api.openai.com/v1/chat/completions", "https://api.deepseek.com/v1/x"]
)
def test_other_providers_get_nothing(url: str, tmp_path: Path) -> None:
    seen = run(f"ask({url!r}, 'anything')", tmp_path)
    assert [(e.original, e.status) for _, e in seen.asked] == [(url, 404)]


def test_unknown_hosts_are_out_of_reach(tmp_path: Path) -> None:
    code = "try:\n    ask('https://elsewhere.invalid/x', 'k')\nexcept OSError:\n    sys.exit(5)"
    seen = run(code, tmp_path)
    assert seen.ended.code == 5
    assert seen.escapes == (Escape("elsewhere.invalid", "443", "program.py:7"),)


def test_an_allowed_host_is_not_refused(tmp_path: Path) -> None:
    code = "import socket\ntry:\n    socket.getaddrinfo('db.invalid', 1)\nexcept socket.gaierror:\n    pass"
    assert run(code, tmp_path, Limits(allow=("db.invalid",))).escapes == ()


def test_the_users_keys_do_not_reach_the_program(tmp_path: Path) -> None:
    names = ("OPENAI_API_KEY", "DEEPSEEK_API_KEY", "ZAI_API_KEY")
    code = f"sys.exit(any(os.environ[n].startswith('real') for n in {names}))"
    assert run(code, tmp_path, **dict.fromkeys(names, "real-key-0123456789")).ended.code == 0


@pytest.mark.parametrize("key", [canary(None), "real-key-0123456789"])
def test_a_foreign_key_is_a_leak(key: str, tmp_path: Path) -> None:
    seen = run(f"ask({ADDRESS!r}, {key!r})", tmp_path, OPENAI_API_KEY="real-key-0123456789")
    assert [e.leaks for _, e in seen.asked] == [("authorization",)]


def test_a_key_in_the_body_is_a_leak(tmp_path: Path) -> None:
    code = f"ask({ADDRESS!r}, os.environ['ZAI_API_KEY'], user=os.environ['OPENAI_API_KEY'])"
    assert [e.leaks for _, e in run(code, tmp_path).asked] == [("the body",)]


def test_a_child_with_its_own_environment_stays_guarded(tmp_path: Path) -> None:
    child = 'import socket; socket.create_connection(("elsewhere.invalid", 80))'
    seen = run(f"import subprocess\nsubprocess.run([sys.executable, '-c', {child!r}], env={{}})", tmp_path)
    assert [escape.host for escape in seen.escapes] == ["elsewhere.invalid"]


def test_requests_of_many_children_at_once_all_count(tmp_path: Path) -> None:
    child = ASK + f"ask({ADDRESS!r}, os.environ['ZAI_API_KEY'])\n" * 3
    (tmp_path / "child.py").write_text(child, encoding="utf-8")
    code = (
        "import subprocess\nstarted = [subprocess.Popen([sys.executable, 'child.py']) for _ in range(8)]\n"
        "sys.exit(any(child.wait() for child in started))"
    )
    seen = run(code, tmp_path)
    assert seen.ended.code == 0
    assert [(e.status, e.source is not None) for _, e in seen.asked] == [(200, True)] * 24


def test_the_programs_own_sitecustomize_runs(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "sitecustomize.py").write_text("import builtins\nbuiltins.mine = 4\n", encoding="utf-8")
    assert run("sys.exit(mine)", tmp_path, PYTHONPATH=str(own)).ended.code == 4


def test_proxies_are_no_way_out_and_do_not_disturb(tmp_path: Path) -> None:
    seen = run(f"ask({ADDRESS!r}, os.environ['ZAI_API_KEY'])", tmp_path, HTTPS_PROXY="http://127.0.0.1:9")
    assert [e.status for _, e in seen.asked] == [200]


def test_what_is_not_python_is_stopped_by_the_proxy(tmp_path: Path) -> None:
    code = (
        "import http.client\nproxy = os.environ['HTTPS_PROXY'].rpartition(':')[2]\n"
        "c = http.client.HTTPConnection('127.0.0.1', int(proxy))\n"
        "c.request('CONNECT', 'elsewhere.invalid:443')\n"
        "sys.exit(c.getresponse().status != 403)"
    )
    seen = run(code, tmp_path)
    assert seen.ended.code == 0
    assert seen.escapes == (Escape("elsewhere.invalid", "443"),)


def test_the_proxy_passes_on_what_is_meant_for_this_machine(tmp_path: Path) -> None:
    code = (
        "opener = urllib.request.build_opener(urllib.request.ProxyHandler({'http': os.environ['HTTP_PROXY']}))\n"
        "headers = {'Authorization': 'Bearer ' + os.environ['ZAI_API_KEY']}\n"
        "asked = urllib.request.Request(os.environ['MIGRATE_STANDIN_BASE_URL'] + '/models', headers=headers)\n"
        "sys.exit(json.load(opener.open(asked))['object'] != 'list')"
    )
    seen = run(code, tmp_path)
    assert seen.ended.code == 0
    assert [(e.path, e.status) for _, e in seen.asked] == [("/api/paas/v4/models", 200)]
    assert seen.escapes == ()


def test_a_variable_can_hold_the_address(tmp_path: Path) -> None:
    code = "ask(os.environ['WHERE'] + '/chat/completions', os.environ['ZAI_API_KEY'])"
    seen = run(code, tmp_path, Limits(addresses=("WHERE",)))
    assert [e.status for _, e in seen.asked] == [200]


def test_the_time_limit_stops_it_with_its_children(tmp_path: Path) -> None:
    code = (
        "import subprocess, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "open('pid', 'w').write(str(child.pid))\ntime.sleep(60)"
    )
    seen = run(code, tmp_path, Limits(timeout=2))
    assert (seen.ended.code, seen.ended.reason) == (None, "timeout")
    assert not alive(int((tmp_path / "pid").read_text(encoding="utf-8")))


def test_each_provider_has_a_standin_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        f"{ASK}\nask({ADDRESS!r}, os.environ['ZAI_API_KEY'])\n"
        "ask('https://api.deepseek.com/chat/completions', os.environ['DEEPSEEK_API_KEY'], model='deepseek-flash')\n"
        f"ask({ADDRESS!r}, os.environ['DEEPSEEK_API_KEY'])\n",
        encoding="utf-8",
    )
    targets = [KNOWN.provider("deepseek"), GLM]
    seen = observe([sys.executable, "program.py"], targets, tmp_path, os.environ, KNOWN)
    told = [(who.id, exchange.status, exchange.leaks) for who, exchange in seen.asked if who is not None]
    assert told == [("deepseek", 200, ()), ("glm", 200, ()), ("glm", 401, ("authorization",))]


def test_without_a_working_guard_the_program_does_not_run(tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "migrate_egress"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    path = os.pathsep.join([str(broken.parent), str(GUARD)])
    done = subprocess.run(
        [sys.executable, "-c", "print('it runs')"],
        env={**os.environ, "PYTHONPATH": path, "MIGRATE_STANDIN_URL": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.startswith("migrate: the guard does not work with Python 3.")


def test_an_unknown_command_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot start no-such-program: No such file"):
        observe(["no-such-program"], [GLM], tmp_path, {}, KNOWN)


@pytest.fixture
def foreground() -> Iterator[None]:
    """Programs hear an interrupt although the tests may run in the background, where it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.usefixtures("foreground")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interrupt_stops_the_child_and_says_so(name: str, tmp_path: Path) -> None:
    code = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)"
    command = [sys.executable, "-m", "migrate_cli", "verify", "--to", "glm", "--", sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as ours:
        wait_for(tmp_path / "pid")
        ours.send_signal(getattr(signal, name))
        said, _ = ours.communicate(timeout=30)
    assert ours.returncode == 130
    assert said == "\nnot verified: the command was interrupted\n"
    assert not alive(int((tmp_path / "pid").read_text(encoding="utf-8")))


def wait_for(path: Path) -> None:
    """Wait until another process has written `path`."""
    for _ in range(300):
        time.sleep(0.1)
        if path.is_file() and path.read_text(encoding="utf-8"):
            return


def alive(pid: int) -> bool:
    """Whether a process still runs; one that waits to be collected does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.strip().startswith("Z")
