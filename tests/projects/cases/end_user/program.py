from openai import OpenAI

client = OpenAI()
reply = client.chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}], user="team-42"
)
print("answer:", reply.choices[0].message.content)
reply = client.chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}], user="bob"
)
print("again:", reply.choices[0].message.content)
