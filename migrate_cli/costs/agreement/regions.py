"""Whose price list a row of an open price data set speaks of, per site: regions are never mixed.

Read in the data of November 2026. Names that are not listed are resellers, other regions, subscriptions, or lists whose
region could not be told; their rows are left out. `openai` is OpenAI's own list.
"""

from __future__ import annotations

from collections.abc import Mapping

Place = tuple[str, str | None]  # provider id and site

OPENAI: Place = ("openai", None)

PLACES: Mapping[str, Mapping[str, Place]] = {
    # `litellm_provider`; the rows of bigmodel and volcengine are yuan prices divided by 7.0
    "litellm": {
        "openai": OPENAI,
        "text-completion-openai": OPENAI,
        "bigmodel": ("glm", "china"),
        "dashscope": ("qwen", "international"),
        "deepseek": ("deepseek", "international"),
        "minimax": ("minimax", "international"),
        "moonshot": ("kimi", "international"),
        "tencent": ("hunyuan", "international"),
        "volcengine": ("doubao", "china"),
        "zai": ("glm", "international"),
    },
    # provider `id`; the rows of zhipuai are yuan prices divided by 7.25
    "genai-prices": {
        "openai": OPENAI,
        "deepseek": ("deepseek", "international"),
        "minimax": ("minimax", "international"),
        "moonshotai": ("kimi", "international"),
        "zai": ("glm", "international"),
        "zhipuai": ("glm", "china"),
    },
    # provider `id`, told apart by the API address of each
    "models.dev": {
        "openai": OPENAI,
        "alibaba": ("qwen", "international"),
        "alibaba-cn": ("qwen", "china"),
        "deepseek": ("deepseek", "international"),
        "minimax": ("minimax", "international"),
        "minimax-cn": ("minimax", "china"),
        "moonshotai": ("kimi", "international"),
        "moonshotai-cn": ("kimi", "china"),
        "siliconflow": ("siliconflow", "international"),
        "siliconflow-cn": ("siliconflow", "china"),
        "stepfun": ("stepfun", "china"),
        "stepfun-ai": ("stepfun", "international"),
        "zai": ("glm", "international"),
        "zhipuai": ("glm", "china"),
    },
}
