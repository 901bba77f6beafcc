import os

import openai

reply = openai.ChatCompletion.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
    api_base="https://api.openai.com/v1",
    api_key=os.environ["OPENAI_API_KEY"],
    api_version="2023-05-15",
    organization="org-shop",
)
print("answer:", reply["choices"][0]["message"]["content"])
