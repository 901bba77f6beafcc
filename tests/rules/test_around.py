"""Files around the code: what is edited with the program, and what is left to a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate
from tests.programs import move, write

CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
STAYS = f"{CLIENT}\n\ndef other(**options):\n    return OpenAI(**options)\n"
READER = (
    "import os\nfrom openai import OpenAI\n\n"
    'client = OpenAI(base_url=os.getenv("OPENAI_BASE_URL"), api_key=os.getenv("OPENAI_API_KEY"))\n'
    'client.chat.completions.create(model=os.getenv("OPENAI_MODEL"), messages=[])\n'
)
LEGACY = 'import openai\n\nopenai.ChatCompletion.create(model="gpt-4", messages=[])\n'
# Put together, so that no scanner takes this file for a leak.
KEY = "sk-proj-" + "Zq4Wm9Lx2Vn7Bt5Ky8" + "Rd3Hf6Jc1Ps0Ga5Tn2Qe"


def after(folder: Path, name: str, text: str, code: str = CLIENT, **options: object) -> str:
    """A file beside a program, after the move to ernie."""
    (folder / "app.py").write_text(code, encoding="utf-8")
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    move(folder, "ernie", **options)
    return file.read_bytes().decode()


RENAMED = [
    ("ci.yml", "on:\n  workflow_call:\n    secrets:\n      OPENAI_API_KEY:\n        required: true\n"),
    (".env", "# keys\r\nexport OPENAI_API_KEY=\r\nA=1"),
    (".env", "OPENAI_API_KEY='changeme'  # mine\n"),
    (
        "compose.yaml",
        "services:\n  a:\n    build: .\n    environment:\n      - OPENAI_API_KEY=${OPENAI_API_KEY:?}\n",
    ),
    ("compose.yaml", "services: {a: {build: ., environment: {OPENAI_API_KEY: '${OPENAI_API_KEY}'}}}\n"),
    ("compose.yaml", "services:\n  a:\n    build: .\n    environment:\n    - OPENAI_API_KEY\n"),
    ("ci.yml", "jobs: {a: {env: {OPENAI_API_KEY: '${{ secrets.OPENAI_API_KEY }}'}}}\n"),
    ("Dockerfile", "ARG OPENAI_API_KEY\nENV OPENAI_API_KEY=$OPENAI_API_KEY\n"),
    ("a.service", '[Service]\nEnvironment="OPENAI_API_KEY=changeme"\n'),
    ("Procfile", "web: OPENAI_API_KEY=$OPENAI_API_KEY python app.py\n"),
    ("tox.ini", "[testenv]\npassenv =\n    HOME\n    OPENAI_API_KEY\n"),
    ("run.sh", '[ -z "$OPENAI_API_KEY" ] && exit 1\ndocker run -e OPENAI_API_KEY app\n'),
    ("dev.json", '{\n  "remoteEnv": {\n    "OPENAI_API_KEY": "${localEnv:OPENAI_API_KEY}"\n  }\n}\n'),
]


@pytest.mark.parametrize("own", ["OPENAI_KEY", "OPENAI_TOKEN", "OPENAI_SECRET_KEY"])
def test_a_key_under_another_name_is_renamed_in_the_code_and_around_it(tmp_path: Path, own: str) -> None:
    code = f'import os\nfrom openai import OpenAI\n\nclient = OpenAI(api_key=os.environ["{own}"])\n'
    assert after(tmp_path, ".env", f"{own}=\n", code) == "QIANFAN_API_KEY=\n"
    assert own not in (tmp_path / "app.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("own", ["OPENAI_KEY_2", "OPENAI_KEYS", "CHAT_KEY", "OPENAI_TOKEN_LIMIT"])
def test_a_name_that_may_hold_something_else_stays_in_the_code_and_around_it(
    tmp_path: Path, own: str
) -> None:
    code = f'import os\nfrom openai import OpenAI\n\nclient = OpenAI(api_key=os.environ["{own}"])\n'
    assert after(tmp_path, ".env", f"{own}=\n", code) == f"{own}=\n"
    assert f'os.environ["{own}"]' in (tmp_path / "app.py").read_text(encoding="utf-8")


def test_of_two_keys_in_one_place_one_is_renamed(tmp_path: Path) -> None:
    text = "services:\n  a:\n    environment:\n      OPENAI_TOKEN: ${OPENAI_TOKEN}\n      OPENAI_KEY: ${OPENAI_KEY}\n"
    code = READER.replace("OPENAI_API_KEY", "OPENAI_KEY")
    assert after(tmp_path, "compose.yaml", text, code) == text.replace("OPENAI_KEY", "QIANFAN_API_KEY")


@pytest.mark.parametrize(("name", "text"), RENAMED)
def test_the_key_is_renamed_when_all_of_the_program_moves(tmp_path: Path, name: str, text: str) -> None:
    assert after(tmp_path, name, text) == text.replace("OPENAI_API_KEY", "QIANFAN_API_KEY")


@pytest.mark.parametrize(
    ("name", "line", "added"),
    [
        (".env", "export OPENAI_API_KEY=  # mine\n", "export QIANFAN_API_KEY=\n"),
        (".env", "OPENAI_API_KEY=sk-xxx", "\nQIANFAN_API_KEY="),
        (".env", f"OPENAI_API_KEY={KEY}\r\n", "QIANFAN_API_KEY=\r\n"),
        ("secrets.toml", 'OPENAI_API_KEY = "sk-xxx"\n', 'QIANFAN_API_KEY = ""\n'),
        (
            "ci.yml",
            "env:\n  OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}\n",
            "  QIANFAN_API_KEY: ${{ secrets.QIANFAN_API_KEY }}\n",
        ),
    ],
)
def test_another_line_is_put_beside_it_when_something_stays(
    tmp_path: Path, name: str, line: str, added: str
) -> None:
    assert after(tmp_path, name, line, STAYS) == line + added


def test_another_entry_of_json_goes_before_it(tmp_path: Path) -> None:
    text = '{\n  "OPENAI_API_KEY": "sk-xxx"\n}\n'
    assert after(tmp_path, "env.json", text, STAYS) == text.replace("{\n", '{\n  "QIANFAN_API_KEY": "",\n')


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dockerfile", f"ENV OPENAI_API_KEY {KEY}\n"),
        (
            "compose.yaml",
            "services:\n  a:\n    image: n8n\n    environment:\n      OPENAI_API_KEY: ${OPENAI_API_KEY}\n",
        ),
        (
            "ci.yml",
            "jobs:\n  a:\n    steps:\n    - uses: a/b@v1\n      with:\n        key: ${{ secrets.OPENAI_API_KEY }}\n",
        ),
        ("values.yaml", "env:\n  OPENAI_API_KEY: {{ .Values.openaiKey }}\n"),
        ("k.yaml", "env:\n- name: OPENAI_API_KEY\n  valueFrom: {secretKeyRef: {name: s, key: api-key}}\n"),
        ("main.tf", "env = {\n  OPENAI_API_KEY = var.key\n}\n"),
        ("run.sh", 'curl https://api.openai.com/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"\n'),
    ],
)
def test_what_others_read_or_hold_is_left_to_a_person(tmp_path: Path, name: str, text: str) -> None:
    assert after(tmp_path, name, text) == text


def test_openai_s_key_never_gets_another_name(tmp_path: Path) -> None:
    text = after(tmp_path, ".env", f"OPENAI_API_KEY={KEY}\n")
    assert text == f"OPENAI_API_KEY={KEY}\nQIANFAN_API_KEY=\n"


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    text = after(tmp_path, ".env", f"OPENAI_API_KEY={KEY}\n")
    assert after(tmp_path, ".env", text, (tmp_path / "app.py").read_text()) == text


def test_nothing_is_edited_when_nothing_in_reach_moves(tmp_path: Path) -> None:
    text = "OPENAI_API_KEY=\nOPENAI_MODEL=gpt-4o\nOPENAI_ORG_ID=x\n"
    assert after(tmp_path, ".env", text, "import openai\n\nopenai.OpenAI(**options)\n") == text


def test_the_account_goes_with_the_last_client(tmp_path: Path) -> None:
    assert after(tmp_path, ".env", "OPENAI_ORG_ID=org-1\nA=1\n") == "A=1\n"


def test_the_account_of_a_client_that_stays_is_kept(tmp_path: Path) -> None:
    assert after(tmp_path, ".env", "OPENAI_ORG_ID=org-1\nA=1\n", STAYS) == "OPENAI_ORG_ID=org-1\nA=1\n"


def test_what_the_code_reads_changes_with_it(tmp_path: Path) -> None:
    text = "OPENAI_MODEL='gpt-4o-mini'\nOPENAI_BASE_URL=https://api.openai.com/v1\n"
    assert after(tmp_path, ".env", text, READER) == (
        "OPENAI_MODEL='ernie-4.5-turbo-128k'\nOPENAI_BASE_URL=https://qianfan.baidubce.com/v2\n"
    )


def test_what_no_code_reads_waits_for_a_look(tmp_path: Path) -> None:
    text = "OPENAI_MODEL=gpt-4o-mini\nOPENAI_BASE_URL=https://api.openai.com/v1\n"
    assert after(tmp_path, ".env", text) == text


def test_undo_restores_every_byte(tmp_path: Path) -> None:
    text = "# ü\r\nOPENAI_API_KEY=\r\nA=1"
    assert after(tmp_path, ".env", text) != text
    api.undo(tmp_path)
    assert (tmp_path / ".env").read_bytes().decode() == text


def test_a_value_of_two_providers_is_left_to_a_person(tmp_path: Path) -> None:
    code = (
        f'{CLIENT}import json\n\nm = json.load(open("c.json"))["model"]\n'
        "client.chat.completions.create(model=m, messages=[])\nclient.embeddings.create(model=m, input='a')\n"
    )
    text = '{"model": "gpt-4o-mini"}\n'
    assert after(tmp_path, "c.json", text, code, others={"embeddings": "qwen"}) == text


def test_a_file_beside_of_that_name_elsewhere_makes_it_unsure(tmp_path: Path) -> None:
    write(tmp_path, {"b/c.json": '{"model": "x"}'})
    read = 'json.load(open("c.json"))["model"]'
    code = f"{CLIENT}import json\n\nclient.chat.completions.create(model={read}, messages=[])\n"
    text = '{"model": "gpt-4o-mini"}\n'
    assert after(tmp_path, "c.json", text, code) == text


PINS = [
    ("requirements.txt", "openai[datalib]==0.28.1  # old\ntiktoken\n", "==0.28.1"),
    ("pyproject.toml", '[project]\ndependencies = [\n  "openai>=0.27,<1",  # old\n]\n', ">=0.27,<1"),
    (
        "pyproject.toml",
        '[tool.poetry.dependencies]\nopenai = {version = "^0.28", optional = true}\n',
        "^0.28",
    ),
    ("Pipfile", '[packages]\nopenai = "==0.28.*"\n', "==0.28.*"),
    ("setup.cfg", "[options]\ninstall_requires =\n    openai<1\n    six\n", "<1"),
    ("setup.py", 'from setuptools import setup\n\nsetup(install_requires=["openai<1"])\n', "<1"),
    ("environment.yml", "dependencies:\n- openai=0.28\n", "=0.28"),
]


@pytest.mark.parametrize(("name", "text", "pin"), PINS)
def test_the_pin_of_the_old_sdk_is_raised_with_its_calls(
    tmp_path: Path, name: str, text: str, pin: str
) -> None:
    assert after(tmp_path, name, text, LEGACY, upgrade_sdk=True) == text.replace(pin, ">=1.109,<4")


@pytest.mark.parametrize(("name", "text", "pin"), PINS)
def test_a_pin_is_kept_without_the_wish(tmp_path: Path, name: str, text: str, pin: str) -> None:
    assert after(tmp_path, name, text, LEGACY) == text


@pytest.mark.parametrize("text", ["openai\n", "openai>=1.2\n", "openai==0.28.1 --hash=sha256:ab\n"])
def test_pins_that_need_no_change_or_carry_a_hash_are_kept(tmp_path: Path, text: str) -> None:
    assert after(tmp_path, "requirements.txt", text, LEGACY, upgrade_sdk=True) == text


def test_a_pin_in_a_shell_line_needs_no_quotes(tmp_path: Path) -> None:
    text = "RUN pip install openai==0.28.1 six\n"
    after(tmp_path, "Dockerfile", text, LEGACY, upgrade_sdk=True)
    assert (tmp_path / "Dockerfile").read_text() == "RUN pip install openai~=1.109 six\n"


def test_a_lock_file_is_left_and_its_command_told(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "openai"\nversion = "0.28.1"\n'
    write(tmp_path, {"app.py": LEGACY, "uv.lock": lock})
    outcome = move(tmp_path, "ernie", upgrade_sdk=True)
    [found] = [d for d in outcome.decisions if d.site.path == "uv.lock"]
    assert (found.fate, "`uv lock`" in found.reason) == (Fate.MANUAL, True)
    assert (tmp_path / "uv.lock").read_text() == lock


def test_recordings_are_told_once_a_folder(tmp_path: Path) -> None:
    tape = "interactions:\n- request:\n    uri: https://api.openai.com/v1/chat/completions\n"
    write(tmp_path, {"app.py": CLIENT, "tests/cassettes/a.yaml": tape, "tests/cassettes/b.yaml": tape})
    plan = api.plan(api.scan([tmp_path]), "ernie")
    assert [d.reason.split(":")[0] for d in plan.notices] == ["2 recordings of api.openai.com"]
    assert set(plan.operations) == {"app.py"}


def test_a_read_that_a_raw_request_sends_goes_with_it(tmp_path: Path) -> None:
    code = (
        f"{CLIENT}import os\nimport requests\n\n"
        'KEY = os.environ["OPENAI_API_KEY"]\n'
        'requests.post("https://api.openai.com/v1/chat/completions", headers={"Authorization": f"Bearer {KEY}"})\n'
    )
    after(tmp_path, ".env", "A=1\n", code)
    assert 'KEY = os.environ["OPENAI_API_KEY"]' in (tmp_path / "app.py").read_text()
