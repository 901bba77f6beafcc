import os

from openai import OpenAI

host = os.getenv("CHAT_HOST", "https://api.openai.com")
client = OpenAI(base_url=f"{host}/v1", api_key=os.environ["OPENAI_API_KEY"])
MODEL = "gpt-4o"
LIMITS = {"max_tokens": 2000} if MODEL == "gpt-4o" else {}
reply = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "Say hello"}], **LIMITS)
print("answer:", reply.choices[0].message.content)
