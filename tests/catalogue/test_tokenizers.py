"""Vocabularies: whose is known, whose is assumed, and what a broken table says."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import migrate_cli.catalogue.tokenizers as tokenizers
from migrate_cli.catalogue.source import read_data
from migrate_cli.catalogue.tokenizers import parse_tokenizers

DATA = read_data(Path(tokenizers.__file__).parent, "tokenizers")
TABLE = parse_tokenizers(DATA)
KNOWN, ASSUMED = Decimal("0.15"), Decimal("0.2")


@pytest.mark.parametrize(
    ("model", "vocabulary", "error"),
    [
        ("gpt-4o", "o200k_base", KNOWN),
        ("openai/gpt-4o-2024-08-06", "o200k_base", KNOWN),
        ("ft:gpt-4o-mini:acme::id", "o200k_base", KNOWN),
        ("GPT-4.1-nano", "o200k_base", KNOWN),
        ("o4-mini", "o200k_base", KNOWN),
        ("gpt-4-turbo", "cl100k_base", KNOWN),
        ("gpt-35-turbo", "cl100k_base", KNOWN),
        ("text-embedding-3-small", "cl100k_base", KNOWN),
        ("gpt-6-luna", "o200k_base", ASSUMED),
    ],
)
def test_an_openai_model_has_its_familys_vocabulary(model: str, vocabulary: str, error: Decimal) -> None:
    fit = TABLE.openai_vocabulary(model)
    assert fit is not None
    assert (fit.vocabulary.id, fit.error) == (vocabulary, error)


@pytest.mark.parametrize("model", ["text-davinci-003", "davinci", "whisper-1", "claude-3", "my-gpt-4o", ""])
def test_an_unmeasured_or_foreign_name_gets_none(model: str) -> None:
    assert TABLE.openai_vocabulary(model) is None


@pytest.mark.parametrize(
    ("provider", "model", "vocabulary", "known"),
    [
        ("siliconflow", "Qwen/Qwen3-8B", "qwen3", True),
        ("local", "qwen3:8b", "qwen3", True),
        ("siliconflow", "Qwen/Qwen3.6-35B-A3B", "qwen3", False),
        ("qwen", "qwen-plus", "qwen3", False),
        ("glm", "glm-4-plus", "glm4", True),
        ("glm", "glm-4.5-air", "glm4", True),
        ("glm", "glm-4.6", "glm4", False),
        ("sensenova", "glm-5.2", "glm4", False),
        ("local", "deepseek-r1", "deepseek_v3", True),
        ("local", "deepseek-r1-distill-qwen-7b", "qwen3", True),
        ("local", "deepseek-r1-distill-llama-8b", "qwen3", False),
        ("siliconflow", "deepseek-ai/DeepSeek-V4-Pro", "deepseek_v3", False),
        ("kimi", "kimi-k3.1-pro", "kimi_k2", True),
        ("kimi", "moonshot-v1-8k", "kimi_k2", False),
        ("ernie", "ernie-5.1", "qwen3", False),
        ("minimax", "MiniMax-M3", "qwen3", False),
        ("azure", "gpt-4o", "o200k_base", True),
        ("azure", "our-deployment", "qwen3", False),
    ],
)
def test_a_target_gets_the_vocabulary_that_stands_for_it(
    provider: str, model: str, vocabulary: str, known: bool
) -> None:
    fit = TABLE.vocabulary_of(provider, model)
    assert (fit.vocabulary.id, fit.known) == (vocabulary, known)
    assert fit.error == {True: KNOWN, False: ASSUMED}[known]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("vocabularies", "qwen3", "weights"), [1, 2], "qwen3: weights must be 9 numbers"),
        (("vocabularies", "qwen3", "weights"), [-1] * 9, "none below 0"),
        (("kinds", "en", "relative"), {"qwen3": 1}, "en: relative must give each vocabulary"),
        (("stated_error", "known"), 15, "stated_error must lie between 0 and 1"),
        (("otherwise", "vocabulary"), "llama", "there is no vocabulary 'llama'"),
        (("otherwise", "vocabulary"), None, "otherwise: a vocabulary must be named"),
    ],
)
def test_a_broken_table_is_refused(path: tuple[str, ...], value: Any, message: str) -> None:
    data: Any = deepcopy(DATA)
    *above, last = path
    place = data
    for key in above:
        place = place[key]
    place[last] = value
    with pytest.raises(ValueError, match=message):
        parse_tokenizers(data)
