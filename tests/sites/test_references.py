"""Imports, settings, exceptions, types and comments."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from tests.sites.scanning import HEAD, kinds, sites

IMPORTS = {
    "plain": ("import openai\n", ["openai"]),
    "alias": ("import openai as ai\n", ["openai"]),
    "from": ("from openai import OpenAI\n", ["openai"]),
    "submodule": ("from openai.types import chat\n", ["openai.types"]),
    "several": ("import os, openai\n", ["openai"]),
    "in a function": ("def f():\n    import openai\n", ["openai"]),
    "drop-in": ("from langfuse.openai import openai\n", ["langfuse.openai"]),
    "below a drop-in": ("from langfuse import openai\n", ["langfuse.openai"]),
    "by name": ("import importlib\nimportlib.import_module('openai.types')\n", ["openai.types"]),
    "builtin": ("__import__('openai')\n", ["openai"]),
    "if there": ("import pytest\npytest.importorskip('openai')\n", ["openai"]),
    "wrapper": ("from braintrust.oai import wrap_openai\n", ["braintrust.oai.wrap_openai"]),
    "rest of a wrapper's package": ("from braintrust.oai import other\nimport langsmith\n# openai\n", []),
    "another by name": ("import importlib\nimportlib.import_module('openai_like')\n", []),
    "own function": ("def load(x): ...\nload('openai')\n", []),
    "another package": ("import openai_like\n", []),
    "another vendor's module": ("from litellm.llms import openai\n", []),
    "relative": ("from . import openai\nfrom .openai import OpenAI\n", []),
    "string": ("x = 'import openai'\n", []),
}


@pytest.mark.parametrize("case", IMPORTS)
def test_imports(case: str) -> None:
    text, expected = IMPORTS[case]
    assert [s.symbol for s in sites(text) if s.kind is SiteKind.IMPORT] == expected


def test_an_import_of_the_projects_own_module_is_left_alone() -> None:
    assert sites({"app.py": "import openai\nfrom openai import x\n", "openai.py": "x = 1\n"}) == []


SETTINGS = {
    "key": ("import openai\nopenai.api_key = k\n", ["setting openai.api_key"]),
    "base": ("import openai as ai\nai.api_base = u\n", ["setting openai.api_base"]),
    "in a function": ("import openai\ndef f(k):\n    openai.api_key = k\n", ["setting openai.api_key"]),
    "several": (
        "import openai\nopenai.api_key, openai.api_base = k, u\n",
        ["setting openai.api_key", "setting openai.api_base"],
    ),
    "chain": ("import openai\nopenai.api_key = KEY = k\n", ["setting openai.api_key"]),
    "added to": ("import openai\nopenai.api_key += k\n", ["setting openai.api_key"]),
    "taken away": ("import openai\ndel openai.api_key\n", ["setting openai.api_key"]),
    "by name": ("import openai\nsetattr(openai, 'api_key', k)\n", ["setting openai.api_key"]),
    "path": ("import openai\nopenai.api_key_path = p\n", ["setting openai.api_key_path"]),
    "in a condition": ("import openai\nif x: openai.organization = o\n", ["setting openai.organization"]),
    "beside a stand-in": (
        "try: import openai\nexcept ImportError: openai = None\nopenai.api_key = k\n",
        ["setting openai.api_key"],
    ),
    "by a computed name": ("import openai\nsetattr(openai, f'api_{x}', k)\n", ["setting openai.…"]),
    "by a computed name, another's": ("import openai\nsetattr(thing, f'api_{x}', k)\n", []),
    "by name, another's": ("import openai\nsetattr(thing, 'api_key', k)\nsetattr(openai, 'log', k)\n", []),
    "local variable": ("import openai\napi_key = k\n", []),
    "another module's": ("import openai, groq\ngroq.api_key = k\n", []),
    "an object's": ("import openai\nself.api_key = k\n", []),
    "another attribute": ("import openai\nopenai.log = 'debug'\n", []),
    "read of a part": ("import openai\nopenai.api_type.startswith('azure')\n", ["setting openai.api_type"]),
    "read": ("import openai\nprint(openai.api_key)\n", ["setting openai.api_key"]),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings(case: str) -> None:
    text, expected = SETTINGS[case]
    assert kinds(text) == expected


NAMED = {
    "exception": (
        "import openai\ntry: ...\nexcept openai.RateLimitError: ...\n",
        ["exception openai.RateLimitError"],
    ),
    "legacy exception": (
        "import openai\ntry: ...\nexcept openai.error.Timeout: ...\n",
        ["exception openai.error.Timeout"],
    ),
    "imported exceptions": (
        "from openai import APIError, APIConnectionError as C\ntry: ...\nexcept (APIError, C): ...\n",
        ["exception openai.APIError", "exception openai.APIConnectionError"],
    ),
    "type": (
        "from openai.types.chat import ChatCompletion\nx: ChatCompletion\n",
        ["type openai.types.chat.ChatCompletion"],
    ),
    "in a constant": ("import openai\nRETRY = (openai.APIError,)\n", ["exception openai.APIError"]),
    "in a predicate": (
        "import openai\nretry_if_exception_type((openai.APIError, openai.error.TryAgain))\n",
        ["exception openai.APIError", "exception openai.error.TryAgain"],
    ),
    "old name in an except clause": (
        "from openai import Timeout\ntry: ...\nexcept Timeout: ...\nisinstance(e, Timeout)\n",
        ["exception openai.error.Timeout"] * 2,
    ),
    "new type of that name": ("from openai import Timeout\nx = Timeout(3)\n", ["type openai.Timeout"]),
    "alias": (
        "import openai\nErr = openai.APIError\ntry: ...\nexcept Err: ...\n",
        ["exception openai.APIError"] * 2,
    ),
    "raised": ("import openai\nraise openai.APIError('x')\n", ["exception openai.APIError"]),
    "its name": ("import openai\nopenai.APIError.__name__\n", ["exception openai.APIError"]),
    "private module": (
        "import openai\nisinstance(e, openai._exceptions.APIError)\n",
        ["exception openai._exceptions.APIError"],
    ),
    "quoted annotation": (
        "from openai import OpenAI\ndef f(c: 'OpenAI | None'): ...\n",
        ["type openai.OpenAI"],
    ),
    "quoted part": ("from openai import Stream\nx: list['Stream']\n", ["type openai.Stream"]),
    "quoted in an alias": (
        "from typing import Union\nfrom openai import OpenAI\nA: TypeAlias = Union['OpenAI', 'Groq']\n",
        ["type openai.OpenAI"],
    ),
    "quoted bound": ("from openai import OpenAI\nT = TypeVar('T', bound='OpenAI')\n", ["type openai.OpenAI"]),
    "quoted in a literal": ("from openai import OpenAI\nx: Literal['OpenAI']\n", []),
    "generic": (
        "from openai import Stream\nfrom openai.types import Model\nx: Stream[Model]\n",
        ["type openai.Stream", "type openai.types.Model"],
    ),
    "base class": ("from openai import OpenAI\nclass A(OpenAI): ...\n", ["type openai.OpenAI"]),
    "marker": ("from openai import NOT_GIVEN\nf(NOT_GIVEN)\n", ["type openai.NOT_GIVEN"]),
    "path of a class": ("x = {'_target_': 'openai.AsyncOpenAI'}\n", ["type openai.AsyncOpenAI"]),
    "path of something else": ("x = ['openai.com', 'openai.ChatCompletion', 'openai.types']\n", []),
    "path in a docstring": ("def f():\n    'openai.OpenAI'\n", []),
    "version": ("import openai\nprint(openai.__version__, openai.version.VERSION)\n", []),
    "quoted words": ("from openai import OpenAI\nx = 'OpenAI'\ndef f(a: 'str'): ...\n", []),
    "class of a constructor": (
        "from openai import OpenAI\n(OpenAI if x else OpenAI)()\n",
        ["client openai.OpenAI"],
    ),
    "another vendor's exception": (
        "import openai\nfrom groq import RateLimitError\ntry: ...\nexcept RateLimitError: ...\n",
        [],
    ),
    "own exception": ("import openai\nclass APIError(Exception): ...\nraise APIError()\n", []),
    "unused import": ("from openai import RateLimitError\n", []),
}


@pytest.mark.parametrize("case", NAMED)
def test_exceptions_and_types(case: str) -> None:
    text, expected = NAMED[case]
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("package", "found"), [("openai", []), ("other", ["openai.OpenAI"])], ids=["own package", "the SDK"]
)
def test_a_path_into_the_projects_own_package_is_left_alone(package: str, found: list[str]) -> None:
    test = "TARGET = 'openai.OpenAI'\n"
    files = {f"{package}/__init__.py": "class OpenAI: ...\n", "tests/test_app.py": test}
    assert [s.symbol for s in sites(files) if s.path == "tests/test_app.py"] == found


def test_an_exception_is_followed_through_a_file_of_the_project() -> None:
    files = {
        "compat.py": "from openai import APIError\nfrom groq import APIError as GroqError\n",
        "app.py": "# openai\nfrom compat import APIError, GroqError\ntry: ...\nexcept (APIError, GroqError): ...\n",
    }
    assert kinds(files) == ["exception openai.APIError"]


IGNORED = {
    "same line": ("client.models.list()  # migrate: ignore\n", "ignored by a comment"),
    "reason": ("client.models.list()  # migrate: ignore we like it\n", "we like it"),
    "code": ("client.models.list()  # migrate: ignore[END00] later\n", "later"),
    "line above": ("# migrate: ignore\nclient.models.list()\n", "ignored by a comment"),
    "last line": ("client.models.list(\n)  # migrate: ignore\n", "ignored by a comment"),
    "two lines above": ("# migrate: ignore\n\nclient.models.list()\n", None),
    "line below": ("client.models.list()\n# migrate: ignore\n", None),
    "other tool": ("client.models.list()  # noqa: ignore\n", None),
    "no word": ("client.models.list()  # migrate: later\n", None),
}


@pytest.mark.parametrize("case", IGNORED)
def test_ignore_comments(case: str) -> None:
    text, reason = IGNORED[case]
    assert [s.ignored for s in sites(HEAD + text) if s.kind is SiteKind.CALL] == [reason]


def test_a_role_belongs_to_the_call_of_its_function() -> None:
    text = f"""{HEAD}
def one():
    client.chat.completions.create(messages=[])
def two():
    client.chat.completions.create(messages=[{{"role": "developer", "content": "x"}}])
"""
    assert [[r.value for r in s.roles] for s in sites(text) if s.kind is SiteKind.CALL] == [[], ["developer"]]


def test_common_roles_are_left_alone() -> None:
    text = f'{HEAD}client.chat.completions.create(messages=[{{"role": "user", "content": "developer"}}])\n'
    assert [s.roles for s in sites(text) if s.kind is SiteKind.CALL] == [()]


def test_a_model_name_that_is_compared_is_guarded() -> None:
    text = f"{HEAD}m = 'gpt-4'\nif m == 'gpt-4': ...\nclient.chat.completions.create(model=m)\n"
    [call] = [s for s in sites(text) if s.kind is SiteKind.CALL]
    assert [v.guarded for v in call.arguments[0].values] == ["app.py:4"]


def test_a_comparison_of_something_else_guards_nothing() -> None:
    text = f"{HEAD}m = 'gpt-4'\nif x == 'gpt-4' or m == 'big': ...\nclient.chat.completions.create(model=m)\n"
    [call] = [s for s in sites(text) if s.kind is SiteKind.CALL]
    assert [v.guarded for v in call.arguments[0].values] == [None]


def test_a_field_of_a_settings_class() -> None:
    text = "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    openai_api_key: str\n"
    assert [s.variable for s in sites(text)] == ["OPENAI_API_KEY"]


def test_a_setting_that_is_only_read_feeds_no_call() -> None:
    text = "import openai\nif openai.api_base:\n    openai.ChatCompletion.create(model='gpt-4')\n"
    [read, call] = [s for s in sites(text) if s.kind is not SiteKind.IMPORT]
    assert (read.read, read.arguments, call.clients) == (True, (), ())


@pytest.mark.parametrize("package", ["langchain_core.pydantic_v1", "pydantic.v1"])
def test_a_settings_class_may_come_through_another_package(package: str) -> None:
    text = f"from {package} import BaseSettings\nclass S(BaseSettings):\n    OPENAI_API_KEY: str = ''\n"
    assert kinds(text) == ["environment S.OPENAI_API_KEY"]


def test_a_base_of_that_name_that_is_not_pydantics_is_left_alone() -> None:
    text = "from own import BaseSettings\nclass S(BaseSettings):\n    OPENAI_API_KEY: str = ''\n"
    assert kinds(text) == []
