from openai import OpenAI

client = OpenAI()
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Three colours as JSON"}, {"role": "assistant", "content": "{"}],
)
print("answer:", reply.choices[0].message.content)
