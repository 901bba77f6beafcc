import os

import openai

if os.getenv("OPENAI_API_BASE_UNUSED"):
    openai.organization = "org-1"
else:
    openai.api_base = "https://api.openai.com/v1"
openai.api_key = os.getenv("OPENAI_API_KEY")
