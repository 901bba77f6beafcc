"""Where a model comes from when the program does not write it down: the environment, options, files, settings."""

from __future__ import annotations

import pytest

from migrate_cli.model import Certainty, SiteKind
from tests.sites.scanning import HEAD, sites, the_call, values

ASK = "client.chat.completions.create(model=m)\n"
CONFIG = "llm:\n  model: gpt-4o\n  tries: 3\n"

VARIABLES = {
    "imported getter": ("from os import getenv\nm = getenv('M', 'a')\n", ["$M='a'"]),
    "imported mapping": ("from os import environ\nm = environ.get('M') or 'a'\n", ["$M=None", "'a'"]),
    "one behind another": ("import os\nm = os.getenv('A', os.getenv('B', 'a'))\n", ["$A=None", "$B='a'"]),
    "stripped": ("import os\nm = os.getenv('M', 'a').strip()\n", ["$M='a'"]),
    "decouple": ("from decouple import config\nm = config('M', default='a')\n", ["$M='a'"]),
    "decouple, automatic": (
        "from decouple import AutoConfig\nc = AutoConfig('.')\nm = c('M', 'a')\n",
        ["$M='a'"],
    ),
    "environs": ("from environs import Env\nenv = Env()\nm = env.str('M', 'a')\n", ["$M='a'"]),
    "django-environ": ("import environ\nenv = environ.Env()\nm = env('M', default='a')\n", ["$M='a'"]),
    "starlette": ("from starlette.config import Config\nc = Config()\nm = c('M', default='a')\n", ["$M='a'"]),
    "dotenv": ("from dotenv import dotenv_values\nc = dotenv_values()\nm = c['M']\n", ["$M=None"]),
    "streamlit": ("import streamlit as st\nm = st.secrets['M']\n", ["$M=None"]),
    "streamlit attribute": ("import streamlit as st\nm = st.secrets.M\n", ["$M=None"]),
    "colab": ("from google.colab import userdata\nm = userdata.get('M')\n", ["$M=None"]),
    "own wrapper": (
        "import os\ndef env(name, default=None):\n    v = os.environ.get(name, default)\n    return v\n"
        "key = env('KEY', 'k')\nm = env('M', 'a')\n",
        ["$M='a'"],
    ),
    "own wrapper, by subscript": (
        "import os\ndef env(name):\n    return os.environ[name]\nkey = env('KEY')\nm = env('M')\n",
        ["$M=None"],
    ),
}


@pytest.mark.parametrize("case", VARIABLES)
def test_a_variable_of_the_environment(case: str) -> None:
    text, expected = VARIABLES[case]
    assert values(HEAD + text + ASK) == expected


OPTIONS = {
    "argparse": "import argparse\np = argparse.ArgumentParser()\np.add_argument('--model', default='a')\n"
    "m = p.parse_args().model\n",
    "dest": "import argparse\np = argparse.ArgumentParser()\np.add_argument('-m', '--name', dest='llm', default='a')\n"
    "m = p.parse_args().llm\n",
    "known arguments": "import argparse\np = argparse.ArgumentParser()\np.add_argument('--model', default='a')\n"
    "args, rest = p.parse_known_args()\nm = args.model\n",
    "vars": "import argparse\np = argparse.ArgumentParser()\np.add_argument('--my-model', default='a')\n"
    "m = vars(p.parse_args())['my_model']\n",
    "flags of absl": "from absl import flags\nflags.DEFINE_string('model', 'a', 'help')\nFLAGS = flags.FLAGS\n"
    "m = FLAGS.model\n",
}


@pytest.mark.parametrize("case", OPTIONS)
def test_an_option_of_the_command_line_has_its_default(case: str) -> None:
    [value] = the_call(HEAD + OPTIONS[case] + ASK).arguments[0].values
    assert (value.literal, value.certainty) == ("a", Certainty.LIKELY)


FUNCTIONS = {
    "namespace passed on": "import argparse\ndef f(args: argparse.Namespace):\n    m = args.model\n    {ask}"
    "p = argparse.ArgumentParser()\np.add_argument('--model', default='a')\nf(p.parse_args())\n",
    "click": "import click\n@click.command()\n@click.option('--model', '-m', 'm', default='a')\ndef f(m):\n    {ask}",
    "typer": "import typer\ndef f(m: str = typer.Option('a', '--model')):\n    {ask}",
    "typer, annotated": "import typer\nfrom typing import Annotated\n"
    "def f(m: Annotated[str, typer.Option('--model')] = 'a'):\n    {ask}",
}


@pytest.mark.parametrize("case", FUNCTIONS)
def test_an_option_is_named_after_its_flag(case: str) -> None:
    [value] = the_call(HEAD + FUNCTIONS[case].format(ask=ASK)).arguments[0].values
    assert (value.literal, value.named, value.certainty) == ("a", "--model", Certainty.LIKELY)


def test_a_variable_behind_an_option() -> None:
    text = f"import click\n@click.option('--m', default='a', envvar='M')\ndef f(m):\n    {ASK}"
    assert values(HEAD + text) == ["$M='a'"]


def test_an_option_without_default_is_named() -> None:
    text = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--model')\nm = p.parse_args().model\n"
    [value] = the_call(HEAD + text + ASK).arguments[0].values
    assert value.because == "the command-line option `--model` has no default"


FILES = {
    "yaml": (
        "import yaml\nwith open('config.yaml') as f:\n    c = yaml.safe_load(f)\nm = c['llm']['model']\n",
        "config.yaml",
        CONFIG,
    ),
    "beside the program": (
        "import os, yaml\np = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'config.yaml')\n"
        "m = yaml.safe_load(open(p))['llm'].get('model')\n",
        "config.yaml",
        CONFIG,
    ),
    "pathlib": (
        "import json\nfrom pathlib import Path\nHERE = Path(__file__).resolve().parent\n"
        "m = json.loads((HERE / 'conf' / 'c.json').read_text())['llm']['model']\n",
        "conf/c.json",
        '{"llm":\n {"model": "gpt-4o"}}\n',
    ),
    "loader function": (
        "import tomllib\ndef load(path='c.toml'):\n    with open(path, 'rb') as f:\n        return tomllib.load(f)\n"
        "m = load()['llm']['model']\n",
        "c.toml",
        '[llm]\nmodel = "gpt-4o"\n',
    ),
    "configparser": (
        "import configparser\nc = configparser.ConfigParser()\nc.read('c.ini')\nm = c['llm']['Model']\n",
        "c.ini",
        "[llm]\nmodel = gpt-4o\n",
    ),
    "configparser, get": (
        "import configparser\nc = configparser.ConfigParser()\nc.read('c.ini')\nm = c.get('llm', 'model')\n",
        "c.ini",
        "[llm]\nmodel = gpt-4o\n",
    ),
    "omegaconf": (
        "from omegaconf import OmegaConf\nm = OmegaConf.load('config.yaml').llm.model\n",
        "config.yaml",
        CONFIG,
    ),
    "unknown folder": (
        "import os, yaml\nm = yaml.safe_load(open(os.path.join(root, 'c.yaml')))['llm']['model']\n",
        "deep/down/c.yaml",
        CONFIG,
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_a_model_in_a_configuration_file(case: str) -> None:
    text, path, config = FILES[case]
    assert values({"app.py": HEAD + text + ASK, path: config}) == [f"{path}:2 llm.model='gpt-4o'"]


def test_a_group_of_hydra() -> None:
    main = "@hydra.main(config_path='conf', config_name='main')\n"
    text = f"{HEAD}import hydra\n{main}def f(cfg):\n    m = cfg.llm.model\n    {ASK}"
    files = {
        "app.py": text,
        "conf/main.yaml": "defaults:\n- llm: openai\n",
        "conf/llm/openai.yaml": "model: a\n",
    }
    assert values(files) == ["conf/llm/openai.yaml:1 model='a'"]


def test_the_default_of_a_missing_key() -> None:
    files = {
        "app.py": f"{HEAD}import json\nm = json.load(open('c.json')).get('model', 'a')\n{ASK}",
        "c.json": "{}",
    }
    assert values(files) == ["'a'"]


UNKNOWN_FILES = {
    "no such file": (
        "import yaml\nm = yaml.safe_load(open('other.yaml'))['llm']['model']\n",
        "not among the files",
    ),
    "no such key": (
        "import yaml\nm = yaml.safe_load(open('config.yaml'))['llm']['name']\n",
        "no `llm.name` in",
    ),
    "computed name": (
        "import yaml\nm = yaml.safe_load(open(name))['llm']['model']\n",
        "only known at run time",
    ),
    "computed key": ("import yaml\nm = yaml.safe_load(open('config.yaml'))[which]\n", "chosen at run time"),
    "a text, no file": ("import yaml\nm = yaml.safe_load(text)['model']\n", ""),
}


@pytest.mark.parametrize("case", UNKNOWN_FILES)
def test_what_no_file_tells_stays_dynamic_and_says_why(case: str) -> None:
    text, because = UNKNOWN_FILES[case]
    call = the_call({"app.py": HEAD + text + ASK, "config.yaml": CONFIG})
    assert [because in (v.because or "") for v in call.arguments[0].values] == [True]


def test_a_name_that_several_files_have_means_none_of_them() -> None:
    text = f"{HEAD}import os, yaml\nm = yaml.safe_load(open(os.path.join(root, 'c.yaml')))['llm']['model']\n{ASK}"
    assert values({"app.py": text, "a/c.yaml": CONFIG, "b/c.yaml": CONFIG}) == ["?"]


def test_a_key_in_a_file_is_masked() -> None:
    key = "sk-" + "Zq4Wm9Lx2Vn7Bt5Ky8Rd3Hf6Jc1Ps0Ga"
    text = "import json\nfrom openai import OpenAI\nOpenAI(api_key=json.load(open('c.json'))['key'])\n"
    found = sites({"app.py": text, "c.json": f'{{"key": "{key}"}}'})
    assert key not in repr(found)
    assert [v.secret for s in found for a in s.named("api_key") for v in a.values] == [True]


def test_a_key_in_a_file_may_be_known_by_its_name() -> None:
    key = "Zq4Wm9Lx2Vn7" + "Bt5Ky8Rd3H"
    text = "import json\nfrom openai import OpenAI\nOpenAI(api_key=json.load(open('c.json'))['api_key'])\n"
    assert key not in repr(sites({"app.py": text, "c.json": f'{{"api_key": "{key}"}}'}))


def test_a_dotenv_file_that_sets_the_variable_is_a_step() -> None:
    files = {"app.py": f"{HEAD}import os\nm = os.getenv('M')\n{ASK}", ".env.example": "# models\nM=gpt-4o\n"}
    [value] = the_call(files).arguments[0].values
    assert [(str(s.location), s.text) for s in value.via][-1] == (
        ".env.example:2:1",
        "M is set to gpt-4o in .env.example",
    )


def test_the_value_of_a_key_in_a_dotenv_file_is_never_told() -> None:
    text = "import os\nfrom openai import OpenAI\nOpenAI(api_key=os.getenv('THE_KEY'))\n"
    found = sites({"app.py": text, ".env": "THE_KEY=swordfish\n"})
    assert "swordfish" not in repr(found)


SETTINGS = {
    "field": ("class S(BaseSettings):\n    m: str = 'a'\nm = S().m\n", ["$M='a'"]),
    "required field": ("class S(BaseSettings):\n    m: str\nm = S().m\n", ["$M=None"]),
    "ellipsis": ("class S(BaseSettings):\n    m: str = Field(...)\nm = S().m\n", ["$M=None"]),
    "prefix": (
        "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='APP_')\n    m: str = 'a'\n"
        "m = S().m\n",
        ["$APP_M='a'"],
    ),
    "prefix, class Config": (
        "class S(BaseSettings):\n    m: str = 'a'\n    class Config:\n        env_prefix = 'app_'\nm = S().m\n",
        ["$APP_M='a'"],
    ),
    "alias": ("class S(BaseSettings):\n    m: str = Field('a', alias='LLM')\nm = S().m\n", ["$LLM='a'"]),
    "env": ("class S(BaseSettings):\n    m: str = Field('a', env=['LLM', 'M'])\nm = S().m\n", ["$LLM='a'"]),
    "inherited": (
        "class B(BaseSettings):\n    m: str = 'a'\nclass S(B):\n    n: int = 1\nm = S().m\n",
        ["$M='a'"],
    ),
    "group": (
        "class G(BaseModel):\n    m: str = 'a'\nclass S(BaseSettings):\n    g: G = G()\nm = S().g.m\n",
        ["'a'"],
    ),
    "no settings class": ("class S(BaseModel):\n    m: str = 'a'\nm = S().m\n", ["'a'"]),
}
PYDANTIC = (
    "from pydantic import BaseModel, Field\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n"
)


@pytest.mark.parametrize("case", SETTINGS)
def test_a_field_of_a_settings_class(case: str) -> None:
    text, expected = SETTINGS[case]
    assert values(HEAD + PYDANTIC + text + ASK) == expected


NAMES = {
    "module": ("M = 'a'\nm = M\n", "M"),
    "class": ("class Config:\n    M: str = 'a'\nm = Config.M\n", "Config.M"),
    "dictionary": ("D = {'big': 'a'}\nm = D['big']\n", 'D["big"]'),
    "attribute": ("class A:\n    def __init__(self):\n        self.m = 'a'\nm = A().m\n", "A.m"),
    "function": ("def pick():\n    return 'a'\nm = pick()\n", "pick()"),
    "field": (
        "import attrs\n@attrs.define\nclass A:\n    m: str = attrs.field(default='a')\nm = A().m\n",
        "A.m",
    ),
    "constructor": ("class A:\n    def __init__(self, m='a'):\n        self.m = m\nm = A().m\n", "A(m)"),
    "stored": ("k = {}\nk['m'] = 'a'\nm = k['m']\n", 'k["m"]'),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_literal_is_named_as_it_is_defined(case: str) -> None:
    text, name = NAMES[case]
    [value] = the_call(HEAD + text + ASK).arguments[0].values
    assert (value.literal, value.named) == ("a", name)


def test_a_literal_at_the_call_has_no_name() -> None:
    text = f"{HEAD}answer = client.chat.completions.create(model='a')\n"
    assert [v.named for v in the_call(text).arguments[0].values] == [None]


def test_a_variable_is_its_own_name() -> None:
    text = f"{HEAD}import os\nm = os.getenv('M')\n{ASK}"
    assert [v.named for v in the_call(text).arguments[0].values] == ["M"]


ABSENT = {
    "parameter": ("def f(m):\n    {ask}", "parameter `m` of f(): no caller in these files"),
    "entry of a parameter": (
        "def f(o):\n    m = o['m']\n    {ask}",
        "parameter `o` of f(): no caller in these files",
    ),
    "another package": ("import shop\nm = shop.models()\n{ask}", "what shop.models() gives"),
    "asked for": ("m = input()\n{ask}", "what input() gives"),
    "module setting": (
        "import openai\nm = openai.api_version\n{ask}",
        "the module setting `openai.api_version`",
    ),
}


@pytest.mark.parametrize("case", ABSENT)
def test_what_is_not_known_says_why(case: str) -> None:
    text, because = ABSENT[case]
    [value] = the_call(HEAD + text.format(ask=ASK)).arguments[0].values
    assert value.because == because


FIELDS = {
    "settings": ("class S(BaseSettings):\n    openai_api_key: str\n", ["S.openai_api_key OPENAI_API_KEY"]),
    "alias": (
        "class S(BaseSettings):\n    key: str = Field(alias='OPENAI_API_KEY')\n",
        ["S.key OPENAI_API_KEY"],
    ),
    "prefix": (
        "class S(BaseSettings, env_prefix='OPENAI_'):\n    model: str = 'a'\n",
        ["S.model OPENAI_MODEL"],
    ),
    "other prefix": ("class S(BaseSettings, env_prefix='APP_'):\n    openai_api_key: str\n", []),
    "other field": ("class S(BaseSettings):\n    other: str  # openai\n", []),
    "model": ("class S(BaseModel):\n    openai_api_key: str\n", []),
    "plain class": ("class S:\n    openai_api_key: str\n", []),
}


@pytest.mark.parametrize("case", FIELDS)
def test_fields_that_are_variables_of_openai(case: str) -> None:
    text, expected = FIELDS[case]
    found = [s for s in sites(PYDANTIC + text) if s.kind is SiteKind.ENVIRONMENT]
    assert [f"{s.symbol} {s.variable}" for s in found] == expected


DYNACONF = (
    "from dynaconf import Dynaconf\nsettings = Dynaconf(settings_files=['settings.toml', '.secrets.toml'])\n"
)
LAYERS = {
    "attribute": ("m = settings.llm.model\n", '[llm]\nmodel = "a"\n', "llm.model"),
    "item": ("m = settings['LLM']['model']\n", '[llm]\nmodel = "a"\n', "llm.model"),
    "dotted": ("m = settings.get('llm.model')\n", '[llm]\nmodel = "a"\n', "llm.model"),
    "default layer": ("m = settings.MODEL\n", '[default]\nmodel = "a"\n', "default.model"),
}


@pytest.mark.parametrize("case", LAYERS)
def test_the_settings_files_of_dynaconf(case: str) -> None:
    text, config, name = LAYERS[case]
    files = {"app.py": HEAD + DYNACONF + text + ASK, "settings.toml": config}
    assert values(files) == [f"settings.toml:2 {name}='a'"]


def test_a_member_of_an_enumeration_passed_as_it_is() -> None:
    text = f"from enum import Enum\nclass M(str, Enum):\n    A = 'a'\n    B = 'b'\ndef f(m: M):\n    {ASK}"
    assert values(HEAD + text) == ["'a'", "'b'"]
