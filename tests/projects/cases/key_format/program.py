import os

from openai import OpenAI

key = os.getenv("OPENAI_API_KEY", "")
if not key.startswith("sk-"):
    raise SystemExit("this is no key")
client = OpenAI(api_key=key)
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
)
print("answer:", reply.choices[0].message.content)
