"""Which names are configuration, and how it is written."""

from __future__ import annotations

import pytest

from migrate_cli.files.kinds import form_of, left_out


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (".env", "dotenv"),
        ("a/.env.production.local", "dotenv"),
        ("example.env", "dotenv"),
        ("env.template", "dotenv"),
        (".envrc", "dotenv"),
        ("docker-compose.override.yml", "yaml"),
        (".github/workflows/ci.yml", "yaml"),
        ("charts/templates/deployment.yaml", "yaml"),
        ("Dockerfile.dev", "docker"),
        ("api.dockerfile", "docker"),
        ("deploy/run.sh", "shell"),
        ("Makefile", "make"),
        ("Jenkinsfile", "groovy"),
        ("infra/main.tf", "hcl"),
        ("main.bicep", "hcl"),
        ("OAI_CONFIG_LIST", "json"),
        ("tsconfig.jsonc", "json"),
        (".streamlit/secrets.toml", "toml"),
        ("app.service", "ini"),
        ("requirements-dev.txt", "requirements"),
        ("requirements/base.txt", "requirements"),
        ("constraints.txt", "requirements"),
        ("environment.yml", "conda"),
        ("poetry.lock", "lock"),
        ("requirements-dev.lock", "lock"),
        ("pylock.toml", "lock"),
        ("pylock.dev.toml", "lock"),
        ("mypylock.dev.toml", "toml"),
        ("docs/guide.rst", "text"),
        ("tests/cassettes/a.yaml", "text"),
        ("tests/_cache/api.openai.com/test_chat/body.json", "text"),
        ("deploy/proxy-for-api.openai.com/config.json", "json"),
    ],
)
def test_form(path: str, form: str) -> None:
    assert form_of(path) == form


@pytest.mark.parametrize(
    "path", ["photo.png", "LICENSE", "inventory", "environment", "data.csv", "profile", "a.so", "apt.lock"]
)
def test_names_that_are_left_alone(path: str) -> None:
    assert form_of(path) is None


@pytest.mark.parametrize("path", ["config.json", "uv.lock", ".env", "notes.txt"])
def test_nothing_is_said_of_configuration(path: str) -> None:
    assert left_out(path) is None
