import os

from openai import OpenAI

HEADERS = {"OpenAI-Project": "proj-shop", "Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}", "X-Team": "a"}
client = OpenAI(organization="org-shop", default_headers={"OpenAI-Project": "proj-shop", "X-Team": "a"})
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
)
print("answer:", reply.choices[0].message.content)
other = OpenAI(default_headers=HEADERS)
reply = other.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}])
print("again:", reply.choices[0].message.content)
