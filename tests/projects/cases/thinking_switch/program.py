from openai import OpenAI

client = OpenAI(max_retries=0)
reply = client.chat.completions.create(
    model="o3-mini",
    messages=[{"role": "user", "content": "Say hello"}],
    extra_body={"thinking": {"type": "disabled"}},
)
print("answer:", reply.choices[0].message.content)
reply = client.chat.completions.create(
    model="o3-mini",
    messages=[{"role": "user", "content": "Say hello"}],
    extra_body={"request_id": "shop-000001", "thinking": {"type": "disabled"}},
)
print("again:", reply.choices[0].message.content)
