import json

from openai import OpenAI

client = OpenAI(max_retries=0)
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "List three colours"}],
    response_format={"type": "json_object"},
)
print("answer:", json.loads(reply.choices[0].message.content))
