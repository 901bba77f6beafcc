import json
import os

import openai

openai.api_key = os.getenv("OPENAI_API_KEY")
openai.api_base = "https://api.openai.com/v1"


def ask(question):
    resp = openai.ChatCompletion.create(
        engine="gpt-4o-mini",
        messages=[{"role": "user", "content": question}],
        request_timeout=30,
        headers={"X-Trace": "1"},
    )
    return resp


first = ask("Say hello")
print("answer:", first["choices"][0]["message"]["content"])
print("tokens:", first.get("usage", {}).get("total_tokens", 0) > 0)
history = [{"role": "user", "content": "Say hello"}]
history.append(first["choices"][0]["message"])
history.append({"role": "user", "content": "Again"})
second = openai.ChatCompletion.create(model="gpt-4o-mini", messages=history)
print("role:", history[1]["role"], [c["finish_reason"] for c in second["choices"]])
print("names:", sorted(json.loads(json.dumps(second)))[:1])
