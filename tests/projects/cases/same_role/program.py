from openai import OpenAI

client = OpenAI()
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[
        {"role": "user", "content": "Hi."},
        {"role": "user", "content": "Who are you?"},
    ],
)
print("answer:", reply.choices[0].message.content)
