"""What a bad file may cost: a limit gives "unknown", loses no file, and is forgotten by the next question."""

from __future__ import annotations

from migrate_cli.index.resolve import MAX_DEPTH, Resolver
from migrate_cli.index.values import Found, Unknown, unknown
from tests.index.resolving import resolver

LOOPS = """
    class Job:
        def __init__(self):
            self.options = {**self.given}
        def change(self):
            self.given = {**self.options}
            return self.options["model"]
"""


def last(project: Resolver, path: str) -> tuple[Found, ...]:
    module = project.project.module(path)
    assert module is not None
    node, scope, block = next(u for u in module.references if module.code(u.node).endswith('"]'))
    return project.eval(module, scope, block, node)


def test_a_dictionary_that_takes_in_itself_is_unknown() -> None:
    assert all(isinstance(f.value, Unknown) for f in last(resolver({"a.py": LOOPS}), "a.py"))


def test_a_dictionary_that_takes_in_itself_still_tells_what_it_was_given() -> None:
    given = LOOPS.replace("{**self.given}", '{"model": "gpt-4o", **self.given}')
    assert "gpt-4o" in [getattr(f.value, "value", None) for f in last(resolver({"a.py": given}), "a.py")]


def test_what_is_nested_too_deeply_is_unknown_and_forgotten() -> None:
    project = resolver({})

    def deep() -> tuple[Found, ...]:
        return deep()

    assert project.once("key", deep) == unknown("nested too deeply to follow")
    assert project.once("other", lambda: project.once("key", lambda: ())) == ()


def test_what_is_settled_is_computed_once() -> None:
    project, asked = resolver({}), []
    for _ in range(2):
        project.settled("key", lambda: asked.append(1))
    assert asked == [1]


def test_what_leads_back_to_an_open_question_is_not_settled() -> None:
    project, asked = resolver({}), []

    def inner() -> tuple[Found, ...]:
        asked.append(1)
        return project.once("outer", lambda: ())

    project.once("outer", lambda: project.settled("inner", inner))
    project.settled("inner", inner)
    assert asked == [1, 1]


def test_a_chain_deeper_than_the_limit_is_cut() -> None:
    project = resolver({})

    def link(n: int) -> tuple[Found, ...]:
        return project.once(n, lambda: link(n + 1))

    assert project.once("first", lambda: link(0)) == unknown("too deep to follow")
    assert project.spent < 2 * MAX_DEPTH


def test_parsing_counts_towards_the_budget() -> None:
    project = resolver({f"m{n}.py": "" for n in range(5)})
    project.fresh_budget(60)
    for n in range(5):
        project.project.module(f"m{n}.py")
    assert project.used_up()
    project.fresh_budget(60)
    assert not project.used_up()
