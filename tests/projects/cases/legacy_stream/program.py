import os

import openai

openai.api_key = os.getenv("OPENAI_API_KEY")


def stream(messages):
    yield from openai.ChatCompletion.create(model="gpt-4o-mini", messages=messages, stream=True)


text = ""
for chunk in stream([{"role": "user", "content": "Say hello"}]):
    if chunk["choices"]:
        text += chunk["choices"][0]["delta"].get("content", "")
        if chunk.choices[0].get("finish_reason") is not None:
            print("end:", chunk["choices"][0]["finish_reason"])
print("answer:", bool(text))
