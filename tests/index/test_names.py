"""Names: bindings, scopes, reassignment, imports."""

from __future__ import annotations

import pytest

from migrate_cli.model import Certainty
from tests.index.resolving import found, shown

IMPORTED = {
    "plain": ("import openai\nshow(openai.OpenAI())\n", "OpenAI"),
    "alias": ("import openai as ai\nshow(ai.AsyncOpenAI())\n", "AsyncOpenAI"),
    "from": ("from openai import AzureOpenAI\nshow(AzureOpenAI())\n", "AzureOpenAI"),
    "renamed": ("from openai import AsyncAzureOpenAI as A\nshow(A())\n", "AsyncAzureOpenAI"),
    "guarded": (
        "try:\n    from openai import OpenAI\nexcept ImportError:\n    OpenAI = None\nshow(OpenAI())\n",
        "OpenAI",
    ),
    "in a function": ("def f():\n    from openai import OpenAI\n    show(OpenAI())\n", "OpenAI"),
    "star": ("from openai import *\nshow(OpenAI())\n", "OpenAI"),
    "submodule": ("from openai.lib.azure import AzureOpenAI\nshow(AzureOpenAI())\n", "AzureOpenAI"),
    "drop-in": ("from langfuse.openai import AsyncOpenAI\nshow(AsyncOpenAI())\n", "AsyncOpenAI"),
    "drop-in module": ("from langfuse.openai import openai\nshow(openai.OpenAI())\n", "OpenAI"),
    "short name": ("import openai\nshow(openai.Client())\n", "OpenAI"),
}


@pytest.mark.parametrize("case", IMPORTED)
def test_an_import_of_the_sdk_is_found(case: str) -> None:
    text, client = IMPORTED[case]
    assert shown(text) == {client}


BOUND = {
    "assigned": "c = OpenAI()\nshow(c)\n",
    "chained": "a = b = OpenAI()\nshow(b)\n",
    "tuple": "n, c = 1, OpenAI()\nshow(c)\n",
    "returned tuple": "def make():\n    return 1, OpenAI()\nn, c = make()\nshow(c)\n",
    "walrus": "if (c := OpenAI()):\n    show(c)\n",
    "with": "with OpenAI() as c:\n    show(c)\n",
    "async with": "async def f():\n    async with OpenAI() as c:\n        show(c)\n",
    "or": "def f(c=None):\n    c = c or OpenAI()\n    show(c)\n",
    "if else": "c = OpenAI() if x else None\nshow(c)\n",
    "loop": "for c in [OpenAI()]:\n    show(c)\n",
    "list": "c = [OpenAI()]\nshow(c[0])\n",
    "last of a list": "c = [OpenAI()]\nshow(c[-1])\n",
    "comprehension": "cs = [OpenAI() for k in keys]\nshow(cs[0])\n",
    "dictionary": "c = {'a': OpenAI()}\nshow(c['a'])\n",
    "dictionary get": "c = {'a': OpenAI()}\nshow(c.get(name))\n",
    "dictionary items": "for n, c in {'a': OpenAI()}.items():\n    show(c)\n",
    "chosen": "import random\nshow(random.choice([OpenAI()]))\n",
    "global": "c = None\ndef f():\n    global c\n    made = OpenAI()\n    c = made\ndef g():\n    show(c)\n",
    "nonlocal": "def f():\n    c = None\n    def g():\n        nonlocal c\n        c = OpenAI()\n    show(c)\n",
    "match": "match x:\n    case 1:\n        c = OpenAI()\nshow(c)\n",
    "lambda": "make = lambda: OpenAI()\nshow(make())\n",
    "cast": "from typing import cast\nshow(cast(OpenAI, get()))\n",
    "wrapped": "import instructor\nshow(instructor.from_openai(OpenAI()))\n",
    "copy": "show(OpenAI().with_options(timeout=3))\n",
    "annotated": "c: OpenAI = registry['x']\nshow(c)\n",
    "awaited": "async def make():\n    return OpenAI()\nasync def f():\n    show(await make())\n",
}


@pytest.mark.parametrize("case", BOUND)
def test_a_client_is_followed(case: str) -> None:
    assert shown("from openai import OpenAI\n" + BOUND[case]) == {"OpenAI"}


OTHERS = {
    "another vendor": ("from groq import Groq\nshow(Groq())\n", {"groq.Groq"}),
    "vendor under the SDK's name": ("from groq import Groq as OpenAI\nshow(OpenAI())\n", {"groq.Groq"}),
    "framework class": ("from langchain_openai import OpenAI\nshow(OpenAI())\n", {"langchain_openai.OpenAI"}),
    "own class": ("class OpenAI: pass\nshow(OpenAI())\n", {"OpenAI()"}),
    "star of another package": ("from groq import *\nshow(OpenAI())\n", {"builtins.OpenAI"}),
    "package with a like name": ("import openai_like\nshow(openai_like.OpenAI())\n", {"openai_like.OpenAI"}),
    "mock": (
        "from unittest.mock import Mock\nfrom openai import OpenAI\nshow(Mock(spec=OpenAI))\n",
        {"unittest.mock.Mock"},
    ),
    "parameter that hides an import": (
        "from openai import OpenAI\nfrom groq import Groq\ndef f(OpenAI=Groq):\n    show(OpenAI())\n",
        {"groq.Groq"},
    ),
    "reassigned": (
        "from openai import OpenAI\nfrom groq import Groq\nc = OpenAI()\nc = Groq()\nshow(c)\n",
        {"groq.Groq"},
    ),
    "later assignment": (
        "from openai import OpenAI\nfrom groq import Groq\nc = Groq()\nshow(c)\nc = OpenAI()\n",
        {"groq.Groq"},
    ),
    "wrapped in another vendor": (
        "from openai import OpenAI\nfrom groq import Groq\nc = OpenAI()\nc = Groq(c)\nshow(c)\n",
        {"groq.Groq"},
    ),
    "import for types only": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from openai import OpenAI\n"
        "else:\n    from groq import Groq as OpenAI\nshow(OpenAI())\n",
        {"groq.Groq"},
    ),
    "class scope is not seen from methods": (
        "from openai import OpenAI\nclass A:\n    c = OpenAI()\n    def f(self):\n        show(c)\n",
        {"builtins.c"},
    ),
    "keys of a dictionary": ("for m in {'a': 1}:\n    show(m)\n", {"'a'"}),
    "missing entry": ("from openai import OpenAI\nshow({'a': OpenAI()}['b'])\n", {"?"}),
    "dynamic": ("import openai\nshow(getattr(openai, name)())\n", {"builtins.getattr"}),
    "f-string": ("m = f'gpt-{n}'\nshow(m)\n", {"?"}),
    "circle": ("a = b\nb = a\nshow(b)\n", set()),
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_client_stays_what_it_is(case: str) -> None:
    text, expected = OTHERS[case]
    assert shown(text) == expected


def test_one_name_for_two_vendors_shows_both() -> None:
    text = """
        from openai import OpenAI
        from groq import Groq
        if local:
            c = OpenAI()
        else:
            c = Groq()
        show(c)
    """
    assert shown({"app.py": text}) == {"OpenAI", "groq.Groq"}


def test_an_element_is_only_likely() -> None:
    [client] = found("from openai import OpenAI\nfor c in [OpenAI()]:\n    show(c)\n")
    assert client.certainty is Certainty.LIKELY


def test_an_assignment_is_proof() -> None:
    [client] = found("from openai import OpenAI\nc = OpenAI()\nshow(c)\n")
    assert client.certainty is Certainty.PROVED


def test_the_evidence_names_each_step_from_use_to_import() -> None:
    [client] = found("from openai import OpenAI\nc = OpenAI()\nshow(c)\n")
    assert [step.text for step in client.steps] == [
        "`c` is assigned",
        "OpenAI(…) is constructed",
        "`OpenAI` is imported from openai",
    ]


def test_the_evidence_says_where() -> None:
    [client] = found("from openai import OpenAI\nc = OpenAI()\nshow(c)\n")
    assert [str(step.location) for step in client.steps] == ["app.py:2:1", "app.py:2:5", "app.py:1:1"]
