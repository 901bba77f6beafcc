"""Literal keys, wherever they stand, and the stand-ins of documentation."""

from __future__ import annotations

import pytest

from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.keys import is_key_value, is_openai_key, key_sites
from migrate_cli.sites.page import Page
from tests.sites.scanning import sites

# Put together at run time, so that no scanner takes this file for a leak.
BODY = "Zq4Wm9Lx2Vn7Bt5Ky8Rd" + "Jf6Hc1Ps0GaTeUiNoXw3"
CLASSIC = "sk-" + BODY[:20] + "T3BlbkFJ" + BODY[20:]
PROJECT = "sk-proj-" + BODY + "_" + BODY[::-1]
OLD = "sk-" + BODY + "mQ7dY2Kb"
AZURE = "7b19e4c05d83" + "a26f90c4e71b38d5602f"


def keys(text: str) -> list[Site]:
    """The keys of a text file."""
    return key_sites(Page.of("notes.txt", text))


@pytest.mark.parametrize("key", [CLASSIC, PROJECT, "sk-svcacct-" + BODY, "sk-admin-" + BODY])
@pytest.mark.parametrize("before", ["", "key: ", 'KEY="', "# was ", "OPENAI_API_KEY=", '"\\n'])
def test_a_key_of_openais_own_form(before: str, key: str) -> None:
    [site] = keys(f"{before}{key}\n")
    assert (site.kind, site.certainty) == (SiteKind.KEY, Certainty.PROVED)
    assert (site.span.start, site.span.end) == (len(before), len(before) + len(key))
    assert key[4:] not in repr(site)


def test_a_key_of_the_first_years_is_likely() -> None:
    assert [s.certainty for s in keys(OLD)] == [Certainty.LIKELY]


@pytest.mark.parametrize(
    "line",
    [
        f"AZURE_OPENAI_API_KEY={AZURE}",
        f'os.environ["OPENAI_API_KEY"] = "{AZURE}"',
        f"openai.api_key = '{AZURE}'",
        f'os.getenv("OPENAI_API_KEY", "{AZURE}")',
        f"azure_openai_api_key: {AZURE}",
        f'"openai_api_key": "{AZURE}"',
    ],
)
def test_a_key_that_its_name_tells(line: str) -> None:
    [site] = keys(line)
    assert line.encode()[site.span.start : site.span.end] == AZURE.encode()
    assert AZURE not in repr(site)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sk-...",
        "sk-proj-...",
        "sk-your-openai-api-key-goes-here-please",
        "sk-proj-your-own-key-" + "0" * 20,
        "sk-" + "x" * 48,
        "sk-" + "1234567890abcdef" * 3,
        "sk-proj-" + "abc123" * 8,
        "sk-test-" + BODY,
        "sk-ant-api03-" + BODY,
        "sk-or-v1-" + AZURE * 2,
        "sk-" + AZURE,
        "gsk_" + BODY,
        "task-" + BODY,
        f"GROQ_API_KEY={AZURE}",
        f"OPENAI_ORG_ID={AZURE}",
        "OPENAI_API_KEY=${OPENAI_API_KEY}",
        "OPENAI_API_KEY=<your key with 32 characters>",
        "OPENAI_API_KEY_FILE=/run/secrets/openai_api_key_of_the_team_2",
        'OPENAI_API_KEY = read_the_key_of_the_team_from_vault_v2_1("x")',
        f"commit {AZURE} of openai",
    ],
)
def test_stand_ins_and_other_keys_are_left_alone(text: str) -> None:
    assert keys(text) == []


def test_letters_before_a_key_count_in_bytes() -> None:
    [site] = keys(f"密钥 {CLASSIC}")
    assert (site.span.start, site.location.column) == (7, 4)


def test_python_strings_comments_and_arguments() -> None:
    code = (
        f"from openai import AzureOpenAI, OpenAI\n# old: {CLASSIC}\nclient = OpenAI(api_key='{PROJECT}')\n"
        f'azure = AzureOpenAI(api_key="{AZURE}", azure_endpoint="https://x.openai.azure.com")\n'
    )
    found = [s for s in sites(code) if s.kind is SiteKind.KEY]
    assert [s.location.line for s in found] == [2, 3, 4]
    assert not any(key in repr(s) for s in sites(code) for key in (CLASSIC, PROJECT, AZURE))


@pytest.mark.parametrize(
    "code",
    [
        f'from openai import OpenAI\nOpenAI(base_url="https://api.example.com/v1", api_key="{AZURE}")\n',
        'from openai import OpenAI\nOpenAI(api_key="EMPTY")\n',
        'from openai import OpenAI\nOpenAI(api_key="not-needed-for-a-local-server")\n',
        f'import openai\nDIGEST = "{AZURE}"\n',
    ],
)
def test_other_literals_in_python_are_no_keys(code: str) -> None:
    assert [s for s in sites(code) if s.kind is SiteKind.KEY] == []


def test_values_are_judged_alone() -> None:
    assert is_openai_key(CLASSIC)
    assert not is_openai_key(f"{CLASSIC} ")
    assert is_key_value(AZURE)
    assert not is_key_value("changeme-changeme-changeme-1")
