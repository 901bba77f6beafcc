"""OPENAI_* variables in every file that can set or read them."""

from __future__ import annotations

import pytest

from migrate_cli.sites.around.forms import hcl_entries
from tests.sites.around.reading import lines, sites, spans

KEY = "environment OPENAI_API_KEY"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".env", "OPENAI_API_KEY=abc\n"),
        (".env.example", "export OPENAI_API_KEY=\n"),
        (".envrc", "export OPENAI_API_KEY=$(pass openai)\n"),
        ("compose.yaml", "services: {a: {environment: {OPENAI_API_KEY: x}}}\n"),
        ("compose.yaml", "services: {a: {environment: [OPENAI_API_KEY]}}\n"),
        ("compose.yaml", "services: {a: {environment: ['OPENAI_API_KEY=${OPENAI_API_KEY}']}}\n"),
        ("compose.yaml", "services: {a: {build: {args: [OPENAI_API_KEY]}}}\n"),
        ("k8s.yaml", "env: [{name: OPENAI_API_KEY, valueFrom: {secretKeyRef: {name: s, key: k}}}]\n"),
        ("values.yaml", "env:\n  OPENAI_API_KEY: {{ .Values.key }}\n"),
        ("ci.yml", "env: {KEY: '${{ secrets.OPENAI_API_KEY }}'}\n"),
        ("ci.yml", "on: {workflow_call: {secrets: {OPENAI_API_KEY: {required: true}}}}\n"),
        ("ci.yml", "run: OPENAI_API_KEY=x pytest\n"),
        ("ci.yml", "run: |\n  pytest --key ${{ secrets.OPENAI_API_KEY }}\n"),
        ("litellm.yaml", "api_key: os.environ/OPENAI_API_KEY\n"),
        ("conf.yaml", "key: ${oc.env:OPENAI_API_KEY}\n"),
        ("tox.ini", "[testenv]\npassenv =\n    HOME\n    OPENAI_API_KEY\n"),
        ("tox.ini", "[testenv]\nsetenv =\n    OPENAI_API_KEY = x\n"),
        ("app.service", "[Service]\nEnvironment=OPENAI_API_KEY=x\n"),
        ("secrets.toml", 'OPENAI_API_KEY = "x"\n'),
        ("devcontainer.json", '{"remoteEnv": {"K": "${localEnv:OPENAI_API_KEY}"} /* openai */}\n'),
        ("main.tf", 'resource "x" "y" {\n  env = {\n    OPENAI_API_KEY = var.k\n  }\n}\n'),
        ("Dockerfile", "FROM x\nARG OPENAI_API_KEY\n"),
        ("Dockerfile", "ENV OPENAI_API_KEY=x\n"),
        ("run.sh", 'docker run -e OPENAI_API_KEY="$OPENAI_API_KEY" app\n'),
        ("Makefile", "run:\n\tOPENAI_API_KEY=$(OPENAI_API_KEY) python a.py\n"),
        ("Jenkinsfile", "environment { OPENAI_API_KEY = credentials('OPENAI_API_KEY') }\n"),
    ],
)
def test_a_variable_is_found_once_a_line(path: str, text: str) -> None:
    assert [line.partition(":")[0] for line in lines(path, text)] == [KEY]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".env", "# OPENAI_API_KEY=abc\nOTHER=1\n"),
        (".env", "MY_OPENAI_API_KEY_2X=abc\nXOPENAI_API_KEY=1\n"),
        ("ci.yml", "description: Set OPENAI_API_KEY to run this\n"),
        ("ci.yml", "run: |\n  # uses OPENAI_API_KEY\n  pytest\n"),
        ("ci.yml", 'run: echo "OPENAI_API_KEY is not set"\n'),
        ("action.yml", "inputs: {key: {description: OPENAI_API_KEY}}\n"),
        ("run.sh", "# export OPENAI_API_KEY=abc\n"),
        ("main.tf", '# OPENAI_API_KEY = "x"\ndescription = "openai"\n'),
        ("schema.json", '{"properties": {"OPENAI_API_KEY": {"type": "string"}}, "title": "openai"}\n'),
        ("pyproject.toml", '[tool.pytest.ini_options]\nmarkers = ["live: needs a valid OPENAI_API_KEY"]\n'),
        ("README.md", "export OPENAI_API_KEY=...\n"),
        ("app.js", "process.env.OPENAI_API_KEY\n"),
    ],
)
def test_a_name_in_a_comment_or_sentence_is_left_alone(path: str, text: str) -> None:
    found = [line for line in lines(path, text) if line.endswith(":1") or "properties" not in text]
    assert found == []


def test_the_span_is_the_name_alone() -> None:
    assert spans("a.yaml", "ü: é\nenv:\n  OPENAI_BASE_URL: 'ä'\n") == ["OPENAI_BASE_URL"]


def test_a_value_is_kept_and_a_key_is_not() -> None:
    secret = "plain" + "secret" + "value"
    [key, model] = sites(".env", f"OPENAI_API_KEY={secret}\nOPENAI_MODEL=gpt-4o\n")
    assert secret not in repr(key)
    assert model.arguments[0].values[0].literal == "gpt-4o"


@pytest.mark.parametrize(
    ("path", "before"),
    [
        (".env", "OPENAI_API_KEY="),
        ("run.sh", "export OPENAI_API_KEY="),
        ("Dockerfile", "ENV OPENAI_API_KEY="),
        ("a.yaml", "OPENAI_API_KEY: "),
        ("a.yaml", "key: ${OPENAI_API_KEY:-"),
    ],
)
def test_no_kind_of_file_gives_a_key_away(path: str, before: str) -> None:
    secret = "plain" + "secret" + "value"
    found = sites(path, before + secret + "}" * before.count("{") + "\n")
    assert [s.symbol for s in found] == ["OPENAI_API_KEY"]
    assert secret not in repr(found)


def test_a_definition_speaks_for_its_value() -> None:
    text = "OPENAI_BASE_URL=https://api.openai.com/v1\nOPENAI_MODEL=gpt-4o\n"
    assert lines(".env", text) == ["environment OPENAI_BASE_URL:1", "environment OPENAI_MODEL:2"]


def test_variables_that_point_elsewhere_say_so() -> None:
    found = sites(".env", "OPENAI_API_KEY=x\nOPENAI_BASE_URL=https://api.deepseek.com/v1\n")
    assert [s.elsewhere for s in found] == ["api.deepseek.com", "api.deepseek.com"]


def test_terraform_names_its_own_variable() -> None:
    text = 'variable "openai_api_key" {\n  description = "key"\n}\nkey = var.openai_api_key\n'
    assert lines("main.tf", text) == ["environment openai_api_key:1", "environment openai_api_key:4"]


def test_terraform_s_own_variable_is_not_told_beside_the_key_it_is_passed_as() -> None:
    text = 'variable "openai_key" {}\nenv = {\n  OPENAI_API_KEY = var.openai_key\n}\n'
    assert lines("main.tf", text) == ["environment openai_key:1", "environment OPENAI_API_KEY:3"]


def test_an_empty_block_of_terraform_is_closed_on_its_line() -> None:
    text = 'variable "OPENAI_ORG_ID" {}\nvariable "region" {}\n'
    assert lines("main.tf", text) == ["environment OPENAI_ORG_ID:1"]
    assert [e.keys for e in hcl_entries('a "b" {}\nc = 1\n')] == [("a", "name"), ("c",)]


def test_a_comment_ignores_its_line() -> None:
    [first, second] = sites(".env", "OPENAI_API_KEY=a  # migrate: ignore stays\nOPENAI_MODEL=b\n")
    assert (first.ignored, second.ignored) == ("stays", None)
