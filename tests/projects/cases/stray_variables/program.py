import os

from openai import OpenAI

before = set(os.environ)
os.environ["OPENAI_BASE_URL"] = ""
os.environ["OPENAI_API_BASE"] = str.join("/", ["https://proxy.example", "v1"])
os.environ["OPENAI_API_TYPE"] = "azure"
client = OpenAI()
reply = client.chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}]
)
print("answer:", reply.choices[0].message.content)
print("left:", sorted(set(os.environ) - before))
