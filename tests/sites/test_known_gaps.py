"""What scan is known to miss: each is a strict expectation of failure, which has to go once it is found."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from tests.sites.around.reading import lines
from tests.sites.scanning import sites

CALL = "\nc.embeddings.create(input=[])\n"
GAPS = {
    "a name bound through globals()": (
        'from openai import OpenAI\nglobals()["c"] = OpenAI()' + CALL,
        SiteKind.CALL,
    ),
    "the result of hydra's instantiate": (
        'from hydra.utils import instantiate\nc = instantiate({"_target_": "openai.OpenAI"})' + CALL,
        SiteKind.CALL,
    ),
    "a key set on a client": ('from openai import OpenAI\nc = OpenAI()\nc.api_key = "x"\n', SiteKind.SETTING),
    "a request that is prepared first": (
        "import requests\n"
        's = requests.Session()\nr = requests.Request("POST", "https://api.openai.com/v1/responses").prepare()\n'
        "s.send(r)\n",
        SiteKind.REQUEST,
    ),
    "a key put into the environment as a keyword": (
        "import os\nos.environ.update(OPENAI_API_KEY=key)\n",
        SiteKind.ENVIRONMENT,
    ),
    "a function of a framework by name": (
        'litellm = __import__("litellm")\nask = getattr(litellm, "completion")\nask(model="gpt-4o")\n',
        SiteKind.FRAMEWORK,
    ),
    "an agent of marvin": ('import marvin\na = marvin.Agent(model="openai:gpt-4o")\n', SiteKind.FRAMEWORK),
}


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.xfail(strict=True, reason="not followed yet")
def test_a_use_that_is_missed(gap: str) -> None:
    code, kind = GAPS[gap]
    assert [site for site in sites(code) if site.kind is kind] != []


@pytest.mark.xfail(strict=True, reason="lists of models are taken for lists of what can be chosen")
def test_models_to_fall_back_on() -> None:
    assert lines("a.toml", '[openai]\nfallback_models = ["gpt-4o"]\n') == ["model gpt-4o:2"]
