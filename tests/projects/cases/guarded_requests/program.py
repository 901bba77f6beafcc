import json

from openai import OpenAI

client = OpenAI(max_retries=0)
SETTINGS = """
{"model": "gpt-4o-mini", "temperature": 1.7, "max_completion_tokens": 2000, "stop": "END", "logit_bias": {"50256": -100},
 "store": true, "presence_penalty": 0.5, "seed": null, "tools": [], "user": "visitor-17"}
"""


def ask(text, using=client, **extra):
    settings = json.loads(SETTINGS)
    messages = [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": text}]
    return using.chat.completions.create(messages=messages, **settings, **extra)


print("answer:", ask("Say hello").choices[0].message.content)
parts = [chunk.choices[0].delta.content or "" for chunk in ask("Say hello", stream=True) if chunk.choices]
print("streamed:", "".join(parts))
print("again:", ask("Say hello", client.with_options(timeout=30)).choices[0].message.content)
