"""The topics of hints, which are their symbols."""

from __future__ import annotations

THRESHOLD = "similarity-threshold"
WINDOW = "context-window"
PRICES = "price-table"
IDENTITY = "identity-prompt"
SPLITTER = "splitter-size"
GOLDEN = "golden-output"
DEAD_SDK = "dead-sdk"
DROPPING = "litellm-dropping"
WIDTH = "vector-width"

# Packages of providers that are published no more.
DEAD = ("qianfan", "erniebot", "sensenova", "sparkai", "zhipuai", "tencentcloud.hunyuan")
