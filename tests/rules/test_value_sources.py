"""What is edited, and what is left to a person, when a value comes from outside the call."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli.model import Level, SiteKind
from tests.programs import decision, move, moved, write

CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
CALL = "client.chat.completions.create(model=m, messages=[])\n"
SETTINGS = (
    "from openai import OpenAI\nfrom pydantic_settings import BaseSettings\n\n\n"
    'class Settings(BaseSettings, env_prefix="OPENAI_"):\n    api_key: str\n\n\n'
    "client = OpenAI(api_key=Settings().api_key)\n"
    'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n'
)
FIELD = (
    "from typing import Annotated\nfrom pydantic import Field\n"
    "from pydantic_settings import BaseSettings\nfrom openai import OpenAI\n\n\n"
    "class Settings(BaseSettings):\n    {}\n\n\n"
    "client = OpenAI(api_key=Settings().openai_key)\n"
)
ALIAS = 'validation_alias="QIANFAN_API_KEY"'
FIELDS = {
    "openai_key: str": f"openai_key: Annotated[str, Field({ALIAS})]",
    'openai_key: str = ""': f'openai_key: str = Field("", {ALIAS})',
    "openai_key: SecretStr = Field(repr=False)": f"openai_key: SecretStr = Field(repr=False, {ALIAS})",
    'openai_key: str = Field("", alias="OPENAI_KEY")': 'openai_key: str = Field("", alias="QIANFAN_API_KEY")',
    'openai_key: Annotated[str, Field(alias="OPENAI_KEY")]': (
        'openai_key: Annotated[str, Field(alias="QIANFAN_API_KEY")]'
    ),
}
KEPT = {
    "unknown options": "openai_key: str = Field(**options)",
    "no type": 'openai_key = ""',
    "computed alias": "openai_key: str = Field(validation_alias=name)",
    "several names": 'openai_key: str = Field("", validation_alias=AliasChoices("OPENAI_KEY", "KEY"))',
    "no name that counts": 'openai_key: str = Field("", env="OPENAI_KEY")',
    "of the class": 'openai_key: ClassVar[str] = ""',
    "none": "openai_key: str | None = None",
    "none inside": "openai_key: str | None = Field(default=None)",
    "computed default": 'openai_key: str = SecretStr("")',
    "factory": "openai_key: str = Field(default_factory=load)",
    "another Field": 'openai_key: str = fields.Field("")',
    "looked at before": 'openai_key: str = ""\n\n    @model_validator(mode="before")\n    def look(cls, values): ...',
    "no other names in its file": 'openai_key: str = ""\n    model_config = SettingsConfigDict(env_file=".env")',
    "alias generator": 'openai_key: str = ""\n    model_config = SettingsConfigDict(alias_generator=upper)',
}
USED = {
    "made with arguments": 'Settings(openai_key="x")\n',
    "derived from": "class Test(Settings):\n    pass\n",
    "Field of another package": "from sqlmodel import Field\n",
}


def test_a_model_in_a_file_is_changed_there_with_the_call(tmp_path: Path) -> None:
    code = f'{CLIENT}import yaml\n\nm = yaml.safe_load(open("c.yaml"))["model"]\n'
    write(tmp_path, {"app.py": code + CALL, "c.yaml": "# models\nmodel: gpt-4o-mini\n"})
    outcome = move(tmp_path, "ernie")
    findings = decision(outcome, SiteKind.CALL).findings
    assert "gpt-4o-mini → ernie-4.5-turbo-128k in c.yaml:2 (`model`)" in [f.message for f in findings]
    assert (tmp_path / "c.yaml").read_text() == "# models\nmodel: ernie-4.5-turbo-128k\n"


def test_a_model_in_a_file_that_is_the_targets_is_done(tmp_path: Path) -> None:
    code = f'{CLIENT}import json\n\nm = json.load(open("c.json"))["model"]\n'
    write(tmp_path, {"app.py": code + CALL, "c.json": '{"model": "ernie-4.5-turbo-128k"}'})
    findings = decision(move(tmp_path, "ernie"), SiteKind.CALL).findings
    assert [f.level for f in findings if f.rule.code == "SDK12"] == [Level.MIGRATED]


def test_a_key_in_a_settings_class_is_never_taken_for_the_providers(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": SETTINGS})
    outcome = move(tmp_path, "ernie")
    messages = [f.message for f in decision(outcome, SiteKind.CLIENT).findings if f.level is Level.REVIEW]
    assert any("Settings().api_key" in message for message in messages)


def test_a_field_of_a_settings_class_with_a_prefix_is_not_rewritten(tmp_path: Path) -> None:
    assert "    api_key: str\n" in moved(tmp_path, SETTINGS)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_a_settings_class_reads_the_providers_variable(tmp_path: Path, field: str) -> None:
    once = moved(tmp_path, FIELD.format(field))
    assert f"    {FIELDS[field]}\n" in once
    assert moved(tmp_path, once) == once


@pytest.mark.parametrize("case", KEPT)
def test_a_field_that_cannot_be_told_apart_is_not_rewritten(tmp_path: Path, case: str) -> None:
    assert f"    {KEPT[case]}\n" in moved(tmp_path, FIELD.format(KEPT[case]))


@pytest.mark.parametrize("case", USED)
def test_a_field_whose_class_is_used_in_other_ways_is_not_rewritten(tmp_path: Path, case: str) -> None:
    text = FIELD.format('openai_key: str = ""') + USED[case]
    assert '    openai_key: str = ""\n' in moved(tmp_path, text)


def test_a_field_whose_class_takes_other_names_from_its_file_is_rewritten(tmp_path: Path) -> None:
    config = 'model_config = SettingsConfigDict(env_file=".env", extra="ignore")\n    openai_key: str = ""'
    assert f'    openai_key: str = Field("", {ALIAS})\n' in moved(tmp_path, FIELD.format(config))


def test_a_field_that_feeds_nothing_is_not_rewritten(tmp_path: Path) -> None:
    text = FIELD.format('openai_key: str = ""\n    openai_token: str = ""')
    assert '    openai_token: str = ""\n' in moved(tmp_path, text)


def test_a_field_of_the_first_version_names_its_variable(tmp_path: Path) -> None:
    text = FIELD.replace("pydantic_settings", "pydantic.v1").replace("import Field", "import BaseModel")
    made = moved(tmp_path, text.format('openai_key: str = ""'))
    assert '    openai_key: str = Field("", env="QIANFAN_API_KEY")\n' in made
    assert "from pydantic.v1 import BaseSettings, Field\n" in made


def test_a_field_that_feeds_another_provider_is_not_rewritten(tmp_path: Path) -> None:
    text = FIELD.format('openai_key: str = ""')
    elsewhere = text.replace("_key)", '_key, base_url="http://localhost:1/v1")')
    assert moved(tmp_path, elsewhere) == elsewhere


def test_the_file_that_a_settings_class_reads_is_renamed_with_its_field(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": FIELD.format('openai_key: str = ""'), ".env": "OPENAI_KEY=\n"})
    move(tmp_path, "ernie")
    assert (tmp_path / ".env").read_text() == "QIANFAN_API_KEY=\n"


def test_the_default_of_a_settings_field_is_edited(tmp_path: Path) -> None:
    text = (
        f"{CLIENT}from pydantic_settings import BaseSettings\n\n\nclass S(BaseSettings):\n"
        '    model: str = "gpt-4o-mini"\n\n\nclient.chat.completions.create(model=S().model, messages=[])\n'
    )
    assert '    model: str = "ernie-4.5-turbo-128k"\n' in moved(tmp_path, text)


OPTION = (
    f"{CLIENT}import argparse\n\np = argparse.ArgumentParser()\n"
    'p.add_argument("--model", default="gpt-4o-mini"{})\n'
    "client.chat.completions.create(model=p.parse_args().model, messages=[])\n"
)


def test_the_default_of_an_option_is_edited(tmp_path: Path) -> None:
    assert 'default="ernie-4.5-turbo-128k"' in moved(tmp_path, OPTION.format(""))


def test_the_default_among_an_option_s_choices_waits_for_a_look(tmp_path: Path) -> None:
    text = OPTION.format(', choices=["gpt-4o-mini", "gpt-4o"]')
    assert 'default="gpt-4o-mini"' in moved(tmp_path, text)


def test_keywords_of_update_are_edited_where_they_are(tmp_path: Path) -> None:
    text = (
        f"{CLIENT}options = {{}}\n"
        'options.update(model="gpt-4o-mini", store=True)\n'
        "client.chat.completions.create(messages=[], **options)\n"
    )
    assert 'options.update(model="ernie-4.5-turbo-128k")\n' in moved(tmp_path, text)


def test_a_default_set_on_demand_is_edited_and_dropped(tmp_path: Path) -> None:
    text = (
        f'{CLIENT}options = {{}}\noptions.setdefault("model", "gpt-4o-mini")\noptions.setdefault("store", True)\n'
        "client.chat.completions.create(messages=[], **options)\n"
    )
    after = moved(tmp_path, text)
    assert 'options.setdefault("model", "ernie-4.5-turbo-128k")\n' in after
    assert "store" not in after


READS = {
    "streamlit": ("import streamlit as st\n", 'st.secrets["OPENAI_API_KEY"]'),
    "environment": ("import os\n", 'os.environ["OPENAI_API_KEY"]'),
}


@pytest.mark.parametrize("case", READS)
def test_a_key_that_is_renamed_where_it_is_read_needs_no_look(tmp_path: Path, case: str) -> None:
    head, read = READS[case]
    write(tmp_path, {"app.py": f"{head}from openai import OpenAI\n\nclient = OpenAI(api_key={read})\n"})
    assert {f.level for f in decision(move(tmp_path, "ernie"), SiteKind.CLIENT).findings} == {Level.EDIT}
    assert read.replace("OPENAI", "QIANFAN") in (tmp_path / "app.py").read_text()


SHARED = {
    "another provider": 'OpenAI(api_key=os.environ[NAME], base_url="http://localhost:1/v1")\n',
    "two clients": "OpenAI(api_key=os.environ[NAME])\n",
    "a request": (
        'httpx.get("https://api.openai.com/v1/models", headers={"Authorization": f"Bearer {os.environ[NAME]}"})\n'
    ),
}


@pytest.mark.parametrize("case", SHARED)
def test_a_name_that_more_than_one_reads_through_needs_a_look(tmp_path: Path, case: str) -> None:
    head = 'import os\nimport httpx\nimport langchain\nfrom openai import OpenAI\n\nNAME = "OPENAI_API_KEY"\n'
    made = moved(tmp_path, f"{head}client = OpenAI(api_key=os.environ[NAME])\n{SHARED[case]}")
    assert 'NAME = "OPENAI_API_KEY"\n' in made


OWN = "import os\nfrom openai import OpenAI\n\nclient = OpenAI()\nguard(os.environ[{}])\n"


@pytest.mark.parametrize("name", ["OPENAI_TOKEN", "OPENAI_SECRET", "OPENAI_KEY"])
def test_what_may_be_a_password_of_ones_own_is_not_renamed(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"app.py": OWN.format(f'"{name}"'), ".env": f"{name}=\n"})
    move(tmp_path, "ernie", review=True)
    assert f'guard(os.environ["{name}"])\n' in (tmp_path / "app.py").read_text()
    assert (tmp_path / ".env").read_text() == f"{name}=\n"


def test_a_password_that_is_also_the_key_keeps_its_line(tmp_path: Path) -> None:
    code = OWN.replace("OpenAI()", "OpenAI(api_key=os.environ[{}])").format(*['"OPENAI_TOKEN"'] * 2)
    write(tmp_path, {"app.py": code, ".env": "OPENAI_TOKEN=\n"})
    move(tmp_path, "ernie")
    assert 'guard(os.environ["OPENAI_TOKEN"])\n' in (tmp_path / "app.py").read_text()
    assert (tmp_path / ".env").read_text() == "OPENAI_TOKEN=\nQIANFAN_API_KEY=\n"


def test_a_file_whose_settings_class_keeps_its_names_gets_no_other(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": SETTINGS, ".env": "OPENAI_API_KEY=\n"})
    move(tmp_path, "ernie", review=True)
    assert (tmp_path / ".env").read_text() == "OPENAI_API_KEY=\n"
