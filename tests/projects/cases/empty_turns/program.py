from openai import OpenAI

client = OpenAI()
messages = [
    {"role": "user", "content": "Hello"},
    {"role": "assistant", "content": ""},
    {"role": "user", "content": "Are you there?"},
]
reply = client.chat.completions.create(model="gpt-4o-mini", messages=messages)
print("answer:", reply.choices[0].message.content)
