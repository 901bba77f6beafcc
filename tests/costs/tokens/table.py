"""The catalogue's vocabularies, opened once."""

from __future__ import annotations

from migrate_cli.catalogue.loader import open_catalogue

TABLE = open_catalogue().tokenizers()
GPT_4O = TABLE.vocabulary_of("azure", "gpt-4o")
QWEN = TABLE.vocabulary_of("local", "qwen3-8b")
QWEN_PLUS = TABLE.vocabulary_of("qwen", "qwen-plus")
ERNIE = TABLE.vocabulary_of("ernie", "ernie-5.1")
