"""`--upgrade-sdk` leaves a program that runs: what only works together is written together, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Plan, StepKind, UserError

HEAD = (
    "import openai\n\nopenai.api_key = load()\n\n\ndef ask(messages):\n    r = openai.ChatCompletion.create("
)
ASK = 'model="gpt-4", messages=messages, functions=[F])\n    m = r["choices"][0]["message"]\n'
FILES = {
    "app.py": f'{HEAD}model="gpt-4", messages=messages)\n    return r["choices"][0]["message"]["content"]\n',
    "handler.py": "import openai\n\n\ndef guarded(f):\n    try:\n        return f()\n"
    "    except openai.error.RateLimitError:\n        return None\n",
    "requirements.txt": "openai==0.27.8\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def plan_for(project: Path) -> Plan:
    return api.plan(api.scan([project]), "qwen", upgrade_sdk=True)


def texts(project: Path) -> dict[str, str]:
    return {name: (project / name).read_text(encoding="utf-8") for name in FILES}


def test_all_of_it_moves(project: Path) -> None:
    api.apply(plan_for(project), allow_dirty=True)
    after = texts(project)
    assert "except openai.RateLimitError" in after["handler.py"]
    assert after["requirements.txt"] == "openai>=1.109,<4\n"


def test_nothing_moves_when_the_calls_cannot_be_written(project: Path) -> None:
    plan = plan_for(project)
    (project / "app.py").write_text(FILES["app.py"] + "# changed\n", encoding="utf-8")
    api.apply(plan, allow_dirty=True)
    after = texts(project)
    assert (after["handler.py"], after["requirements.txt"]) == (
        FILES["handler.py"],
        FILES["requirements.txt"],
    )


def test_a_bundle_is_one_choice(project: Path) -> None:
    listed = api.choices(plan_for(project))
    bundles = [c.finding.bundle for c in listed if c.finding.bundle is not None]
    assert len(bundles) == len(set(bundles))


def test_what_needs_a_bundle_that_was_left_stays(project: Path) -> None:
    plan = plan_for(project)
    taken = [c.key for c in api.choices(plan) if c.finding.bundle is None]
    api.apply(api.choose(plan, taken), allow_dirty=True)
    assert texts(project) == FILES


FUNCTIONS = [
    ('if m.get("function_call"):\n        pass', "if m.tool_calls:\n        pass"),
    ('if "function_call" in m:\n        pass', "if m.tool_calls:\n        pass"),
    ('print(m["function_call"]["name"])', "print(m.tool_calls[0].function.name)"),
    (
        'print(r["choices"][0]["finish_reason"] == "function_call")',
        'print(r.choices[0].finish_reason == "tool_calls")',
    ),
]


@pytest.mark.parametrize(("before", "after"), FUNCTIONS)
def test_old_function_calls_are_read_as_tools_of_the_current_sdk(
    tmp_path: Path, before: str, after: str
) -> None:
    file = tmp_path / "app.py"
    file.write_text(f"{HEAD}{ASK}    {before}\n", encoding="utf-8")
    api.apply(api.plan(api.scan([file]), "kimi", upgrade_sdk=True), allow_dirty=True)
    assert file.read_text(encoding="utf-8").endswith(f"    m = r.choices[0].message\n    {after}\n")


def test_old_function_calls_stay_dictionaries_without_the_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    file.write_text(f'{HEAD}{ASK}    if "function_call" in m:\n        pass\n', encoding="utf-8")
    api.apply(api.plan(api.scan([file]), "kimi"), allow_dirty=True)
    assert 'if m.get("tool_calls"):' in file.read_text(encoding="utf-8")


def test_the_pin_stays_when_no_call_moves(project: Path) -> None:
    (project / "app.py").write_text(
        f"from openai.embeddings_utils import cosine_similarity\n{FILES['app.py']}", encoding="utf-8"
    )
    api.apply(plan_for(project), allow_dirty=True)
    assert (project / "requirements.txt").read_text(encoding="utf-8") == FILES["requirements.txt"]


def test_a_provider_whose_address_is_unknown_is_refused(project: Path) -> None:
    with pytest.raises(UserError, match="not possible with --to azure"):
        api.plan(api.scan([project]), "azure", upgrade_sdk=True)


def test_the_hand_over_asks_to_install_what_the_requirements_name(project: Path) -> None:
    steps = api.hand_over(api.apply(plan_for(project), allow_dirty=True)).steps
    assert [s.text for s in steps if s.kind is StepKind.PACKAGE] == [
        "install openai>=1.109,<4, which the requirements ask for now"
    ]
