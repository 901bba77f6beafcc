import json
import os

import httpx

text = ""
with httpx.stream(
    "POST",
    "https://api.openai.com/v1/chat/completions",
    headers={"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"},
    json={"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Say hello"}], "stream": True},
) as response:
    for line in response.iter_lines():
        if not line.startswith("data: "):
            continue
        data = line[6:]
        if data == "[DONE]":
            break
        event = json.loads(data)
        if event["choices"]:
            text += event["choices"][0]["delta"].get("content") or ""
print("text:", text)
