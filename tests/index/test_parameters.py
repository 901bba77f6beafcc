"""Parameters: annotations, defaults, callers, dependencies."""

from __future__ import annotations

import pytest

from tests.index.resolving import shown

FOUND = {
    "annotated": "def f(c: OpenAI):\n    show(c)\n",
    "optional": "from typing import Optional\ndef f(c: Optional[OpenAI] = None):\n    show(c)\n",
    "union": "def f(c: OpenAI | None):\n    show(c)\n",
    "quoted": "def f(c: 'OpenAI'):\n    show(c)\n",
    "default": "def f(c=OpenAI()):\n    show(c)\n",
    "positional caller": "def f(n, c):\n    show(c)\nf(1, OpenAI())\n",
    "keyword caller": "def f(*, c):\n    show(c)\nf(c=OpenAI())\n",
    "caller of a caller": "def f(c):\n    show(c)\ndef g(c):\n    f(c)\ng(OpenAI())\n",
    "forwarded keywords": "def f(c):\n    show(c)\ndef g(**k):\n    f(**k)\ng(c=OpenAI())\n",
    "dictionary of keywords": "def f(c):\n    show(c)\nk = {'c': OpenAI()}\nf(**k)\n",
    "method caller": "class A:\n    def f(self, c):\n        show(c)\nA().f(OpenAI())\n",
    "through the class": "class A:\n    def f(self, c):\n        show(c)\nA.f(A(), OpenAI())\n",
    "depends": "from fastapi import Depends\ndef get():\n    return OpenAI()\ndef f(c=Depends(get)):\n    show(c)\n",
    "annotated depends": (
        "from fastapi import Depends\nfrom typing import Annotated\ndef get():\n    return OpenAI()\n"
        "def f(c: Annotated[object, Depends(get)]):\n    show(c)\n"
    ),
    "recursive": "def f(c, n):\n    show(c)\n    f(c, n - 1)\nf(OpenAI(), 3)\n",
    "returned promise": "def make() -> OpenAI:\n    return registry.get('x')\nshow(make())\n",
}


@pytest.mark.parametrize("case", FOUND)
def test_a_client_passed_in_is_found(case: str) -> None:
    assert shown("from openai import OpenAI\n" + FOUND[case]) - {"fastapi.Depends", "builtins.object"} == {
        "OpenAI"
    }


def test_an_annotation_under_type_checking_counts() -> None:
    text = """
        from typing import TYPE_CHECKING, Any
        if TYPE_CHECKING:
            from openai import OpenAI
        else:
            OpenAI = Any
        def f(c: OpenAI):
            show(c)
    """
    assert shown({"app.py": text}) == {"OpenAI"}


ACROSS = {
    "app.py": "def ask(c):\n    show(c)\n",
    "main.py": "from app import ask as put\nfrom openai import OpenAI\nput(OpenAI())\n",
}


def test_a_caller_in_another_file_under_another_name_is_found() -> None:
    assert shown(ACROSS) == {"OpenAI"}


NOT = {
    "another function of that name": {
        "app.py": "def ask(c):\n    show(c)\n",
        "main.py": "from openai import OpenAI\nfrom other import ask\nask(OpenAI())\n",
        "other.py": "def ask(c):\n    pass\n",
    },
    "a method of that name": {
        "app.py": "def ask(c):\n    show(c)\n",
        "main.py": "from openai import OpenAI\nimport app\nwho.ask(OpenAI())\n",
    },
    "a method of another class": {
        "app.py": "class A:\n    def ask(self, c):\n        show(c)\n",
        "main.py": "from openai import OpenAI\nfrom app import A\nclass B:\n    def ask(self, c): pass\n"
        "B().ask(OpenAI())\n",
    },
    "another parameter": {"app.py": "from openai import OpenAI\ndef f(c, d):\n    show(c)\nf(1, OpenAI())\n"},
    "a test's stand-in": {
        "app.py": "def f(c):\n    show(c)\n",
        "test_app.py": "from unittest.mock import Mock\nfrom app import f\nimport openai\nf(Mock())\n",
    },
    "nobody calls": {"app.py": "import openai\ndef f(client):\n    show(client)\n"},
    "annotated as a vendor": {"app.py": "from groq import Groq\ndef f(client: Groq):\n    show(client)\n"},
    "annotated as a plain type": {"app.py": "def f(client: str):\n    show(client)\n"},
    "annotated with nonsense": {"app.py": "def f(client: 'Open AI!'):\n    show(client)\n"},
}


@pytest.mark.parametrize("case", NOT)
def test_what_nobody_passes_is_no_client(case: str) -> None:
    assert "OpenAI" not in shown(NOT[case])


def test_a_helper_gives_each_caller_its_own_value_back() -> None:
    text = """
        def same(name):
            return name
        other = same("text-embedding-3-small")
        show(same("gpt-4o"))
    """
    assert shown({"app.py": text}) == {"'gpt-4o'"}


def test_a_helper_gives_each_caller_its_own_part_back() -> None:
    text = """
        def split(name):
            return "openai", name
        _, other = split("text-embedding-3-small")
        _, model = split("gpt-4o")
        show(model)
    """
    assert shown({"app.py": text}) == {"'gpt-4o'"}


def test_the_order_of_questions_changes_no_answer() -> None:
    text = """
        from openai import OpenAI
        def one(c):
            two(c)
            show(c)
        def two(c):
            one(c)
        two(OpenAI())
    """
    assert shown({"app.py": text}) == {"OpenAI"}
