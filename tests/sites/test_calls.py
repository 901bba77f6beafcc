"""API calls: found on clients, on resources, through values; not found on anything else."""

from __future__ import annotations

import pytest

from migrate_cli.model import Certainty, SiteKind
from tests.sites.scanning import HEAD, calls, kinds, sites, the_call

FOUND = {
    "chat": ("client.chat.completions.create(model=m)", "chat.completions"),
    "parse": ("client.beta.chat.completions.parse(model=m)", "chat.completions"),
    "raw response": ("client.chat.completions.with_raw_response.create(model=m)", "chat.completions"),
    "streamed": (
        "with client.chat.completions.with_streaming_response.create(model=m) as r: pass",
        "chat.completions",
    ),
    "with options": ("client.with_options(timeout=1).chat.completions.create(model=m)", "chat.completions"),
    "embeddings": ("client.embeddings.create(model=m)", "embeddings"),
    "responses": ("client.responses.create(model=m)", "responses"),
    "speech": ("client.audio.speech.create(model=m)", "audio.speech"),
    "images": ("client.images.generate(model=m)", "images"),
    "models": ("client.models.list()", "models"),
    "fine-tuning": ("client.fine_tuning.jobs.cancel(i)", "fine_tuning"),
    "threads": ("client.beta.threads.runs.create_and_poll()", "threads"),
    "inline": ("OpenAI().chat.completions.create(model=m)", "chat.completions"),
    "resource in a variable": ("chat = client.chat.completions\nchat.create(model=m)", "chat.completions"),
    "in an f-string": ("print(f'{client.chat.completions.create(model=m)}')", "chat.completions"),
    "in a comprehension": ("[client.chat.completions.create(model=m) for m in ms]", "chat.completions"),
    "in a decorator": ("@deco(client.chat.completions.create(model=m))\ndef f(): ...", "chat.completions"),
    "in a match": ("match client.chat.completions.create(model=m):\n    case _: ...", "chat.completions"),
    "old helper": ("from openai.embeddings_utils import get_embedding\nget_embedding('x')", "embeddings"),
    "raw": ("client.post('/chat/completions', cast_to=dict)", "chat.completions"),
    "view of everything": ("client.with_raw_response.embeddings.create(model=m)", "embeddings"),
    "view that streams": ("with client.responses.stream(model=m) as s: ...", "responses"),
    "gathered": (
        "asyncio.gather(*[client.chat.completions.create(model=m) for m in ms])",
        "chat.completions",
    ),
    "element of a dictionary": ("d = {'a': client.responses.create}\nd['a'](model=m)", "responses"),
    "default": ("def f(ask=client.responses.create):\n    ask(model=m)", "responses"),
    "returned": ("def f():\n    return client.responses.create\nf()(model=m)", "responses"),
    "returned and kept": ("def f():\n    return client.responses.create\ng = f()\ng(model=m)", "responses"),
    "attribute": (
        "class A:\n    def __init__(self):\n        self.ask = client.responses.create\n"
        "    def f(self):\n        self.ask(model=m)",
        "responses",
    ),
    "chosen on the spot": (
        "(client.responses.create if x else client.responses.parse)(model=m)",
        "responses",
    ),
    "fetched by name": ("getattr(client.responses, 'create')(model=m)", "responses"),
    "resource fetched by name": ("getattr(client, 'responses').create(model=m)", "responses"),
    "fetched and kept": ("ask = getattr(client.responses, 'create')\nask(model=m)", "responses"),
    "a copy": ("client.copy(timeout=1).responses.create(model=m)", "responses"),
    "method in a variable": (
        "ask = client.chat.completions.create if m else client.responses.create\nask(model=m)",
        "chat.completions",
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_a_call_is_found(case: str) -> None:
    text, endpoint = FOUND[case]
    assert f"{endpoint} proved" in calls(HEAD + text + "\n")


LEGACY = {
    "module": ("import openai\nopenai.ChatCompletion.create(model=m)\n", "chat.completions"),
    "async": (
        "import openai\nasync def f():\n    await openai.ChatCompletion.acreate()\n",
        "chat.completions",
    ),
    "from": ("from openai import Embedding\nEmbedding.create(input=x)\n", "embeddings"),
    "alias": ("import openai as ai\nai.Completion.create(prompt=p)\n", "completions"),
    "derived": (
        "import openai\nclass C(openai.ChatCompletion):\n    @classmethod\n"
        "    def create(cls, **k):\n        return super().create(**k)\n",
        "chat.completions",
    ),
    "derived, in an inner function": (
        "import openai\nclass A(openai.Audio):\n    @classmethod\n    def transcribe(cls, **k):\n        def f():\n"
        "            return super(A, cls).transcribe(**k)\n        return f\n",
        "audio.transcriptions",
    ),
    "module client": ("import openai\nopenai.chat.completions.create(model=m)\n", "chat.completions"),
}


@pytest.mark.parametrize("case", LEGACY)
def test_a_call_through_the_module_is_found(case: str) -> None:
    text, endpoint = LEGACY[case]
    assert calls(text) == [f"{endpoint} proved"]


def test_only_classes_of_old_count_as_legacy() -> None:
    text = "import openai\nopenai.Completion.create()\nopenai.completions.create()\n"
    assert [s.legacy for s in sites(text) if s.kind is SiteKind.CALL] == [True, False]


NOT = {
    "groq": "from groq import Groq\nGroq().chat.completions.create(model='gpt-4')\n",
    "zhipu": "from zhipuai import ZhipuAI\nZhipuAI().chat.completions.create(model='glm-4')\n",
    "together": "from together import Together\nTogether().embeddings.create(model='gpt-4')\n",
    "anthropic": "import anthropic\nanthropic.Anthropic().completions.create(prompt='gpt-4')\n",
    "ark": "from volcenginesdkarkruntime import Ark\nArk().chat.completions.create(model='gpt-4')\n",
    "docker": "import docker, openai\ndocker.from_env().containers.list()\n",
    "mock": "from unittest.mock import Mock\nimport openai\nMock().chat.completions.create(model='gpt-4')\n",
    "own class": (
        "import openai\nclass Files:\n    def create(self): ...\nclass Client:\n    files = Files()\n"
        "Client().files.create()\n"
    ),
    "vendor beside the SDK": (
        "from groq import Groq\nfrom openai import OpenAI\nclient = Groq()\n"
        "def f():\n    return client.chat.completions.create(model='x')\n"
    ),
    "vendor subclass": (
        "import openai\nfrom groq import Groq\nclass G(Groq):\n    def f(self):\n"
        "        return self.chat.completions.create(model='x')\n"
    ),
    "dictionary": "import openai\nd = {}\nd.update(model='gpt-4')\n",
    "session": "import openai, requests\nrequests.Session().delete('/models')\n",
    "query": "import openai\nsession.query(Model).delete()\n",
    "string": "import openai\nx = 'client.chat.completions.create(model=1)'\n",
    "comment": "import openai\n# client.chat.completions.create(model=1)\n",
    "docstring": 'import openai\ndef f():\n    """client.chat.completions.create(model=1)"""\n',
    "attribute of the answer": HEAD + "client.count = 1\nr = client.api_key.create()\n",
    "called on a mocked method": HEAD + "client.chat.completions.create.assert_called_once()\n",
    "assigned over": HEAD + "client.chat.completions.create = fake\n",
    "untold receiver without the SDK": "def f(client):\n    client.chat.completions.create(model='gpt-4')\n",
    "untelling receiver": "import openai\ndef f(store):\n    store.embeddings.create(1)\n    store.files.list()\n",
    "shadowed": HEAD + "def f(client=store):\n    client.files.create(1)\n",
    "looked at": HEAD
    + "import inspect\ninspect.signature(client.responses.create)\ncallable(client.models.list)\n",
    "raw of a session": "import openai, requests\nrequests.get('/models', cast_to=1)\n",
    "no request": HEAD + "client.close()\nclient.is_closed()\nclient.responses.close()\n",
    "own partial": HEAD + "import functools\nf = functools.partial(print, client)\nf()\n",
    "name of another object": HEAD + "getattr(store, 'create')()\ngetattr(store, name).create()\n",
    "method that only a wrapper has": HEAD + "client.messages.create(model='x')\nclient.create(model='x')\n",
    "another provider of a wrapper": (
        "import openai, instructor\nc = instructor.from_provider('anthropic/claude')\nc.messages.create()\n"
    ),
    "attribute that is never filled in": (
        "import openai\nclass Own:\n    def __init__(self):\n        self.chat = None\n    def ask(self):\n"
        "        return self.chat.completions.create(model='x')\n"
    ),
    "not a method": HEAD + "client.chat.completions.explode()\n",
}


@pytest.mark.parametrize("case", NOT)
def test_what_is_no_call_of_the_api_is_left_alone(case: str) -> None:
    assert calls(NOT[case]) == []


def test_a_telling_shape_on_an_unknown_object_is_a_guess_that_says_why() -> None:
    text = "import openai\ndef f(c):\n    c.chat.completions.create(model='gpt-4')\n"
    assert calls(text) == ["chat.completions guess"]


def test_a_name_for_two_vendors_makes_a_call_likely() -> None:
    text = """
        from openai import OpenAI
        from groq import Groq
        client = Groq() if fast else OpenAI()
        client.chat.completions.create(model="x")
    """
    assert calls(text) == ["chat.completions likely"]


def test_a_call_names_the_clients_that_feed_it() -> None:
    text = "from openai import OpenAI, AzureOpenAI\nc = OpenAI() if x else AzureOpenAI()\nc.models.list()\n"
    assert [symbol for _, _, symbol in the_call(text).clients] == ["openai.OpenAI", "openai.AzureOpenAI"]


def test_a_client_known_by_annotation_alone_feeds_nothing() -> None:
    text = "from openai import OpenAI\ndef f(c: OpenAI):\n    c.models.list()\n"
    assert the_call(text).clients == ()


HANDED = {
    "thread": ("asyncio.to_thread(client.chat.completions.create, model='gpt-4')", Certainty.PROVED),
    "partial": ("functools.partial(client.chat.completions.create, model='gpt-4')", Certainty.PROVED),
    "pool": (
        "with futures.ThreadPoolExecutor() as p:\n    p.submit(client.chat.completions.create, model='gpt-4')",
        Certainty.PROVED,
    ),
    "unknown retry": ("retry(client.chat.completions.create, model='gpt-4')", Certainty.LIKELY),
    "keyword": ("run(func=client.chat.completions.create, model='gpt-4')", Certainty.LIKELY),
}


@pytest.mark.parametrize("case", HANDED)
def test_a_method_handed_on_with_its_arguments_is_a_call(case: str) -> None:
    text, certainty = HANDED[case]
    head = "import asyncio, functools\nfrom concurrent import futures\n"
    call = the_call(f"{head}{HEAD}{text}\n")
    assert (call.certainty, [a.name for a in call.arguments], call.positional) == (certainty, ["model"], 0)


def test_a_legacy_method_handed_on_is_a_call() -> None:
    text = "import asyncio, openai\nasyncio.to_thread(openai.ChatCompletion.create, model='gpt-4')\n"
    assert calls(text) == ["chat.completions proved"]


def test_a_method_handed_on_without_arguments_is_a_guess() -> None:
    assert calls(f"{HEAD}register(client.chat.completions.create)\n") == ["chat.completions guess"]


@pytest.mark.parametrize(
    "text",
    [
        "from groq import Groq\nimport openai, asyncio\nasyncio.to_thread(Groq().chat.completions.create, model='x')",
        "import openai, asyncio\nasyncio.to_thread(store.files.create, model='x')",
        "import openai, asyncio\nasyncio.to_thread(subprocess.run, model='x')",
    ],
)
def test_another_method_handed_on_is_left_alone(text: str) -> None:
    assert calls(text) == []


def test_a_method_wrapped_by_a_decorator_call() -> None:
    assert calls(f"import tenacity\n{HEAD}tenacity.retry()(client.models.list)()\n") == ["models likely"]


@pytest.mark.parametrize(
    "text",
    [
        "getattr(client.responses, name)(model='x')\n",
        "getattr(client, name).create(model='x')\n",
    ],
)
def test_a_method_whose_name_is_computed_is_a_guess(text: str) -> None:
    [call] = [s for s in sites(HEAD + text) if s.kind is SiteKind.CALL]
    assert (call.certainty, len(call.clients)) == (Certainty.GUESS, 1)


WRAPPED = {
    "partial": "functools.partial(client.responses.create, model='a')",
    "partial of a partial": "functools.partial(functools.partial(client.responses.create, n=1), model='a')",
    "decorated": "tenacity.retry(stop=1)(client.responses.create)",
    "backoff": "backoff.on_exception(backoff.expo, Exception)(client.responses.create)",
}


@pytest.mark.parametrize("case", WRAPPED)
def test_a_call_of_a_wrapped_method_is_likely(case: str) -> None:
    text = f"import backoff, functools, tenacity\n{HEAD}ask = {WRAPPED[case]}\nask(input='b')\n"
    assert calls(text)[-1] == "responses likely"


def test_a_method_wrapped_by_something_unknown_and_called_is_likely() -> None:
    [call] = [
        s for s in sites(f"{HEAD}traced(client.responses.create)(model='a')\n") if s.kind is SiteKind.CALL
    ]
    assert (call.certainty, [a.name for a in call.arguments]) == (Certainty.LIKELY, ["model"])


def test_a_method_kept_in_another_file_is_called_here() -> None:
    files = {
        "llm.py": f"{HEAD}ask = client.responses.create\n",
        "app.py": "# gpt-4\nfrom llm import ask\nask()\n",
    }
    assert {s.path for s in sites(files) if s.kind is SiteKind.CALL} == {"app.py", "llm.py"}


def test_a_name_of_another_file_that_keeps_no_method_is_left_alone() -> None:
    files = {"llm.py": f"{HEAD}def ask(): ...\n", "app.py": "# gpt-4\nfrom llm import ask\nask()\n"}
    assert calls(files) == []


WITH_INSTRUCTOR = {
    "create": "c.create(model='x')",
    "partial": "c.chat.completions.create_partial(model='x')",
    "messages": "c.messages.create(model='x')",
}


@pytest.mark.parametrize("case", WITH_INSTRUCTOR)
def test_what_instructor_adds_to_a_client_is_a_call(case: str) -> None:
    text = f"import instructor\n{HEAD}c = instructor.from_openai(client)\n{WITH_INSTRUCTOR[case]}\n"
    assert calls(text) == ["chat.completions proved"]


def test_a_copy_with_another_base_url_feeds_its_own_calls() -> None:
    text = f"{HEAD}far = client.copy(base_url='http://localhost:1/v1')\nfar.models.list()\n"
    assert [s.elsewhere for s in sites(text) if s.kind is SiteKind.CALL] == ["localhost:1"]


def test_the_evidence_leads_from_the_receiver_to_the_import() -> None:
    assert [step.text for step in the_call(f"{HEAD}client.models.list()\n").evidence] == [
        "`client` is assigned",
        "OpenAI(…) is constructed",
        "`OpenAI` is imported from openai",
    ]


def test_nothing_is_reported_twice() -> None:
    text = f"{HEAD}client.chat.completions.create(model='gpt-4')\n"
    assert kinds(text) == ["client openai.OpenAI", "call chat.completions.create"]


HELPED = """
    from groq import Groq
    from openai import OpenAI
    def wrap(client):
        return client
    a = wrap(OpenAI())
    b = wrap(Groq())
"""


def test_what_a_helper_gives_back_is_the_client_that_it_was_given() -> None:
    assert calls(f"{HELPED}    a.chat.completions.create(model='x')\n") == ["chat.completions proved"]


def test_the_client_of_another_vendor_that_a_helper_gives_back_is_left_alone() -> None:
    assert calls(f"{HELPED}    b.chat.completions.create(model='x')\n") == []


def test_a_union_of_many_vendors_proves_nothing() -> None:
    text = """
        from cohere import Client
        from groq import Groq
        from openai import OpenAI
        def wrap(client: "Client | Groq | OpenAI"):
            return {"client": client}
        wrap(client=OpenAI())
        wrap(client=load()).get("client").chat.completions.create(model="x")
    """
    assert calls(text) == []
