"""Programs under hostile answers: each breaks where it breaks, is told with its line, and a careful one takes all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from migrate_cli.api_verify import verify
from migrate_cli.model import UserError
from migrate_cli.runtime.hostile.evidence import Grade, evidence
from migrate_cli.runtime.hostile.server import ITEMS
from migrate_cli.runtime.verify import hostile as verify_hostile
from migrate_cli.runtime.verify.bouts import Beside, Bout, Took
from migrate_cli.runtime.verify.crash import Crash
from migrate_cli.runtime.verify.hostile import Met, Trial, Trials, chosen
from migrate_cli.runtime.verify.verdict import FailOn, Verdict, Verification

HEAD = """
import json, os, sys, time, urllib.error, urllib.request
def ask(text="Give me JSON", **fields):
    body = {"model": MODEL, "messages": [{"role": "user", "content": text}], **fields}
    headers = {"Authorization": "Bearer " + os.environ[KEY]}
    return urllib.request.urlopen(urllib.request.Request(URL, json.dumps(body).encode(), headers))
def chunks(**fields):
    with ask("Tell me", stream=True, **fields) as answer:
        for line in answer.read().decode("utf-8-sig").splitlines():
            data = line.removeprefix("data:").strip()
            if line.startswith("data:") and data != "[DONE]":
                yield json.loads(data)
"""
NOW = 'URL, KEY, MODEL = "https://open.bigmodel.cn/api/paas/v4/chat/completions", "ZAI_API_KEY", "glm-5.3"\n'
THEN = 'URL, KEY, MODEL = "https://api.openai.com/v1/chat/completions", "OPENAI_API_KEY", "gpt-4o"\n'
UNGUARDED_JSON = """
answer = json.load(ask(response_format={"type": "json_object"}))
print(json.loads(answer["choices"][0]["message"]["content"])["answer"])
"""
UNGUARDED_CHUNK = """
print("".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks()))
"""
ENDLESS = """
while True:
    try:
        ask().read()
        break
    except urllib.error.HTTPError as error:
        error.close()
        time.sleep(0.02)
"""
CAREFUL = """
def careful(request):
    for attempt in range(3):
        try:
            return request()
        except urllib.error.HTTPError as error:
            error.close()
        except (KeyError, TypeError, ValueError):
            pass
    return None
def parsed():
    content = json.load(ask(response_format={"type": "json_object"}))["choices"][0]["message"]["content"]
    return json.loads((content or "").removeprefix("```json").removesuffix("```"))["answer"]
def told():
    return "".join(c["delta"].get("content") or "" for chunk in chunks() for c in chunk.get("choices") or ())
"""
CAREFUL_BOTH = CAREFUL + "print(careful(parsed), careful(told))\n"
CAREFUL_JSON = CAREFUL + "print(careful(parsed))\n"


def struck(home: Path, code: str, *items: str, before: str | None = None, **more: object) -> Verification:
    """The verification of `code` at glm with these items, after `before` at OpenAI if given."""
    (home / "app.py").write_text(HEAD + NOW + code, encoding="utf-8")
    if before is not None:
        (home / "before").mkdir()
        (home / "before" / "app.py").write_text(HEAD + THEN + before, encoding="utf-8")
        more["before"] = str(home / "before")
    return verify([sys.executable, "app.py"], ["glm"], directory=home, hostile=items, **more)  # type: ignore[arg-type]


def bouts(done: Verification) -> dict[str, Bout]:
    """What was tried, by item."""
    assert done.hostility is not None
    return {bout.item: bout for bout in done.hostility.bouts}


def took(done: Verification) -> dict[str, Took]:
    """How the program took each item."""
    return {name: bout.after.took for name, bout in bouts(done).items()}


def test_an_unguarded_answer_is_told_with_the_line_that_asked_and_the_line_that_died(tmp_path: Path) -> None:
    done = struck(tmp_path, UNGUARDED_JSON, "no-content", "fenced-json", "comments")
    assert took(done) == {"no-content": Took.CRASHED, "fenced-json": Took.CRASHED}
    found = bouts(done)["no-content"].after
    assert found.crash == Crash("TypeError", "app.py", 16)
    assert found.asked == ("app.py:6",)
    assert done.hostility is not None
    assert done.hostility.unmet == ("comments",)


def test_without_an_original_nothing_counts_unless_it_is_asked_for(tmp_path: Path) -> None:
    lenient = struck(tmp_path, UNGUARDED_JSON, "no-content")
    assert (lenient.verdict, lenient.fatal) == (Verdict.PASSED, ())
    strict = struck(tmp_path, UNGUARDED_JSON, "no-content", fail_on=[FailOn.HOSTILE])
    assert (strict.verdict, len(strict.fatal)) == (Verdict.HOSTILE, 1)


def test_what_no_source_shows_never_counts(tmp_path: Path) -> None:
    done = struck(tmp_path, UNGUARDED_CHUNK, "chunk-without-choices", fail_on=[FailOn.HOSTILE])
    bout = bouts(done)["chunk-without-choices"]
    assert (bout.after.took, bout.known.grade) == (Took.CRASHED, Grade.UNKNOWN)
    assert bout.after.crash == Crash("IndexError", "app.py", 15)
    assert (done.verdict, done.fatal) == (Verdict.PASSED, ())


@pytest.mark.parametrize(
    ("item", "before", "after", "beside", "verdict"),
    [
        ("no-content", CAREFUL_JSON, UNGUARDED_JSON, Beside.WORSE, Verdict.HOSTILE),
        ("no-content", UNGUARDED_JSON, UNGUARDED_JSON, Beside.SAME, Verdict.HOSTILE),
        ("no-content", UNGUARDED_JSON, CAREFUL_JSON, Beside.BETTER, Verdict.PASSED),
        ("error-amid-stream", UNGUARDED_CHUNK, UNGUARDED_CHUNK, Beside.SAME, Verdict.PASSED),
    ],
)
def test_what_the_original_cannot_take_counts_only_if_openai_never_answered_so(
    item: str, before: str, after: str, beside: Beside, verdict: Verdict, tmp_path: Path
) -> None:
    done = struck(tmp_path, after, item, before=before)
    assert bouts(done)[item].beside is beside
    assert done.verdict is verdict


def test_an_original_that_cannot_be_tried_is_no_comparison(tmp_path: Path) -> None:
    done = struck(tmp_path, UNGUARDED_JSON, "fenced-json", before=UNGUARDED_JSON + "sys.exit(4)")
    assert done.hostility is not None
    assert done.hostility.alone == "without any input it ends with exit code 4"
    assert bouts(done)["fenced-json"].beside is Beside.ALONE
    assert done.verdict is Verdict.PASSED


def test_a_program_that_retries_for_ever_is_stopped_and_counted(tmp_path: Path) -> None:
    done = struck(tmp_path, ENDLESS, "unpaid", "rate-limit", timeout=2, fail_on=[FailOn.HOSTILE])
    assert took(done) == {"unpaid": Took.HUNG, "rate-limit": Took.SURVIVED}
    assert bouts(done)["unpaid"].after.most > 3
    assert [bout.item for bout in done.fatal] == ["unpaid"]


def test_more_tries_than_the_sdk_makes_are_told(tmp_path: Path) -> None:
    bounded = ENDLESS.replace("while True", "for attempt in range(5)")
    done = struck(tmp_path, bounded, "unpaid")
    assert took(done) == {"unpaid": Took.OVERTRIED}
    assert bouts(done)["unpaid"].after.most == 5


def test_a_careful_program_takes_everything(tmp_path: Path) -> None:
    done = struck(tmp_path, CAREFUL_BOTH, fail_on=[FailOn.HOSTILE])
    assert done.verdict is Verdict.PASSED
    assert set(took(done).values()) == {Took.SURVIVED}
    assert len(took(done)) >= 14


def test_an_error_code_of_its_own_is_giving_up_only_where_nothing_was_answered(tmp_path: Path) -> None:
    code = """
try:
    data = json.load(ask())["choices"][0]["message"]["content"].strip()
except Exception:
    sys.exit("sorry")
"""
    done = struck(tmp_path, code, "filtered", "no-content")
    assert took(done) == {"filtered": Took.GAVE_UP, "no-content": Took.FAILED}


def test_other_output_is_told_where_the_answer_said_the_same(tmp_path: Path) -> None:
    code = 'print(sum(line.startswith(b"data: ") for line in ask(stream=True).read().splitlines()))\n'
    done = struck(tmp_path, code, "no-space", "comments")
    assert took(done) == {"no-space": Took.OTHER_OUTPUT, "comments": Took.SURVIVED}


def test_an_error_that_a_program_passes_over_is_pointed_at_and_not_called_broken(tmp_path: Path) -> None:
    code = 'print(json.load(ask()).get("choices"))\n'
    done = struck(tmp_path, code, "error-in-answer", fail_on=[FailOn.HOSTILE])
    assert bouts(done)["error-in-answer"].after.unsaid
    assert took(done)["error-in-answer"] is Took.SURVIVED
    retried = struck(tmp_path, CAREFUL_JSON, "rate-limit")
    assert not bouts(retried)["rate-limit"].after.unsaid


def test_output_that_varies_anyway_is_not_called_other(tmp_path: Path) -> None:
    code = "ask(stream=True).read()\nprint(time.time_ns())\n"
    assert took(struck(tmp_path, code, "no-space")) == {"no-space": Took.SURVIVED}


@pytest.mark.parametrize(
    "code", ["ask().read()\nsys.exit(3)", "", "ask(model='nope')"], ids=["failed", "no request", "refused"]
)
def test_nothing_is_tried_on_a_program_that_does_not_end_well_by_itself(tmp_path: Path, code: str) -> None:
    done = struck(tmp_path, code, "rate-limit")
    assert done.hostility is not None
    assert (done.hostility.bouts, done.hostility.untried is not None) == ((), True)
    assert done.verdict is not Verdict.PASSED


def test_what_was_found_before_an_interrupt_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Met(Trial(Took.CRASHED), "glm", evidence("no-content", None))
    trials = Trials(0, {"no-content": found}, interrupted=True)
    monkeypatch.setattr(verify_hostile, "try_all", lambda *_: trials)
    done = struck(tmp_path, "ask().read()")
    assert took(done) == {"no-content": Took.CRASHED}
    assert (done.ended.reason, done.verdict) == ("interrupted", Verdict.UNVERIFIED)


def test_the_wait_is_only_tried_by_name() -> None:
    assert [item.name for item in chosen(["slow"])] == ["slow"]
    assert chosen([]) == ITEMS


def test_an_unknown_answer_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no hostile answer 'rudeness': `migrate verify --items list`"):
        struck(tmp_path, "", "rudeness")
