"""The one place where this program makes its OpenAI client."""

import os
from functools import lru_cache

from openai import OpenAI


@lru_cache(maxsize=1)
def get_client() -> OpenAI:
    """The shared client; the key comes from the environment."""
    return OpenAI(api_key=os.environ.get("OPENAI_API_KEY"), timeout=30.0)
