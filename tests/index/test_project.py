"""Files are parsed only when they can matter."""

from __future__ import annotations

import pytest

from migrate_cli.index.project import Project, stem


def project(files: dict[str, str], seeds: tuple[str, ...] = ()) -> Project:
    return Project(files, lambda path: files[path].encode(), lambda path, data: data.decode(), seeds)


def test_mentioning_asks_for_whole_words() -> None:
    assert project({"a.py": "create()", "b.py": "recreate()"}).mentioning("create") == ("a.py",)


def test_mentioning_takes_names_in_any_script() -> None:
    assert project({"a.py": "größe()", "b.py": "size()"}).mentioning("größe") == ("a.py",)


def test_calling_wants_a_call() -> None:
    files = {"a.py": "ask(1)", "b.py": "ask = 1", "c.py": "from m import ask as put"}
    assert project(files).calling("ask") == ("a.py", "c.py")


def test_calling_leaves_out_files_that_cannot_know_the_function() -> None:
    files = {
        "m.py": "def ask(): ...",
        "a.py": "from m import ask\nask()",
        "b.py": "def ask(): ...\nask()",
        "c.py": "import m\nm.ask()",
        "d.py": "x.ask()",
    }
    assert project(files).calling("ask", "m.py") == ("m.py", "a.py", "c.py")


def test_calling_a_method_wants_its_class_its_module_or_the_sdk() -> None:
    files = {
        "agents.py": "class Agent: ...",
        "a.py": "Agent().run()",
        "b.py": "import agents\nx.run()",
        "c.py": "subprocess.run()",
        "d.py": "x.run()",
        "e.py": "Agent; run()",
    }
    assert project(files, ("d.py",)).calling_method("run", ["Agent"], "agents.py") == ("a.py", "b.py", "d.py")


def test_deriving_reads_the_bases() -> None:
    files = {
        "a.py": "class A(Base): ...",
        "b.py": "class B:\n    x: Base",
        "c.py": "class C(\n    Other, Base\n): ...",
    }
    assert project(files).deriving_paths("Base") == ("a.py", "c.py")


def test_a_broken_file_is_a_problem_and_no_module() -> None:
    broken = project({"a.py": "def (:"})
    assert broken.module("a.py") is None
    assert broken.problems["a.py"].startswith("syntax error at line 1")


def test_an_unreadable_file_is_a_problem_and_no_module() -> None:
    def read(path: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    locked = Project(["a.py"], read, lambda path, data: "")
    assert locked.module("a.py") is None
    assert locked.problems == {"a.py": "could not be read: Permission denied"}


def test_an_unknown_file_is_no_module_and_no_problem() -> None:
    empty = project({})
    assert empty.module("a.py") is None
    assert empty.problems == {}


def test_a_package_is_known_by_its_folder() -> None:
    assert [stem("pkg/__init__.py"), stem("pkg/agents.py"), stem("__init__.py")] == [
        "pkg",
        "agents",
        "__init__",
    ]


def test_a_word_is_looked_for_in_a_shape_that_the_bytes_show() -> None:
    engine = project({"a.py": "app.state.llm = 1\n", "b.py": "print(app.state.llm)\n"})
    assert engine.holding("llm", (".% =", ".%=")) == ["a.py"]


def test_only_the_files_asked_for_are_looked_at() -> None:
    engine = project({"a.py": "app.llm = 1\n", "b.py": "app.llm = 2\n"})
    assert engine.holding("llm", (".% =",), ["b.py"]) == ["b.py"]


def test_importing_leaves_out_files_that_only_name_the_module() -> None:
    files = {"a.py": "from m import x", "b.py": "m.x()", "c.py": "import m"}
    assert project(files).importing("m") == {"a.py", "c.py"}


def test_holding_answers_for_the_files_it_is_asked_about() -> None:
    files = project({"a.py": "x.key = 1", "b.py": "y.key = 2", "c.py": "print(key)"})
    assert files.holding("key", (".% =",), {"b.py", "c.py"}) == ["b.py"]
    assert files.holding("key", (".% =",)) == ["a.py", "b.py"]


def test_a_mistake_of_our_own_is_not_taken_for_the_users() -> None:
    def broken(path: str, data: bytes) -> str:
        raise SyntaxError("in a module of ours")

    with pytest.raises(SyntaxError, match="of ours"):
        Project(["a.py"], lambda path: b"x = 1", broken).module("a.py")


def test_a_file_that_is_not_asked_for_is_not_parsed() -> None:
    files = project({"a.py": "ask()", "b.py": "ask()"})
    files.module("a.py")
    files.calling("ask")
    assert files.loaded == 1
