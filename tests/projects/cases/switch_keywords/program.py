from openai import OpenAI

client = OpenAI()
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
    user_id="visitor-1",
)
print("answer:", reply.choices[0].message.content)
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
    user_id="visitor-1",
    extra_body={"request_id": "shop-000001"},
)
print("again:", reply.choices[0].message.content)
