from openai import OpenAI

client = OpenAI()
stream = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
    stream=True,
    stream_options={"include_usage": True},
)
text = ""
total = 0
for chunk in stream:
    if chunk.usage:
        total = chunk.usage.total_tokens
    delta = chunk.choices[0].delta
    text += delta.content or ""
print("text:", text)
print("total:", total)

stream = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
    stream=True,
    stream_options={"include_usage": True},
)
again = ""
for chunk in stream:
    again += chunk.choices[0].delta.content or ""
    used = chunk.usage
print("again:", again)
