from openai import OpenAI

LIMIT = 70000
client = OpenAI(max_retries=0)
reply = client.chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "Tell a long story"}], max_tokens=LIMIT
)
print("answer:", reply.choices[0].message.content)
