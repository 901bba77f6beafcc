"""Which rule is named for a bad request."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.catalogue.source import read_data
from migrate_cli.runtime.verify import rules as verify_rules
from migrate_cli.runtime.verify.verdict import Fared, Sent
from tests.programs import write

PROGRAM = """\
    from openai import OpenAI

    client = OpenAI()
    reply = client.chat.completions.create(model="gpt-4o", messages=[], seed=1)
"""


def sent(check: str, reason: str, **more: object) -> Sent:
    """A refused request."""
    fields: dict[str, object] = {
        "provider": "glm",
        "method": "POST",
        "address": "https://open.bigmodel.cn/x",
        "endpoint": None,
        "model": None,
        "status": 400,
        "fared": Fared.REFUSED,
        "shape_known": False,
        "ignored": (),
        "unproven": (),
        "leaks": (),
        "path": None,
        "line": None,
    }
    return Sent(check=check, reason=reason, **(fields | more))


@pytest.mark.parametrize(
    ("check", "reason", "code"),
    [
        ("auth", "the API key is wrong", "ENV01"),
        ("path", "https://api.openai.com/v1/chat/completions is no endpoint of X", "SDK08"),
        ("path", "https://api.openai.com/v1/moderations is no endpoint of X", "END10"),
        ("model", "there is no model gpt-4o", "SDK12"),
        ("model", "the model x is retired since 2026-01-01", "SDK14"),
        ("fields", "temperature must be at most 1", "PRM06"),
        ("fields", "n takes only 1", "PRM09"),
        ("fields", "something_new is not accepted", "PRM15"),
        ("roles", "the role developer is not accepted", "MSG01"),
        ("unheard-of", "whatever", None),
    ],
)
def test_the_usual_rule(check: str, reason: str, code: str | None) -> None:
    assert verify_rules.usual_rule(sent(check, reason)) == code


def test_every_code_of_the_table_is_a_rule() -> None:
    rows = read_data(Path(verify_rules.__file__).parent, "rules")["rules"]
    assert {row["code"] for row in rows} <= {doc.rule.code for doc in api.rules()}


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (4, ("SDK12",)),  # the plan says so, too
        (1, ("SDK12",)),  # nothing is planned there: the usual one
    ],
)
def test_a_line_of_the_plan(line: int, codes: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {"app.py": PROGRAM})
    plan = api.plan(api.scan([tmp_path]), "glm")
    bad = sent("model", "there is no model gpt-4o", path="app.py", line=line)
    (told,) = verify_rules.with_rules([bad], plan.decisions, Path(plan.scan.root), tmp_path)
    assert told.rules == codes


def test_the_client_of_a_call_counts(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": PROGRAM})
    plan = api.plan(api.scan([tmp_path]), "glm")
    bad = sent("path", "no endpoint", path="app.py", line=4)
    (told,) = verify_rules.with_rules([bad], plan.decisions, Path(plan.scan.root), tmp_path)
    assert told.rules == ("SDK08",)


def test_an_answered_request_gets_no_rule(tmp_path: Path) -> None:
    fine = sent("model", "there is no model gpt-4o", fared=Fared.ANSWERED)
    assert verify_rules.with_rules([fine], [], tmp_path, tmp_path) == (fine,)


@pytest.mark.parametrize(("leak", "code"), [("openai-project", "SDK16"), ("authorization", "ENV01")])
def test_a_leak_names_the_rule_of_its_header(leak: str, code: str) -> None:
    assert verify_rules.usual_rule(sent("auth", "wrong", fared=Fared.LEAKED, leaks=(leak,))) == code


def named(bad: Sent, files: dict[str, str], home: Path) -> tuple[str, ...]:
    """The rules named for a request of a project with these files."""
    write(home, files)
    plan = api.plan(api.scan([home]), "glm")
    (told,) = verify_rules.with_rules([bad], plan.decisions, Path(plan.scan.root), home)
    return told.rules


ELSEWHERE = "https://api.openai.com/v1/chat/completions is no endpoint of X"
MOVED = """\
    import os
    from openai import OpenAI

    client = OpenAI(api_key=os.environ["ZAI_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4")
    client.chat.completions.create(model=os.environ["CHAT_MODEL"], messages=[])
"""
LANGCHAIN = """\
    from langchain_openai import ChatOpenAI

    chat = ChatOpenAI(model="gpt-4o")
    chat.invoke("Hello")
"""


def test_a_file_beside_the_program_counts(tmp_path: Path) -> None:
    bad = sent("model", "there is no model gpt-4o", path="app.py", line=5)
    assert named(bad, {"app.py": MOVED, ".env": "CHAT_MODEL=gpt-4o\n"}, tmp_path) == ("CFG02",)


def test_another_line_of_the_file_counts(tmp_path: Path) -> None:
    bad = sent("path", ELSEWHERE, path="app.py", line=4)
    assert named(bad, {"app.py": LANGCHAIN}, tmp_path) == ("FRM01",)


def test_an_edit_that_answers_something_else_does_not_count(tmp_path: Path) -> None:
    bad = sent("fields", "n takes only 1", path="app.py", line=4)
    assert named(bad, {"app.py": PROGRAM}, tmp_path) == ("PRM09",)


def test_a_leak_is_the_fault_of_who_reads_the_key(tmp_path: Path) -> None:
    bad = sent("path", ELSEWHERE, fared=Fared.LEAKED, leaks=("authorization",), path="app.py", line=4)
    assert named(bad, {"app.py": PROGRAM}, tmp_path) == ("SDK08",)


def test_a_wrong_address_is_named_beside_a_wrong_key(tmp_path: Path) -> None:
    bad = sent(
        "path",
        "https://open.bigmodel.cn/v1/x is no endpoint of X",
        fared=Fared.LEAKED,
        leaks=("authorization",),
    )
    assert named(bad, {"app.py": "print(1)\n"}, tmp_path) == ("ENV01", "SDK08")


def test_every_other_code_of_the_table_is_a_rule() -> None:
    assert {code for row in verify_rules.table() for code in row.also} <= {
        doc.rule.code for doc in api.rules()
    }
