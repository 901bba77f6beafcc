from openai import OpenAI

client = OpenAI(data_residency="eu")
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
)
print("answer:", reply.choices[0].message.content)
