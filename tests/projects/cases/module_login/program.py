import os

import openai


def log_in(key):
    openai.api_key = key


log_in(next(value for name, value in os.environ.items() if name.endswith("_API_KEY") and "OPENAI" not in name))
reply = openai.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}])
print("answer:", reply.choices[0].message.content)
