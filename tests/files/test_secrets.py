from __future__ import annotations

import pytest

from migrate_cli.files.secrets import contains_key, looks_like_key, mask

# Put together at run time, so that no scanner takes this file for a leak.
HEX = "0123456789abcdef" * 2
KEYS = [
    "sk-" + "aB3dE6gH9jK2mN5pQ8sT",
    "sk-proj-" + "aB3d_E6gH9-jK2mN5pQ8sTuV",
    "sk-" + HEX,
    "bce-v3/ALTAK-" + "abcDEF123456/" + HEX,
    HEX,
    HEX + ".Ab12Cd34Ef56Gh78",
    "AKID" + "z8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
    "eyJhbGciOiJIUzI1NiJ9" + ".eyJHcm91cE5hbWUiOiJ4In0" + ".c2lnbmF0dXJl",
    "1a2b3c4d-0000-1111-2222-" + "333344445555",
    "aBcDeFgH12345678iJkL" + ":" + "mNoPqRsT87654321uVwX",
]


@pytest.mark.parametrize("key", KEYS)
def test_keys_are_seen_and_masked(key: str) -> None:
    text = f'client = OpenAI(api_key="{key}", timeout=3)'
    masked = mask(text)
    assert looks_like_key(key)
    assert contains_key(text)
    assert masked == f'client = OpenAI(api_key="{key[:3]}…{key[-2:]}", timeout=3)'
    assert not contains_key(masked)


def test_a_bearer_header_is_a_key() -> None:
    assert looks_like_key(f"Bearer {KEYS[0]}")


@pytest.mark.parametrize(
    "literal",
    [
        "",
        "sk-...",
        "sk-…",
        "sk-xxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-XXXXXXXXXXXXXXXXXXXXXXXX",
        "sk-00000000000000000000",
        "sk-your-key-here",
        "SK-YOUR-KEY",
        "sk-YOUR-OPENAI-API-KEY-GOES-HERE",
        "YOUR_API_KEY",
        "<key>",
        "EMPTY",
        "dummy",
        "none",
        "$OPENAI_API_KEY",
        "${OPENAI_API_KEY}",
        "gpt-4o-mini-2024-07-18",
        "text-embedding-3-small",
        "doubao-1-5-pro-32k-250115",
        "Llama-4-Maverick-17B-128E-Instruct-FP8",
        "https://api.openai.com/v1",
        "OPENAI_ORGANIZATION_IDENTIFIER",
        "ftjob-abc",
        "tp_rank_parallel_size_10",
        "risk-assessment-of-a-project-2",
        "disk-1234567890123456789012",
    ],
)
def test_other_literals_are_no_keys_and_stay_readable(literal: str) -> None:
    assert not looks_like_key(literal)
    assert not contains_key(literal)
    assert mask(literal) == literal


UNMARKED = "PmeMjvqPVStNKiaEdFrRg" + "SnRFsTHsDDDXh5Jmt"


@pytest.mark.parametrize(
    "before",
    [
        'OpenAI(api_key="',
        'os.getenv("OPENAI_API_KEY", "',
        'os.environ["OPENAI_API_KEY"] = "',
        'openai_api_key: str = "',
        'openai_api_key: SecretStr = SecretStr("',
        '{"api-key": "',
        '{"Authorization": "Bearer ',
    ],
)
def test_the_name_tells_a_key_too(before: str) -> None:
    assert contains_key(f'{before}{UNMARKED}"')
    assert mask(f'{before}{UNMARKED}"') == f'{before}Pme…mt"'


@pytest.mark.parametrize("between", ['" + "', '" "', '"\n    "', '" \\\n    "', '"\n-    f"'])
def test_a_key_in_pieces_is_masked_whole(between: str) -> None:
    assert mask(f'"{KEYS[0]}{between}{UNMARKED}"') == f'"sk-…sT{between}Pme…mt"'


@pytest.mark.parametrize(
    "text",
    [
        'api_key=os.environ["QIANFAN_API_KEY"]',
        'OpenAI(api_key="OPENAI_API_KEY_OF_OURS")',
        'OpenAI(api_key="your-own-key-goes-here")',
        'token="meta-llama/Llama-3-8b-Instruct"',
        'secret="projects/my-project/secrets/openai/versions/1"',
        'key="aVeryLongIdentifier4Something"',
        f'"{KEYS[0][:3]}…sT", "anotherLiteral99"',
    ],
)
def test_other_values_of_such_names_stay_readable(text: str) -> None:
    assert mask(text) == text


def test_masking_twice_is_masking_once() -> None:
    once = mask(" ".join(KEYS))
    assert mask(once) == once


def test_letters_of_another_script_end_a_key() -> None:
    assert mask(f"密钥{KEYS[0]}的") == "密钥sk-…sT的"
