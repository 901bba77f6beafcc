import os

import httpx

URL = "https://api.openai.com/v1/chat/completions"

answer = httpx.post(
    URL,
    headers={"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"},
    json={"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Say hello"}]},
    timeout=30,
)
answer.raise_for_status()
print("answer:", answer.json()["choices"][0]["message"]["content"])
