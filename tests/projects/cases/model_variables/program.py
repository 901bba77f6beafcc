import os

from openai import OpenAI

os.environ["OPENAI_MODEL_NAME"] = "gpt-4o-mini"
client = OpenAI()
reply = client.chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}]
)
print("answer:", reply.choices[0].message.content)
print("OpenAI's:", any("gpt" in value for name, value in os.environ.items() if name.endswith("_MODEL_NAME")))
