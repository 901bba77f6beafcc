"""What a rewrite hands over: alike tasks together, steps in order, and nothing to do where nothing moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from migrate_cli import api
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.handover import tasks
from migrate_cli.model import Decision, Fate, Level, NextStep, Outcome, StepKind
from tests.report import samples

REBUILD = NextStep(StepKind.INDEX, "rebuild the index")
SECRET = NextStep(StepKind.SECRET, "create the secret ERNIE_API_KEY")
LOCK = NextStep(StepKind.LOCK, "refresh uv.lock", "uv lock")


def moved(*steps: NextStep) -> Outcome:
    """A run that rewrote one client, with these steps to do."""
    at = samples.client(2)
    finding = replace(samples.finding(at), steps=steps)
    return samples.outcome(samples.plan(samples.decide(at, Fate.REWRITTEN, finding)), samples.CHANGED)


def steps_of(aside: Decision, step: NextStep) -> tuple[NextStep, ...]:
    """The steps of a run that rewrote one client, which asks for `step`, and left `aside` alone."""
    at = samples.client(2)
    finding = replace(samples.finding(at), steps=(step,))
    made = samples.plan(samples.decide(at, Fate.REWRITTEN, finding), aside)
    return samples.handed_over(samples.outcome(made, samples.CHANGED)).steps


def test_alike_tasks_are_one_with_all_their_places() -> None:
    sites = [samples.site(line) for line in (9, 3, 5)]
    decisions = [samples.decide(s, Fate.MANUAL, samples.finding(s, level=Level.MANUAL)) for s in sites]
    (task,) = tasks(decisions)
    assert [place.line for place in task.places] == [3, 5, 9]


def test_what_differs_stays_apart() -> None:
    one, two = samples.site(3), samples.site(5)
    first = samples.decide(one, Fate.MANUAL, samples.finding(one, level=Level.MANUAL))
    second = samples.decide(two, Fate.REVIEW, samples.finding(two, level=Level.REVIEW))
    assert [task.level for task in tasks([second, first])] == [Level.MANUAL, Level.REVIEW]


def test_what_moved_is_no_task() -> None:
    at = samples.client(2)
    assert tasks([samples.decide(at, Fate.REWRITTEN, samples.finding(at))]) == ()


def test_the_line_that_reads_the_answer_is_the_place() -> None:
    at = samples.site(3)
    finding = replace(samples.finding(at, level=Level.MANUAL), place=samples.site(8).location)
    (task,) = tasks([samples.decide(at, Fate.MANUAL, finding)])
    assert task.places[0].line == 8


def test_steps_come_in_the_order_in_which_people_do_them() -> None:
    made = samples.handed_over(moved(REBUILD, SECRET))
    assert [step.kind.value for step in made.steps] == ["key", "variable", "secret", "index", "test"]


def test_a_step_is_named_once() -> None:
    assert samples.handed_over(moved(REBUILD, REBUILD)).steps.count(REBUILD) == 1


def test_where_nothing_moved_there_is_nothing_to_set() -> None:
    assert samples.handed_over(samples.outcome(samples.settled(), run=None)).steps == ()


def test_a_lock_file_is_to_be_refreshed_where_a_package_comes() -> None:
    lock = samples.site(1)
    aside = samples.decide(
        lock, Fate.SKIPPED, replace(samples.finding(lock, level=Level.SKIP), steps=(LOCK,))
    )
    assert LOCK in steps_of(aside, NextStep(StepKind.PACKAGE, "add a package"))
    assert LOCK not in steps_of(aside, REBUILD)


def test_what_a_note_brings_along_counts_where_its_site_moved() -> None:
    at = samples.client(2)
    said = replace(samples.finding(at, level=Level.NOTE), steps=(REBUILD,))
    made = samples.plan(samples.decide(at, Fate.REWRITTEN, samples.finding(at), said))
    assert REBUILD in samples.handed_over(samples.outcome(made, samples.CHANGED)).steps


def test_the_account_of_a_second_provider_is_named_where_something_goes_there() -> None:
    at = samples.client(2)
    there = replace(samples.finding(at), provider="qwen")
    made = samples.outcome(samples.plan(samples.decide(at, Fate.REWRITTEN, there)), samples.CHANGED)
    qwen = open_catalogue().provider("qwen")
    texts = [s.text for s in samples.handed_over(made, [(qwen, qwen.sites[0])]).steps]
    assert "set DASHSCOPE_API_KEY where the program runs" in texts
    assert len([t for t in texts if t.startswith("get a key")]) == 2


def test_the_account_of_a_second_provider_is_not_named_where_nothing_goes_there() -> None:
    qwen = open_catalogue().provider("qwen")
    texts = [s.text for s in samples.handed_over(moved(), [(qwen, qwen.sites[0])]).steps]
    assert "set DASHSCOPE_API_KEY where the program runs" not in texts


def texts_of(folder: Path, code: str) -> list[str]:
    """The steps after a move of one client to ernie, in words."""
    (folder / "app.py").write_text(f"import os\nfrom openai import OpenAI\n\n{code}\n", encoding="utf-8")
    return [step.text for step in api.hand_over(api.apply(api.plan(api.scan([folder]), "ernie"))).steps]


def test_a_variable_of_the_projects_own_is_to_be_set(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, 'client = OpenAI(api_key=os.environ["CHAT_KEY"])')
    assert "set CHAT_KEY to the key of Baidu Qianfan (ERNIE) where the program runs" in texts
    assert "set QIANFAN_API_KEY where the program runs" not in texts


def test_both_variables_are_to_be_set_where_both_are_read(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, 'client = OpenAI(api_key=os.environ["CHAT_KEY"])\nother = OpenAI()')
    assert [text.split()[1] for text in texts if text.startswith("set ")] == ["CHAT_KEY", "QIANFAN_API_KEY"]


def test_a_variable_that_is_renamed_is_not_to_be_set(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, 'client = OpenAI(api_key=os.environ["OPENAI_KEY"])')
    assert [text.split()[1] for text in texts if text.startswith("set ")] == ["QIANFAN_API_KEY"]


def test_a_workflow_gets_the_key_of_the_second_provider_too(tmp_path: Path) -> None:
    flow = tmp_path / ".github" / "workflows" / "ci.yml"
    flow.parent.mkdir(parents=True)
    flow.write_text("env:\n  OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}\n", encoding="utf-8")
    (tmp_path / "app.py").write_text(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model="gpt-4o", messages=[])\n'
        'client.embeddings.create(model="text-embedding-3-small", input="a")\n',
        encoding="utf-8",
    )
    plan = api.plan(api.scan([tmp_path]), "deepseek", others={"embeddings": "qwen"})
    steps = api.hand_over(api.apply(plan, dry_run=True)).steps
    assert [s.text.split()[3] for s in steps if s.kind is StepKind.SECRET] == [
        "DEEPSEEK_API_KEY",
        "DASHSCOPE_API_KEY",
    ]
