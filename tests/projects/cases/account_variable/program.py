import os

from openai import OpenAI

os.environ["OPENAI_ORG_ID"] = "org-shop"
client = OpenAI()
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
)
print("answer:", reply.choices[0].message.content)
