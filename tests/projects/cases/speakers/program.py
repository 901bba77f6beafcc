from openai import OpenAI

client = OpenAI()
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[
        {"role": "user", "name": "alice", "content": "Hi."},
    ],
)
print("answer:", reply.choices[0].message.content)
