from openai import OpenAI

client = OpenAI(organization="org-shop", default_headers={"OpenAI-Project": "proj-shop", "X-Team": "a"})
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
)
print("answer:", reply.choices[0].message.content)
