"""A verification on the screen and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from migrate_cli.report.verify_json import verify_json
from migrate_cli.report.verify_text import render_verification
from migrate_cli.runtime.egress import Escape
from migrate_cli.runtime.hostile.evidence import Evidence, Grade
from migrate_cli.runtime.verify.bouts import Beside, Bout, Hostility, Took
from migrate_cli.runtime.verify.compare import Comparison
from migrate_cli.runtime.verify.crash import Crash
from migrate_cli.runtime.verify.hostile import Trial
from migrate_cli.runtime.verify.pending import Pending
from migrate_cli.runtime.verify.process import Ended
from migrate_cli.runtime.verify.verdict import FailOn, Fared, Sent, Verification

GOOD = Sent(
    "glm", "POST", "https://x/chat", "chat.completions", "glm-5", 200, Fared.ANSWERED,
    None, None, False, ("seed",), ("logprobs",), (), "app.py", 3,
)  # fmt: skip
BAD = replace(
    GOOD,
    fared=Fared.REFUSED,
    status=400,
    check="fields",
    reason="n takes only 1",
    ignored=(),
    rules=("PRM09",),
)
DONE = Verification(
    ("app",), (("glm", "GLM", "2026-11-21"),), Ended(0), (GOOD,), (Escape("db", "5432", "app.py:9"),)
)


def shown(done: Verification, **options: bool) -> str:
    """What is printed."""
    page = StringIO()
    render_verification(done, Console(file=page, width=200, color_system=None), **options)
    return page.getvalue()


def test_a_pass_promises_no_more_than_is_known() -> None:
    assert shown(DONE) == (
        "ignored       seed  (1 request: app.py:3)\n"
        "not proven    logprobs  (1 request: app.py:3)\n"
        "out of reach  db:5432 from app.py:9\n"
        "1 request = 1 answered + 0 refused + 0 elsewhere + 0 leaked\n"
        "passed: verified against documented behaviour of GLM as of 2026-11-21; 1 field not proven\n"
    )


def test_a_refusal_names_line_reason_and_rule() -> None:
    assert shown(replace(DONE, sent=(GOOD, BAD, BAD)), quiet=True) == (
        "refused       app.py:3  POST https://x/chat glm-5 (2 times)\n"
        "              400: n takes only 1\n"
        "              see `migrate explain PRM09`\n"
        "refused: 2 requests would fail or went to the wrong place\n"
    )


@pytest.mark.parametrize(
    ("done", "last"),
    [
        (replace(DONE, sent=()), "not verified: the command sent no request, so nothing is proven"),
        (
            replace(DONE, ended=Ended(None, "timeout")),
            "not verified: the command was stopped at its time limit",
        ),
        (replace(DONE, ended=Ended(7)), "command failed: the command ended with exit code 7"),
        (
            replace(DONE, escapes=(Escape("api.openai.com"),)),
            "refused: the program still asks OpenAI, by a way that could not be followed",
        ),
    ],
)
def test_nothing_else_is_called_a_pass(done: Verification, last: str) -> None:
    assert shown(done).splitlines()[-1] == last


def test_answered_requests_are_listed_when_asked_for() -> None:
    assert "answered      app.py:3  POST https://x/chat glm-5\n" in shown(DONE, verbose=True)
    assert "answered      app.py" not in shown(DONE)


def test_a_comparison_shows_what_is_missing() -> None:
    compared = Comparison(2, 1, 1, (("chat.completions at app.py:3", 1),), (), (("with thinking", 1),))
    text = shown(replace(DONE, comparison=compared))
    assert "changed       with thinking  (1 request)\n" in text
    assert "only before   chat.completions at app.py:3  (1 request)\n" in text
    assert "1 request would not have been answered by OpenAI either" in text
    assert text.splitlines()[-1] == "changed: the program does not ask what it asked before"


def test_json_holds_the_same() -> None:
    value = json.loads(json.dumps(verify_json(replace(DONE, sent=(BAD,)))))
    assert (value["schema"], value["verdict"], value["exit_code"]) == (1, "refused", 0)
    assert value["requests"][0]["rules"] == ["PRM09"]
    assert value["out_of_reach"] == [{"host": "db", "port": "5432", "source": "app.py:9", "asks": False}]
    assert value["comparison"] is None


EDITS = tuple(Pending("app.py", line, "ERR02", "error-code", False) for line in range(1, 8))


def test_edits_to_come_are_told_a_few_and_how_to_write_them() -> None:
    text = shown(replace(DONE, sent=(), pending=EDITS))
    assert text.count("ERR02 error-code\n") == 5
    assert "and 2 more; `migrate rewrite --to glm` writes them\n" in text


def test_edits_that_need_a_look_say_so() -> None:
    text = shown(replace(DONE, pending=(replace(EDITS[0], review=True),)))
    assert "not written   app.py:1  ERR02 error-code\n" in text
    assert "              `migrate rewrite --to glm --review` writes them\n" in text


def test_without_edits_to_come_nothing_is_said_of_them() -> None:
    assert "rewrite" not in shown(DONE)
    assert verify_json(DONE)["not_written"] == []


FINE = Trial(Took.SURVIVED, ("app.py:3",), 0)
DEAD = Trial(Took.CRASHED, ("app.py:3",), 1, Crash("TypeError", "app.py", 4))
PLAUSIBLE = Evidence(Grade.PLAUSIBLE, "models write it", None, "FMT04")
UNSHOWN = Evidence(Grade.UNKNOWN, None, None, "STR03")
WORSE = Bout("fenced-json", "JSON in a fence", "glm", DEAD, PLAUSIBLE, FINE, Beside.WORSE)
UNCOUNTED = Bout("no-done", "no end", "glm", Trial(Took.HUNG, (), None), UNSHOWN, None, Beside.ALONE)
COPED = Bout("comments", "comment lines", "glm", FINE, UNSHOWN, None, Beside.ALONE)
HOSTILE = replace(DONE, escapes=(), hostility=Hostility((WORSE, UNCOUNTED, COPED), ("two-tool-calls",)))


def test_an_answer_that_only_the_rewritten_program_dies_of_is_told_with_all_that_is_known() -> None:
    text = shown(HOSTILE)
    assert (
        "crashed       fenced-json  JSON in a fence\n"
        "              the program died of TypeError at app.py:4, asked from app.py:3\n"
        "              only the rewritten program\n"
        "              glm may answer so: models write it\n"
        "              OpenAI is not known to answer so\n"
        "              see `migrate explain FMT04`\n"
    ) in text
    assert text.splitlines()[-1] == (
        "broken by hostile answers: 1 hostile answer that it has to expect since the move"
    )


def test_what_does_not_count_is_shown_and_said_so_unless_quiet() -> None:
    done = replace(HOSTILE, hostility=Hostility((UNCOUNTED, COPED), ("two-tool-calls",)))
    text = shown(done)
    assert "hung          no-done  no end\n" in text
    assert "              it does not count against the program\n" in text
    assert "survived      comments\n" in text
    assert "no request of the program fits two-tool-calls\n" in text
    assert text.splitlines()[-1].startswith("passed: ")
    assert text.splitlines()[-1].endswith("; 1 of 2 hostile answers survived")
    assert "no-done" not in shown(done, quiet=True)


def test_what_could_not_be_tried_is_said() -> None:
    done = replace(HOSTILE, hostility=Hostility((), untried="without any input the program was stopped"))
    assert "not tried     without any input the program was stopped\n" in shown(done)
    assert shown(done).splitlines()[-1].endswith("; no hostile answer tried")


def test_json_tells_each_trial_and_whether_it_counts() -> None:
    value = json.loads(json.dumps(verify_json(HOSTILE)))["hostile"]
    first, second, _ = value["tried"]
    assert (first["answer"], first["counts"], first["beside"]) == (
        "fenced-json",
        True,
        "only the rewritten program",
    )
    assert (first["after"]["path"], first["after"]["line"], first["before"]["took"]) == (
        "app.py",
        4,
        "survived",
    )
    assert (second["counts"], second["evidence"], second["before"]) == (False, "no source", None)
    assert verify_json(DONE)["hostile"] is None


@pytest.mark.parametrize(("strict", "counted"), [((), 0), ((FailOn.HOSTILE,), 1)])
def test_an_answer_that_breaks_the_original_too_counts_only_when_it_is_asked_for(
    strict: tuple[FailOn, ...], counted: int
) -> None:
    same = replace(WORSE, before=DEAD, beside=Beside.SAME)
    done = replace(HOSTILE, hostility=Hostility((same, UNCOUNTED)), fail_on=frozenset(strict))
    assert len(done.fatal) == counted
