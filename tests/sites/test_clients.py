"""Constructors, classes derived from the SDK's, and clients that already point elsewhere."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from tests.sites.scanning import kinds, sites, the_call

FOUND = {
    "direct": ("from openai import OpenAI\nOpenAI()\n", "openai.OpenAI proved"),
    "through the module": ("import openai\nopenai.AsyncAzureOpenAI()\n", "openai.AsyncAzureOpenAI proved"),
    "class in a variable": (
        "from openai import OpenAI, AzureOpenAI\ncls = AzureOpenAI if x else AzureOpenAI\ncls()\n",
        "openai.AzureOpenAI proved",
    ),
    "class on self": (
        "from openai import OpenAI\nclass A:\n    client_class = OpenAI\n    def f(self):\n"
        "        self.client_class()\n",
        "openai.OpenAI proved",
    ),
    "class as a parameter": (
        "from openai import OpenAI\ndef f(make=OpenAI):\n    return make()\n",
        "openai.OpenAI proved",
    ),
    "one of two vendors": (
        "from openai import OpenAI\nfrom groq import Groq\ncls = OpenAI if x else Groq\ncls()\n",
        "openai.OpenAI likely",
    ),
    "super": (
        "from openai import OpenAI\nclass A(OpenAI):\n    def __init__(self):\n"
        "        super().__init__(api_key=k)\nA()\n",
        "openai.OpenAI likely",
    ),
    "partial": (
        "from openai import OpenAI\nimport functools\nfunctools.partial(OpenAI, timeout=1)\n",
        "openai.OpenAI likely",
    ),
    "element": ("from openai import OpenAI\nM = {'a': OpenAI}\nM[name]()\n", "openai.OpenAI likely"),
    "got": ("from openai import OpenAI\nM = {'a': OpenAI}\nM.get('a')()\n", "openai.OpenAI proved"),
    "chosen": ("from openai import OpenAI\n(OpenAI if x else OpenAI)()\n", "openai.OpenAI proved"),
    "returned": ("from openai import OpenAI\ndef f():\n    return OpenAI\nf()()\n", "openai.OpenAI proved"),
    "looped over": ("from openai import OpenAI\nfor k in (OpenAI,):\n    k()\n", "openai.OpenAI likely"),
    "promised class": (
        "from openai import OpenAI\ndef f(k: type[OpenAI]):\n    k()\n",
        "openai.OpenAI proved",
    ),
    "by name": ("import openai\ngetattr(openai, 'OpenAI')()\n", "openai.OpenAI proved"),
    "imported by name": (
        "import importlib\nm = importlib.import_module('openai')\nm.OpenAI()\n",
        "openai.OpenAI proved",
    ),
    "imported if there": (
        "import pytest\nm = pytest.importorskip('openai')\nm.OpenAI()\n",
        "openai.OpenAI proved",
    ),
    "loaded on first use": (
        "import lazy_import\nm = lazy_import.lazy_module('openai')\nm.OpenAI()\n",
        "openai.OpenAI proved",
    ),
    "drop-in": ("from langfuse.openai import OpenAI\nOpenAI()\n", "openai.OpenAI proved"),
    "drop-in's module": ("from langfuse import openai\nopenai.OpenAI()\n", "openai.OpenAI proved"),
    "attribute of another client": (
        "from promptlayer import PromptLayer\nPromptLayer().openai.OpenAI()\n",
        "openai.OpenAI proved",
    ),
    "in with": ("from openai import OpenAI\nwith OpenAI() as c: ...\n", "openai.OpenAI proved"),
    "base's constructor by name": (
        "from openai import OpenAI\nclass A(OpenAI):\n    def __init__(self):\n        OpenAI.__init__(self)\n",
        "openai.OpenAI likely",
    ),
    "base's base": (
        "from openai import OpenAI\nclass A(OpenAI): ...\nclass B(A):\n    def __init__(self):\n"
        "        super().__init__(api_key=k)\n",
        "openai.OpenAI likely",
    ),
    "class method": (
        "from openai import OpenAI\nclass A(OpenAI):\n    @classmethod\n    def f(cls):\n        cls(api_key=k)\n",
        "openai.OpenAI proved",
    ),
    "copy": (
        "from openai import OpenAI\ndef f(c: OpenAI):\n    c.with_options(base_url=u)\n",
        "openai.OpenAI likely",
    ),
    "given by a project": (
        "from azure.ai.projects import AIProjectClient\nAIProjectClient(e).get_openai_client()\n",
        "get_openai_client proved",
    ),
    "derived without a constructor": (
        "from openai import OpenAI\nclass A(OpenAI):\n    pass\nA(api_key=k)\n",
        "openai.OpenAI proved",
    ),
}


def clients(files: dict[str, str] | str) -> list[str]:
    return [f"{s.symbol} {s.certainty.value}" for s in sites(files) if s.kind is SiteKind.CLIENT]


@pytest.mark.parametrize("case", FOUND)
def test_a_constructor_is_found(case: str) -> None:
    text, expected = FOUND[case]
    assert clients(text) == [expected]


NOT = {
    "groq as OpenAI": "from groq import Groq as OpenAI\nOpenAI()\n",
    "langchain": "from langchain_openai import OpenAI, ChatOpenAI\nOpenAI()\nChatOpenAI()\n",
    "llama index": "from llama_index.llms.openai import OpenAI\nOpenAI(model='gpt-4')\n",
    "own class": "import openai\nclass OpenAI: ...\nOpenAI()\n",
    "local module": {"app.py": "import openai\nopenai.OpenAI()\n", "openai.py": "class OpenAI: ...\n"},
    "exception": "import openai\nraise openai.OpenAIError()\n",
    "type": "from openai.types.chat import ChatCompletion\nChatCompletion()\n",
    "mock": "from unittest.mock import MagicMock\nfrom openai import OpenAI\nMagicMock(OpenAI)\n",
    "isinstance": "from openai import OpenAI\nisinstance(x, OpenAI)\n",
    "super of a vendor": (
        "import openai\nfrom groq import Groq\nclass A(Groq):\n    def __init__(self):\n"
        "        super().__init__()\nA()\n"
    ),
    "super of something else": "import openai\nclass A:\n    def __init__(self):\n        super().__init__()\n",
    "string": "import openai\nx = 'OpenAI()'  # OpenAI()\n",
    "instrumentation": (
        "import openai\nfrom opentelemetry.instrumentation.openai import OpenAIInstrumentor\n"
        "OpenAIInstrumentor().instrument()\n"
    ),
    "copy with nothing but a timeout": "from openai import OpenAI\ndef f(c: OpenAI):\n    c.copy(timeout=1)\n",
    "copy of something else": "import openai\nimport copy\nd = {}\nd.copy(base_url=u)\n",
    "partial of something else": (
        "import openai, functools\nfrom groq import Groq\nfunctools.partial(Groq, api_key=k)\n"
    ),
    "registry of others": "import openai\nfrom groq import Groq\nM = {'a': Groq}\nM['a']()\n",
    "own import_module": "import openai\ndef import_module(x): ...\nimport_module('openai').OpenAI()\n",
    "another module, loaded late": "import openai, lazy_import\nlazy_import.lazy_module('groq').OpenAI()\n",
    "another module by name": "import openai, importlib\nimportlib.import_module('groq').OpenAI()\n",
}


@pytest.mark.parametrize("case", NOT)
def test_what_constructs_no_client_is_left_alone(case: str) -> None:
    assert clients(NOT[case]) == []


def test_a_call_on_a_derived_client_is_fed_by_its_super_call() -> None:
    text = """
        from openai import OpenAI
        class A(OpenAI):
            def __init__(self):
                super().__init__(api_key="k")
            def ask(self):
                return self.chat.completions.create(model="gpt-4")
    """
    [client] = [s.id for s in sites(text) if s.kind is SiteKind.CLIENT]
    assert the_call(text).clients == (client,)


def test_spread_arguments_that_cannot_be_read_are_named() -> None:
    [client] = [
        s
        for s in sites("from openai import OpenAI\ndef f(**options):\n    OpenAI(**options)\n")
        if s.kind is SiteKind.CLIENT
    ]
    assert client.unfollowed == ("options",)


ELSEWHERE = {
    "local": ("'http://localhost:8000/v1'", "localhost:8000"),
    "vendor": ("'https://api.groq.com/openai/v1'", "api.groq.com"),
    "user in the address": ("'https://me:pw@gate.example/v1'", "gate.example"),
    "OpenAI": ("'https://api.openai.com/v1'", None),
    "Azure": ("'https://me.openai.azure.com/'", None),
    "environment": ("os.getenv('BASE')", None),
    "environment, else a vendor": (
        "cfg.url or os.getenv('BASE') or 'https://openrouter.ai/api/v1'",
        "openrouter.ai",
    ),
    "OpenAI's setting, else a vendor": ("cfg.openai_url or 'https://openrouter.ai/api/v1'", None),
    "unknown": ("url", None),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_where_a_client_points(case: str) -> None:
    code, host = ELSEWHERE[case]
    text = f"import os\nfrom openai import OpenAI\nc = OpenAI(base_url={code})\nc.models.list()\n"
    assert {s.elsewhere for s in sites(text) if s.kind in (SiteKind.CLIENT, SiteKind.CALL)} == {host}


BASE = """
    from openai import OpenAI
    class Base:
        def __init__(self, url=None):
            self.c = OpenAI(base_url=url)
        def list(self):
            return self.c.models.list()
    class Vendor(Base):
        def __init__(self):
            super().__init__(url="https://api.groq.com/openai/v1")
"""


def test_a_base_url_that_some_callers_leave_out_is_not_only_that_of_the_others() -> None:
    text = f"{BASE}\n    Base()\n"
    assert {s.elsewhere for s in sites(text) if s.kind is SiteKind.CLIENT} == {None}


def test_a_base_url_that_every_caller_gives_is_theirs() -> None:
    assert {s.elsewhere for s in sites(BASE) if s.kind is SiteKind.CLIENT} == {"api.groq.com"}


def test_a_call_on_a_mix_of_clients_is_only_likely() -> None:
    text = """
        from openai import OpenAI
        c = OpenAI() if remote else OpenAI(base_url="http://localhost:1/v1")
        c.models.list()
    """
    assert (the_call(text).elsewhere, the_call(text).certainty.value) == (None, "likely")


def test_settings_of_tests_do_not_move_the_program() -> None:
    files = {
        "app.py": "import openai\nopenai.ChatCompletion.create()\n",
        "tests/test_app.py": "import openai\nopenai.api_base = 'http://localhost:1'\n",
    }
    assert (the_call(files).elsewhere, the_call(files).clients) == (None, ())


def test_settings_of_the_program_do() -> None:
    files = {
        "app.py": "import openai\nopenai.ChatCompletion.create()\n",
        "setup_ai.py": "import openai\nopenai.api_base = 'http://localhost:1'\n",
    }
    assert the_call(files).elsewhere == "localhost:1"


def test_a_constructor_is_no_type_besides() -> None:
    assert kinds("import openai\nopenai.OpenAI()\n") == ["client openai.OpenAI"]


GROQ = "openai.api_base = 'https://api.groq.com/openai/v1'"
KEY = "openai.api_key = os.getenv('K')"
ASKED = "openai.ChatCompletion.create(model='m')"
BRANCHES = {
    "address for all": (f"{GROQ}\nif x:\n    {KEY}\n{ASKED}\n", ["api.groq.com"] * 3),
    "key in the same branch": (f"if x:\n    {KEY}\n    {GROQ}\n{ASKED}\n", ["api.groq.com"] * 3),
    "in the same function": (f"def f():\n    {KEY}\n    {GROQ}\n    {ASKED}\n", ["api.groq.com"] * 3),
    "key in the other branch": (
        f"if x:\n    {KEY}\nelse:\n    {KEY}\n    {GROQ}\n{ASKED}\n",
        [None, "api.groq.com", "api.groq.com", None],
    ),
    "key for all": (f"{KEY}\nif x:\n    {GROQ}\n{ASKED}\n", [None, "api.groq.com", None]),
    "key in another function": (
        f"def f():\n    {KEY}\ndef g():\n    {GROQ}\n{ASKED}\n",
        [None, "api.groq.com", None],
    ),
}


@pytest.mark.parametrize("case", BRANCHES)
def test_an_address_of_another_holds_in_its_branch(case: str) -> None:
    text, hosts = BRANCHES[case]
    found = [s for s in sites(f"import os\nimport openai\n{text}") if s.kind is not SiteKind.IMPORT]
    assert [s.elsewhere for s in found] == hosts
