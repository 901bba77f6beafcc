from openai import OpenAI

client = OpenAI(max_retries=0)
reply = client.chat.completions.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "Yes or no?"}], max_tokens=100
)
print("answer:", reply.choices[0].message.content)
